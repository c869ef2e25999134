"""The colours: calm ones of our own, and the terminal's own sixteen where there are no more."""

from __future__ import annotations

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

OWN = (
    Theme(
        name="soptui-dark", dark=True,
        primary="#7aa2c8", secondary="#8fb0a8", accent="#8ec5d6", foreground="#d4d7da",
        background="#15181b", surface="#1b1f23", panel="#22272c",
        success="#8fbf8a", warning="#d9b26a", error="#e08a80",
        variables={
            "tone-dim": "#8d959d",
            "block-cursor-background": "#2f4a63", "block-cursor-foreground": "#f2f5f7",
        },
    ),
    Theme(
        name="soptui-light", dark=False,
        primary="#23577f", secondary="#3f6a61", accent="#1d6580", foreground="#22262a",
        background="#fbfaf7", surface="#f3f1ec", panel="#e8e5de",
        success="#2c6b2f", warning="#7d5700", error="#a3261c",
        variables={
            "tone-dim": "#5d656d",
            "block-cursor-background": "#c9dcec", "block-cursor-foreground": "#10202e",
        },
    ),
    Theme(
        name="soptui-contrast", dark=True,
        primary="#ffffff", secondary="#ffffff", accent="#00ffff", foreground="#ffffff",
        background="#000000", surface="#000000", panel="#000000",
        success="#00ff00", warning="#ffff00", error="#ff8080",
        variables={
            "tone-dim": "#e0e0e0",
            "block-cursor-background": "#ffffff", "block-cursor-foreground": "#000000",
        },
    ),
    # Blue against orange, which the usual colour blindnesses tell apart (Okabe and Ito, 2008).
    Theme(
        name="soptui-colour-blind", dark=True,
        primary="#56b4e9", secondary="#56b4e9", accent="#56b4e9", foreground="#e4e4e4",
        background="#15181b", surface="#1b1f23", panel="#22272c",
        success="#56b4e9", warning="#f0e442", error="#e69f00",
        variables={
            "tone-dim": "#a0a6ac",
            "block-cursor-background": "#0a4a73", "block-cursor-foreground": "#ffffff",
        },
    ),
)  # fmt: skip

NAMES = (*(theme.name for theme in OWN), "ansi-dark", "ansi-light")
"""Every set of colours that can be chosen, in the order in which the key goes through them."""

_BOLD = frozenset({"bold", "head", "bad", "accent"})


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
    if tone == "cursor":
        if no_color:
            return Style(reverse=True)
        front, back = ("ansi_bright_white", "ansi_blue") if theme.ansi else _cursor(theme)
        return Style(color=_rich(front), bgcolor=_rich(back))
    fronts = {
        "head": theme.primary,
        "good": theme.success,
        "warn": theme.warning,
        "bad": theme.error,
        "accent": theme.accent,
        "dim": theme.variables.get("tone-dim"),
    }
    chosen = _rich(fronts.get(tone) or theme.foreground or "ansi_default")
    return Style(color=chosen, bgcolor=background.rich_color, bold=tone in _BOLD)


def _cursor(theme: Theme) -> tuple[str, str]:
    front = theme.variables.get("block-cursor-foreground", theme.background)
    back = theme.variables.get("block-cursor-background", theme.primary)
    return front or "ansi_bright_white", back


def _rich(color: str) -> RichColor:
    return Color.parse(color).rich_color
