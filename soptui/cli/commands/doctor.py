"""Whether everything that soptui needs is in place; for each thing that is not, what to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from soptui.cli import output
from soptui.cli.base import command
from soptui.cli.exit_codes import REFUSED
from soptui.cli.session import Session
from soptui.domain.ids import NOBODY
from soptui.domain.message import N_, Message, Refusal
from soptui.domain.size import Size
from soptui.locale import _, translate

_LEAST_SPACE = 100 * 1024 * 1024
_LEAST_SIZE = (80, 24)
_MOST_NAMED = 10
"""How many of a kind are named; the others are counted."""


_LABELS = {
    "agent": N_("key agent"),
    "branch": N_("branch"),
    "calendar": N_("calendar"),
    "clock": N_("clock"),
    "disk": N_("disk"),
    "files": N_("files"),
    "index": N_("index"),
    "key": N_("key"),
    "next": N_("next step"),
    "objects": N_("Git objects"),
    "officer": N_("officer"),
    "programs": N_("programs"),
    "readers": N_("readers"),
    "records": N_("records"),
    "settings": N_("settings"),
    "terminal": N_("terminal"),
}
"""What people call what is looked at; programs are called by their names."""


class Observation(Struct, frozen=True):
    """One thing looked at: its stable name, whether it is well, and what to say of it."""

    name: str
    ok: bool
    sentence: Message


Examination = Callable[[Session], Iterator[Observation]]


@command("doctor", N_("See whether everything needed is in place."))
def doctor(session: Session) -> int:
    """Look at everything, never stopping at the first fault; 1 when something is amiss."""
    seen: list[Observation] = []
    for name, examine in _EXAMINATIONS.items():
        known = {one.sentence for one in seen}
        # What keeps the records from being read is said once, not of all that is in them.
        seen += [
            one for one in _examined(name, examine, session) if one.ok or one.sentence not in known
        ]
    if session.json:
        output.as_json([{"name": one.name, "ok": one.ok, "told": one.sentence} for one in seen])
    else:
        marks = {True: _("ok"), False: _("SEE TO IT")}
        labels = {
            one.name: _(_LABELS[one.name]) if one.name in _LABELS else one.name for one in seen
        }
        wide, wider = max(map(len, labels.values())), max(map(len, marks.values()))
        for one in seen:
            head = f"{labels[one.name]:<{wide}}  {marks[one.ok]:<{wider}}  "
            output.sentence(translate(one.sentence), head=head)
    return 0 if all(one.ok for one in seen) else REFUSED


def _examined(name: str, examine: Examination, session: Session) -> Iterator[Observation]:
    from soptui.desk.causes import refusal_of

    try:
        yield from examine(session)
    except Exception as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        yield Observation(name, False, refusal.message)


def _programs(session: Session) -> Iterator[Observation]:
    from soptui.desk.machine import needed_programs

    for one in needed_programs():
        if not one.version:
            sentence = Message(
                "{program} is missing: install {package}.", program=one.command, package=one.package
            )
            yield Observation(one.name, False, sentence)
        elif one.name != "ssh-keygen":
            yield Observation(one.name, True, Message("{text}", text=one.version))


def _records(session: Session) -> Iterator[Observation]:
    root, found = session.clone.root, session.clone.desk(NOBODY).verification()
    if found.report is not None and not found.report.ok:
        errors = dict.fromkeys(one.message for one in found.report.errors)
        for message in [*errors][:_MOST_NAMED]:
            yield Observation("records", False, message)
        if len(errors) > _MOST_NAMED:
            more = Message("{count} more findings: soptui verify.", count=len(errors) - _MOST_NAMED)
            yield Observation("records", False, more)
    else:
        sentence = Message("{path}, verified up to {commit}", path=str(root), commit=found.tip[:12])
        yield Observation("records", True, sentence)
    free = shutil.disk_usage(root).free
    sentence = Message("{size} are free.", size=Size(free))
    yield Observation("disk", free >= _LEAST_SPACE, sentence)


def _objects(session: Session) -> Iterator[Observation]:
    lost = session.clone.lost_objects()
    if not lost:
        yield Observation("objects", True, Message("No object of the records is lost."))
        return
    sentence = Message(
        "{count} objects of the records are lost or damaged: {names}. soptui sync fetches anew "
        "what the hub has of them; the rest is in other clones.",
        count=len(lost),
        names=_listed([f"{oid[:12]} ({code})" for oid, code in lost]),
    )
    yield Observation("objects", False, sentence)


def _listed(names: Sequence[str]) -> Message:
    """The first of the names, and how many more there are."""
    first = ", ".join(names[:_MOST_NAMED])
    if len(names) <= _MOST_NAMED:
        return Message("{text}", text=first)
    return Message("{names} and {count} more", names=first, count=len(names) - _MOST_NAMED)


def _branch(session: Session) -> Iterator[Observation]:
    """Where Git by hand stands: soptui itself keeps to the main line."""
    from soptui.desk.edits import standing_faults

    faults = standing_faults(session.clone)
    for fault in faults:
        yield Observation("branch", False, fault)
    if not faults:
        yield Observation("branch", True, Message("Git stands on main, and nothing is half done."))


def _files(session: Session) -> Iterator[Observation]:
    from soptui.desk.edits import EditedFiles, edited_files, line_ends_warning

    edited = edited_files(session.reading_desk)
    if edited.line_ends:
        yield Observation("files", False, line_ends_warning(edited.line_ends))
    if edited.by_hand:
        sentence = Message(
            "Edited by hand: {paths}. soptui restore puts them back.",
            paths=_listed(edited.by_hand),
        )
        yield Observation("files", False, sentence)
    if edited == EditedFiles():
        yield Observation("files", True, Message("All files are as they were signed."))


def _settings(session: Session) -> Iterator[Observation]:
    from soptui.desk.edits import doubtful_settings

    doubts = doubtful_settings(session.clone)
    for one in doubts:
        yield Observation("settings", False, one)
    if not doubts:
        yield Observation("settings", True, Message("No setting of the clone leads Git astray."))


def _index(session: Session) -> Iterator[Observation]:
    desk = session.reading_desk
    damaged = desk.damaged_cases()
    if damaged:
        sentence = Message("Damaged: {paths}.", paths=_listed([row.path for row in damaged]))
        yield Observation("index", False, sentence)
    elif not desk.keeps_index:
        sentence = Message("The index cannot be written beside the records; lists are slower.")
        yield Observation("index", False, sentence)
    else:
        yield Observation(
            "index",
            True,
            Message("{count} cases are indexed.", count=session.reading_desk.cases().count),
        )


def _officer(session: Session) -> Iterator[Observation]:
    officer = session.desk.officer
    sentence = Message("{name} ({id})", name=officer.name, id=officer.id)
    yield Observation("officer", True, sentence)


def _key(session: Session) -> Iterator[Observation]:
    """The key, and the agent, which is missed only where the key is locked."""
    from soptui.desk.keys import is_locked
    from soptui.desk.machine import has_agent

    fault: Refusal | None = None
    try:
        session.desk.signing()(b"soptui doctor")
    except Refusal as refusal:
        fault = refusal
    if has_agent():
        yield Observation("agent", True, Message("An SSH agent answers."))
    else:
        sentence = Message("No SSH agent; only a key without passphrase can sign.")
        yield Observation("agent", not is_locked(fault), sentence)
    if fault is not None:
        raise fault
    yield Observation("key", True, Message("Your key is registered and signs."))


def _clock(session: Session) -> Iterator[Observation]:
    from soptui.desk.clock import clock_fault

    fault = clock_fault(session.reading_desk)
    sentence = fault or Message("The clock says {now}.", now=session.reading_desk.now())
    yield Observation("clock", fault is None, sentence)


def _calendar(session: Session) -> Iterator[Observation]:
    from soptui.domain.time.working_calendar import missing_year_warning

    desk = session.reading_desk
    year = desk.now().year
    if desk.calendar.calendar_of(year) is None:
        yield Observation("calendar", False, missing_year_warning(year))
    else:
        yield Observation("calendar", True, Message("There is a calendar for {year}.", year=year))


def _terminal(session: Session) -> Iterator[Observation]:
    if not sys.stdout.isatty():
        yield Observation("terminal", True, Message("No terminal here; commands need none."))
        return
    size = shutil.get_terminal_size()
    sentence = Message(
        "{columns} x {lines}, TERM={term}",
        columns=size.columns,
        lines=size.lines,
        term=os.environ.get("TERM", ""),
    )
    fits = size.columns >= _LEAST_SIZE[0] and size.lines >= _LEAST_SIZE[1]
    yield Observation("terminal", fits and os.environ.get("TERM", "dumb") != "dumb", sentence)


def _next(session: Session) -> Iterator[Observation]:
    """What the office lacks before a case can run; nothing is said of it afterwards."""
    from soptui.desk.office.first_steps import next_steps

    for one in next_steps(session.reading_desk)[:1]:
        yield Observation("next", True, one)


def _readers(session: Session) -> Iterator[Observation]:
    """Whether what a stranger's file does to its reader stays there."""
    from soptui.desk.files import reached_by_readers

    reached = reached_by_readers()
    if reached is None:
        sentence = Message("No process can be started that reads attachments.")
    elif reached:
        sentence = Message(
            "Here a stranger's file whose reader has a fault could reach: {what}. Install "
            "libseccomp, or allow user namespaces.",
            what=sorted(reached),
        )
    else:
        sentence = Message("Attachments are read by a process that reaches neither keys nor files.")
    yield Observation("readers", reached == frozenset(), sentence)


_EXAMINATIONS: Mapping[str, Examination] = {
    "programs": _programs,
    "readers": _readers,
    "records": _records,
    "objects": _objects,
    "branch": _branch,
    "files": _files,
    "settings": _settings,
    "index": _index,
    "calendar": _calendar,
    "clock": _clock,
    "officer": _officer,
    "key": _key,
    "terminal": _terminal,
    "next": _next,
}
"""What is looked at, by the name under which a refusal is said."""

COMMANDS = {"doctor": doctor}
