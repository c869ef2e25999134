"""A case file read by its shape says the same as its own fold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.case import Case
from soptui.domain.events import Correct, Dispose, Event, Note, Register, Request, Return, Suspend
from soptui.domain.fold import effect_fault
from soptui.domain.ids import NO_EVENT, RoleId, UnitId
from soptui.domain.message import Refusal
from soptui.domain.replace import replace
from soptui.domain.seen import seen_by_author
from soptui.records.files import case as case_file
from soptui.records.files import codec
from soptui.records.files.snapshot import read_case
from soptui.records.index.case_scan import Scanned, Scanner
from tests.support.case_story import Story
from tests.support.office_parts import LETTER, attachment
from tests.support.small_office import HEADER, SOP, SOPS

HEADER_BYTES = case_file.encode_header(HEADER)

WORDS = st.text(st.sampled_from('a b"\\\nß[]='), min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)


class Walk:
    """A case file that grows by whatever the gate allows."""

    def __init__(self) -> None:
        self.story = Story()
        self.story.case = replace(self.story.case, head_id=case_file.header_id(HEADER_BYTES))
        self.data = HEADER_BYTES

    def add(self, event: Event) -> None:
        """One more event, if its author may do so in the case as they have seen it."""
        case = self.story.case
        seen = seen_by_author(case, event, SOPS)
        if seen is None or effect_fault(seen, event, SOPS) is not None:
            return
        block = case_file.encode_event(event)
        if case.entry(codec.block_id(block)) is None:
            self.data += block
            self.story.case = case_of(self.data)

    def forward(self) -> None:
        """The usual acts that come next."""
        told = Story()
        told.case, told.clock = self.story.case, self.story.clock
        if not told.case.status.is_closed and told.case.status != "suspended":
            told.forward()
        self.story.clock = told.clock
        for _, event in told.events:
            self.add(replace(event, after=self.story.case.last_id))


def case_of(data: bytes) -> Case:
    """The case in a file, by the fold."""
    return read_case(data, SOPS).case


@st.composite
def walks(draw: st.DrawFn) -> bytes:
    walk = Walk()
    story = walk.story
    steps = draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=14))
    walk.add(story.event(Register(replace(LETTER, subject=draw(WORDS), summary=draw(WORDS)))))
    for _ in range(draw(st.integers(0, 8))):
        walk.forward()
    for step in steps:
        if not story.case.visits:
            continue
        note = draw(WORDS)
        case = story.case
        seen = draw(st.sampled_from([entry.id for entry in case.entries]))
        after = seen if draw(st.integers(0, 4)) == 0 else case.last_id
        due = draw(st.none() | st.just(date(2027, 3, 5)))
        match step:
            case "forward":
                walk.forward()
            case "note":
                walk.add(story.event(Note(note), after=after))
            case "return":
                for edge in case.step.returns[:1]:
                    details = Return(edge.to, edge.reasons[0], note)
                    walk.add(story.event(details, after=after))
            case "dispose":
                following = case.sop.step_after(case.step)
                to = (following.actor if following else RoleId("camat"), RoleId("staff"))
                walk.add(story.event(Dispose(to, (), note, due), after=after))
            case "request":
                walk.add(
                    story.event(
                        Request((UnitId("kesra"), UnitId("pemerintahan")), note, due), after=after
                    )
                )
            case "suspend":
                walk.add(story.event(Suspend(note), "camat-1", "camat", after=after))
            case "correct":
                files = (attachment(note.strip() or "x"),) if due else ()
                for document in case.documents[:1]:
                    details_ = Correct(document.event, note)
                    walk.add(story.event(details_, after=after, attachments=files))
            case _:
                told = Story()
                told.case, told.clock = case, story.clock
                match step:
                    case "receive":
                        told.receive()
                    case "recall":
                        told.recall()
                    case "resume":
                        told.resume("camat-1", role="camat")
                    case "cancel":
                        told.cancel()
                    case "reopen":
                        told.reopen(draw(st.integers(0, 8)))
                    case "reassign":
                        told.reassign(draw(st.sampled_from(["staff-2", "kasubbag-2"])))
                story.clock = told.clock
                for _, event in told.events:
                    walk.add(replace(event, after=after))
    return walk.data


STEPS = (
    *("forward",) * 6, *("receive",) * 4, *("return",) * 3, *("correct",) * 2, *("resume",) * 2,
    "note", "dispose", "request", "suspend", "recall", "cancel", "reopen", "reassign",
)  # fmt: skip

SHARED = Scanner(SOPS)
"""One scanner for all examples, so that files meet shapes that others made."""


def plain(scanned: Scanned) -> Scanned:
    """Without what only names events: the shapes call them by their places."""
    course = replace(scanned.course, visit=None, registered=None, asked=())
    visit = scanned.visit and replace(
        scanned.visit,
        sent_by=NO_EVENT,
        holds=tuple(replace(hold, reason="") for hold in scanned.visit.holds),
    )
    return replace(scanned, course=course, visit=visit)


@settings(max_examples=150, deadline=None)
@given(walks())
def test_a_file_read_by_its_shape_says_what_its_fold_says(data: bytes) -> None:
    scanned = SHARED.scan(data)

    class FoldOnly(Scanner):
        def _by_shape(self, data: bytes, text: str) -> None:
            return None

    assert plain(scanned) == plain(FoldOnly(SOPS).scan(data))


def test_files_of_one_shape_are_folded_once() -> None:
    scanner = Scanner(SOPS)
    for number in range(3):
        walk = Walk()
        walk.add(walk.story.event(Register(replace(LETTER, number=f"{number}"))))
        walk.story.clock += timedelta(days=number)
        walk.forward()
        scanned = scanner.scan(walk.data)
        assert scanned.letter is not None
        assert scanned.letter.number == str(number)
    assert scanner.shapes == 3


def test_a_damaged_file_is_refused_with_a_reason() -> None:
    with pytest.raises(Refusal):
        Scanner(SOPS).scan(HEADER_BYTES.replace(SOP.digest.encode(), b"0" * 64))
    with pytest.raises(Refusal):
        Scanner(SOPS).scan(HEADER_BYTES + b"\n[[events]]\naction = 1\n")
    with pytest.raises(Refusal):
        Scanner(SOPS).scan(b"\xff\xfe\n")
