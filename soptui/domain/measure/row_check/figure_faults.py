"""What is wrong with one reported value by its indicator: V01, V02, V03, V09, V10, V18."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from soptui.domain.measure.finding import Finding, Subject, error
from soptui.domain.measure.number import MONEY_PLACES, exact, is_canonical, places_of, show_in_full
from soptui.domain.measure.register import Aggregation, Indicator, Rule
from soptui.domain.measure.value import Absent, Figure, Parts
from soptui.domain.message import Message

DEEDS = ("0", "1")
"""What is reported under the rule `done`: not done, done."""


def faults_of_reported(
    reported: Figure | Parts | Absent, indicator: Indicator, scores: Mapping[str, Fraction]
) -> Iterator[Finding]:
    """Everything that is wrong with what a row says of an indicator."""
    asks_parts = indicator.aggregation is Aggregation.RATIO
    match reported:
        case Figure(text) if not asks_parts:
            yield from _faults_of_figure(text, indicator, scores)
        case Parts() if asks_parts:
            yield from _faults_of_parts(reported, indicator)
        case Figure():
            yield error(
                "wrong-kind",
                Subject.INDICATOR,
                Message("{code} needs a numerator and a denominator.", code=indicator.code),
                of=indicator.code,
                field="numerator",
            )
        case Parts():
            yield error(
                "wrong-kind",
                Subject.INDICATOR,
                Message("{code} needs one figure.", code=indicator.code),
                of=indicator.code,
                field="actual",
            )


def faults_of_amount(line: str, text: str) -> Iterator[Finding]:
    """Everything that is wrong with what is said to be spent on a line."""
    return _faults_of_number(Subject.LINE, line, "spent", text, MONEY_PLACES)


def _faults_of_figure(
    text: str, indicator: Indicator, scores: Mapping[str, Fraction]
) -> Iterator[Finding]:
    code = indicator.code
    if indicator.rule in (Rule.SCALE, Rule.DONE):
        labels = DEEDS if indicator.rule is Rule.DONE else tuple(scores)
        if text not in labels:
            yield error(
                "V18",
                Subject.INDICATOR,
                Message(
                    "{code}: {text} is not one of {labels}.",
                    code=code,
                    text=text,
                    labels=", ".join(labels),
                ),
                of=code,
                field="actual",
            )
        return
    yield from _faults_of_number(
        Subject.INDICATOR, code, "actual", text, indicator.decimals, indicator.negative
    )
    whole = 100 if indicator.is_percentage else 1
    if indicator.share and is_canonical(text) and exact(text) > whole:
        yield _too_large_a_share(code, "actual", exact(text))


def _faults_of_parts(parts: Parts, indicator: Indicator) -> Iterator[Finding]:
    code = indicator.code
    faults = [
        *_faults_of_number(
            Subject.INDICATOR, code, "numerator", parts.numerator, None, indicator.negative
        ),
        *_faults_of_number(Subject.INDICATOR, code, "denominator", parts.denominator, None),
    ]
    if parts.denominator == "0":
        faults.append(
            error(
                "V10",
                Subject.INDICATOR,
                Message("{code}: the denominator is 0.", code=code),
                of=code,
                field="denominator",
            )
        )
    yield from faults
    if not faults and indicator.share and exact(parts.numerator) > exact(parts.denominator):
        yield _too_large_a_share(code, "numerator", exact(parts.numerator))


def _faults_of_number(
    subject: Subject,
    code: str,
    key: str,
    text: str,
    places: int | None,
    may_be_negative: bool = False,
) -> Iterator[Finding]:
    if not is_canonical(text):
        yield error(
            "V01",
            subject,
            Message(
                "{code}: {text} is not a number as records write it, such as 1234.5.",
                code=code,
                text=text,
            ),
            of=code,
            field=key,
        )
        return
    value = exact(text)
    if places is not None and places_of(value) > places:
        yield error(
            "V02",
            subject,
            Message(
                "{code}: {number} has more than {places} places after the comma.",
                code=code,
                number=show_in_full(value),
                places=places,
            ),
            of=code,
            field=key,
        )
    if value < 0 and not may_be_negative:
        yield error(
            "V03",
            subject,
            Message(
                "{code}: {number} is below 0, which it cannot be.",
                code=code,
                number=show_in_full(value),
            ),
            of=code,
            field=key,
        )


def _too_large_a_share(code: str, key: str, value: Fraction) -> Finding:
    return error(
        "V09",
        Subject.INDICATOR,
        Message(
            "{code}: {number} is more than the whole of which it is a part.",
            code=code,
            number=show_in_full(value),
        ),
        of=code,
        field=key,
    )
