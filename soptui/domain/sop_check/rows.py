"""Whether a case can be walked through the rows of an SOP, and the flowchart of them drawn."""

from __future__ import annotations

from collections.abc import Iterator

from soptui.domain.message import Message
from soptui.domain.sop import REGISTRATION, Sop, Step, StepKind, Symbol
from soptui.domain.sop_check.defect import Defect, error, warning
from soptui.domain.time.normtime import is_without_norm, parse_norm_time


def defects_of(sop: Sop) -> Iterator[Defect]:
    """The defects of the rows and of the roles that act in them."""
    yield from _ends(sop)
    yield from _numbering(sop)
    yield from _roles(sop)
    for step in sop.steps:
        yield from _missing_cells(step)
        yield from _norm(step)
        yield from _decision(sop, step)
        yield from _returns(sop, step)
        yield from _separation(sop, step)
        yield from _collecting(sop, step)


def _ends(sop: Sop) -> Iterator[Defect]:
    """One start, at least one end, and no row behind the end."""
    if sop.role(sop.head) is None:
        yield error("no-head", None, Message("No role of the SOP is named as its head."))
    if not sop.steps:
        yield error("no-steps", None, Message("The SOP has no steps."))
    if not sop.registration.actor:
        yield error(
            "no-start",
            REGISTRATION,
            Message("There is no start: no role registers what opens a case."),
        )
    ends = [step.number for step in sop.steps if step.kind is StepKind.ARCHIVE]
    if sop.steps and not ends:
        yield error("no-end", sop.steps[-1].number, Message("There is no end: no step archives."))
    for step in sop.steps:
        if ends and step.number > ends[0]:
            yield error(
                "unreachable",
                step.number,
                Message("The step is never reached: step {end} ends the case.", end=ends[0]),
            )


def _numbering(sop: Sop) -> Iterator[Defect]:
    for expected, step in enumerate(sop.steps, start=1):
        if step.number != expected:
            yield error(
                "numbering",
                step.number,
                Message(
                    "The step has number {number} where {expected} is due.",
                    number=step.number,
                    expected=expected,
                ),
            )


def _roles(sop: Sop) -> Iterator[Defect]:
    used = {sop.registration.actor, *sop.registration.involved}
    yield from _unknown_roles(sop, sop.registration)
    for step in sop.steps:
        used.update((step.actor, *step.involved))
        yield from _unknown_roles(sop, step)
        if not step.actor:
            yield error("no-actor", step.number, Message("Nobody is named who does the step."))
    for role in sop.roles:
        if role.id not in used:
            yield warning(
                "unused-role",
                None,
                Message("The role {role} has no part in any step.", role=role.title),
            )


def _unknown_roles(sop: Sop, step: Step) -> Iterator[Defect]:
    for role in (step.actor, *step.involved):
        if role and sop.role(role) is None:
            yield error(
                "unknown-role", step.number, Message("{role} is not a role of the SOP.", role=role)
            )


def _missing_cells(step: Step) -> Iterator[Defect]:
    if not step.activity:
        yield error("no-activity", step.number, Message("The activity is missing."))
    if not step.requirements:
        yield warning("no-requirements", step.number, Message("No requirement is named."))
    if not step.output:
        yield warning("no-output", step.number, Message("No output is named."))


def _norm(step: Step) -> Iterator[Defect]:
    printed = step.norm_printed
    if not printed:
        yield warning("no-norm", step.number, Message("The norm time is missing."))
        return
    read = parse_norm_time(printed)
    if step.norm is None:
        if not is_without_norm(printed):
            yield warning(
                "norm-unread",
                step.number,
                Message("The norm time {printed} is not counted.", printed=printed),
            )
        return
    is_explained = any(inference.field == "norm" for inference in step.inferred)
    if not is_explained and (
        read is None or (read.amount, read.unit) != (step.norm.amount, step.norm.unit)
    ):
        yield warning(
            "norm-differs",
            step.number,
            Message("The norm time that is counted is not the printed {printed}.", printed=printed),
        )


def _decision(sop: Sop, step: Step) -> Iterator[Defect]:
    if sop.symbol_of(step) is not Symbol.DIAMOND:
        return
    if not step.returns:
        yield error(
            "decision-without-no",
            step.number,
            Message("The decision has no way for No: no earlier step to which work goes back."),
        )
    if sop.step_after(step.number) is None:
        yield error(
            "decision-without-yes",
            step.number,
            Message("The decision has no way for Yes: no step follows."),
        )


def _returns(sop: Sop, step: Step) -> Iterator[Defect]:
    for edge in step.returns:
        if sop.step(edge.to) is None:
            yield error(
                "return-to-nowhere",
                step.number,
                Message("Work goes back to step {to}, which does not exist.", to=edge.to),
            )
        elif edge.to >= step.number:
            yield error(
                "return-forward",
                step.number,
                Message("Work goes back to step {to}, which is not an earlier one.", to=edge.to),
            )
        if not edge.reasons:
            yield error(
                "return-without-reason",
                step.number,
                Message("No reason can be chosen for going back to step {to}.", to=edge.to),
            )
        for code in edge.reasons:
            if sop.reason(code) is None:
                yield error(
                    "unknown-reason",
                    step.number,
                    Message("The list of reasons has no {reason}.", reason=code),
                )


def _separation(sop: Sop, step: Step) -> Iterator[Defect]:
    for number in step.distinct_from:
        if number == step.number or sop.step(number) is None:
            yield error(
                "separation",
                step.number,
                Message(
                    "The step must be done by another person than step {other}, which is no other"
                    " step of the SOP.",
                    other=number,
                ),
            )


def _collecting(sop: Sop, step: Step) -> Iterator[Defect]:
    if step.kind is StepKind.COLLECT and sop.asked_role(step) is None:
        yield error(
            "nobody-to-ask",
            step.number,
            Message("Data are collected, but no role of several sections is involved."),
        )
