"""What a changed agreement changes, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from soptui.domain.measure.finding import Subject
from soptui.domain.measure.labels import (
    AGGREGATION_LABELS,
    EFFICIENCY_LABELS,
    FIELD_LABELS,
    RULE_LABELS,
)
from soptui.domain.measure.money import Efficiency
from soptui.domain.measure.register import (
    Aggregation,
    AgreementKind,
    EfficiencyRule,
    Indicator,
    Line,
    Register,
    Rule,
    ZeroTarget,
)
from soptui.domain.measure.register_check.difference import differences, sentence_for
from soptui.domain.measure.scale import Band, Policy
from soptui.domain.replace import replace
from soptui.locale import translate
from tests.domain.measure.builders import LINES, SAKIP, counted, indicator, register, scale


def words(old: Register, new: Register) -> list[str]:
    return [translate(sentence_for(one)) for one in differences(old, new)]


def with_one(one: Indicator) -> Register:
    return register(indicators=(one,))


def test_a_register_does_not_differ_from_itself() -> None:
    assert differences(register(), register(version=2, digest="other")) == ()


def test_a_change_in_mid_year_is_told_line_by_line() -> None:
    old = register(indicators=(indicator(), counted("ik-lama", title="Laporan lama")))
    new = register(
        version=2,
        kind=AgreementKind.AMENDED,
        effective=date(2026, 10, 1),
        lines=(*LINES[:3], replace(LINES[3], pagu="20000000"), *LINES[4:]),
        indicators=(
            indicator(targets=("80", "82", "84", "85.5"), target_year="85.5"),
            counted("ik-baru", title="Laporan baru"),
        ),
    )

    assert words(old, new) == [
        "Perjanjian kinerja: jenis perjanjian dari murni menjadi perubahan.",
        "Perjanjian kinerja: berlaku mulai dari 2026-01-15 menjadi 2026-10-01.",
        "Baris 7.01.01.2.01.0006 Laporan capaian kinerja: pagu dari 18.144.528 menjadi 20.000.000.",
        "Indikator ik-1 Indikator ik-1: target tahunan dari 84 menjadi 85,5.",
        "Indikator ik-1 Indikator ik-1: target TW IV dari 84 menjadi 85,5.",
        "Indikator ik-baru Laporan baru: ditambahkan.",
        "Indikator ik-lama Laporan lama: dihapus.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rule": Rule.DOWN_2T},
         ("aturan capaian dari semakin tinggi semakin baik menjadi semakin rendah semakin baik"
         " (2T − R).")),
        ({"aggregation": Aggregation.MEAN}, "agregasi dari posisi akhir menjadi rata-rata."),
        ({"targets": ("-", "82", "84", "84")}, "target TW I 80 dihapus."),
        ({"ceiling": "120"}, "batas atas capaian 120 ditambahkan."),
        ({"plausible": ("-", "99.5")}, "rentang wajar –, 99,5 ditambahkan."),
        ({"zero_target": ZeroTarget.NONE}, "arti target 0 none ditambahkan."),
        ({"evidence": ("LHE", "Surat")}, "bukti dukung dari Rekapitulasi menjadi LHE, Surat."),
        ({"share": True}, "bagian dari keseluruhan ✓ ditambahkan."),
        ({"decimals": 1}, "desimal dari 2 menjadi 1."),
        ({"decimals": 0}, "desimal dari 2 menjadi 0."),
        ({"owner": "seksi-pem"}, "seksi dari subbag-pk menjadi seksi-pem."),
    ],
)  # fmt: skip
def test_each_key_has_its_word(changes: dict[str, Any], sentence: str) -> None:
    (found,) = words(with_one(indicator()), with_one(indicator(**changes)))

    assert found == f"Indikator ik-1 Indikator ik-1: {sentence}"


def test_scales_and_rules_of_the_whole_are_compared_too() -> None:
    found = words(
        register(),
        register(
            scale=replace(scale(Policy.FROM), bands=(Band("Baik", "76"), Band("Kurang", "0"))),
            efficiency=EfficiencyRule.REPORT,
            predicate_scales=(replace(SAKIP, predicates=SAKIP.predicates[1:]),),
        ),
    )

    assert found == [
        "Perjanjian kinerja: aturan efisiensi dari selisih-5 menjadi lkjip.",
        "Skala Skala nilai peringkat kinerja: cara membandingkan skala dari gt menjadi ge.",
        (
            "Skala Skala nilai peringkat kinerja: kategori dari Sangat Tinggi 90, Tinggi 75,"
            " Sedang 65, Rendah 50, Sangat Rendah 0 menjadi Baik 76, Kurang 0."
        ),
        (
            "Predikat Predikat SAKIP: predikat dari AA 6, A 5, BB 4, B 3, CC 2, C 1, D 0 menjadi"
            " A 5, BB 4, B 3, CC 2, C 1, D 0."
        ),
    ]


def test_a_scale_of_predicates_that_came_or_went_is_told() -> None:
    (gone,) = differences(register(), register(predicate_scales=()))
    (come,) = differences(register(predicate_scales=()), register())

    assert (gone.subject, gone.id, gone.new) == (Subject.PREDICATE_SCALE, "sakip", "")
    assert (come.subject, come.id, come.old) == (Subject.PREDICATE_SCALE, "sakip", "")


def test_every_key_and_choice_has_a_word() -> None:
    keys = {*Indicator.__annotations__, *Line.__annotations__}
    assert keys <= set(FIELD_LABELS)
    assert set(RULE_LABELS) == set(Rule)
    assert set(AGGREGATION_LABELS) == set(Aggregation)
    assert set(EFFICIENCY_LABELS) == set(Efficiency)
