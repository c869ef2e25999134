"""What only colour shows, kept as whole pictures: `pytest --snapshot-update` draws them anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.theme import Theme

from soptui.demo.office import DemoOffice
from soptui.tui.app import SoptuiApp
from soptui.tui.terminal.themes import NAMES, OWN, default_theme, style_of
from soptui.tui.text.lines import TONES
from tests.tui.sitting import Person

pytestmark = pytest.mark.snapshot


@pytest.mark.parametrize(
    ("theme", "officer", "keys"),
    [
        ("soptui-dark", "kasubbag-pk", []),
        ("soptui-light", "camat", ["2"]),
        ("ansi-dark", "camat", ["2"]),
    ],
)
def test_the_colours_are_as_in_the_picture(
    looking: DemoOffice,
    snap_compare: Callable[..., bool],
    theme: str,
    officer: str,
    keys: list[str],
) -> None:
    app = SoptuiApp(looking.desks[officer], looking.desks, ascii_only=False)
    app.theme = theme

    async def settled(pilot: Pilot[None]) -> None:
        person = Person(pilot, app)
        await person.waits()
        await person.presses(*keys)

    assert snap_compare(app, terminal_size=(80, 24), run_before=settled)


def test_terminals_with_few_colours_get_their_own() -> None:
    assert default_theme("standard", no_color=False) == "ansi-dark"
    assert default_theme(None, no_color=False) == "ansi-dark"
    assert default_theme("truecolor", no_color=True) == "ansi-dark"
    assert default_theme("256", no_color=False) in NAMES


@pytest.mark.parametrize("theme", OWN, ids=lambda one: one.name)
def test_every_tone_can_be_read(theme: Theme) -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, level AA) on the theme's grounds."""
    for ground in (theme.background, theme.panel, theme.surface):
        background = Color.parse(ground or "")
        for tone in TONES:
            front = style_of(tone, theme, background, no_color=False).color
            assert front is not None
            triplet = front.get_truecolor()
            assert _contrast(Color(*triplet), background) >= 4.5, (tone, ground)


def _contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
