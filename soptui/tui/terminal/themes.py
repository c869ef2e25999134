"""The colours: calm ones of our own, and the terminal's own sixteen where there are no more."""

from __future__ import annotations

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

# Good, warn, bad and accent lie at least 10 apart (CIEDE2000) for every pair of eyes, those that
# tell red from green and those that do not; `tests/tui/terminal/test_eyes.py` computes it.
OWN = (
    Theme(
        name="soptui-dark", dark=True,
        primary="#7aa2c8", secondary="#8fb0a8", accent="#8ec5d6", foreground="#d4d7da",
        background="#15181b", surface="#1b1f23", panel="#22272c",
        success="#8fd6c4", warning="#e8c84e", error="#f2617a",
        variables={
            "tone-dim": "#8d959d", "edge": "#646d76",
            "block-cursor-background": "#2f4a63", "block-cursor-foreground": "#f2f5f7",
        },
    ),
    Theme(
        name="soptui-light", dark=False,
        primary="#23577f", secondary="#3f6a61", accent="#1d6580", foreground="#22262a",
        background="#fbfaf7", surface="#f3f1ec", panel="#e8e5de",
        success="#1b6a63", warning="#7d6400", error="#7a0a2a",
        variables={
            "tone-dim": "#5d656d", "edge": "#848b93",
            "block-cursor-background": "#c9dcec", "block-cursor-foreground": "#10202e",
        },
    ),
    # Good is the plain white, told by its word: a fourth hue would be too near to another.
    Theme(
        name="soptui-contrast", dark=True,
        primary="#ffffff", secondary="#ffffff", accent="#66b3ff", foreground="#ffffff",
        background="#000000", surface="#000000", panel="#000000",
        success="#ffffff", warning="#ffff00", error="#ff8080",
        variables={
            "tone-dim": "#e0e0e0", "edge": "#c0c0c0",
            "block-cursor-background": "#ffffff", "block-cursor-foreground": "#000000",
        },
    ),
    # Blue against orange, which the usual colour blindnesses tell apart (Okabe and Ito, 2008).
    Theme(
        name="soptui-colour-blind", dark=True,
        primary="#56b4e9", secondary="#56b4e9", accent="#56b4e9", foreground="#e4e4e4",
        background="#15181b", surface="#1b1f23", panel="#22272c",
        success="#7fd6b8", warning="#f0e442", error="#e6803c",
        variables={
            "tone-dim": "#a0a6ac", "edge": "#646d76",
            "block-cursor-background": "#0a4a73", "block-cursor-foreground": "#ffffff",
        },
    ),
)  # fmt: skip

NAMES = (*(theme.name for theme in OWN), "ansi-dark", "ansi-light")
"""Every set of colours that can be chosen, in the order in which the key goes through them."""

_BOLD = frozenset({"bold", "head", "bad", "accent"})
_STATES = frozenset({"good", "warn", "bad", "accent"})

_OF_SIXTEEN = {
    "ansi-dark": {
        "good": Style(color="green"),
        "warn": Style(color="bright_yellow"),
        "bad": Style(color="bright_red", bold=True),
        "accent": Style(color="bright_cyan", bold=True),
    },
    "ansi-light": {
        "good": Style(),
        "warn": Style(underline=True),
        "bad": Style(color="red"),
        "accent": Style(color="blue", bold=True),
    },
}
"""The states in the terminal's own colours; all else is its plain text, bold or not.

Whatever palette it has, these can be read. Dim text cannot: "bright black" is 2.8 to 1 on many, so
what is dim is told by where it stands. Red on white is not bold: terminals that draw bold as bright
would draw it at 3 to 1.
"""

DEFAULTS = {"edge": "ansi_default"}
"""Variables of the style sheet that the terminal's own sets of colours do not know."""

_READABLE = 4.5
"""The contrast that text has at least (WCAG 2.2, success criterion 1.4.3)."""


def default_theme(color_system: str | None, *, no_color: bool) -> str:
    """The set to begin with, by what the terminal can show.

    With fewer than 256 colours, RGB themes lose letters: foreground and background fall together.
    """
    if no_color or color_system in (None, "standard", "windows"):
        return "ansi-dark"
    return OWN[0].name


def style_of(tone: str, theme: Theme, background: Color, *, no_color: bool) -> Style:
    """What a tone looks like in a set of colours, on a background.

    Not left to the style sheet: its rules for parts of widgets cost a third of the time to the
    first frame.
    """
    if theme.ansi:
        style = _OF_SIXTEEN[theme.name].get(tone, Style(bold=tone in _BOLD))
        plain = Style(color=_rich("ansi_default"), bgcolor=background.rich_color)
        return plain + style
    chosen = _rich(_front(tone, theme) or theme.foreground or "ansi_default")
    return Style(color=chosen, bgcolor=background.rich_color, bold=tone in _BOLD)


def cursor_style_of(tone: str, theme: Theme, *, no_color: bool) -> Style:
    """What a tone looks like under the cursor: itself where it can be read there, else bold.

    What is dim elsewhere is plain here.
    """
    bold = tone in _BOLD or tone in _STATES
    if no_color:
        return Style(reverse=True, bold=bold)
    front, back = ("ansi_bright_white", "ansi_blue") if theme.ansi else _cursor(theme)
    if not theme.ansi and tone in _STATES:
        own = _front(tone, theme) or front
        if _contrast(Color.parse(own), Color.parse(back)) >= _READABLE:
            front = own
    return Style(color=_rich(front), bgcolor=_rich(back), bold=bold)


def _front(tone: str, theme: Theme) -> str | None:
    fronts = {
        "good": theme.success,
        "warn": theme.warning,
        "bad": theme.error,
        "accent": theme.accent,
        "dim": theme.variables.get("tone-dim"),
    }
    return fronts.get(tone)


def _contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _cursor(theme: Theme) -> tuple[str, str]:
    front = theme.variables.get("block-cursor-foreground", theme.background)
    back = theme.variables.get("block-cursor-background", theme.primary)
    return front or "ansi_bright_white", back


def _rich(color: str) -> RichColor:
    return Color.parse(color).rich_color
