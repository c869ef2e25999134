"""The papan kendali by command: the figures of a quarter, a year, or any days."""

from __future__ import annotations

import pytest

from tests.support.commands import Terminal


def test_the_quarter_of_today_is_counted_when_none_is_named(terminal: Terminal) -> None:
    case_id = terminal.register()

    data = terminal.data("camat-1", "board")

    assert (data["from"], data["to"]) == ("2026-01-01", "2026-03-31")
    assert data["steps"][0]["cases"] == [case_id]
    assert data["standing"] == [
        {
            "step": 1, "waiting": 1, "in_work": 0, "suspended": 0, "due_soon": 0, "late": 0,
            "cases": [case_id],
        }
    ]  # fmt: skip
    assert data["now"] == {"open": 1, "late": 0, "due_soon": 0, "suspended": 0}
    assert (data["arrived"], data["finished"]) == (1, 0)
    assert sum(week["arrived"] for week in data["weeks"]) == 1


def test_nothing_ended_in_another_year(terminal: Terminal) -> None:
    terminal.register()

    data = terminal.data("camat-1", "board", "--year", "2025")

    assert (data["cases"], data["from"], data["to"]) == (0, "2025-01-01", "2025-12-31")


def test_days_are_named_as_the_office_writes_them(terminal: Terminal) -> None:
    terminal.register()

    data = terminal.data("camat-1", "board", "--from", "1/1/2026", "--to", "31 Jan 2026")

    assert (data["from"], data["to"], data["cases"]) == ("2026-01-01", "2026-01-31", 1)


@pytest.mark.usefixtures("eighty_columns")
def test_the_lines_have_every_group_of_figures(terminal: Terminal) -> None:
    terminal.register()

    shown = terminal.does("camat-1", "board", "--quarter", "2026-1")

    for title in (
        "Where the cases are, now", "Late/ended, by week",
        "Time used of the norm, where a step ended", "Returns",
        "Ended late in this time, by role", "Data asked of sections",
    ):  # fmt: skip
        assert f"\n{title}\n" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ("--quarter", "2026-5"),
        ("--quarter", "Q1"),
        ("--quarter", "1899-4"),
        ("--quarter", "2026-1", "--year", "2026"),
        ("--from", "2/1/2026", "--to", "1/1/2026"),
    ],
)
def test_a_range_that_makes_no_sense_is_a_wrong_use(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    assert terminal.run("camat-1", "board", *words).exit_code == 2
