"""What the desk asks about all the figures of a case together, and the one list of warnings.

| code | grade | what |
| --- | --- | --- |
| V08 | warning | the target in a spreadsheet is not the register's |
| V19 | information | a row is carried from an earlier round |
| V20 | error | parts do not add up to their whole |
| V21 | warning | an earlier quarter was approved again since |
| V25 | error | another register is in force than the one that the case pins |
| `withdrawn` | information | what was reported earlier in the year is in the register no longer |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.aggregation import own_value, target_of_quarter
from soptui.domain.measure.finding import Finding, Subject, error, info, warning
from soptui.domain.measure.number import show_exact, show_in_full
from soptui.domain.measure.period import Period, quarter_name
from soptui.domain.measure.prior import Prior
from soptui.domain.measure.register import Indicator, Pin, Register
from soptui.domain.measure.row import Figures, Row, Standing
from soptui.domain.measure.shown import show_target
from soptui.domain.measure.value import Empty, Given
from soptui.domain.message import Message


class PassedWarning(Struct, frozen=True):
    """A warning that somebody passed, with the row that gives the reason."""

    code: str
    standing: Standing

    @property
    def row(self) -> Row:
        """The row that passed it."""
        return self.standing.row


def passed_warnings(figures: Figures) -> tuple[PassedWarning, ...]:
    """Every warning that was passed, for who reviews: indicators first, each with its reason."""
    rows = [*figures.indicators.values(), *figures.lines.values()]
    return tuple(PassedWarning(code, one) for one in rows for code in one.row.passed)


def questions_about_case(
    register: Register,
    figures: Figures,
    *,
    in_force: Pin | None = None,
    priors: Mapping[int, Prior] | None = None,
    approved: Mapping[int, str] | None = None,
) -> tuple[Finding, ...]:
    """All that is asked about the figures of a case together.

    `in_force` is the register that is in force now. `priors` are the data files that the case
    builds on, `approved` the digests of those that are approved now, both by quarter.
    """
    return (
        *_newer_register(register, in_force),
        *_approved_again(priors or {}, approved or {}),
        *_withdrawn(register, priors or {}),
        *_carried(figures),
        *_parts(register, figures),
    )


def target_finding(
    indicator: Indicator,
    scores: Mapping[str, Fraction],
    period: Period,
    found: Given | Empty,
) -> Finding | None:
    """V08, when the target that a spreadsheet has is not the register's."""
    target = target_of_quarter(indicator, period.quarter, scores)
    agrees = (
        found.exact == target.exact
        if isinstance(found, Given) and isinstance(target, Given)
        else isinstance(found, Empty) and not isinstance(target, Given)
    )
    if agrees or not indicator.rule.has_targets:
        return None
    return warning(
        "V08",
        Subject.INDICATOR,
        Message(
            "{code}: the spreadsheet has the target {found}, the register {target}.",
            code=indicator.code,
            found=show_in_full(found.exact) if isinstance(found, Given) else "–",
            target=show_target(indicator, scores, target),
        ),
        of=indicator.code,
        field="target",
    )


def _newer_register(register: Register, in_force: Pin | None) -> Iterator[Finding]:
    if in_force is not None and in_force != register.pin:
        yield error(
            "V25",
            Subject.REGISTER,
            Message(
                "Version {new} of the register is in force, and the data were asked for by version"
                " {pinned}. Ask for the data again.",
                new=in_force.version,
                pinned=register.version,
            ),
        )


def _approved_again(priors: Mapping[int, Prior], approved: Mapping[int, str]) -> Iterator[Finding]:
    for quarter, prior in priors.items():
        if quarter in approved and approved[quarter] != prior.digest:
            yield warning(
                "V21",
                Subject.REGISTER,
                Message(
                    "The figures of {quarter} were approved again after the data were asked for.",
                    quarter=quarter_name(quarter),
                ),
                of=str(prior.period),
            )


def _withdrawn(register: Register, priors: Mapping[int, Prior]) -> Iterator[Finding]:
    known = {one.code for one in register.indicators}
    reported: dict[str, list[int]] = {}
    for quarter, prior in priors.items():
        for code, figure in prior.figures.items():
            if code not in known and not isinstance(figure.entry, Empty):
                reported.setdefault(code, []).append(quarter)
    for code, quarters in reported.items():
        yield info(
            "withdrawn",
            Subject.INDICATOR,
            Message(
                "{code} was reported in {quarters}, and the register has it no longer.",
                code=code,
                quarters=", ".join(quarter_name(quarter) for quarter in quarters),
            ),
            of=code,
        )


def _carried(figures: Figures) -> Iterator[Finding]:
    for subject, standings in (
        (Subject.INDICATOR, figures.indicators),
        (Subject.LINE, figures.lines),
    ):
        for code, standing in standings.items():
            if standing.carried_from:
                yield info(
                    "V19",
                    subject,
                    Message(
                        "{code}: carried from round {round}.",
                        code=code,
                        round=standing.carried_from,
                    ),
                    of=code,
                )


def _parts(register: Register, figures: Figures) -> Iterator[Finding]:
    parts: dict[str, list[Indicator]] = {}
    for indicator in register.indicators:
        if indicator.parts_of:
            parts.setdefault(indicator.parts_of, []).append(indicator)
    for whole in register.indicators:
        values = _values([whole, *parts.get(whole.code, ())], figures)
        if len(values) < 2:
            continue
        total = sum(values[1:], Fraction(0))
        if total != values[0]:
            yield error(
                "V20",
                Subject.INDICATOR,
                Message(
                    "{code}: the parts add up to {total}, and the whole is {whole}.",
                    code=whole.code,
                    total=show_exact(total),
                    whole=show_exact(values[0]),
                ),
                of=whole.code,
                field="actual",
            )


def _values(indicators: Iterable[Indicator], figures: Figures) -> list[Fraction]:
    """What was reported for all of them; nothing as long as one lacks a value."""
    values = [own_value(one, figures.entry_of(one.code)) for one in indicators]
    numbers = [value.exact for value in values if isinstance(value, Given)]
    return numbers if len(numbers) == len(values) else []
