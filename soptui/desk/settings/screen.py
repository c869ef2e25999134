"""What a person may set of the screen: the tables `screen`, `keys` and `filters` of their
configuration.

    [screen]
    theme = "soptui-light"
    line = "spared"
    cursor = false
    mouse = false
    signal = "bell"
    read_only = false
    symbols = "auto"
    sync_minutes = 5
    plain = true
    tour = false

    [keys]
    approve = "a,f5"

    [filters]
    "From the Bupati" = { words = "bupati", sort = "urgency" }

A wrong setting is named in a sentence and ignored; the rest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from soptui.desk.settings.config_file import SettingsFault, config_path, edit_table, load_config
from soptui.desk.settings.saved_filters import SavedFilter, filters_in
from soptui.domain.message import N_, Message
from soptui.domain.replace import replace

THEMES = (
    "soptui-dark",
    "soptui-light",
    "soptui-contrast",
    "soptui-colour-blind",
    "ansi-dark",
    "ansi-light",
)
MOST_MINUTES = 24 * 60
SPARED = "spared"


class Setting(Struct, frozen=True):
    """One key of the table `screen`: its help, and what it may be.

    `choices` are texts; without them it is yes or no or, with `most`, a whole number up to it.
    `at_once` tells whether a change is felt before the next start.
    """

    label: str
    help: str
    choices: tuple[str, ...] = ()
    most: int = 0
    at_once: bool = True

    def fits(self, value: object) -> bool:
        """Whether a value may stand under the key."""
        if self.choices:
            return value in self.choices
        if self.most:
            is_number = isinstance(value, int) and not isinstance(value, bool)
            return is_number and 0 <= int(str(value)) <= self.most
        return isinstance(value, bool)

    @property
    def expected(self) -> Message:
        """What it may be, for a sentence."""
        if self.choices:
            return Message("one of {choices}", choices=", ".join(self.choices))
        if self.most:
            return Message("a whole number from 0 to {most}", most=self.most)
        return Message("true or false")


SCREEN: dict[str, Setting] = {
    "theme": Setting(N_("Colours"), N_("The set of colours."), choices=THEMES),
    "symbols": Setting(
        N_("Symbols"),
        N_("Lines and symbols: auto asks the terminal's locale, ascii draws with letters only."),
        choices=("auto", "utf-8", "ascii"),
    ),
    "signal": Setting(
        N_("Signal for news"),
        N_("How new work rings: off, the terminal's bell, or a message of the terminal (OSC 9)."),
        choices=("off", "bell", "osc9"),
    ),
    "sync_minutes": Setting(
        N_("Sync every"),
        N_("Minutes between syncs in the background; 0 syncs only when asked."),
        most=MOST_MINUTES,
    ),
    "plain": Setting(
        N_("Plain"),
        N_("Questions and sentences in place of the screen: for ears, braille, plain terminals."),
        at_once=False,
    ),
    "read_only": Setting(
        N_("Read only"), N_("Nothing can be recorded here: for auditors and for showing."),
    ),
    "line": Setting(
        N_("Light line"),
        N_("What is sent: changes sends only what changed on the screen; spared also draws no pane "
           "before its key is pressed, for a slow line; whole sends all that is drawn."),
        choices=("changes", SPARED, "whole"),
        at_once=False,
    ),
    "cursor": Setting(
        N_("Cursor"),
        N_("Show the terminal's cursor, which stands on what is selected: for magnifiers."),
        at_once=False,
    ),
    "mouse": Setting(
        N_("Mouse"), N_("Ask the terminal for the mouse; costs much on a slow line."),
        at_once=False,
    ),
    "tour": Setting(
        N_("Tour"), N_("Offer the short tour at the first start."), at_once=False,
    ),
}  # fmt: skip
"""Every key of the table `screen`, in the order of the settings place."""


class ScreenSettings(Struct, frozen=True):
    """What is set. `theme` is empty where the program chooses.

    `keys` has the keys of commands by their ids, as they are written; `filters` those saved, in the
    order of the file.
    """

    theme: str = ""
    symbols: str = "auto"
    signal: str = "off"
    sync_minutes: int = 5
    plain: bool = False
    read_only: bool = False
    line: str = "changes"
    cursor: bool = False
    mouse: bool = False
    tour: bool = True
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filters: tuple[SavedFilter, ...] = ()

    @property
    def spares_line(self) -> bool:
        """Whether what nobody asked for is not drawn."""
        return self.line == SPARED


def load_screen_settings(
    path: Path | None = None,
) -> tuple[ScreenSettings, tuple[Message, ...]]:
    """What is set for the screen, and a sentence for each wrong setting. Never fails."""
    path = path or config_path()
    try:
        config = load_config(path)
    except SettingsFault as fault:
        return ScreenSettings(), (fault.message,)
    return screen_settings(config, path)


def screen_settings(
    config: Mapping[str, Any], path: Path
) -> tuple[ScreenSettings, tuple[Message, ...]]:
    """The settings in a configuration, and a sentence for each that is wrong."""
    wrong: list[Message] = []
    good: dict[str, Any] = {}
    for key, value in config.get("screen", {}).items():
        try:
            check_screen(key, value, path)
        except SettingsFault as fault:
            wrong.append(fault.message)
        else:
            good[key] = value
    keys: dict[str, tuple[str, ...]] = {}
    for command, value in config.get("keys", {}).items():
        written = _keys(value)
        if written is None:
            wrong.append(
                Message(
                    "In the configuration {path}, the keys of {command} must be a text such as "
                    '"a" or "a,f5". The usual keys hold.',
                    path=str(path),
                    command=str(command),
                )
            )
        else:
            keys[str(command)] = written
    filters, faults = filters_in(config, path)
    return replace(ScreenSettings(**good), keys=keys, filters=filters), (*wrong, *faults)


_LINES_ONLY = ("dumb", "unknown")
"""What TERM says of terminals that can only write lines."""
_NO = ("", "0", "no", "off", "false")


def wants_plain(environment: Mapping[str, str], settings: ScreenSettings) -> bool:
    """Whether questions and sentences are wanted in place of the screen.

    So says the setting, or ACCESSIBLE, as for other programs; and a terminal that can only write
    lines leaves no other way.
    """
    if environment.get("ACCESSIBLE", "").strip().lower() not in _NO:
        return True
    return settings.plain or environment.get("TERM", "") in _LINES_ONLY


def check_screen(key: str, value: object, path: Path) -> None:
    """Whether `value` may stand under a key of the table `screen`. Raises `SettingsFault`."""
    setting = SCREEN.get(key)
    if setting is None:
        raise SettingsFault(
            Message(
                "The configuration {path} has no key {key}. Nothing was changed. Keys: {known}.",
                path=str(path),
                key=f"screen.{key}",
                known=", ".join(SCREEN),
            )
        )
    if not setting.fits(value):
        raise SettingsFault(
            Message(
                "In the configuration {path}, {key} must be {expected}. Nothing was changed. "
                "Correct it.",
                path=str(path),
                key=f"screen.{key}",
                expected=setting.expected,
            )
        )


def screen_value(key: str, text: str) -> str | int | bool:
    """What a text on a command line means under a key of the table `screen`, right or wrong."""
    setting = SCREEN[key]
    if setting.choices:
        return text
    if setting.most:
        return int(text) if text.isascii() and text.isdecimal() else text
    return {"true": True, "false": False}.get(text, text)


def set_screen(key: str, value: str | int | bool | None, path: Path | None = None) -> None:
    """Set a key of the table `screen`, or take it away; comments and layout stay.

    Raises `SettingsFault`; then the file is as it was.
    """
    path = path or config_path()
    if value is not None:
        check_screen(key, value, path)
    edit_table("screen", key, value, path)


def set_keys(command: str, keys: tuple[str, ...], path: Path | None = None) -> None:
    """Give a command keys of its own; none gives it the usual ones. Raises `SettingsFault`."""
    edit_table("keys", command, ",".join(keys) or None, path or config_path())


def _keys(value: object) -> tuple[str, ...] | None:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(one, str) for one in parts):
        return None
    keys = tuple(one.strip() or "," for one in parts)
    return keys if keys and all(one.isprintable() for one in keys) else None
