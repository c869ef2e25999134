"""A small register with every rule and aggregation, and rows for it. All figures are invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any

from soptui.domain.measure.period import Period
from soptui.domain.measure.register import (
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
)
from soptui.domain.measure.row import Answer, Figures, IndicatorRow, LineRow, Row, Texts, figures_of
from soptui.domain.measure.scale import Band, Policy, Scale
from soptui.domain.measure.value import Absent, Figure, Given, NoValue, Parts, Result, Why

UNITS = ("subbag-pk", "seksi-pem", "seksi-kesra", "seksi-trantib", "subbag-umum")
PERIOD = Period(2026, 2)
CASE = "2026-k7m3qd9x"


def digest(text: str) -> str:
    """A SHA-256 that stands for a file or an event called `text`."""
    return sha256(text.encode()).hexdigest()


def given(text: str) -> Given:
    """A value, from a fraction."""
    return Given(Fraction(text))


def result(text: str, missing: Why = Why.EMPTY) -> Result:
    """A value, from a fraction; of a dash, that there is none."""
    return NoValue(missing) if text == "–" else given(text)


LABELS = ("Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah")
BOUNDS = {
    Policy.ABOVE: ("90", "75", "65", "50", "0"),
    Policy.FROM: ("91", "76", "66", "51", "0"),
    Policy.ROUNDED_FROM: ("91", "76", "66", "51", "0"),
}


def scale(policy: Policy = Policy.ABOVE) -> Scale:
    """The classes of Permendagri 86/2017 under a policy."""
    bands = zip(LABELS, BOUNDS[policy], strict=True)
    return Scale(
        id="permendagri-86-2017",
        title="Skala nilai peringkat kinerja",
        policy=policy,
        source="Permendagri 86/2017",
        bands=tuple(Band(label, bound) for label, bound in bands),
    )


SAKIP = PredicateScale(
    "sakip",
    "Predikat SAKIP",
    tuple(
        Predicate(label, score)
        for label, score in zip(("AA", "A", "BB", "B", "CC", "C", "D"), "6543210", strict=True)
    ),
)


def indicator(code: str = "ik-1", **changes: Any) -> Indicator:
    """An indicator that is without findings, with `changes`."""
    fields: dict[str, Any] = {
        "code": code,
        "line": "s-1",
        "title": f"Indikator {code}",
        "measure": "Nilai",
        "rule": Rule.UP,
        "aggregation": Aggregation.LAST,
        "owner": "subbag-pk",
        "definition": "Angka rekaan untuk contoh",
        "decimals": 2,
        "target_year": "84",
        "targets": ("80", "82", "84", "84"),
        "source": "Subbagian Perencanaan",
        "evidence": ("Rekapitulasi",),
    }
    return Indicator(**{**fields, **changes})


def counted(code: str = "ik-2", **changes: Any) -> Indicator:
    """An indicator whose quarters are added up: three a quarter."""
    fields: dict[str, Any] = {
        "measure": "Laporan",
        "decimals": 0,
        "aggregation": Aggregation.SUM,
        "target_year": "12",
        "targets": ("3", "3", "3", "3"),
    }
    return indicator(code, **{**fields, **changes})


def ratio(code: str = "ik-3", **changes: Any) -> Indicator:
    """A percentage of which numerator and denominator are reported."""
    fields: dict[str, Any] = {
        "measure": "%",
        "aggregation": Aggregation.RATIO,
        "target_year": "100",
        "targets": ("100", "100", "100", "100"),
        "numerator_title": "Desa yang naik",
        "denominator_title": "Desa seluruhnya",
        "share": True,
    }
    return indicator(code, **{**fields, **changes})


NO_TARGETS: Mapping[str, Any] = {"target_year": "", "targets": ("-", "-", "-", "-")}

LINES = (
    Line("s-1", Level.OBJECTIVE, "Meningkatnya akuntabilitas kinerja"),
    Line("7.01.01", Level.PROGRAMME, "Program penunjang urusan", parent="s-1"),
    Line("7.01.01.2.01", Level.ACTIVITY, "Perencanaan dan evaluasi", parent="7.01.01"),
    Line(
        "7.01.01.2.01.0006", Level.SUB_ACTIVITY, "Laporan capaian kinerja",
        parent="7.01.01.2.01", pagu="18144528", owner="subbag-pk",
    ),
    Line(
        "7.01.01.2.01.0007", Level.SUB_ACTIVITY, "Evaluasi kinerja",
        parent="7.01.01.2.01", pagu="10000000", owner="subbag-pk",
    ),
    Line("7.01.06", Level.PROGRAMME, "Program pembinaan desa", parent="s-1"),
    Line(
        "7.01.06.2.01.0003", Level.SUB_ACTIVITY, "Pembinaan laporan desa",
        parent="7.01.06", pagu="44840000.5", owner="seksi-pem",
    ),
)  # fmt: skip

INDICATORS = (
    indicator("iks-1", title="Nilai SAKIP", weight=2),
    indicator(
        "iks-2", title="Predikat SAKIP", measure="Predikat", decimals=0, rule=Rule.SCALE,
        scale_id="sakip", target_year="A", targets=("BB", "BB", "A", "A"),
    ),
    counted("ik-laporan", line="7.01.01.2.01", title="Laporan kinerja"),
    counted(
        "ik-aduan", line="7.01.06", title="Aduan yang tidak selesai", measure="Aduan",
        rule=Rule.DOWN_2T, owner="seksi-trantib",
        target_year="0", targets=("0", "0", "0", "0"),
    ),
    counted(
        "ik-desa", line="7.01.06", title="Desa yang dibina", measure="Desa", owner="seksi-pem",
        target_basis=TargetBasis.CUMULATIVE, target_year="15", targets=("4", "8", "12", "15"),
    ),
    ratio("ik-naik", line="7.01.06", title="Desa yang naik indeksnya", owner="seksi-pem"),
    indicator(
        "ik-hari", line="7.01.06.2.01.0003", title="Lama pelayanan", measure="Hari",
        rule=Rule.DOWN_RATIO, owner="subbag-umum", decimals=1, aggregation=Aggregation.MEAN,
        gap=Gap.FILLED, target_year="10", targets=("10", "10", "10", "10"), ceiling="120",
    ),
    indicator(
        "ik-suhu", line="7.01.06.2.01.0003", title="Suhu ruang arsip", measure="°C",
        rule=Rule.RANGE, lower="20", upper="24", owner="subbag-umum", decimals=1,
        aggregation=Aggregation.MAX, **NO_TARGETS,
    ),
    indicator(
        "ik-dokumen", line="7.01.01.2.01.0007", title="Dokumen evaluasi terbit",
        measure="Dokumen", rule=Rule.DONE, decimals=0, **NO_TARGETS,
    ),
    indicator(
        "ik-miskin", line="7.01.06", title="Keluarga miskin", measure="%", rule=Rule.BASELINE,
        baseline="20", owner="seksi-kesra", target_year="10", targets=("18", "16", "12", "10"),
    ),
)  # fmt: skip


def register(**changes: Any) -> Register:
    """A register that is without findings, with `changes`."""
    fields: dict[str, Any] = {
        "year": 2026,
        "version": 1,
        "kind": AgreementKind.ORIGINAL,
        "effective": date(2026, 1, 15),
        "basis": "Perjanjian Kinerja 2026 (contoh)",
        "basis_sha256": digest("scan"),
        "scale": scale(),
        "efficiency": EfficiencyRule.WITHIN_FIVE,
        "lines": LINES,
        "indicators": INDICATORS,
        "predicate_scales": (SAKIP,),
        "digest": digest("register"),
    }
    return Register(**{**fields, **changes})


def row(code: str, text: str, **more: Any) -> IndicatorRow:
    """A row for an indicator: a figure, "n/d" as numerator and denominator, or "- why"."""
    reported: Figure | Parts | Absent = Figure(text)
    if text.startswith("- "):
        reported = Absent(text[2:])
    elif "/" in text:
        reported = Parts(*text.split("/"))
    return IndicatorRow(code, reported, **more)


def spent(line: str, text: str, **more: Any) -> LineRow:
    """A row for the money of a line: an amount, or "- why"."""
    return LineRow(line, Absent(text[2:]) if text.startswith("- ") else Figure(text), **more)


def answer(name: str, unit: str, *rows: Row, in_round: int = 1, **more: Any) -> Answer:
    """An effective event, its id made of `name`."""
    fields: dict[str, Any] = {
        "event": digest(name),
        "by": f"{unit}-1",
        "unit": unit,
        "at": datetime(2026, 7, 8, 9, tzinfo=UTC),
        "round": in_round,
        "rows": rows,
    }
    return Answer(**{**fields, **more})


def proven(code: str, text: str, **more: Any) -> IndicatorRow:
    """A row with one piece of evidence, and no obstacle without follow-up."""
    return row(code, text, evidence=(digest(f"bukti {code}"),), **more)


ANSWERS = (
    answer(
        "pk", "subbag-pk",
        proven("iks-1", "81.5"),
        proven("iks-2", "BB"),
        proven("ik-laporan", "4"),
        proven("ik-dokumen", "1"),
        spent("7.01.01.2.01.0006", "9072264"),
        spent("7.01.01.2.01.0007", "4000000"),
    ),
    answer(
        "pem", "seksi-pem",
        proven(
            "ik-desa", "7",
            texts=Texts(
                driver="Perangkat desa siap",
                obstacle="Satu desa terlambat",
                follow_up="Pendampingan pada bulan berikut",
            ),
        ),
        proven("ik-naik", "45/90"),
        spent("7.01.06.2.01.0003", "22420000.25"),
    ),
    answer("trantib", "seksi-trantib", proven("ik-aduan", "0")),
    answer("umum", "subbag-umum", proven("ik-hari", "8"), proven("ik-suhu", "25")),
    answer("kesra", "seksi-kesra", row("ik-miskin", "- Survei baru keluar bulan depan")),
)  # fmt: skip


def figures(*answers: Answer, in_round: int = 1) -> Figures:
    """What counts of the given answers, or of the sections' usual ones."""
    return figures_of(answers or ANSWERS, in_round)
