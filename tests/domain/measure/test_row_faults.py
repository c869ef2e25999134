"""What binds: rows that the verifier refuses by the block and its pinned register alone."""

from __future__ import annotations

from typing import Any

import pytest

from soptui.domain.measure.finding import Finding, Severity, Subject
from soptui.domain.measure.register import Pin, Register
from soptui.domain.measure.row import IndicatorRow, Row, Texts
from soptui.domain.measure.row_check.faults import faults_of_rows
from soptui.domain.measure.value import Parts
from soptui.domain.replace import replace
from soptui.locale import translate
from tests.domain.measure.builders import ANSWERS, digest, proven, register, row, spent

REGISTER = register()
LONG_REASON = "Alat ukur baru dipasang"


def faults(
    *rows: Row, unit: str | None = None, of: Register = REGISTER, pin: Pin | None = None
) -> tuple[Finding, ...]:
    attached = {one for each in rows for one in each.evidence}
    return faults_of_rows(rows, of, pin or of.pin, unit=unit, attached=attached)


def codes(*rows: Row, **more: Any) -> list[str]:
    return [one.code for one in faults(*rows, **more)]


def test_what_sections_report_rightly_has_no_faults() -> None:
    for answer in ANSWERS:
        assert faults(*answer.rows, unit=answer.unit) == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (row("iks-1", "81,5"), "V01", "actual"),
        (row("iks-1", "81.50"), "V01", "actual"),
        (row("iks-1", "Rp 5"), "V01", "actual"),
        (row("iks-1", ""), "V01", "actual"),
        (row("ik-naik", "45/x"), "V01", "denominator"),
        (spent("7.01.01.2.01.0006", "9.072.264"), "V01", "spent"),
        (row("iks-1", "81.505"), "V02", "actual"),
        (row("ik-laporan", "3.5"), "V02", "actual"),
        (spent("7.01.01.2.01.0006", "0.125"), "V02", "spent"),
        (row("ik-laporan", "-3"), "V03", "actual"),
        (row("ik-naik", "-1/90"), "V03", "numerator"),
        (row("ik-naik", "1/-90"), "V03", "denominator"),
        (spent("7.01.01.2.01.0006", "-5"), "V03", "spent"),
        (row("ik-naik", "91/90"), "V09", "numerator"),
        (row("ik-naik", "0/0"), "V10", "denominator"),
        (row("iks-2", "Baik"), "V18", "actual"),
        (row("iks-2", "5"), "V18", "actual"),
        (row("ik-dokumen", "2"), "V18", "actual"),
        (row("ik-dokumen", "ya"), "V18", "actual"),
        (row("ik-naik", "50"), "wrong-kind", "numerator"),
        (row("iks-1", "1/2"), "wrong-kind", "actual"),
        (spent("7.01.01", "5"), "wrong-kind", "spent"),
    ],
)
def test_a_wrong_value_is_refused_with_its_code_and_place(
    wrong: Row, code: str, field: str
) -> None:
    (found,) = faults(wrong)

    assert (found.code, found.id, found.field) == (code, wrong.code, field)
    assert found.severity is Severity.ERROR
    assert wrong.code in translate(found.message)


def test_a_share_that_is_reported_as_one_figure_is_at_most_the_whole() -> None:
    first, *others = REGISTER.indicators
    share = replace(first, measure="%", share=True)
    of = register(indicators=(share, *others))

    assert codes(row("iks-1", "100"), of=of) == []
    assert codes(row("iks-1", "100.01"), of=of) == ["V09"]
    part = register(indicators=(replace(share, measure="Nilai"), *others))
    assert codes(row("iks-1", "1.01"), of=part) == ["V09"]


def test_a_value_below_zero_needs_the_registers_leave() -> None:
    first, *others = REGISTER.indicators
    growth = register(indicators=(replace(first, negative=True), *others))

    assert codes(row("iks-1", "-2.5"), of=growth) == []


def test_a_section_reports_what_it_owns_and_the_steps_owner_corrects_anything() -> None:
    rows = (row("iks-1", "81.5"), spent("7.01.06.2.01.0003", "5"))

    assert codes(*rows, unit="seksi-kesra") == ["V22", "V22"]
    assert codes(*rows, unit="subbag-pk") == ["V22"]
    assert codes(*rows, unit=None) == []


def test_codes_of_nothing_are_refused() -> None:
    assert codes(row("ik-99", "1")) == ["unknown-indicator"]
    assert codes(spent("9.99", "1")) == ["unknown-line"]
    assert codes(row("iks-1", "81.5", passed=("V99",), reason=LONG_REASON)) == ["unknown-warning"]
    unattached = faults_of_rows(
        [proven("iks-1", "81.5")], REGISTER, REGISTER.pin, unit=None, attached=()
    )
    assert [one.code for one in unattached] == ["unknown-evidence"]


def test_one_thing_is_reported_once_in_a_block() -> None:
    assert codes(row("iks-1", "81"), row("iks-1", "82")) == ["row-twice"]
    assert codes(row("iks-1", "81"), row("iks-2", "BB")) == []


def test_the_register_is_the_one_that_the_request_named() -> None:
    for pin in (Pin(1, digest("another")), Pin(2, REGISTER.digest)):
        (found,) = faults(row("iks-1", "81.5"), pin=pin)
        assert (found.code, found.subject) == ("V25", Subject.REGISTER)


def test_a_warning_passes_with_a_reason_that_says_something() -> None:
    first, *others = REGISTER.indicators
    of = register(indicators=(replace(first, plausible=("60", "100")), *others))

    assert codes(row("iks-1", "59"), of=of) == ["no-reason"]
    assert codes(row("iks-1", "59", passed=("V04",)), of=of) == ["no-reason"]
    assert codes(row("iks-1", "59", passed=("V04",), reason="ya         "), of=of) == ["no-reason"]
    assert codes(row("iks-1", "59", reason=LONG_REASON), of=of) == ["no-reason"]
    assert codes(row("iks-1", "59", passed=("V04",), reason=LONG_REASON), of=of) == []
    assert codes(row("iks-1", "60"), row("iks-2", "A"), of=of) == []


def test_an_obstacle_needs_a_follow_up_or_a_reason() -> None:
    stuck = Texts(obstacle="Server daerah mati")

    assert codes(row("iks-1", "81", texts=stuck)) == ["no-reason"]
    assert codes(spent("7.01.01.2.01.0006", "5", texts=stuck)) == ["no-reason"]
    settled = row("iks-1", "81", texts=stuck, passed=("V17",), reason=LONG_REASON)
    assert codes(settled) == []
    assert codes(row("iks-1", "81", texts=replace(stuck, follow_up="Menunggu perbaikan"))) == []


def test_no_data_needs_no_value() -> None:
    assert codes(row("ik-naik", "- Profil desa belum keluar")) == []
    assert codes(spent("7.01.01.2.01.0006", "- SPJ belum disahkan")) == []


def test_faults_of_all_rows_are_found_at_once() -> None:
    found = faults(
        IndicatorRow("ik-naik", Parts("-1.5", "0")), row("ik-99", "x"), unit="seksi-kesra"
    )

    assert [one.code for one in found] == ["V22", "V03", "V10", "unknown-indicator"]
