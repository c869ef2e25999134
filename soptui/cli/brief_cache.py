"""One line on what waits, for the shell's prompt and the login banner, within few milliseconds.

A note in the user's own state folder holds, for one clone and officer, when what lies on their desk
falls due. While the records stand where they stood when it was written, on the same day, the line
is made from it alone; otherwise the whole program is asked, which writes the note anew. Only the
lightest modules are imported here.
"""

# pathlib takes longer to load than all that is done here.
# ruff: noqa: PTH109, PTH110, PTH111, PTH118, PTH120, PTH123
from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from soptui import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from soptui.desk.desk import Desk

_NAMES = ("records", "officer", "lang")
_MOST = 5_000
_DAY = 86_400


def answer_from_note(arguments: Sequence[str]) -> bool:
    """Whether the command line asked for the line, and it could be written from the note."""
    options = _options(arguments)
    if options is None:
        return False
    try:
        line = _line(options, os.environ)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    # The gate of `soptui.cli.output` would take longer to load than all that is done here.
    if not line or not line.isprintable():
        return False
    print(line)  # noqa: T201
    return True


def brief_line(to_receive: int, in_work: int, requests: int, due_soon: int, late: int) -> str:
    """The line: how much is to be received, in work, asked for, due soon and late."""
    return _template().format(
        to_receive=to_receive, in_work=in_work, requests=requests, due_soon=due_soon, late=late
    )


def remember_line(desk: Desk, *, only_again: bool = False) -> None:
    """Write the note for the officer of a desk; with `only_again` only where there is one.

    A note that cannot be written is no harm: the next line takes longer.
    """
    from soptui.desk.settings.state_files import load_state, save_state
    from soptui.domain.message import Refusal

    name = _name(str(desk.root))
    if only_again and load_state(name) is None:
        return
    try:
        note = _note(desk)
    except (OSError, Refusal):
        save_state(name, None)
    else:
        if note is not None:
            save_state(name, note)


def _name(root: str) -> str:
    """The name of the note of the clone at `root`; that two share one does no harm."""
    from binascii import crc32

    return f"brief-{crc32(os.fsencode(os.path.realpath(root))):08x}.json"


def _state_folder(environment: os._Environ[str]) -> str:
    """As `soptui.records.platform.private_files.state_folder`, which takes longer to load."""
    named = environment.get("SOPTUI_STATE")
    home = environment.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return named or os.path.join(home, "soptui")


def _options(arguments: Sequence[str]) -> dict[str, str] | None:
    """The options of `soptui inbox --brief`; None for any other command line."""
    options: dict[str, str] = {}
    words: list[str] = []
    rest = iter(arguments)
    for word in rest:
        name, separator, value = word.removeprefix("--").partition("=")
        if word.startswith("--") and name in _NAMES:
            options[name] = value if separator else next(rest, "")
        else:
            words.append(word)
    return options if sorted(words) == ["--brief", "inbox"] else None


def _line(options: dict[str, str], environment: os._Environ[str]) -> str:
    config = _config(environment)
    named = {
        name: options.get(name) or environment.get(f"SOPTUI_{name.upper()}") or config.get(name)
        for name in ("officer", "lang")
    }
    records = options.get("records") or environment.get("SOPTUI_RECORDS")
    if not records and not is_in_records(os.getcwd()):
        records = config.get("records")
    root = _root(records)
    path = os.path.join(_state_folder(environment), _name(root))
    with open(path, encoding="utf-8") as file:
        note = json.load(file)["kept"]
    git = os.path.join(root, ".git")
    with open(os.path.join(git, "refs", "heads", "main"), encoding="ascii") as file:
        head = file.read().strip()
    # Where Git would show another history than was verified, the whole program warns of it.
    with open(os.path.join(git, "config"), "rb") as file:
        config_lines = file.read().lower()
    if (
        any(os.path.exists(os.path.join(git, name)) for name in ("shallow", "info/grafts"))
        or b"promisor" in config_lines
        or b"partialclone" in config_lines
    ):
        return ""
    now = int(time.time())
    day = (now + note["utc_offset"] * 60) // _DAY
    officer = named["officer"] or note["seated"]
    found = (note["records"], note["program"], note["tip"], note["day"], note["officer"])
    if found != (os.path.realpath(root), __version__, head, day, officer):
        return ""
    late = sum(deadline < now for _soon, deadline in note["due"])
    soon = sum(soon <= now <= deadline for soon, deadline in note["due"])
    template = note["lines"][named["lang"] or "id"]
    return str(template.format(**note["counts"], due_soon=soon, late=late))


def _config(environment: os._Environ[str]) -> dict[str, Any]:
    home = environment.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    path = environment.get("SOPTUI_CONFIG") or f"{home}/soptui/config.toml"
    if not os.path.exists(path):
        return {}
    import tomllib

    with open(path, encoding="utf-8-sig") as file:
        return tomllib.loads(file.read())


def _root(records: str | None) -> str:
    """The folder of the records named, or of those in which we are. Raises `OSError`."""
    folder = os.path.expanduser(records) if records else _clone_around(os.getcwd())
    if not folder:
        raise FileNotFoundError
    return folder


def is_in_records(folder: str) -> bool:
    """Whether a folder lies in a clone of records, by the looks of it."""
    found = _clone_around(folder)
    return bool(found) and os.path.exists(os.path.join(found, "office.toml"))


def _clone_around(folder: str) -> str:
    """The nearest folder, from `folder` upward, that is a clone; empty when there is none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    return folder


def _note(desk: Desk) -> dict[str, Any] | None:
    """What the line needs; None when the newest records are not verified, or it is too much."""
    from soptui.desk.settings.clone_files import load_desk_file
    from soptui.desk.tray import tray_of
    from soptui.locale import LANGUAGES, language, use

    tip = desk.tip()
    now = desk.now()
    tray = tray_of(desk, limit=_MOST)
    rows = (*tray.to_receive, *tray.in_work)
    counts = tray.counts
    if tip != desk.head() or len(rows) < counts.to_receive + counts.in_work:
        return None
    spoken = language()
    lines = {}
    for code in LANGUAGES:
        use(code)
        lines[code] = _template()
    use(spoken)
    return {
        "records": os.path.realpath(desk.root),
        "program": __version__,
        "tip": tip,
        "day": (int(now.timestamp()) + desk.office.utc_offset * 60) // _DAY,
        "utc_offset": desk.office.utc_offset,
        "officer": desk.officer_id,
        "seated": load_desk_file(desk.root, desk.genesis).officer,
        "lines": lines,
        "counts": {
            "to_receive": counts.to_receive,
            "in_work": counts.in_work,
            "requests": counts.requests,
        },
        "due": [
            (int((row.soon or row.deadline).timestamp()), _last_moment(desk, row.deadline))
            for row in rows
            if row.deadline is not None
        ],
    }


def _last_moment(desk: Desk, deadline: datetime) -> int:
    """The last second, since 1970, in which work due at `deadline` is not late yet."""
    from soptui.domain.time.worktime import overdue_from

    return int(overdue_from(desk.calendar, deadline).timestamp()) - 1


def _template() -> str:
    """The line in the reader's language, with its fields still open."""
    from soptui.locale import _

    fields = ("to_receive", "in_work", "requests", "due_soon", "late")
    return _(
        "soptui: {to_receive} to receive, {in_work} in work, {requests} data asked, {due_soon} "
        "due soon, {late} late",
        **{name: f"{{{name}}}" for name in fields},
    )
