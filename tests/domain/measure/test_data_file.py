"""The data file: recomputed byte for byte, or the first row that differs is named."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.measure.data_file import document_of
from soptui.domain.measure.data_file_compare import (
    differences,
    first_difference,
    sentence_for,
)
from soptui.domain.measure.data_file_reading import prior_from
from soptui.domain.measure.finding import Subject
from soptui.domain.measure.period import Period
from soptui.domain.measure.prior import Prior
from soptui.domain.measure.register import Register
from soptui.domain.measure.row import Answer
from soptui.domain.measure.table import Measured, compute_table
from soptui.domain.measure.value import EMPTY, Absent, Figure, Given, NoValue, Parts, Why
from soptui.domain.message import Refusal
from soptui.locale import translate
from soptui.records.files.codec import emit_document, parse_document
from tests.domain.measure.builders import (
    ANSWERS,
    CASE,
    answer,
    digest,
    figures,
    proven,
    register,
    row,
    spent,
)

Document = dict[str, Any]


def document(
    *answers: Answer,
    quarter: int = 1,
    of: Register | None = None,
    priors: tuple[Prior, ...] = (),
    in_round: int = 1,
) -> Document:
    measured = Measured(CASE, Period(2026, quarter), in_round)
    table = compute_table(measured, of or register(), figures(*answers, in_round=in_round), priors)
    return document_of(table)


def test_the_bytes_are_those_of_the_records_and_are_read_back_as_the_same_document() -> None:
    whole = document()
    data = emit_document(whole)

    assert parse_document(data) == whole
    assert emit_document(document(*ANSWERS[::-1])) == data


def test_a_row_holds_all_that_is_needed_to_check_it_by_hand() -> None:
    rows = {one["code"]: one for one in document()["indicators"]}

    assert rows["ik-desa"] == {
        "code": "ik-desa",
        "line": "7.01.06",
        "title": "Desa yang dibina",
        "measure": "Desa",
        "rule": "up",
        "aggregation": "sum",
        "target_basis": "cumulative",
        "reported": "7",
        "target": "4",
        "target_shown": "4",
        "actual": "7",
        "actual_shown": "7",
        "quarters": [1],
        "achievement": "175",
        "achievement_shown": "175,00",
        "class": "Sangat Tinggi",
        "pagu": "44840000.5",
        "pagu_shown": "44.840.000,50",
        "spent": "22420000.25",
        "spent_shown": "22.420.000,25",
        "absorption": "50",
        "absorption_shown": "50,00",
        "difference": "125",
        "difference_shown": "+125,00",
        "efficiency": "efisien",
        "driver": "Perangkat desa siap",
        "obstacle": "Satu desa terlambat",
        "follow_up": "Pendampingan pada bulan berikut",
        "evidence": [digest("bukti ik-desa")],
        "event": digest("pem"),
    }
    assert rows["iks-2"]["target_shown"] == "BB"
    assert rows["ik-suhu"]["target_shown"] == "20,0–24,0"
    assert rows["ik-naik"]["numerator"] == "45"
    missing = rows["ik-miskin"]
    assert missing["absent_reason"] == "Survei baru keluar bulan depan"
    assert (missing["actual_missing"], missing["achievement_missing"]) == ("absent", "absent")
    assert "achievement" not in missing


def test_a_line_holds_its_money_and_the_event_that_brought_it() -> None:
    lines = {one["code"]: one for one in document()["lines"]}

    leaf = lines["7.01.06.2.01.0003"]
    assert (leaf["reported"], leaf["spent"], leaf["event"]) == (
        "22420000.25", "22420000.25", digest("pem"),
    )  # fmt: skip
    above = lines["7.01.06"]
    assert "reported" not in above
    assert (above["absorption"], above["counted"], above["total"]) == ("50", 3, 4)


def test_the_head_says_of_what_the_figures_are() -> None:
    first = prior_from(document(), digest("tw1"))
    head = {key: value for key, value in document(quarter=2, priors=(first,)).items()
            if key not in ("lines", "indicators")}  # fmt: skip

    assert head == {
        "format": 1,
        "case": CASE,
        "period": "2026-tw2",
        "round": 1,
        "register_version": 1,
        "register_sha256": digest("register"),
        "prior": [f"2026-tw1={digest('tw1')}"],
        "scale": "permendagri-86-2017",
        "efficiency": "selisih-5",
        "achievement": head["achievement"],
        "achievement_shown": head["achievement_shown"],
        "class": head["class"],
        "counted": 9,
        "total": 10,
    }


def test_what_was_passed_and_carried_is_told_with_its_reason() -> None:
    first = answer(
        "satu", "subbag-pk",
        proven("iks-1", "123", passed=("V13",), reason="Lomba tingkat nasional"),
        spent("7.01.01.2.01.0006", "- SPJ belum sah"),
    )  # fmt: skip
    again = document(first, in_round=2)

    one = next(one for one in again["indicators"] if one["code"] == "iks-1")
    assert (one["passed"], one["reason"], one["carried_from"]) == (
        ["V13"], "Lomba tingkat nasional", 1,
    )  # fmt: skip
    money = next(one for one in again["lines"] if one["code"] == "7.01.01.2.01.0006")
    assert (money["absent_reason"], money["spent_missing"]) == ("SPJ belum sah", "absent")


# --- comparing ------------------------------------------------------------------------------------


def test_the_same_figures_differ_in_nothing() -> None:
    assert first_difference(document(), document()) is None
    assert list(differences(document(), parse_document(emit_document(document())))) == []


@pytest.mark.parametrize(
    ("table", "code", "key", "value", "sentence"),
    [
        (
            "indicators", "ik-desa", "reported", "8",
            "indikator ik-desa: reported berisi 8, seharusnya 7.",
        ),
        (
            "lines", "7.01.06", "pagu", "1",
            "baris anggaran 7.01.06: pagu berisi 1, seharusnya 44840000.5.",
        ),
        (
            "indicators", "iks-1", "evidence", ["ab"],
            f"indikator iks-1: evidence berisi ab, seharusnya {digest('bukti iks-1')}.",
        ),
        (
            "indicators", "iks-1", "obstacle", "Tidak ada",
            "indikator iks-1: obstacle berisi Tidak ada, seharusnya tidak ada.",
        ),
    ],
)  # fmt: skip
def test_the_row_that_differs_is_named(
    table: str, code: str, key: str, value: object, sentence: str
) -> None:
    found = document()
    next(one for one in found[table] if one["code"] == code)[key] = value

    difference = first_difference(document(), found)
    assert difference is not None
    assert (difference.subject.value, difference.id, difference.key) == (table, code, key)
    assert translate(sentence_for(difference)) == sentence


def test_the_row_is_named_where_a_difference_began_and_not_the_mean_that_follows() -> None:
    others = document(*ANSWERS, answer("koreksi", "subbag-pk", proven("ik-laporan", "5")))
    found = first_difference(document(), others)

    assert found is not None
    assert (found.id, found.key, found.expected, found.found) == (
        "ik-laporan",
        "reported",
        "4",
        "5",
    )


def test_everything_that_changed_since_a_draft_is_told() -> None:
    before = document()
    corrected = answer("koreksi", "subbag-pk", proven("iks-1", "81"), corrects=digest("pk"))
    after = document(*ANSWERS, corrected)

    changed = {(one.id, one.key) for one in differences(before, after)}
    own = {"reported", "actual", "actual_shown", "achievement", "achievement_shown",
           "difference", "difference_shown", "event"}  # fmt: skip
    assert {key for code, key in changed if code == "iks-1"} == own
    assert {code for code, _ in changed} == {"", "s-1", "iks-1"}


def test_rows_that_lack_or_are_too_many_or_change_places_are_named() -> None:
    def difference(rows: list[Document]) -> tuple[str, str]:
        found = first_difference(document(), {**document(), "indicators": rows})
        assert found is not None
        assert found.subject is Subject.INDICATOR
        return found.id, translate(sentence_for(found))

    rows = document()["indicators"]
    assert difference(rows[1:]) == ("iks-1", "indikator iks-1: barisnya tidak ada.")
    more = [*rows, {**rows[0], "code": "ik-99"}]
    assert difference(more) == ("ik-99", "indikator ik-99: baris ini seharusnya tidak ada.")
    turned = [rows[1], rows[0], *rows[2:]]
    assert difference(turned) == ("iks-2", "indikator iks-2: urutan barisnya tidak benar.")
    twice = [*rows, rows[-1]]
    assert difference(twice)[0] == "ik-miskin"


@settings(deadline=None)
@given(st.data())
def test_no_change_of_any_one_value_escapes(data: st.DataObject) -> None:
    found = deepcopy(document())
    table = data.draw(st.sampled_from(["", "lines", "indicators"]))
    place = data.draw(st.sampled_from(found[table])) if table else found
    key = data.draw(st.sampled_from(sorted(set(place) - {"lines", "indicators"})))
    if data.draw(st.booleans()):
        del place[key]
    else:
        place[key] = data.draw(st.sampled_from(["0", "Sangat Tinggi", 0, 1, ["x"], True]))
    changed = found != document() or repr(found) != repr(document())

    assert (first_difference(document(), found) is not None) == changed


def test_another_register_or_an_earlier_file_that_changed_is_named() -> None:
    first = prior_from(document(), digest("tw1"))
    whole = document(quarter=2, priors=(first,))
    other = prior_from(document(answer("lain", "subbag-pk")), digest("tw1 lain"))

    changed = first_difference(whole, document(quarter=2, priors=(other,)))
    assert changed is not None
    assert (changed.subject, changed.key) == (Subject.REGISTER, "prior")
    swapped = first_difference(
        whole, document(quarter=2, priors=(first,), of=register(digest="ab"))
    )
    assert swapped is not None
    assert swapped.key == "register_sha256"
    assert translate(sentence_for(swapped)).startswith(
        "bagian awal file: register_sha256 berisi ab,"
    )


# --- reading an earlier quarter -------------------------------------------------------------------


def test_a_later_quarter_reads_what_was_reported_and_where_it_stood() -> None:
    first = prior_from(parse_document(emit_document(document())), digest("tw1"))

    assert first.period == Period(2026, 1)
    entries = {code: figure.entry for code, figure in first.figures.items()}
    assert entries["iks-2"] == Figure("BB")
    assert entries["ik-naik"] == Parts("45", "90")
    assert entries["ik-miskin"] == Absent("Survei baru keluar bulan depan")
    assert first.figures["ik-naik"].achievement == Given(Fraction(50))
    assert first.figures["ik-miskin"].actual == NoValue(Why.ABSENT)
    assert first.spent_on("7.01.01.2.01.0006") == Figure("9072264")
    assert first.spent_on("7.01.06") is EMPTY
    unreported = prior_from(document(answer("satu", "subbag-pk", row("iks-1", "1"))), digest("tw1"))
    assert unreported.figures["iks-2"].entry is EMPTY


@pytest.mark.parametrize(
    "faulty",
    [
        {},
        {"period": "2026"},
        {"period": 4},
        {"period": "2026-tw1", "indicators": "x"},
        {"period": "2026-tw1", "indicators": ["x"]},
        {"period": "2026-tw1", "indicators": [{"code": "a"}]},
        {"period": "2026-tw1", "indicators": [{"code": "a", "measure": "x", "target_basis": "y"}]},
        {"period": "2026-tw1", "lines": [{"code": 1}]},
        {
            "period": "2026-tw1",
            "indicators": [
                {"code": "a", "measure": "x", "target_basis": "cumulative", "actual": "2/4"}
            ],
        },
        {
            "period": "2026-tw1",
            "indicators": [
                {"code": "a", "measure": "x", "target_basis": "cumulative", "actual_missing": "?"}
            ],
        },
    ],
)
def test_what_is_no_data_file_is_refused_with_a_sentence(faulty: Document) -> None:
    with pytest.raises(Refusal) as refused:
        prior_from(faulty, digest("x"))

    assert translate(refused.value.message)
