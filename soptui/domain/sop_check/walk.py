"""Whether a case can be walked through an SOP from its start to an end, by each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from soptui.domain.message import Message
from soptui.domain.sop import END, FILING, REGISTRATION, Sop, Step, StepKind
from soptui.domain.sop_check.defect import Defect, error

_MAKING = frozenset({StepKind.WORK, StepKind.COLLECT})
_CHECKING = frozenset({StepKind.REVIEW, StepKind.APPROVE})

_THE_END = -1
"""Stands for an end behind which nobody files."""


def defects_of(sop: Sop) -> Iterator[Defect]:
    """The rows that nobody reaches, nobody leaves, or at which nobody can do anything."""
    steps = {step.number: step for step in sop.all_steps}
    onward = {number: tuple(_targets(sop, step)) for number, step in steps.items()}
    reached = _reached([REGISTRATION], onward)
    yield from _ends(sop, onward)
    yield from _ways(sop)
    for step in sop.steps:
        if step.number not in reached:
            yield error(
                "unreachable",
                step.number,
                Message("The step is never reached: no way leads to it."),
            )
    leaving = _leaving(steps, onward)
    undocumented = _reached(
        [REGISTRATION], onward, beyond=lambda number: steps[number].kind not in _MAKING
    )
    for step in sop.steps:
        number = step.number
        if number not in reached:
            continue
        if number not in leaving:
            yield error("no-way-out", number, Message("From this step no way leads to an end."))
        if step.kind in _CHECKING and number in undocumented:
            yield error(
                "no-document",
                number,
                Message(
                    "A case can come here before any step has made a document, and then nobody"
                    " can decide on one."
                ),
            )


def _targets(sop: Sop, step: Step) -> Iterator[int]:
    for way in sop.ways_of(step):
        target = sop.target(way)
        if target is not None:
            yield target.number
        elif way.to == END:
            yield _THE_END


def _reached(
    begin: Iterable[int],
    onward: Mapping[int, tuple[int, ...]],
    *,
    beyond: Callable[[int], bool] = lambda number: True,
) -> set[int]:
    """All that is reached from `begin`; what lies behind a step only if `beyond` says so of it."""
    found: set[int] = set()
    ahead = list(begin)
    while ahead:
        number = ahead.pop()
        if number in found:
            continue
        found.add(number)
        if number in onward and beyond(number):
            ahead += onward[number]
    return found


def _leaving(steps: Mapping[int, Step], onward: Mapping[int, tuple[int, ...]]) -> set[int]:
    """The steps from which a way leads to an end."""
    back: dict[int, list[int]] = {}
    for number, targets in onward.items():
        for target in targets:
            back.setdefault(target, []).append(number)
    ends = [number for number, step in steps.items() if step.kind is StepKind.ARCHIVE]
    backward = {number: tuple(found) for number, found in back.items()}
    return _reached([_THE_END, *ends], backward)


def _ends(sop: Sop, onward: Mapping[int, tuple[int, ...]]) -> Iterator[Defect]:
    """A case that is through is filed by somebody."""
    if not sop.steps or sop.filed_by:
        return
    if all(step.kind is not StepKind.ARCHIVE for step in sop.steps):
        yield error(
            "no-end",
            sop.steps[-1].number,
            Message("There is no end: no step archives, and nobody is named who files."),
        )
        return
    for step in sop.steps:
        if _THE_END in onward[step.number]:
            yield error(
                "no-filing",
                step.number,
                Message("The SOP can end here, but nobody is named who then files the case."),
            )


def _ways(sop: Sop) -> Iterator[Defect]:
    """Ways that lead nowhere, or in a circle of one."""
    numbers = {step.number for step in sop.steps}
    for step in sop.steps:
        for way in step.ways:
            if way.to == step.number or way.to not in {END, *numbers} or way.to == FILING:
                yield error(
                    "way-to-nowhere",
                    step.number,
                    Message(
                        "A way leads to step {to}, which is no other step of the SOP.", to=way.to
                    ),
                )
