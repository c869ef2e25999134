"""Whether a register may follow another of its year, as a changed agreement follows the first."""

from __future__ import annotations

from collections.abc import Iterator

from soptui.domain.measure.finding import Finding, Subject, error, warning
from soptui.domain.measure.register import Indicator, Register, Rule
from soptui.domain.message import Message


def findings_of_succession(new: Register, old: Register) -> Iterator[Finding]:
    """What is wrong with `new` as the version after `old`, and what it changes in mid-year.

    Whoever changes how an indicator is measured, data already being there, is told so: quarters
    that were measured otherwise are not added to later ones.
    """
    if (new.year, new.version) != (old.year, old.version + 1):
        yield error(
            "version",
            Subject.REGISTER,
            Message(
                "After version {version} of {year} comes version {next}.",
                version=old.version,
                year=old.year,
                next=old.version + 1,
            ),
            field="version",
        )
    if new.effective < old.effective:
        yield error(
            "effective-before",
            Subject.REGISTER,
            Message(
                "The new version would be in effect from {new}, before the old one, from {old}.",
                new=new.effective,
                old=old.effective,
            ),
            field="effective",
        )
    before = {one.code: one for one in old.indicators}
    for one in new.indicators:
        if one.code in before and _method(one) != _method(before[one.code]):
            yield warning(
                "method-changed",
                Subject.INDICATOR,
                Message(
                    "{code} is measured in another way than before: earlier quarters cannot be"
                    " added to later ones. For something else take another code.",
                    code=one.code,
                ),
                of=one.code,
            )


def _method(one: Indicator) -> tuple[object, ...]:
    return one.measure, one.target_basis, one.aggregation, one.rule is Rule.SCALE, one.scale_id
