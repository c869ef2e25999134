"""What the benchmark prints, and the page that it writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from soptui.domain.replace import replace
from tools.bench.page import Machine, Outcome, page, this_machine
from tools.bench.peers import EMPTY, HEAD, OURS, Cost, judged, programs
from tools.bench.table import HEAD as ROW_HEAD
from tools.bench.table import Row, cells, markdown, plain

ROWS = [Row("this", "1 ms", "2 ms", False), Row("that", "3 ms", "2 ms", True)]
EMPTY_APP = Cost(EMPTY, 0.2, 900, None, None, None, 0, 30 << 20, 0.25, 0.3, None)
FRUGAL = Cost(f"{OURS}10 cases", 0.24, 6000, 300, 1900, 60, 0, 40 << 20, 0.5, 0.6, 0.1)
GREEDY = Cost(f"{OURS}99 cases", 0.4, 9000, 300, 1900, 60, 0, 40 << 20, 0.5, 0.6, 0.1)
MACHINE = Machine(2, "A Processor", 4 << 30, {"Git": "2.40.1"})
OUTCOME = Outcome(
    machine=MACHINE,
    taken=date(2026, 11, 22),
    loads=(0.1, 1.2),
    built=["10 cases, 40 commits: built in 1 s."],
    sections={"The records": ROWS, "The screen": []},
    costs=[EMPTY_APP, FRUGAL],
    missing=["tig was left out: it is not installed."],
)


def test_the_table_tells_what_was_met() -> None:
    assert plain(ROW_HEAD, cells(ROWS)).splitlines() == [
        "what  budget  measured  met",
        "----  ------  --------  ---",
        "this  1 ms    2 ms      NO",
        "that  3 ms    2 ms      yes",
    ]


def test_the_page_has_the_same_table_with_its_bars_escaped() -> None:
    table = markdown(("what", "which"), [("a|b", "c")])
    assert table.splitlines() == ["| what | which |", "| --- | --- |", "| a\\|b | c |"]


def test_every_cost_has_a_cell_for_each_column() -> None:
    for cost in (EMPTY_APP, FRUGAL):
        assert len(cost.line()) == len(HEAD)
    assert "–" in EMPTY_APP.line()
    assert "40 MiB" in FRUGAL.line()


def test_only_our_own_screens_have_budgets() -> None:
    rows = list(judged([EMPTY_APP, FRUGAL, GREEDY]))
    assert [row.met for row in rows] == [True, True, False, False]
    assert rows[2].measured == "2.00 x (400 against 200 ms)"


def test_the_page_tells_figures_machine_and_what_is_missing() -> None:
    text = page(OUTCOME)
    assert "Taken on 2026-11-22. Load average when it began 0.10, when it ended 1.20.\n" in text
    assert "| cores | 2 (A Processor) |" in text
    assert "| this | 1 ms | 2 ms | NO |" in text
    assert "- tig was left out" in text
    assert "## The screen\n" not in text
    assert text.endswith("\n")


def test_the_page_says_when_the_machine_was_busy() -> None:
    assert "Other work was going on" in page(replace(OUTCOME, loads=(1.4, 1.2)))
    assert "Other work was going on" in page(replace(OUTCOME, loads=(0.1, 2.4)))
    assert "Not measured in this run." in page(replace(OUTCOME, costs=[]))


def test_the_page_names_versions_and_no_machine() -> None:
    machine = this_machine()
    assert {"Python", "Git", "OpenSSH"} <= machine.versions.keys()
    for text in machine.versions.values():
        assert text.replace(".", "").replace("p", "").isdigit()
    assert machine.cores >= 1


def test_a_program_that_is_not_installed_is_left_out_and_told(tmp_path: Path) -> None:
    found, missing = programs(tmp_path, [], "no-such-program")
    assert [peer.name for peer in found] == [EMPTY]
    assert any("--posting" in line for line in missing)
