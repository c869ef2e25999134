"""What people call the keys of a register and the choices that it has."""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.measure.money import Efficiency
from soptui.domain.measure.register import Aggregation, Rule
from soptui.domain.message import N_

FIELD_LABELS: Mapping[str, str] = {
    "aggregation": N_("aggregation"),
    "baseline": N_("starting point"),
    "basis": N_("agreement"),
    "bands": N_("classes"),
    "ceiling": N_("ceiling"),
    "compare": N_("what is compared"),
    "continues": N_("continues"),
    "code": N_("code"),
    "decimals": N_("decimals"),
    "definition": N_("definition"),
    "denominator_title": N_("denominator"),
    "effective": N_("in effect from"),
    "efficiency": N_("rule of efficiency"),
    "evidence": N_("evidence"),
    "formula_text": N_("formula in words"),
    "gap": N_("gaps"),
    "keys": N_("keys of applications"),
    "kind": N_("kind of agreement"),
    "level": N_("level"),
    "line": N_("line"),
    "lower": N_("lower bound"),
    "measure": N_("unit"),
    "negative": N_("values below 0"),
    "numerator_title": N_("numerator"),
    "owner": N_("section"),
    "pagu": N_("budget"),
    "parent": N_("line above"),
    "parts_of": N_("part of"),
    "plausible": N_("plausible"),
    "policy": N_("policy of the scale"),
    "predicates": N_("predicates"),
    "rule": N_("rule"),
    "scale": N_("scale"),
    "scale_id": N_("scale of predicates"),
    "share": N_("part of a whole"),
    "source": N_("source of data"),
    "target_basis": N_("what targets stand for"),
    "target_year": N_("target of the year"),
    "targets": N_("target"),
    "title": N_("title"),
    "upper": N_("upper bound"),
    "weight": N_("weight"),
    "zero_target": N_("target of 0"),
}
"""What people call the keys of a register."""

RULE_LABELS: Mapping[Rule, str] = {
    Rule.UP: N_("more is better"),
    Rule.DOWN_2T: N_("less is better (2T less R)"),
    Rule.DOWN_RATIO: N_("less is better (T by R)"),
    Rule.RANGE: N_("within a range"),
    Rule.SCALE: N_("a predicate"),
    Rule.DONE: N_("done or not"),
    Rule.BASELINE: N_("from a starting point"),
}
"""What people call the rules."""

AGGREGATION_LABELS: Mapping[Aggregation, str] = {
    Aggregation.SUM: N_("added up"),
    Aggregation.LAST: N_("last position"),
    Aggregation.MEAN: N_("mean"),
    Aggregation.MAX: N_("highest"),
    Aggregation.RATIO: N_("parts by wholes"),
}
"""What people call the ways in which quarters make one value."""

EFFICIENCY_LABELS: Mapping[Efficiency, str] = {
    Efficiency.EFFICIENT: N_("efficient"),
    Efficiency.FAIRLY_EFFICIENT: N_("fairly efficient"),
    Efficiency.NOT_EFFICIENT: N_("not efficient"),
}
"""What people call the classes of efficiency."""
