"""Random SOPs: what the checker lets through can be walked, whatever is chosen at any step."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.case import Status
from soptui.domain.path import path_of
from soptui.domain.replace import replace
from soptui.domain.sop import FILING, ReturnEdge, Sop, Step, StepKind, Way
from soptui.domain.sop_check import walk
from soptui.domain.sop_check.check import Severity
from tests.support.case_story import Story
from tests.support.small_office import HEAD, HEADER, PLANNER, SECRETARY, SOP, STAFF, USUAL

ROLES = (STAFF, PLANNER, SECRETARY, HEAD)
KINDS = (StepKind.WORK, StepKind.WORK, StepKind.REVIEW, StepKind.APPROVE, StepKind.DISPOSE)
MOST_ACTS = 60


@st.composite
def _steps(draw: st.DrawFn) -> tuple[Step, ...]:
    count = draw(st.integers(2, 6))
    steps = []
    for number in range(1, count + 1):
        others = [one for one in range(count + 1) if one != number]
        targets = draw(st.lists(st.sampled_from(others), max_size=3))
        labels = "ABC" if len(targets) > 1 or draw(st.booleans()) else ("",)
        back = draw(st.sets(st.integers(0, number - 1), max_size=2))
        kind = StepKind.WORK if number == 1 else draw(st.sampled_from(KINDS))
        steps.append(
            Step(
                number,
                f"Mengerjakan {number}",
                kind,
                draw(st.sampled_from(ROLES)),
                row=draw(st.sampled_from(("", "1", "9b"))),
                ways=tuple(Way(to, label) for to, label in zip(targets, labels, strict=False)),
                returns=tuple(ReturnEdge(to, ("koreksi",)) for to in sorted(back)),
            )
        )
    return tuple(steps)


@st.composite
def random_sops(draw: st.DrawFn) -> Sop:
    """SOPs in which nothing keeps a case from being walked."""
    steps = draw(_steps())
    sop = replace(SOP, steps=steps, filed_by=draw(st.sampled_from(ROLES)))
    errors = [one for one in walk.defects_of(sop) if one.severity is Severity.ERROR]
    if any(one.code in ("no-way-out", "no-document") for one in errors):
        # Every row goes on to the next, so that an end is reached from all of them.
        steps = tuple(replace(one, ways=()) for one in steps)
        sop = replace(sop, steps=steps)
    return replace(sop, digest=sha256(repr(sop.steps).encode()).hexdigest())


def _finished(story: Story, label: str) -> None:
    step = story.case.step
    by = USUAL[step.actor]
    way = story.case.sop.way_chosen(step, label)
    target = story.case.sop.target(way) if way else None
    match step.kind:
        case StepKind.REGISTER:
            story.register(by)
        case StepKind.DISPOSE:
            story.dispose(by, to=(target.actor,) if target else (), way=label)
        case StepKind.REVIEW | StepKind.APPROVE:
            story.approve(by, way=label)
        case StepKind.ARCHIVE:
            story.archive(by)
        case _:
            story.complete(by, way=label)


@settings(max_examples=60, deadline=None)
@given(random_sops(), st.data())
def test_whatever_is_chosen_the_next_one_can_act_and_the_case_can_be_filed(
    sop: Sop, data: st.DataObject
) -> None:
    header = replace(HEADER, sop=sop.id, sop_sha256=sop.digest)
    story = Story(sops={(sop.id, 1): sop}, header=header).register()
    for _ in range(MOST_ACTS):
        if story.case.status is Status.DONE:
            break
        step, path = story.case.step, path_of(story.case.visits)
        assert path[-1] == step.number
        assert len(set(path)) == len(path)
        if data.draw(st.integers(0, 4)) == 0:
            _taken_back(story)
            continue
        assert story.receive(USUAL[step.actor]).code == ""
        back = [edge.to for edge in step.returns if edge.to in path]
        labels = [way.label if len(step.ways) > 1 else "" for way in sop.ways_of(step)] or [""]
        choices: list[int | str] = [*back, *labels, *labels]
        choice = data.draw(st.sampled_from(choices))
        if isinstance(choice, int):
            assert story.send_back(choice, USUAL[step.actor]).code == ""
        else:
            _finished(story, choice)
            assert story.code == "", (step, story.closed)
    if story.case.status is not Status.DONE:
        return
    wanted = {one.number for one in sop.steps if one.kind is StepKind.APPROVE}
    passed = wanted & set(path_of(story.case.visits))
    in_force = {one.step for one in story.case.approvals if not one.voided_by}
    assert passed <= in_force
    assert path_of(story.case.visits)[-1] == FILING
    for number in passed:
        story.reopen(number)
        assert story.place[0] == number
        break


def _taken_back(story: Story) -> None:
    """The last hand-over is recalled, done again, and the case is as it was but for the times."""
    sent = story.case.entry(story.case.visits[-1].sent_by)
    assert sent is not None
    before = path_of(story.case.visits)
    documents = [one.voided_by == "" for one in story.case.approvals]
    story.recall()
    assert story.code == ""
    again = replace(sent.event, after=story.last_id, at=story.clock)
    story.add(again)
    assert story.code == "", story.closed
    assert path_of(story.case.visits) == before
    assert [one.voided_by == "" for one in story.case.approvals] == documents
