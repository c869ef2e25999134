"""Case files told apart by their shape, so that thousands of them are folded as one.

Most cases take one of few courses: the same acts by the same people, at other times and with other
words. The fold never looks at times and words; it carries them along. So the shape of a file (who
did what to which step) is folded once, with marks in the place of times, and every other file of
that shape only puts its own times in the place of the marks. Shapes grow event by event and share
their beginnings.

This holds for verified files in which every event builds on the one before: the verifier asked the
gate about each of them in just that case, so each takes effect. Such a file is known by its
`after` values alone. Each names an earlier block, and if no two name the same, each must name the
block right before it. All other files (a lost race, a migration, a correction) go
through `snapshot.read_case`, and everything unexpected does too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from msgspec import Struct, field

from soptui.domain.case import Case, Hold, Visit
from soptui.domain.events import DETAILS, Action, Letter, Register, Security, Urgency
from soptui.domain.fold import new_case, take_effect
from soptui.domain.ids import NO_ROLE, NOBODY, EventId, OfficerId, RoleId, SopId, UnitId
from soptui.domain.replace import replace
from soptui.domain.separation import separated_from
from soptui.domain.sop import Sops
from soptui.domain.time.normtime import NormTime
from soptui.records.files import case as case_file
from soptui.records.files import codec
from soptui.records.files.snapshot import read_case

_MOST_SHAPES = 20_000

_BORDER = "\n\n[[events]]\n"
_AT = "\nat = "
_AFTER = '\nafter = "'
_NOTE = '\nnote = "'
_DUE = "\ndue = "
# After "at = " come a time of 25 characters, `_AFTER`, and a digest of 64.
_TIME_END, _DIGEST_START, _DIGEST_END, _REST = 25, 35, 99, 101

_TEXT = r'"((?:[^"\\\n]|\\.)*+)"'
_LETTER = re.compile(
    rf"letter_number = {_TEXT}\nletter_date = (\S+)\nreceived_at = (\S+)\nsender = {_TEXT}\n"
    rf'subject = {_TEXT}\n(?:summary = {_TEXT}\n)?urgency = "([a-z-]+)"\nsecurity = "([a-z-]+)"'
)
_ESCAPED = re.compile(r"\\(.)")

_LINE_DECIDES = frozenset({"dispose", "request", "submit", "return", "reassign", "reopen"})
"""Actions whose first own line decides the course of the case, and none of the others."""

_NO_LINE_DECIDES = frozenset(
    {
        "receive", "complete", "approve", "recall", "suspend", "resume", "attach", "note",
        "archive", "cancel",
    }
)  # fmt: skip
"""Actions of which it matters only that they were done, by whom and at which step.

A file with any other action is folded by itself: `migrate` and `correct` name what a shape has
not, another version of the SOP or an event by its digest.
"""

_MAY_NAME_A_DAY = frozenset(
    action.value for action, kind in DETAILS.items() if "due" in kind.__struct_fields__
)

_RECEIVED_MARK = 1_000_000


class OpenRequest(NamedTuple):
    """An open request for a section's data."""

    unit: UnitId
    due: date | None
    asked: datetime
    asked_by: OfficerId


class Course(Struct, frozen=True):
    """What a case's acts have made of it, apart from its letter: what the index keeps of a fold.

    Times may be marks that stand for the times of one file.
    """

    sop: SopId
    version: int
    status: str
    step: int
    role: RoleId
    norm: NormTime | None
    visit: Visit | None
    registered: datetime | None
    separated: tuple[str, ...]
    informed: tuple[RoleId, ...]
    participants: tuple[str, ...]
    asked: tuple[OpenRequest, ...]
    returns: int
    events: int
    corrected: bool
    migrated: bool
    last_by: OfficerId


class Scanned(Struct, frozen=True):
    """One case file, read: its course with its own times, its letter, and its words for search."""

    course: Course
    visit: Visit | None
    registered: datetime | None
    asked: tuple[OpenRequest, ...]
    letter: Letter | None
    last_at: datetime | None
    last_id: EventId
    notes: tuple[str, ...]


def course_of(case: Case) -> Course:
    """What the index keeps of a folded case."""
    visit, step = case.visit, case.step
    is_open = visit is not None and visit.closed is None
    effective = [entry.event for entry in case.entries if entry.effective]
    return Course(
        sop=case.sop.id,
        version=case.sop.version,
        status=case.status.value,
        step=step.number,
        role=step.actor if is_open or visit is None else NO_ROLE,
        norm=step.norm,
        visit=visit,
        registered=case.registered,
        separated=tuple(sorted(separated_from(case, step.number))) if is_open else (),
        informed=case.informed,
        participants=tuple(sorted({entry.event.by for entry in case.entries})),
        asked=tuple(
            OpenRequest(request.unit, request.due, request.asked, request.asked_by)
            for request in case.open_requests
        ),
        returns=sum(event.action is Action.RETURN for event in effective),
        events=len(case.entries),
        corrected=bool(case.letter_corrections),
        migrated=bool(case.migrations),
        last_by=case.entries[-1].event.by if case.entries else NOBODY,
    )


class _Shape(Struct):
    """A course with marks in the place of times, and the shapes that one more event makes of it."""

    case: Case
    course: Course | None = None
    next: dict[str, _Shape] = field(default_factory=dict)


class Scanner:
    """Reads verified case files, folding each shape once."""

    def __init__(self, sops: Sops) -> None:
        self._sops = sops
        self._roots: dict[str, _Shape] = {}
        self.shapes = 0

    def scan(self, data: bytes) -> Scanned:
        """What the index keeps of a verified case file. Raises a `Refusal` when it is damaged."""
        text = data.decode("utf-8", "replace")
        return self._by_shape(data, text) or self._by_fold(data, text)

    def _by_fold(self, data: bytes, text: str) -> Scanned:
        case = read_case(data, self._sops).case
        course = course_of(case)
        last = case.entries[-1] if case.entries else None
        return Scanned(
            course=course,
            visit=course.visit,
            registered=course.registered,
            asked=course.asked,
            letter=case.letter,
            last_at=last.event.at if last else None,
            last_id=case.last_id,
            notes=_notes_in(text),
        )

    def _by_shape(self, data: bytes, text: str) -> Scanned | None:
        """The file by the fold of its shape; None when only its own fold can tell."""
        # Canonical TOML writes a line feed within a string as `\n`. So a raw one ends a line, and
        # what looks like a border, a key or an end is one, whatever words a person wrote.
        header, *blocks = text.split(_BORDER)
        shape = self._root(header + "\n")
        if shape is None or not blocks:
            return None
        # Where the header and each block but the last end, the border has taken a line feed.
        blocks[-1] = blocks[-1][:-1]
        times: list[str] = []
        dues: list[str] = []
        letters: list[str] = []
        seen: set[str] = set()
        letter = None
        for number, block in enumerate(blocks):
            head, _, tail = block.partition(_AT)
            if tail[_TIME_END:_DIGEST_START] != _AFTER:
                return None
            seen.add(tail[_DIGEST_START:_DIGEST_END])
            times.append(tail[:_TIME_END])
            due = received = ""
            # What stands before the time says who did what to which step, and in which post. All
            # that the fold asks besides is in the one line more that some actions have; the rest
            # are times and words, which it carries along unread. So equal keys fold alike.
            key = head
            action = head[10 : head.find('"', 10)]
            if action in _LINE_DECIDES:
                key += tail[_REST - 1 :].partition("\n")[2].partition("\n")[0]
                if action in _MAY_NAME_A_DAY and _DUE in tail:
                    due = tail.partition(_DUE)[2][:10]
                    key += _DUE
            elif action == "register":
                letter = _LETTER.match(tail, _REST)
                if letter is None:
                    return None
                received = letter[3]
            elif action not in _NO_LINE_DECIDES:
                return None
            dues.append(due)
            letters.append(received)
            following = shape.next.get(key)
            if following is None:
                following = self._grow(shape, key, number, f"{_BORDER[1:]}{block}\n")
            shape = following
        # Each block names an earlier one, or the header. Where no two name the same, there is but
        # one way to do that: each the one right before it. Then nobody was overtaken, and the
        # verifier's gate was asked about each event in just this case: all took effect.
        if len(seen) != len(blocks) or letter is None:
            return None
        if shape.course is None:
            shape.course = course_of(shape.case)
        last_id = codec.block_id(data[data.rfind(codec.BLOCK_START) :])
        return _filled(
            shape.course,
            times=times,
            dues=dues,
            letters=letters,
            letter=_letter_in(letter),
            last_id=last_id,
            notes=_notes_in(text),
        )

    def _root(self, header: str) -> _Shape | None:
        key = re.sub(r'\ncase = "[^"\n]+"', "", header, count=1)
        root = self._roots.get(key)
        if root is None:
            raw = header.encode()
            case = new_case(case_file.decode_header(raw), case_file.header_id(raw), self._sops)
            if case is None:
                return None
            root = self._roots[key] = _Shape(case)
        return root

    def _grow(self, shape: _Shape, key: str, number: int, block: str) -> _Shape:
        """The shape after one more event, folded with marks in the place of its times."""
        event = case_file.decode_event(block.encode())
        details: Any = event.details
        if isinstance(details, Register):
            received = _mark(_RECEIVED_MARK + number)
            details = Register(replace(details.letter, received=received))
        elif getattr(details, "due", None) is not None:
            details = replace(details, due=_mark(number).date())
        # A mark is a day that no office has met, by the number of the block whose time belongs
        # there. The fold copies times and never compares them, so marks come out where they went.
        event = replace(event, at=_mark(number), details=details)
        grown = _Shape(take_effect(shape.case, EventId(str(number)), event, self._sops))
        if self.shapes >= _MOST_SHAPES:
            self._roots.clear()
            self.shapes = 0
        self.shapes += 1
        shape.next[key] = grown
        return grown


def _mark(number: int) -> datetime:
    return datetime.fromordinal(number + 1)


def _filled(
    course: Course,
    *,
    times: list[str],
    dues: list[str],
    letters: list[str],
    letter: Letter,
    last_id: EventId,
    notes: tuple[str, ...],
) -> Scanned:
    """A file's own times in the place of the marks of its course."""

    def moment(mark: datetime) -> datetime:
        number = mark.toordinal() - 1
        if number >= _RECEIVED_MARK:
            return datetime.fromisoformat(letters[number - _RECEIVED_MARK])
        return datetime.fromisoformat(times[number])

    def day(mark: date | None) -> date | None:
        return None if mark is None else date.fromisoformat(dues[mark.toordinal() - 1])

    return Scanned(
        course=course,
        visit=_timed(course.visit, moment, day) if course.visit else None,
        registered=moment(course.registered) if course.registered else None,
        asked=tuple(
            OpenRequest(
                unit=one.unit, due=day(one.due), asked=moment(one.asked), asked_by=one.asked_by
            )
            for one in course.asked
        ),
        letter=letter,
        last_at=datetime.fromisoformat(times[-1]),
        last_id=last_id,
        notes=notes,
    )


def _timed(
    visit: Visit,
    moment: Callable[[datetime], datetime],
    day: Callable[[date | None], date | None],
) -> Visit:
    return Visit(
        step=visit.step,
        round=visit.round,
        sent=moment(visit.sent),
        sender=visit.sender,
        sent_by=visit.sent_by,
        assignee=visit.assignee,
        received=moment(visit.received) if visit.received else None,
        owner=visit.owner,
        closed=moment(visit.closed) if visit.closed else None,
        outcome=visit.outcome,
        holds=tuple(
            Hold(moment(hold.starts), moment(hold.ends) if hold.ends else None, hold.reason)
            for hold in visit.holds
        ),
        due=day(visit.due),
        begun=moment(visit.begun) if visit.begun else None,
    )


_URGENCIES: Mapping[str, Urgency] = {one.value: one for one in Urgency}
_SECURITIES: Mapping[str, Security] = {one.value: one for one in Security}


def _letter_in(found: re.Match[str]) -> Letter:
    number, day, received, sender, subject, summary, urgency, security = found.groups()
    return Letter(
        number=_unescaped(number),
        date=date.fromisoformat(day),
        received=datetime.fromisoformat(received),
        sender=_unescaped(sender),
        subject=_unescaped(subject),
        summary=_unescaped(summary or ""),
        urgency=_URGENCIES[urgency],
        security=_SECURITIES[security],
    )


def _notes_in(text: str) -> tuple[str, ...]:
    # A string holds no raw line feed, so a quote before one is the string's end.
    return tuple(_unescaped(part.partition('"\n')[0]) for part in text.split(_NOTE)[1:])


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], text)
