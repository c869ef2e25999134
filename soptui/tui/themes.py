"""The colours: calm ones of our own, and the terminal's own sixteen where there are no more."""

from __future__ import annotations

from textual.theme import Theme

OWN = (
    Theme(
        name="soptui-dark", dark=True,
        primary="#7aa2c8", secondary="#8fb0a8", accent="#8ec5d6", foreground="#d4d7da",
        background="#15181b", surface="#1b1f23", panel="#22272c",
        success="#8fbf8a", warning="#d9b26a", error="#e08a80",
        variables={"block-cursor-background": "#2f4a63", "block-cursor-foreground": "#f2f5f7"},
    ),
    Theme(
        name="soptui-light", dark=False,
        primary="#23577f", secondary="#3f6a61", accent="#1d6580", foreground="#22262a",
        background="#fbfaf7", surface="#f3f1ec", panel="#e8e5de",
        success="#2c6b2f", warning="#7d5700", error="#a3261c",
        variables={"block-cursor-background": "#c9dcec", "block-cursor-foreground": "#10202e"},
    ),
    Theme(
        name="soptui-contrast", dark=True,
        primary="#ffffff", secondary="#ffffff", accent="#00ffff", foreground="#ffffff",
        background="#000000", surface="#000000", panel="#000000",
        success="#00ff00", warning="#ffff00", error="#ff8080",
        variables={"block-cursor-background": "#ffffff", "block-cursor-foreground": "#000000",
                   "text-muted": "#e0e0e0"},
    ),
    # Blue against orange, which the usual colour blindnesses tell apart (Okabe and Ito, 2008).
    Theme(
        name="soptui-colour-blind", dark=True,
        primary="#56b4e9", secondary="#56b4e9", accent="#56b4e9", foreground="#e4e4e4",
        background="#15181b", surface="#1b1f23", panel="#22272c",
        success="#56b4e9", warning="#f0e442", error="#e69f00",
        variables={"block-cursor-background": "#0a4a73", "block-cursor-foreground": "#ffffff"},
    ),
)  # fmt: skip

NAMES = (*(theme.name for theme in OWN), "ansi-dark", "ansi-light")
"""Every set of colours that can be chosen, in the order in which the key goes through them."""


def default_theme(color_system: str | None, *, no_color: bool) -> str:
    """The set to begin with, by what the terminal can show.

    With fewer than 256 colours, RGB themes lose letters: foreground and background fall together.
    """
    if no_color or color_system in (None, "standard", "windows"):
        return "ansi-dark"
    return OWN[0].name
