"""What eyes make of our colours, computed from the themes as they are.

Text has a contrast of 4.5 to 1 on every ground it stands on, edges and marks 3 to 1 (WCAG 2.2,
success criteria 1.4.3 and 1.4.11). Good, warn, bad and accent differ by 10 in CIEDE2000 for those
who tell red from green and for those who do not. Where a terminal shows its own sixteen colours,
that holds for the palettes of VGA, xterm and PuTTY, whether they draw bold as bright or not.

A palette that lies about its colours can break all this; then words and marks are what stands, for
no tone says anything alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from soptui.demo.office import DemoOffice
from soptui.locale import _
from soptui.tui.terminal.themes import OWN, cursor_style_of, style_of
from soptui.tui.text.lines import TONES
from tests.support.colour_vision import (
    SIGHTS,
    Colour,
    colour,
    contrast,
    difference,
    difference_of_lab,
    seen,
)
from tests.tui.sitting import Person, sitting

TEXT, EDGE, APART = 4.5, 3.0, 10.0
STATES = ("good", "warn", "bad", "accent")
SIXTEEN = tuple(BUILTIN_THEMES[name] for name in ("ansi-dark", "ansi-light"))
PALETTES = {
    # The first eight, then their bright ones. IBM VGA; XTerm-col.ad; PuTTY's defaults.
    "VGA": (
        "#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa "
        "#555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff"
    ),
    "xterm": (
        "#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 "
        "#7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff"
    ),
    "PuTTY": (
        "#000000 #bb0000 #00bb00 #bbbb00 #0000bb #bb00bb #00bbbb #bbbbbb "
        "#555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff"
    ),
}
_BRIGHT = 8
own = pytest.mark.parametrize("theme", OWN, ids=lambda one: one.name)
sixteen = pytest.mark.parametrize("theme", SIXTEEN, ids=lambda one: one.name)
palettes = pytest.mark.parametrize("palette", PALETTES)


def grounds(theme: Theme) -> list[str]:
    """Everything that text is written on, but for the cursor."""
    return [ground for ground in (theme.background, theme.surface, theme.panel) if ground]


def front_of(style: Style) -> Colour:
    """The colour of its text, which is no colour of the terminal's own."""
    assert style.color is not None
    red, green, blue = style.color.get_truecolor()
    return red, green, blue


def ground_of(style: Style) -> Colour:
    assert style.bgcolor is not None
    red, green, blue = style.bgcolor.get_truecolor()
    return red, green, blue


# --- the formulas ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        # From table 1 of Sharma, Wu and Dalal: pairs 1, 7, 16, 21, 25 and 34.
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_of_colours_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    assert difference_of_lab(one, other) == pytest.approx(apart, abs=0.0001)


def test_white_on_black_has_all_the_contrast_there_is_for_everybody() -> None:
    white, black = (255, 255, 255), (0, 0, 0)
    assert contrast(white, black) == pytest.approx(21)
    for sight in SIGHTS:
        assert difference(seen(white, sight), white) < 1
        assert seen(black, sight) == black


def test_without_red_and_green_cones_red_and_green_come_near_each_other() -> None:
    red, green = (200, 80, 60), (110, 140, 60)
    for sight in ("protanopia", "deuteranopia"):
        assert difference(seen(red, sight), seen(green, sight)) < difference(red, green) / 2


# --- colours of our own ---------------------------------------------------------------------------


@own
def test_every_tone_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in grounds(theme):
        for tone in TONES:
            style = style_of(tone, theme, Color.parse(ground), no_color=False)
            assert contrast(front_of(style), colour(ground)) >= TEXT, (tone, ground)


@own
def test_every_tone_can_be_read_under_the_cursor(theme: Theme) -> None:
    for tone in TONES:
        style = cursor_style_of(tone, theme, no_color=False)
        assert contrast(front_of(style), ground_of(style)) >= TEXT, tone


@own
def test_a_state_stands_out_under_the_cursor_by_its_colour_or_by_bold(theme: Theme) -> None:
    plain = cursor_style_of("plain", theme, no_color=False)
    for tone in STATES:
        assert cursor_style_of(tone, theme, no_color=False) != plain, tone


@own
def test_edges_and_the_mark_of_the_cursor_can_be_seen(theme: Theme) -> None:
    assert theme.background
    ground = colour(theme.background)
    assert contrast(colour(theme.variables["edge"]), ground) >= EDGE
    assert theme.primary
    assert contrast(colour(theme.primary), ground) >= EDGE  # the frame of a dialog
    # The bar itself is quiet; what is written on it, its `>` first of all, is not.
    bar = cursor_style_of("plain", theme, no_color=False)
    assert contrast(front_of(bar), ground_of(bar)) >= EDGE


@own
@pytest.mark.parametrize("sight", SIGHTS)
def test_states_are_told_apart_by_every_eye(theme: Theme, sight: str) -> None:
    assert theme.background
    ground = Color.parse(theme.background)
    found = {
        tone: seen(front_of(style_of(tone, theme, ground, no_color=False)), sight)
        for tone in STATES
    }
    for one, other in combinations(STATES, 2):
        assert difference(found[one], found[other]) >= APART, (one, other)


@own
def test_a_heading_is_bold_and_has_no_hue_of_its_own(theme: Theme) -> None:
    ground = Color.parse(theme.background or "")
    heading, plain = (style_of(one, theme, ground, no_color=False) for one in ("head", "plain"))
    assert heading.color == plain.color
    assert heading.bold


# --- the terminal's own sixteen -------------------------------------------------------------------


def sixteen_style(tone: str, theme: Theme) -> Style:
    return style_of(tone, theme, Color.parse("ansi_default"), no_color=False)


def shown(style: Style, theme: Theme, palette: str) -> Iterator[tuple[Colour, Colour]]:
    """Text and ground as the palette has them: also brightened where it is bold."""
    colours = [colour(one) for one in PALETTES[palette].split()]
    usual = (colours[7], colours[0]) if theme.dark else (colours[0], colours[15])
    front, ground = usual
    if style.bgcolor is not None and style.bgcolor.type is not ColorType.DEFAULT:
        assert style.bgcolor.number is not None
        ground = colours[style.bgcolor.number]
    if style.color is None or style.color.type is ColorType.DEFAULT:
        yield front, ground
        return
    number = style.color.number
    assert number is not None
    yield colours[number], ground
    if style.bold and number < _BRIGHT:
        yield colours[number + _BRIGHT], ground


@sixteen
@palettes
def test_every_tone_can_be_read_in_sixteen_colours(theme: Theme, palette: str) -> None:
    for tone in TONES:
        styles = sixteen_style(tone, theme), cursor_style_of(tone, theme, no_color=False)
        for style in styles:
            for front, ground in shown(style, theme, palette):
                assert contrast(front, ground) >= TEXT, (tone, style)


@sixteen
@palettes
def test_a_warning_is_no_alarm_in_sixteen_colours(theme: Theme, palette: str) -> None:
    warn, bad = (sixteen_style(tone, theme) for tone in ("warn", "bad"))
    (orange, _ground), *_more = shown(warn, theme, palette)
    for red, _ground in shown(bad, theme, palette):
        for sight in SIGHTS:
            apart = difference(seen(red, sight), seen(orange, sight))
            assert apart >= APART or warn.underline, sight
    assert bad.color is not None
    assert bad.color.name in ("red", "bright_red")


@sixteen
def test_what_is_dim_or_a_heading_takes_no_colour_of_sixteen(theme: Theme) -> None:
    for tone in ("plain", "dim", "bold", "head"):
        colour_of = sixteen_style(tone, theme).color
        assert colour_of is not None
        assert colour_of.type is ColorType.DEFAULT, tone


# --- without any ----------------------------------------------------------------------------------


async def test_words_and_marks_stand_where_no_colour_does(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(looking, "camat") as person:
        await person.presses("2")
        lines = person.sees().splitlines()
        late = [line for line in lines if _("late {amount}", amount="").strip() in line]
        assert late
        assert any(_("L") in line[:2] for line in late)
        assert sum(line.lstrip().startswith(">") for line in lines) == 1
        assert _has_reversed_row(person)


def _has_reversed_row(person: Person) -> bool:
    strips = [person.table.render_line(y) for y in range(person.table.size.height)]
    return any(segment.style and segment.style.reverse for strip in strips for segment in strip)
