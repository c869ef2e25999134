"""Events that officers could plausibly write in any state of a case, and random walks of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from hypothesis import strategies as st

from soptui.domain.authority import authority
from soptui.domain.case import Case
from soptui.domain.events import (
    Action,
    Approve,
    Attach,
    Attachment,
    AttachmentKind,
    Cancel,
    Complete,
    Correct,
    Datum,
    Details,
    Dispose,
    Event,
    Migrate,
    Note,
    Reassign,
    Recall,
    Receive,
    Register,
    Reopen,
    Request,
    Resume,
    Return,
    Submit,
    Suspend,
)
from soptui.domain.fold import apply, effect_fault
from soptui.domain.gate import gate
from soptui.domain.ids import EventId, UnitId
from soptui.domain.office import Officer, Post
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.office_parts import ARCHIVE, LETTER, START, attachment
from tests.support.small_office import MERGED, MERGED_MAPPING, OFFICERS, REGISTRY, SOP, SOPS, UNITS

_Content = tuple[Details, tuple[Attachment, ...]]

_POSTS = [(officer, post) for officer in OFFICERS for post in officer.posts]

BACK_MAPPING = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (5, 6), (6, 7), (7, 8))

# How often an open action is taken, so that a walk gets far without missing what is rare.
WEIGHTS = {
    Action.RECEIVE: 12,
    Action.DISPOSE: 12,
    Action.COMPLETE: 8,
    Action.APPROVE: 12,
    Action.REGISTER: 12,
    Action.REQUEST: 3,
    Action.SUBMIT: 4,
    Action.RETURN: 3,
    Action.RESUME: 6,
    Action.ARCHIVE: 4,
    Action.REOPEN: 4,
    Action.CORRECT: 2,
    Action.RECALL: 2,
    Action.MIGRATE: 1,
}


@dataclass(frozen=True)
class Change:
    """One event of a walk with the case before and after it."""

    event_id: EventId
    event: Event
    before: Case
    after: Case

    @property
    def effective(self) -> bool:
        """Whether the event took effect."""
        return self.after.entries[-1].effective


def event_id_of(event: Event, turn: int) -> EventId:
    """An id as unique as the digest of a block."""
    return EventId(sha256(f"{turn} {event!r}".encode()).hexdigest())


def open_events(case: Case, turn: int) -> list[Event]:
    """Plausible events for `case` that the gate and the registry allow, by every officer."""
    plausible = Plausible(case, turn)
    return [event for action in plausible.actions for event in plausible.open(action)]


class Plausible:
    """What officers could do in `case`. Whether it is open is asked for one action at a time."""

    def __init__(self, case: Case, turn: int) -> None:
        self._case, self._turn = case, turn
        self._contents: dict[Action, list[_Content]] = {}
        for content in _contents(case, turn):
            self._contents.setdefault(content[0].action, []).append(content)
        self._open: dict[Action, list[Event]] = {}

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that have plausible contents here, open or not."""
        return tuple(self._contents)

    def open(self, action: Action) -> list[Event]:
        """The events of an action that the gate and the registry allow, by every officer."""
        if action not in self._open:
            self._open[action] = [
                event
                for officer, post in _POSTS
                if gate(self._case, action, officer.id, post.role) is None
                for content in self._contents.get(action, ())
                for event in [_event(self._case, self._turn, officer, post, *content)]
                if effect_fault(self._case, event, SOPS) is None
                and authority(REGISTRY, self._case, event) is None
            ]
        return self._open[action]


def _event(
    case: Case,
    turn: int,
    officer: Officer,
    post: Post,
    details: Details,
    files: tuple[Attachment, ...],
) -> Event:
    step, rounds = (case.visits[-1].step, case.visits[-1].round) if case.visits else (0, 1)
    return Event(
        step=step,
        round=rounds,
        by=officer.id,
        role=post.role,
        capacity=post.capacity,
        at=START + timedelta(hours=turn),
        after=case.last_id,
        details=details,
        attachments=files,
    )


@st.composite
def walks(draw: st.DrawFn, *, length: int = 25, strays: bool = True) -> list[Change]:
    """The history of a case: the usual course up to some step, and from there mostly open actions.

    `length` bounds the events beyond the usual course; `strays` are events that ought not be open.
    """
    story = Story()
    step = draw(st.sampled_from((8, 7, 6, 5, 4, 3, 2, 1, 0)))
    course = story.waiting_at(step).events if step else []
    changes: list[Change] = []
    case = Story().case
    for event_id, event in course:
        changes.append(_change(case, event_id, event))
        case = changes[-1].after
    for turn in range(len(course) + 1, len(course) + 1 + draw(st.integers(1, length))):
        stray = strays and draw(st.integers(0, 5)) == 0
        event = draw(_stray(case, turn)) if stray else draw(_step(case, turn))
        changes.append(_change(case, event_id_of(event, turn), event))
        case = changes[-1].after
    return changes


def _change(case: Case, event_id: EventId, event: Event) -> Change:
    return Change(event_id, event, case, apply(case, event_id, event, SOPS))


@st.composite
def _step(draw: st.DrawFn, case: Case, turn: int) -> Event:
    plausible = Plausible(case, turn)
    weighted = [action for action in plausible.actions for _ in range(WEIGHTS.get(action, 1))]
    action = draw(st.sampled_from(weighted).filter(plausible.open))
    return draw(st.sampled_from(plausible.open(action)))


@st.composite
def _stray(draw: st.DrawFn, case: Case, turn: int) -> Event:
    """An event that was written for another state, by another person, or badly."""
    officer, post = draw(st.sampled_from(_POSTS))
    event = _event(case, turn, officer, post, *draw(st.sampled_from(list(_contents(case, turn)))))
    seen = [entry.id for entry in case.entries]
    match draw(st.integers(0, 4)):
        case 0 if seen:
            event = replace(event, after=draw(st.sampled_from(seen)))
        case 1:
            event = replace(event, after=EventId(draw(st.sampled_from([case.head_id, "0" * 64]))))
        case 2:
            event = replace(event, step=draw(st.integers(-1, 9)), round=draw(st.integers(0, 3)))
        case 3:
            kind = draw(st.sampled_from(AttachmentKind))
            event = replace(event, attachments=(attachment("asing.pdf", kind),))
    return event


def _contents(case: Case, turn: int) -> Iterator[_Content]:
    step = case.step
    following = case.sop.step_after(step)
    output = (attachment(f"output-{turn}.pdf"),)
    support = (attachment(f"bukti-{turn}.pdf", AttachmentKind.SUPPORT),)
    yield Register(LETTER), ()
    yield Receive(), ()
    yield Dispose((following.actor,) if following else (), ("tindak-lanjuti",)), ()
    for unit in UNITS:
        yield Request((UnitId(unit),)), ()
        yield Submit(UnitId(unit), data=(Datum("Indeks"),)), ()
    yield Complete(step.requirements), output
    yield Complete(step.requirements, early_reason="mendesak"), output
    yield Approve(tuple(one.file.sha256 for one in case.current_documents)), ()
    for edge in step.returns:
        yield Return(edge.to, edge.reasons[0], "mohon diperbaiki"), ()
    yield Recall(), ()
    for officer in OFFICERS:
        yield Reassign(officer.id, "berhalangan"), ()
    yield Suspend("menunggu"), ()
    yield Resume(), ()
    yield Attach(), support
    yield Note("catatan"), ()
    for entry in case.entries:
        if entry.event.action is Action.COMPLETE:
            yield Correct(entry.id, "salah"), output
    if case.entries:
        yield Correct(case.entries[0].id, "salah"), ()
    yield ARCHIVE, ()
    yield Cancel("salah alamat"), ()
    for number in range(9):
        yield Reopen(number, "ada data baru"), ()
    target, mapping = (MERGED, MERGED_MAPPING) if case.sop is SOP else (SOP, BACK_MAPPING)
    yield Migrate(target.version, target.digest, mapping, "versi"), ()
