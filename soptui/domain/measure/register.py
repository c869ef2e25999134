"""The register of indicators of a year: the programme tree, its money, and what is measured how.

One register is one agreement (*Perjanjian Kinerja*, murni or perubahan) and never changes; a new
agreement is a new version. All that turns a reported figure into a class stands here and not in
code: direction, aggregation over quarters, what a target of 0 means, ceiling, scale. So whoever
holds the register and the reports can compute the table again.

Numbers are kept as records write them (`soptui.domain.measure.number`). A register read from a
file may hold anything; `soptui.domain.measure.register_check` lists all that is wrong with it, and
what computes expects a register without errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from soptui.domain.measure.number import exact
from soptui.domain.measure.scale import Scale

NO_TARGET = "-"
"""Written where a quarter has no target; "0" is a target."""
NO_TARGETS = (NO_TARGET, NO_TARGET, NO_TARGET, NO_TARGET)


class AgreementKind(StrEnum):
    """Whether an agreement is the year's first (*murni*) or its change (*perubahan*)."""

    ORIGINAL = "murni"
    AMENDED = "perubahan"


class Level(StrEnum):
    """The levels of the tree, the highest first (nomenclature of Permendagri 90/2019)."""

    OBJECTIVE = "sasaran"
    PROGRAMME = "program"
    ACTIVITY = "kegiatan"
    SUB_ACTIVITY = "sub-kegiatan"


class Rule(StrEnum):
    """How a realised value is held against its target; the formulas are in `achievement`."""

    UP = "up"
    DOWN_2T = "down-2t"
    DOWN_RATIO = "down-ratio"
    RANGE = "range"
    SCALE = "scale"
    DONE = "done"
    BASELINE = "baseline"

    @property
    def is_down(self) -> bool:
        """Whether less is better."""
        return self in (Rule.DOWN_2T, Rule.DOWN_RATIO)

    @property
    def has_targets(self) -> bool:
        """Whether targets by quarter belong to the rule; a range and a deed have none."""
        return self not in (Rule.RANGE, Rule.DONE)


class Aggregation(StrEnum):
    """How the quarters of a year make one value."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"
    MAX = "max"
    RATIO = "ratio"


class Gap(StrEnum):
    """What a quarter without a value does to a sum or a mean: no value, or it is left out."""

    STRICT = "strict"
    FILLED = "filled"


class TargetBasis(StrEnum):
    """What targets and values of a quarter stand for: the year so far, or the quarter alone."""

    CUMULATIVE = "cumulative"
    PER_QUARTER = "per-quarter"


class ZeroTarget(StrEnum):
    """What a target of 0 means: nothing can be computed, or 0 is full achievement."""

    NONE = "none"
    FULL_WHEN_ZERO = "full-when-zero"


class EfficiencyRule(StrEnum):
    """How achievement and absorption of money are compared; the formulas are in `money`."""

    WITHIN_FIVE = "selisih-5"
    REPORT = "lkjip"


class Predicate(Struct, frozen=True):
    """A grade that is given in words, such as "BB", and the decimal it counts for."""

    label: str
    score: str


class PredicateScale(Struct, frozen=True):
    """The predicates that an indicator of rule `scale` can have, the highest first."""

    id: str
    title: str
    predicates: tuple[Predicate, ...]

    def scores(self) -> dict[str, Fraction]:
        """What each label counts for."""
        return {one.label: exact(one.score) for one in self.predicates}


class Line(Struct, frozen=True):
    """A line of the tree. `pagu` is its budget in rupiah, on leaves only; `owner` reports spending.

    `code` is text: "7.01.01.2.01.0006".
    """

    code: str
    level: Level
    title: str
    parent: str = ""
    pagu: str = ""
    owner: str = ""


class Indicator(Struct, frozen=True):
    """What is measured, how it is computed, who reports it and from what.

    `targets` are of TW I to IV; `target_year` is a value of its own, never a sum made up.
    `zero_target` absent takes the default of the rule. `parts_of` names the indicator whose value
    this and its like add up to. `negative` allows values below 0. `share` says that the value is
    a part of a whole, at most 100 %. `plausible` is a pair of decimals, or "-" for an open end.
    `continues` names an indicator of an earlier year, "iks-1@2025". `keys` say what applications
    call it, "e-SAKIP=123".
    """

    code: str
    line: str
    title: str
    measure: str
    rule: Rule
    aggregation: Aggregation
    owner: str
    definition: str = ""
    formula_text: str = ""
    decimals: int = 0
    gap: Gap = Gap.STRICT
    target_basis: TargetBasis = TargetBasis.PER_QUARTER
    target_year: str = ""
    targets: tuple[str, ...] = NO_TARGETS
    zero_target: ZeroTarget | None = None
    ceiling: str = ""
    lower: str = ""
    upper: str = ""
    baseline: str = ""
    scale_id: str = ""
    numerator_title: str = ""
    denominator_title: str = ""
    parts_of: str = ""
    negative: bool = False
    share: bool = False
    weight: int = 1
    source: str = ""
    evidence: tuple[str, ...] = ()
    plausible: tuple[str, ...] = ()
    continues: str = ""
    keys: tuple[str, ...] = ()

    @property
    def at_zero_target(self) -> ZeroTarget:
        """What a target of 0 means for this indicator."""
        if self.zero_target is not None:
            return self.zero_target
        return ZeroTarget.FULL_WHEN_ZERO if self.rule.is_down else ZeroTarget.NONE

    @property
    def grows(self) -> bool:
        """Whether values are to date and cannot fall within a year."""
        return self.target_basis is TargetBasis.CUMULATIVE and self.aggregation in (
            Aggregation.SUM,
            Aggregation.MAX,
        )

    @property
    def is_percentage(self) -> bool:
        """Whether its unit is the percent."""
        return self.measure == "%"


class Pin(Struct, frozen=True):
    """Which register a case uses: its version, and the SHA-256 of its file in hex."""

    version: int
    sha256: str


class Register(Struct, frozen=True):
    """One version of a year's register. `digest` is the SHA-256 of its file in hex.

    The scale is a copy of the office's of that name, so that a later change of the office's list
    changes no class that was approved.
    """

    year: int
    version: int
    kind: AgreementKind
    effective: date
    basis: str
    basis_sha256: str
    scale: Scale
    efficiency: EfficiencyRule
    lines: tuple[Line, ...]
    indicators: tuple[Indicator, ...]
    predicate_scales: tuple[PredicateScale, ...] = ()
    digest: str = ""

    @property
    def pin(self) -> Pin:
        """What a case names to use this register."""
        return Pin(self.version, self.digest)

    def line(self, code: str) -> Line | None:
        """The line with this code, or None."""
        return next((line for line in self.lines if line.code == code), None)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code, or None."""
        return next((one for one in self.indicators if one.code == code), None)

    def scores_for(self, indicator: Indicator) -> Mapping[str, Fraction]:
        """What the predicates of an indicator count for; nothing for one of another rule."""
        if indicator.rule is not Rule.SCALE:
            return {}
        for scale in self.predicate_scales:
            if scale.id == indicator.scale_id:
                return scale.scores()
        return {}

    def has_predicate_scale(self, scale_id: str) -> bool:
        """Whether the register has a scale of predicates with this id."""
        return any(scale.id == scale_id for scale in self.predicate_scales)

    def children_of(self, code: str) -> tuple[Line, ...]:
        """The lines directly below a line, in order."""
        return tuple(line for line in self.lines if line.parent == code)

    def owned_by(self, unit: str) -> Iterator[Indicator | Line]:
        """What a section reports: its indicators, then the lines whose spending it reports."""
        yield from (one for one in self.indicators if one.owner == unit)
        yield from (line for line in self.lines if line.owner == unit)
