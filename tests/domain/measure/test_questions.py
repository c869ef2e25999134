"""What the desk asks before a row is signed, by what stood before it and beside it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from soptui.domain.measure.finding import Severity
from soptui.domain.measure.period import Period
from soptui.domain.measure.prior import Prior, PriorFigure
from soptui.domain.measure.register import Pin, Register, Rule
from soptui.domain.measure.row import Row, Texts
from soptui.domain.measure.row_check.case_questions import (
    passed_warnings,
    questions_about_case,
    target_finding,
)
from soptui.domain.measure.row_check.outlier import is_outlier
from soptui.domain.measure.row_check.questions import is_settled, questions_about_rows
from soptui.domain.measure.row_check.surroundings import Surroundings
from soptui.domain.measure.value import EMPTY, Entry, Figure, Given, NoValue, Parts, Why
from soptui.domain.replace import replace
from soptui.locale import translate
from tests.domain.measure.builders import (
    ANSWERS,
    answer,
    counted,
    digest,
    figures,
    indicator,
    proven,
    register,
    row,
    spent,
)

REGISTER = register()
MONEY = "7.01.01.2.01.0006"
WORDS = Texts(obstacle="Anggaran terlambat", follow_up="Dipercepat bulan depan")


def prior(quarter: int, spent_on: dict[str, Entry] | None = None, **entries: Entry) -> Prior:
    """The approved file of a quarter, `iks_1=Figure("80")` for the indicator iks-1."""
    nothing = NoValue(Why.EMPTY)
    reported = {}
    for name, entry in entries.items():
        one = REGISTER.indicator(name.replace("_", "-"))
        assert one is not None
        reported[one.code] = PriorFigure(entry, one.measure, one.target_basis, nothing, nothing)
    return Prior(Period(2026, quarter), digest(f"tw{quarter}"), reported, spent_on or {})


def asked(
    *rows: Row,
    of: Register = REGISTER,
    quarter: int = 2,
    priors: tuple[Prior, ...] = (),
    **more: Any,
) -> list[str]:
    surroundings = Surroundings(
        of, Period(2026, quarter), {one.period.quarter: one for one in priors}, **more
    )
    found = questions_about_rows(rows, surroundings)
    assert all(translate(one.message) for one in found)
    return [one.code for one in found]


def with_first(**changes: Any) -> Register:
    first, *others = REGISTER.indicators
    return register(indicators=(replace(first, **changes), *others))


def test_an_unremarkable_row_raises_no_question() -> None:
    assert asked(proven("iks-1", "81.5")) == []
    assert asked(spent(MONEY, "9072264")) == []


def test_v04_a_value_outside_what_is_plausible() -> None:
    of = with_first(plausible=("60", "100"))

    assert asked(proven("iks-1", "59.9", texts=WORDS), of=of) == ["V04"]
    assert asked(proven("iks-1", "60", texts=WORDS), of=of) == []
    assert asked(proven("iks-1", "100.01"), of=with_first(plausible=("-", "100"))) == ["V04"]


@pytest.mark.parametrize(
    ("value", "earlier", "stands_out"),
    [
        ("82", ("80", "81", "82", "83"), False),
        ("100", ("80", "81", "82", "83"), True),
        ("100", ("80", "81", "82"), False),
        ("15", ("10", "10", "10", "10"), False),
        ("15.01", ("10", "10", "10", "10"), True),
        ("1", ("0", "0", "0", "0"), True),
        ("0", ("0", "0", "0", "0"), False),
        # Only the last eight count: the old level has been left behind.
        ("50", ("10", "10", "10", "10", *["50", "51"] * 4), False),
        # 0.6745 * |x - 85| / 10 is just 3.5 where x is 85 + 35 / 0.6745.
        ("136.89", ("70", "80", "90", "100"), False),
        ("136.90", ("70", "80", "90", "100"), True),
    ],
)
def test_v05_an_outlier_by_the_modified_z_score(
    value: str, earlier: tuple[str, ...], stands_out: bool
) -> None:
    assert is_outlier(Fraction(value), [Fraction(one) for one in earlier]) is stands_out


def test_v05_is_asked_of_what_was_reported_before() -> None:
    history = {"iks-1": [Fraction(80), Fraction(81), Fraction(80), Fraction(82)]}

    assert asked(proven("iks-1", "95"), history=history) == ["V05"]
    assert asked(proven("iks-1", "81"), history=history) == []
    # A sum to date begins anew each year.
    grown = {"ik-desa": [Fraction(4), Fraction(8), Fraction(12), Fraction(15)]}
    assert "V05" not in asked(proven("ik-desa", "1", texts=WORDS), history=grown)


def test_v06_a_sum_to_date_fell() -> None:
    before = prior(1, ik_desa=Figure("7"))

    assert "V06" in asked(proven("ik-desa", "6"), priors=(before,))
    assert "V06" not in asked(proven("ik-desa", "8"), priors=(before,))
    # An end position may fall.
    assert asked(proven("iks-1", "79"), priors=(prior(1, iks_1=Figure("80")),)) == []


def test_v11_less_spent_than_before_is_a_contra_post_or_a_mistake() -> None:
    before = prior(1, {MONEY: Figure("5000000")})
    surroundings = Surroundings(REGISTER, Period(2026, 2), {1: before})

    (wrong,) = questions_about_rows([spent(MONEY, "4000000")], surroundings)
    assert (wrong.code, wrong.severity) == ("V11", Severity.ERROR)
    booked = spent(MONEY, "4000000", passed=("V11",), reason="Contra post bulan Mei")
    (explained,) = questions_about_rows([booked], surroundings)
    assert (explained.code, explained.severity) == ("V11", Severity.WARNING)
    assert is_settled(explained, booked)
    assert asked(spent(MONEY, "5000000"), priors=(before,)) == []


def test_v12_spending_runs_ahead_of_the_year() -> None:
    pagu = Fraction(18144528)
    limit = pagu * Fraction(3, 4)

    assert asked(spent(MONEY, str(limit))) == []
    assert asked(spent(MONEY, str(limit + 1))) == ["V12"]


def test_v13_v17_an_achievement_that_is_very_high_or_none_at_all() -> None:
    assert asked(proven("iks-1", "123")) == ["V13"]
    assert asked(proven("iks-1", "122.99")) == []
    assert asked(proven("iks-1", "0")) == ["V13", "V17"]
    assert asked(proven("iks-1", "0", texts=WORDS)) == ["V13"]
    # A ceiling does not hide how far a value is off.
    assert asked(proven("iks-1", "815"), of=with_first(ceiling="120")) == ["V13"]


def test_v14_more_spent_than_the_budget() -> None:
    over = spent(MONEY, "18144528.01")

    assert asked(over, quarter=4) == ["V14"]
    surroundings = Surroundings(REGISTER, Period(2026, 4), is_amending=True)
    (found,) = questions_about_rows([over], surroundings)
    assert found.severity is Severity.WARNING
    without = register(lines=tuple(replace(one, pagu="") for one in REGISTER.lines))
    assert asked(spent(MONEY, "1"), of=without) == ["V14"]
    assert asked(spent(MONEY, "0"), of=without) == []


def test_v15_evidence_is_missing() -> None:
    assert asked(row("iks-1", "81.5")) == ["V15"]
    assert asked(row("iks-1", "- LHE belum keluar")) == []


def test_v16_the_number_of_last_quarter_to_the_last_digit() -> None:
    before = prior(1, iks_1=Figure("81.5"), iks_2=Figure("BB"), ik_aduan=Figure("0"))

    assert asked(proven("iks-1", "81.5"), priors=(before,)) == ["V16"]
    assert asked(proven("iks-1", "81.51"), priors=(before,)) == []
    # A predicate, and no complaints at all, are often the same again.
    assert asked(proven("iks-2", "BB"), priors=(before,)) == []
    assert asked(proven("ik-aduan", "0"), priors=(before,)) == ["V24"]
    # In TW I the quarter before is one of the year before.
    assert asked(proven("iks-1", "81.5"), quarter=1, history={"iks-1": [Fraction("81.5")]}) == [
        "V16"
    ]


def test_v17_an_obstacle_has_a_follow_up() -> None:
    stuck = Texts(obstacle="Server daerah mati")

    assert asked(proven("iks-1", "81.5", texts=stuck)) == ["V17"]
    assert asked(spent(MONEY, "5", texts=stuck)) == ["V17"]
    assert asked(proven("iks-1", "50", texts=WORDS)) == []
    assert asked(proven("iks-1", "50")) == ["V17"]


def test_v23_one_file_is_evidence_of_two_indicators() -> None:
    one, other = (row(code, text, evidence=(digest("sama"),)) for code, text in
                  (("iks-1", "81.5"), ("ik-laporan", "2")))  # fmt: skip
    before = prior(1, ik_laporan=Figure("3"))

    assert asked(one, other, priors=(before,)) == ["V23"]
    standing = figures(answer("pk", "subbag-pk", one))
    assert asked(other, figures=standing, priors=(before,)) == ["V23"]
    # The row that is replaced does not count.
    assert asked(one, figures=standing) == []


def test_v24_the_target_to_the_last_digit_is_told() -> None:
    (found,) = questions_about_rows(
        [proven("iks-1", "82")], Surroundings(REGISTER, Period(2026, 2))
    )

    assert (found.code, found.severity) == ("V24", Severity.INFO)
    assert is_settled(found, proven("iks-1", "82"))
    assert "82,00" in translate(found.message)


def test_a_row_that_is_at_fault_is_asked_about_only_after_that_is_mended() -> None:
    for wrong in (row("iks-1", "81,5"), row("ik-naik", "9"), row("ik-99", "1"), spent(MONEY, "x")):
        assert asked(wrong) == []


def test_a_warning_is_settled_only_by_its_code_and_a_reason() -> None:
    surroundings = Surroundings(REGISTER, Period(2026, 2))
    plain = proven("iks-1", "123")
    (found,) = questions_about_rows([plain], surroundings)

    assert not is_settled(found, plain)
    assert not is_settled(found, replace(plain, reason="Lomba tingkat nasional"))
    assert not is_settled(found, replace(plain, passed=("V13",), reason="ya"))
    assert is_settled(found, replace(plain, passed=("V13",), reason="Lomba tingkat nasional"))


# --- the whole case -------------------------------------------------------------------------------


def case_codes(of: Register = REGISTER, **more: Any) -> list[tuple[str, str]]:
    found = questions_about_case(of, more.pop("figures", figures()), **more)
    assert all(translate(one.message) for one in found)
    return [(one.code, one.id) for one in found]


def test_a_case_in_order_raises_no_question() -> None:
    approved = {1: digest("tw1")}

    assert case_codes(in_force=REGISTER.pin, priors={1: prior(1)}, approved=approved) == []


def test_v19_what_is_carried_from_an_earlier_round_is_told() -> None:
    second = answer("ulang", "subbag-pk", proven("iks-1", "82"), in_round=2)
    found = case_codes(figures=figures(*ANSWERS, second, in_round=2))

    assert ("V19", "iks-1") not in found
    assert ("V19", "iks-2") in found
    assert ("V19", MONEY) in found


def test_v20_parts_make_their_whole() -> None:
    of = register(
        indicators=(
            counted("ik-semua"),
            counted("ik-a", parts_of="ik-semua"),
            counted("ik-b", parts_of="ik-semua"),
        )
    )

    def reported(*values: str) -> list[tuple[str, str]]:
        rows = [row(code, value) for code, value in
                zip(("ik-semua", "ik-a", "ik-b"), values, strict=False)]  # fmt: skip
        return case_codes(of, figures=figures(answer("satu", "subbag-pk", *rows)))

    assert reported("5", "2", "3") == []
    assert reported("5", "2", "4") == [("V20", "ik-semua")]
    assert reported("5", "2") == []


def test_v21_an_earlier_quarter_was_approved_again() -> None:
    again = {1: digest("tw1 diperbaiki")}

    assert case_codes(priors={1: prior(1)}, approved=again) == [("V21", "2026-tw1")]


def test_an_indicator_that_was_withdrawn_in_mid_year_is_told() -> None:
    of = register(indicators=REGISTER.indicators[1:])
    priors = {1: prior(1, iks_1=Figure("80"), iks_2=Figure("BB")), 2: prior(2, iks_1=EMPTY)}

    assert case_codes(of, priors=priors) == [("withdrawn", "iks-1")]


def test_v25_another_register_is_in_force() -> None:
    assert case_codes(in_force=Pin(2, digest("perubahan"))) == [("V25", "")]


def test_v08_a_target_that_was_changed_in_the_spreadsheet() -> None:
    one = indicator()
    period = Period(2026, 2)

    assert target_finding(one, {}, period, Given(Fraction(82))) is None
    found = target_finding(one, {}, period, Given(Fraction(80)))
    assert found is not None
    assert (found.code, found.severity) == ("V08", Severity.WARNING)
    assert "82,00" in translate(found.message)
    assert target_finding(one, {}, period, EMPTY) is not None
    none = indicator(targets=("-", "-", "84", "84"))
    assert target_finding(none, {}, period, EMPTY) is None
    assert target_finding(none, {}, period, Given(Fraction(0))) is not None
    spread = indicator(rule=Rule.RANGE, lower="1", upper="2", targets=("-", "-", "-", "-"))
    assert target_finding(spread, {}, period, Given(Fraction(5))) is None


def test_who_reviews_sees_every_warning_that_was_passed_with_its_reason() -> None:
    reason = "Lomba tingkat nasional"
    passed = proven("iks-1", "123", passed=("V13", "V05"), reason=reason)
    money = spent(MONEY, "18000000", passed=("V12",), reason="Lelang dimajukan")
    found = passed_warnings(figures(answer("pk", "subbag-pk", money, passed)))

    assert [(one.code, one.row.code, one.row.reason) for one in found] == [
        ("V13", "iks-1", reason),
        ("V05", "iks-1", reason),
        ("V12", MONEY, "Lelang dimajukan"),
    ]


def test_a_ratio_of_last_quarter_is_compared_by_its_value() -> None:
    before = prior(1, ik_naik=Parts("1", "2"))

    assert "V16" in asked(proven("ik-naik", "45/90", texts=WORDS), priors=(before,))
