"""Whether each row of an SOP is complete and names what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soptui.domain.ids import RoleId
from soptui.domain.message import N_, Message
from soptui.domain.sop import REGISTRATION, Sop, Step, StepKind
from soptui.domain.sop_check.defect import Defect, error, warning
from soptui.domain.time.normtime import is_without_norm, parse_norm_time


def defects_of(sop: Sop) -> Iterator[Defect]:
    """The defects of the rows and of the roles that act in them."""
    yield from _ends(sop)
    yield from _numbering(sop)
    yield from _roles(sop)
    yield from _missing_cells(sop)
    yield from _decisions_without_no(sop)
    for step in sop.steps:
        yield from _norm(step)
        yield from _decision(sop, step)
        yield from _returns(sop, step)
        yield from _separation(sop, step)
        yield from _collecting(sop, step)


def _ends(sop: Sop) -> Iterator[Defect]:
    """Somebody at the head, somebody who starts, and rows."""
    if not _is_of_the_office(sop, sop.head):
        yield error("no-head", None, Message("No role of the SOP is named as its head."))
    if not sop.steps:
        yield error("no-steps", None, Message("The SOP has no steps."))
    if not sop.registration.actor:
        yield error(
            "no-start",
            REGISTRATION,
            Message("There is no start: no role registers what opens a case."),
        )


def _is_of_the_office(sop: Sop, role_id: RoleId) -> bool:
    role = sop.role(role_id)
    return role is not None and not role.outside


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
    used = {sop.registration.actor, *sop.registration.involved, sop.filed_by}
    if sop.filed_by and not _is_of_the_office(sop, sop.filed_by):
        yield error(
            "unknown-role", None, Message("{role} is not a role of the SOP.", role=sop.filed_by)
        )
    yield from _unknown_roles(sop, sop.registration)
    for step in sop.steps:
        used.update((step.actor, step.column, *step.involved))
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
    for role in dict.fromkeys((step.actor, step.column, *step.involved)):
        if role and sop.role(role) is None:
            yield error(
                "unknown-role", step.number, Message("{role} is not a role of the SOP.", role=role)
            )
    actor, column = sop.role(step.actor), sop.role(step.column)
    if actor is not None and actor.outside:
        yield error(
            "outside-signs",
            step.number,
            Message(
                "{role} is outside the office and has no key; name who records for them.",
                role=actor.title,
            ),
        )
    if step.stands_for and column is not None and not column.outside:
        yield error(
            "recorded-for-inside",
            step.number,
            Message("{role} is of the office and records for themselves.", role=column.title),
        )


_IN_ONE_LINE = {
    "no-requirements": N_("No requirement is named in step {rows}."),
    "no-output": N_("No output is named in step {rows}."),
    "no-norm": N_("The norm time of step {rows} is missing."),
    "decision-without-no": N_(
        "The decision of step {rows} has no way for No: no earlier step and no other way."
    ),
}
"""What is told of an SOP in one line for all rows of which it is so."""


def _missing_cells(sop: Sop) -> Iterator[Defect]:
    for step in sop.steps:
        if not step.activity:
            yield error("no-activity", step.number, Message("The activity is missing."))
    rows = _printed_rows(sop)
    lacking = {
        "no-requirements": [row[0] for row in rows if not any(one.requirements for one in row)],
        "no-output": [row[-1] for row in rows if not any(one.output for one in row)],
        "no-norm": [row[0] for row in rows if not any(one.norm_printed for one in row)],
    }
    for code, steps in lacking.items():
        yield from _in_one_line(code, steps)


def _printed_rows(sop: Sop) -> list[list[Step]]:
    """The steps by the rows of the printed table, whose cells belong to all actors in turn."""
    rows: list[list[Step]] = []
    for step in sop.steps:
        if rows and sop.continues(step):
            rows[-1].append(step)
        else:
            rows.append([step])
    return rows


def _in_one_line(code: str, steps: Sequence[Step]) -> Iterator[Defect]:
    """One warning for all these rows, which is of the row if it is only one."""
    if steps:
        rows = ", ".join(str(step.number) for step in steps)
        row = steps[0].number if len(steps) == 1 else None
        yield warning(code, row, Message(_IN_ONE_LINE[code], rows=rows))


def _norm(step: Step) -> Iterator[Defect]:
    printed = step.norm_printed
    if not printed or step.stands_for:
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


def _decisions_without_no(sop: Sop) -> Iterator[Defect]:
    """Many forms print no way back from a signature; whoever signs can then not refuse."""
    steps = [
        step
        for step in sop.steps
        if step.kind in (StepKind.REVIEW, StepKind.APPROVE)
        and not step.returns
        and len(sop.ways_of(step)) == 1
    ]
    yield from _in_one_line("decision-without-no", steps)


def _decision(sop: Sop, step: Step) -> Iterator[Defect]:
    if step.kind not in (StepKind.REVIEW, StepKind.APPROVE):
        return
    if all(sop.target(way) is None for way in sop.ways_of(step)):
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
