"""Tables A and B as a register gives them."""

from __future__ import annotations

from fractions import Fraction

from soptui.domain.measure.plan_tables import PlannedLine, table_a, table_b
from soptui.domain.measure.value import Given, NoValue, Why
from tests.domain.measure.builders import LINES, register


def targets(lines: tuple[PlannedLine, ...]) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.indicator.code: (one.year, one.quarters) for line in lines
            for one in line.indicators}  # fmt: skip


def test_the_agreement_has_objectives_with_targets_and_programmes_with_money() -> None:
    one = table_a(register())

    (objective,) = one.objectives
    assert objective.line.code == "s-1"
    assert [(each.indicator.code, each.year) for each in objective.indicators] == [
        ("iks-1", "84,00"),
        ("iks-2", "A"),
    ]
    assert [(each.line.code, each.pagu) for each in one.programmes] == [
        ("7.01.01", Given(Fraction(28144528))),
        ("7.01.06", Given(Fraction("44840000.5"))),
    ]
    assert one.total == Given(Fraction("72984528.5"))
    assert objective.pagu == one.total


def test_the_plan_has_every_line_and_a_target_for_each_quarter() -> None:
    lines = table_b(register())

    assert [one.line for one in lines] == list(LINES)
    shown = targets(lines)
    assert set(shown) == {one.code for one in register().indicators}
    assert shown["ik-desa"] == ("15", ("4", "8", "12", "15"))
    assert shown["iks-2"] == ("A", ("BB", "BB", "A", "A"))
    assert shown["ik-suhu"] == ("20,0–24,0", ("20,0–24,0",) * 4)
    assert shown["ik-dokumen"] == ("–", ("–",) * 4)


def test_an_office_without_money_has_no_sum() -> None:
    one = table_a(register(lines=LINES[:1]))

    assert one.programmes == ()
    assert one.total == NoValue(Why.NO_PAGU)
