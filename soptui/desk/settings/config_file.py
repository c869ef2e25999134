"""What a person has set: the configuration file of their account.

It is `soptui/config.toml` in XDG's configuration home, or what SOPTUI_CONFIG
names. Keys at its top are listed in `KEYS`; the tables `screen`, `keys` and `filters` belong to the
screens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soptui.domain.message import N_, Message, Refusal
from soptui.domain.system_fault import reason_of

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

KEYS: dict[str, str] = {
    "records": N_("The folder of the records."),
    "officer": N_("The id of the officer at whose desk to sit."),
    "key": N_("The file of the SSH key that signs."),
    "lang": N_("The language: id or en."),
}
"""Every key at the top of the file, with its help."""

TABLES = ("screen", "keys", "filters")
"""Tables that the screens check themselves."""

_LANGUAGES = ("id", "en")
_LARGEST = 256 * 1024


class SettingsFault(Refusal):
    """The configuration file cannot be used as it is."""


def config_path() -> Path:
    """Where the configuration file is, or would be."""
    named = os.environ.get("SOPTUI_CONFIG")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "soptui" / "config.toml"


def load_config(path: Path | None = None) -> dict[str, Any]:
    """The configuration; empty when there is no file. Raises `SettingsFault`."""
    path = path or config_path()
    text = _read(path)
    if not text:
        return {}
    import tomllib

    try:
        config = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsFault(
            Message(
                "The configuration {path} is not valid TOML: {reason}. Nothing was changed. "
                "Correct it or delete it.",
                path=str(path),
                reason=str(error),
            )
        ) from None
    for key, value in config.items():
        check(key, value, path)
    return config


def check(key: str, value: object, path: Path) -> None:
    """Whether `value` may stand under a key at the top. Raises `SettingsFault`."""
    if key in TABLES:
        fits, expected = isinstance(value, Mapping), Message("a table")
    elif key in KEYS:
        fits = isinstance(value, str) and bool(value.strip()) and "\0" not in value
        expected = Message("a text in quotes")
        if key == "lang":
            fits, expected = value in _LANGUAGES, Message("id or en")
    else:
        raise SettingsFault(
            Message(
                "The configuration {path} has no key {key}. Nothing was changed. Keys: {known}.",
                path=str(path),
                key=key,
                known=", ".join((*KEYS, *TABLES)),
            )
        )
    if not fits:
        raise SettingsFault(
            Message(
                "In the configuration {path}, {key} must be {expected}. Nothing was changed. "
                "Correct it.",
                path=str(path),
                key=key,
                expected=expected,
            )
        )


def set_config(key: str, value: str | None, path: Path | None = None) -> None:
    """Set a key at the top of the file, or take it away; comments and layout stay.

    Raises `SettingsFault`; then the file is as it was.
    """
    path = path or config_path()
    if value is not None or key not in KEYS:
        check(key, value, path)

    def change(document: TOMLDocument) -> None:
        if value is None:
            document.pop(key, None)
        else:
            document[key] = value

    edit_config(path, change)


def remember_records(root: Path) -> bool:
    """Set the records of the account to `root`, unless others are set that are still there.

    Whether that was done. Raises `SettingsFault`.
    """
    path = config_path()
    named = load_config(path).get("records")
    if named and Path(named).expanduser().is_dir():
        return False
    set_config("records", str(root.absolute()), path)
    return True


def edit_config(path: Path, change: Callable[[TOMLDocument], None]) -> None:
    """Write the configuration with a change made to it; comments and layout stay.

    Raises `SettingsFault`; then the file is as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from soptui.records.platform.private_files import write_private

    try:
        document = tomlkit.parse(_read(path))
        change(document)
        write_private(path, tomlkit.dumps(document).encode("utf-8"))
    except (TOMLKitError, OSError) as error:
        raise SettingsFault(
            Message(
                "The configuration {path} could not be changed: {reason}. It is as it was. Put "
                "that right and try again.",
                path=str(path),
                reason=reason_of(error) if isinstance(error, OSError) else str(error),
            )
        ) from None


def edit_table(table: str, key: str, value: object, path: Path) -> None:
    """Set a key of a table of the configuration, or take it away with None; the rest stays.

    A mapping is written on one line. Raises `SettingsFault`; then the file is as it was.
    """
    import tomlkit
    from tomlkit.items import Table

    def change(document: TOMLDocument) -> None:
        held = document.get(table)
        if not isinstance(held, Table):
            if value is None:
                return
            held = tomlkit.table()
            document[table] = held
        if value is None:
            held.pop(key, None)
        elif isinstance(value, Mapping):
            inline = tomlkit.inline_table()
            inline.update(value)
            held[key] = inline
        else:
            held[key] = value

    edit_config(path, change)


def _read(path: Path) -> str:
    try:
        # Most have none, and start without loading anything of the records.
        path.stat()
        from soptui.records.platform.plain_file import as_text, read_plain

        return as_text(read_plain(path, _LARGEST)).decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault(
            Message(
                "The configuration {path} cannot be read: {reason}. Nothing was changed. Correct "
                "it or delete it.",
                path=str(path),
                reason=reason_of(error) if isinstance(error, OSError) else str(error),
            )
        ) from None
