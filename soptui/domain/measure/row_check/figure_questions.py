"""What the desk asks about a reported value: V04, V05, V06, V13, V15, V16, V17, V24."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from soptui.domain.measure.achievement import uncapped_achievement
from soptui.domain.measure.aggregation import own_value
from soptui.domain.measure.finding import Finding, Subject, error, info, warning
from soptui.domain.measure.number import exact, show_in_full, show_percent
from soptui.domain.measure.register import NO_TARGET, Indicator, Rule
from soptui.domain.measure.row import IndicatorRow
from soptui.domain.measure.row_check.faults import is_implausible
from soptui.domain.measure.row_check.figure_faults import faults_of_reported
from soptui.domain.measure.row_check.outlier import is_outlier
from soptui.domain.measure.row_check.surroundings import Surroundings
from soptui.domain.measure.shown import show_target, show_value
from soptui.domain.measure.table import stand_of
from soptui.domain.measure.value import Given
from soptui.domain.message import Message

HIGH_ACHIEVEMENT = Fraction(150)
LOW_ACHIEVEMENT = Fraction(75)


def questions_about_figure(
    row: IndicatorRow, indicator: Indicator, surroundings: Surroundings
) -> Iterator[Finding]:
    """All that the desk asks about an indicator's row; nothing while the value has a fault."""
    scores = surroundings.register.scores_for(indicator)
    if any(faults_of_reported(row.reported, indicator, scores)):
        return
    value = own_value(indicator, row.reported, scores)
    if not isinstance(value, Given):
        return
    if is_implausible(indicator, row.reported):
        yield warning(
            "V04",
            Subject.INDICATOR,
            Message(
                "{code}: {number} is outside of what is plausible, {low} to {high}.",
                code=row.code,
                number=show_value(indicator, scores, value.exact),
                low=_bound(indicator.plausible[0]),
                high=_bound(indicator.plausible[1]),
            ),
            of=row.code,
            field="actual",
        )
    yield from _beside_earlier(indicator, value.exact, surroundings)
    yield from _about_achievement(row, indicator, surroundings, scores)
    if len(row.evidence) < len(indicator.evidence):
        yield error(
            "V15",
            Subject.INDICATOR,
            Message(
                "{code}: {given} of {asked} pieces of evidence are attached: {names}.",
                code=row.code,
                given=len(row.evidence),
                asked=len(indicator.evidence),
                names=", ".join(indicator.evidence),
            ),
            of=row.code,
            field="evidence",
        )


def _beside_earlier(
    indicator: Indicator, value: Fraction, surroundings: Surroundings
) -> Iterator[Finding]:
    """V05, V06, V16: how a measured value stands to those before it."""
    if indicator.rule in (Rule.SCALE, Rule.DONE):
        return
    code = indicator.code
    earlier = surroundings.history.get(code, ())
    # What is added up to date grows through a year and begins anew: V06 looks after it.
    if not indicator.grows and is_outlier(value, earlier):
        yield warning(
            "V05",
            Subject.INDICATOR,
            Message(
                "{code}: {number} stands out from the values before it.",
                code=code,
                number=show_value(indicator, {}, value),
            ),
            of=code,
            field="actual",
        )
    last = _last_in_year(indicator, surroundings)
    if last is not None and indicator.grows and value < last:
        yield warning(
            "V06",
            Subject.INDICATOR,
            Message(
                "{code}: the value to date fell from {old} to {new}.",
                code=code,
                old=show_value(indicator, {}, last),
                new=show_value(indicator, {}, value),
            ),
            of=code,
            field="actual",
        )
    if value and value == _last_quarter(indicator, surroundings):
        yield warning(
            "V16",
            Subject.INDICATOR,
            Message(
                "{code}: {number} is the number of last quarter, to the last digit.",
                code=code,
                number=show_value(indicator, {}, value),
            ),
            of=code,
            field="actual",
        )


def _about_achievement(
    row: IndicatorRow,
    indicator: Indicator,
    surroundings: Surroundings,
    scores: Mapping[str, Fraction],
) -> Iterator[Finding]:
    """V13, V17, V24: what the value comes to, before a ceiling hides how far it is off."""
    code = indicator.code
    stand = stand_of(
        indicator, surroundings.period, surroundings.register, surroundings.priors, row.reported
    )
    achieved = uncapped_achievement(indicator, stand.target, stand.actual)
    if not isinstance(achieved, Given):
        return
    percent = achieved.exact
    if percent >= HIGH_ACHIEVEMENT or not percent:
        yield warning(
            "V13",
            Subject.INDICATOR,
            Message(
                "{code}: the achievement comes to {percent} %.",
                code=code,
                percent=show_percent(percent),
            ),
            of=code,
            field="actual",
        )
    if percent < LOW_ACHIEVEMENT and not row.texts.obstacle:
        yield warning(
            "V17",
            Subject.INDICATOR,
            Message(
                "{code}: the achievement is {percent} %, and no obstacle is named.",
                code=code,
                percent=show_percent(percent),
            ),
            of=code,
            field="obstacle",
        )
    is_exact = isinstance(stand.actual, Given) and stand.actual == stand.target
    if is_exact and indicator.rule is not Rule.SCALE:
        yield info(
            "V24",
            Subject.INDICATOR,
            Message(
                "{code}: {number} is exactly the target.",
                code=code,
                number=show_target(indicator, scores, stand.target),
            ),
            of=code,
            field="actual",
        )


def _last_in_year(indicator: Indicator, surroundings: Surroundings) -> Fraction | None:
    """The last value that was reported in an earlier quarter of the year."""
    for quarter in reversed(surroundings.period.earlier_quarters):
        value = _value_in(indicator, quarter, surroundings)
        if value is not None:
            return value
    return None


def _last_quarter(indicator: Indicator, surroundings: Surroundings) -> Fraction | None:
    """The value of the quarter before, in TW I that of the year before."""
    earlier = surroundings.period.earlier_quarters
    if earlier:
        return _value_in(indicator, earlier[-1], surroundings)
    history = surroundings.history.get(indicator.code, ())
    return history[-1] if history else None


def _value_in(indicator: Indicator, quarter: int, surroundings: Surroundings) -> Fraction | None:
    prior = surroundings.priors.get(quarter)
    figure = prior.figures.get(indicator.code) if prior else None
    value = own_value(indicator, figure.entry) if figure else None
    return value.exact if isinstance(value, Given) else None


def _bound(text: str) -> str:
    return text if text == NO_TARGET else show_in_full(exact(text))
