"""Indicators of every rule that can be computed with, and what may be reported for them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from soptui.domain.measure.number import canonical, exact
from soptui.domain.measure.register import (
    NO_TARGET,
    Aggregation,
    Gap,
    Indicator,
    Rule,
    TargetBasis,
    ZeroTarget,
)
from soptui.domain.measure.value import EMPTY, Absent, Entry, Figure, Parts
from tests.domain.measure.builders import SAKIP, UNITS, indicator

SCORES = SAKIP.scores()

_ALLOWED = {
    Rule.SCALE: (Aggregation.LAST,),
    Rule.DONE: (Aggregation.LAST, Aggregation.MAX),
    Rule.RANGE: (Aggregation.LAST, Aggregation.MEAN, Aggregation.MAX, Aggregation.RATIO),
    Rule.BASELINE: (Aggregation.LAST, Aggregation.MEAN, Aggregation.MAX, Aggregation.RATIO),
}


def decimals(least: int = 0, most: int = 300) -> st.SearchStrategy[str]:
    """Canonical decimals with at most two places."""
    return st.integers(least * 100, most * 100).map(
        lambda hundredths: canonical(exact(str(hundredths)) * exact("0.01"))
    )


@st.composite
def indicators(draw: st.DrawFn, code: str = "ik-1", line: str = "s-1") -> Indicator:
    """An indicator of any rule, aggregation, basis and gap; its quarters need not make its year."""
    rule = draw(st.sampled_from(Rule))
    aggregation = draw(st.sampled_from(_ALLOWED.get(rule, tuple(Aggregation))))
    values = st.sampled_from(tuple(SCORES)) if rule is Rule.SCALE else decimals()
    changes: dict[str, Any] = {
        "line": line,
        "owner": draw(st.sampled_from(UNITS)),
        "rule": rule,
        "aggregation": aggregation,
        "measure": draw(st.sampled_from(("%", "Nilai"))),
        "gap": draw(st.sampled_from(Gap)),
        "target_basis": draw(st.sampled_from(TargetBasis)),
        "targets": tuple(draw(st.tuples(*[st.just(NO_TARGET) | values] * 4))),
        "target_year": draw(st.just("") | values),
        "ceiling": draw(st.sampled_from(("", "100", "120"))),
        "weight": draw(st.integers(1, 3)),
        "evidence": (),
    }
    if rule.is_down:
        changes["zero_target"] = draw(st.none() | st.sampled_from(ZeroTarget))
    if rule is Rule.SCALE:
        changes["scale_id"] = SAKIP.id
    if rule is Rule.BASELINE:
        changes["baseline"] = draw(decimals())
    if rule is Rule.RANGE:
        low, high = sorted(draw(st.tuples(decimals(), decimals())), key=exact)
        changes.update(lower=low, upper=high)
    if not rule.has_targets:
        changes.update(targets=(NO_TARGET,) * 4, target_year="")
    return indicator(code, **changes)


def entries(one: Indicator) -> st.SearchStrategy[Entry]:
    """What may stand in a quarter for an indicator."""
    if one.rule is Rule.SCALE:
        figures: st.SearchStrategy[Entry] = st.sampled_from(tuple(SCORES)).map(Figure)
    elif one.rule is Rule.DONE:
        figures = st.sampled_from(("0", "1")).map(Figure)
    elif one.aggregation is Aggregation.RATIO:
        figures = st.builds(Parts, decimals(), decimals(1))
    else:
        figures = decimals().map(Figure)
    return figures | st.sampled_from((EMPTY, Absent("Alat ukur rusak")))
