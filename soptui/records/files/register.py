"""The register of indicators, `registers/<year>/<version>.toml`, from its document and back.

Keys stand in the order of the tuples below; what is empty or the default is absent. Only the form
is read here: whether the content is right says `soptui.domain.measure.register_check`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from soptui.domain.measure.register import (
    NO_TARGETS,
    Aggregation,
    AgreementKind,
    EfficiencyRule,
    Gap,
    Indicator,
    Level,
    Line,
    Predicate,
    PredicateScale,
    Register,
    Rule,
    TargetBasis,
    ZeroTarget,
)
from soptui.domain.measure.scale import Band, Compare, Policy, Scale
from soptui.domain.replace import replace
from soptui.records.files import codec, layout
from soptui.records.files.tables import Table, read_canonical, without_empty

_REGISTER = (
    "format", "year", "version", "kind", "effective", "basis", "basis_sha256", "efficiency",
    "scale", "predicate_scales", "lines", "indicators",
)  # fmt: skip
_SCALE = ("id", "title", "policy", "compare", "source", "bands")
_BAND = ("label", "from")
_PREDICATE_SCALE = ("id", "title", "predicates")
_PREDICATE = ("label", "score")
_LINE = ("code", "level", "title", "parent", "pagu", "owner")
_INDICATOR = (
    "code", "line", "title", "definition", "formula_text", "measure", "decimals", "rule",
    "aggregation", "gap", "target_basis", "target_year", "targets", "zero_target", "ceiling",
    "lower", "upper", "baseline", "scale_id", "numerator_title", "denominator_title", "parts_of",
    "negative", "share", "weight", "owner", "source", "evidence", "plausible", "continues", "keys",
)  # fmt: skip
_TEXTS_OF_INDICATOR = (
    "definition", "formula_text", "target_year", "ceiling", "lower", "upper", "baseline",
    "numerator_title", "denominator_title", "source", "continues",
)  # fmt: skip
_MOST_WEIGHT = 1_000_000
_FIRST_YEAR, _LAST_YEAR, _LAST_VERSION = 2000, 2099, 9999


def read_register(data: bytes) -> Register:
    """The register in a file's bytes, with its digest. Raises a `Refusal` when not in form."""
    register = register_from_document(codec.parse_document(data))
    return replace(register, digest=hashlib.sha256(data).hexdigest())


def write_register(register: Register) -> bytes:
    """The bytes of a register's file."""
    return codec.emit_document(register_to_document(register))


def register_from_document(document: Mapping[str, Any]) -> Register:
    """The register that a parsed document holds. Raises `RecordFault` with the first fault."""
    return read_canonical(document, register_from_handwritten, register_to_document)


def register_to_document(register: Register) -> dict[str, Any]:
    """The document of the register, keys in the file's order, absent where a value is empty."""
    return without_empty(
        {
            "format": layout.FORMAT,
            "year": register.year,
            "version": register.version,
            "kind": register.kind.value,
            "effective": register.effective,
            "basis": register.basis,
            "basis_sha256": register.basis_sha256,
            "efficiency": register.efficiency.value,
            "scale": _scale_table(register.scale),
            "predicate_scales": [
                {
                    "id": scale.id,
                    "title": scale.title,
                    "predicates": [
                        {"label": one.label, "score": one.score} for one in scale.predicates
                    ],
                }
                for scale in register.predicate_scales
            ],
            "lines": [
                without_empty(
                    {key: getattr(line, key) for key in _LINE} | {"level": line.level.value}
                )
                for line in register.lines
            ],
            "indicators": [_indicator_table(one) for one in register.indicators],
        }
    )


def _scale_table(scale: Scale) -> dict[str, Any]:
    return without_empty(
        {
            "id": scale.id,
            "title": scale.title,
            "policy": scale.policy.value,
            "compare": "" if scale.compare is Compare.EXACT else scale.compare.value,
            "source": scale.source,
            "bands": [{"label": band.label, "from": band.bound} for band in scale.bands],
        }
    )


def _indicator_table(one: Indicator) -> dict[str, Any]:
    written = {
        **{key: getattr(one, key) for key in _INDICATOR},
        "rule": one.rule.value,
        "aggregation": one.aggregation.value,
        "decimals": one.decimals or None,
        "gap": "" if one.gap is Gap.STRICT else one.gap.value,
        "target_basis": (
            "" if one.target_basis is TargetBasis.PER_QUARTER else one.target_basis.value
        ),
        "targets": [] if one.targets == NO_TARGETS else list(one.targets),
        "zero_target": one.zero_target.value if one.zero_target is not None else "",
        "weight": one.weight if one.weight != 1 else None,
        **{key: list(getattr(one, key)) for key in ("evidence", "plausible", "keys")},
    }
    return without_empty(written)


def register_from_handwritten(document: Mapping[str, Any]) -> Register:
    """As `register_from_document`, but keys stand in any order, and defaults may be spelled out."""
    table = Table(document, _REGISTER)
    table.format()
    return Register(
        year=table.number("year", least=_FIRST_YEAR, most=_LAST_YEAR),
        version=table.number("version", least=1, most=_LAST_VERSION),
        kind=table.choice("kind", AgreementKind),
        effective=table.day("effective"),
        basis=table.text("basis"),
        basis_sha256=table.text("basis_sha256"),
        efficiency=table.choice("efficiency", EfficiencyRule),
        scale=_scale(table.table("scale", _SCALE)),
        predicate_scales=tuple(
            PredicateScale(
                scale.slug("id"),
                scale.text("title"),
                tuple(
                    Predicate(one.text("label"), one.text("score"))
                    for one in scale.tables("predicates", _PREDICATE)
                ),
            )
            for scale in table.tables("predicate_scales", _PREDICATE_SCALE)
        ),
        lines=tuple(_line(line) for line in table.tables("lines", _LINE)),
        indicators=tuple(_indicator(one) for one in table.tables("indicators", _INDICATOR)),
    )


def _scale(table: Table) -> Scale:
    return Scale(
        id=table.slug("id"),
        title=table.text("title"),
        policy=table.choice("policy", Policy),
        source=table.text("source"),
        bands=tuple(
            Band(band.text("label"), band.text("from")) for band in table.tables("bands", _BAND)
        ),
        compare=table.choice("compare", Compare) if "compare" in table else Compare.EXACT,
    )


def _line(table: Table) -> Line:
    return Line(
        code=table.text("code"),
        level=table.choice("level", Level),
        title=table.text("title"),
        parent=table.text_if_any("parent"),
        pagu=table.text_if_any("pagu"),
        owner=table.slug_if_any("owner"),
    )


def _indicator(table: Table) -> Indicator:
    return Indicator(
        code=table.slug("code"),
        line=table.text("line"),
        title=table.text("title"),
        measure=table.text("measure"),
        decimals=table.number_if_any("decimals", least=0, most=6) or 0,
        rule=table.choice("rule", Rule),
        aggregation=table.choice("aggregation", Aggregation),
        gap=table.choice("gap", Gap) if "gap" in table else Gap.STRICT,
        target_basis=(
            table.choice("target_basis", TargetBasis)
            if "target_basis" in table
            else TargetBasis.PER_QUARTER
        ),
        targets=table.texts("targets") if "targets" in table else NO_TARGETS,
        zero_target=table.choice("zero_target", ZeroTarget) if "zero_target" in table else None,
        scale_id=table.slug_if_any("scale_id"),
        parts_of=table.slug_if_any("parts_of"),
        negative=table.flag("negative"),
        share=table.flag("share"),
        weight=table.number_if_any("weight", least=1, most=_MOST_WEIGHT) or 1,
        owner=table.slug("owner"),
        evidence=table.texts("evidence"),
        plausible=table.texts("plausible"),
        keys=table.texts("keys"),
        **{key: table.text_if_any(key) for key in _TEXTS_OF_INDICATOR},
    )
