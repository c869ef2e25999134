"""Whether the lines of a register make one tree, with its money on the leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from soptui.domain.measure.finding import Finding, Subject, error, warning
from soptui.domain.measure.labels import FIELD_LABELS
from soptui.domain.measure.number import MONEY_PLACES, exact, is_canonical, places_of
from soptui.domain.measure.register import Level, Line, Register
from soptui.domain.message import Message

_RANK = {level: rank for rank, level in enumerate(Level)}


def findings_of_lines(register: Register, units: Collection[str]) -> Iterator[Finding]:
    """The findings of the programme tree; `units` are the ids of the office's sections."""
    lines: dict[str, Line] = {}
    for line in register.lines:
        if not line.code or line.code in lines:
            yield _fault("line-twice", line, Message("There are two lines {code}.", code=line.code))
        lines.setdefault(line.code, line)
    parents = {line.parent for line in register.lines}
    for line in register.lines:
        if not line.title:
            yield _fault(
                "no-title", line, Message("Line {code} has no title.", code=line.code), "title"
            )
        yield from _findings_of_place(line, lines)
        if line.code in parents:
            yield from _findings_of_parent(line)
        else:
            yield from _findings_of_leaf(line, units)


def _findings_of_place(line: Line, lines: dict[str, Line]) -> Iterator[Finding]:
    if not line.parent:
        return
    above = lines.get(line.parent)
    if above is None:
        yield _fault(
            "unknown-parent",
            line,
            Message(
                "Line {code} hangs on {parent}, which is no line.",
                code=line.code,
                parent=line.parent,
            ),
            "parent",
        )
    elif _RANK[above.level] >= _RANK[line.level]:
        # Levels that fall on the way down leave no room for a circle either.
        yield _fault(
            "parent-level",
            line,
            Message(
                "Line {code}, a {level}, hangs on {parent}, a {parent_level}.",
                code=line.code,
                level=line.level.value,
                parent=above.code,
                parent_level=above.level.value,
            ),
            "parent",
        )


def _findings_of_parent(line: Line) -> Iterator[Finding]:
    for field, value in (("pagu", line.pagu), ("owner", line.owner)):
        if value:
            yield _fault(
                f"{field}-not-leaf",
                line,
                Message(
                    "Line {code} is the sum of the lines below it: its {field} is left out.",
                    code=line.code,
                    field=Message(FIELD_LABELS[field]),
                ),
                field,
            )


def _findings_of_leaf(line: Line, units: Collection[str]) -> Iterator[Finding]:
    if line.pagu:
        yield from _findings_of_pagu(line)
        if not line.owner:
            yield _fault(
                "no-owner",
                line,
                Message("Nobody is named who reports what is spent on {code}.", code=line.code),
                "owner",
            )
    elif line.level is Level.SUB_ACTIVITY:
        yield warning(
            "no-pagu",
            Subject.LINE,
            Message("Line {code} has no budget.", code=line.code),
            of=line.code,
            field="pagu",
        )
    if line.owner and line.owner not in units:
        yield _fault(
            "unknown-owner",
            line,
            Message("{owner} is not a section of the office.", owner=line.owner),
            "owner",
        )


def _findings_of_pagu(line: Line) -> Iterator[Finding]:
    if not is_canonical(line.pagu):
        yield _fault(
            "not-a-number",
            line,
            Message(
                "{field}: {text} is not a number as records write it, such as 1234.5.",
                field=Message(FIELD_LABELS["pagu"]),
                text=line.pagu,
            ),
            "pagu",
        )
    elif exact(line.pagu) < 0 or places_of(exact(line.pagu)) > MONEY_PLACES:
        yield _fault(
            "not-an-amount",
            line,
            Message(
                "{text} is not an amount in rupiah, of 0 or more with at most two places.",
                text=line.pagu,
            ),
            "pagu",
        )


def _fault(code: str, line: Line, message: Message, field: str = "") -> Finding:
    return error(code, Subject.LINE, message, of=line.code, field=field)
