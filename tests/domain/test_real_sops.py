"""Real SOPs of other offices: said, checked, and walked by each way of each decision."""

from __future__ import annotations

from hashlib import sha256

import pytest

from soptui.domain.case import Status
from soptui.domain.replace import replace
from soptui.domain.sop import Sop, StepKind
from soptui.domain.sop_check.check import Severity, check
from soptui.records.files.codec import emit_document, parse_document
from soptui.records.files.sop import sop_from_document, sop_to_document
from tests.support.case_story import Story
from tests.support.programs import ROOT
from tests.support.real_sops import NAMES, facts_of, real_sop, table_row
from tests.support.small_office import HEADER
from tests.support.sop_walker import Turn, walks_through

MOST_WARNINGS_A_ROW = 0.3


def _pinned(sop: Sop) -> Sop:
    return replace(sop, digest=sha256(sop.id.encode()).hexdigest())


def _holder(step_actor: str) -> str:
    return f"{step_actor}-1"


def _taken(story: Story, turn: Turn, sop: Sop) -> None:
    """One step received and left as the walk has it."""
    by = _holder(turn.step.actor)
    if story.case.visits[-1].received is None:
        story.receive(by)
    assert story.code == ""
    if turn.back_to is not None:
        story.send_back(turn.back_to, by)
        return
    target = sop.target(turn.way) if turn.way else None
    match turn.step.kind:
        case StepKind.REGISTER:
            story.register(by)
        case StepKind.DISPOSE:
            story.dispose(by, to=(target.actor,) if target else (), way=turn.label)
        case StepKind.REVIEW | StepKind.APPROVE:
            story.approve(by, way=turn.label)
        case StepKind.ARCHIVE:
            story.archive(by)
        case _:
            story.complete(by, way=turn.label)


@pytest.mark.parametrize("name", NAMES)
def test_it_names_its_source_and_survives_its_file(name: str) -> None:
    assert facts_of(name)["source"]
    sop = real_sop(name)
    content = emit_document(sop_to_document(sop))
    assert sop_from_document(parse_document(content), "") == sop


@pytest.mark.parametrize("name", NAMES)
def test_no_defect_keeps_it_from_being_put_in_force(name: str) -> None:
    errors = [one for one in check(real_sop(name)) if one.severity is Severity.ERROR]
    assert errors == []


def test_what_is_told_of_their_rows_can_be_read() -> None:
    sops = [real_sop(name) for name in NAMES]
    told = [one for sop in sops for one in check(sop) if one.row is not None]
    rows = sum(len(facts_of(name)["rows"]) for name in NAMES)
    assert len(told) <= MOST_WARNINGS_A_ROW * rows
    assert not [one for one in told if one.code == "unknown-position"]


@pytest.mark.parametrize("name", NAMES)
def test_each_way_of_each_decision_leads_to_the_filing(name: str) -> None:
    sop = _pinned(real_sop(name))
    header = replace(HEADER, sop=sop.id, sop_sha256=sop.digest)
    for walk in walks_through(sop):
        story = Story(sops={(sop.id, 1): sop}, header=header)
        story.register(_holder(sop.registration.actor))
        for turn in walk:
            assert story.case.step.number == turn.step.number
            _taken(story, turn, sop)
            assert story.closed is None, (turn, story.closed)
        assert story.case.status is Status.DONE


def test_the_page_about_them_says_what_is_so() -> None:
    page = (ROOT / "docs/real-sops.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][2:]
    assert rows == [table_row(name) for name in NAMES]
