"""An SOP with several ways, put in force and walked by commands: each way of each decision."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from soptui.records.files.codec import emit_document
from soptui.records.files.sop import sop_to_document
from tests.support.branching_sop import BRANCHING
from tests.support.commands import Terminal, typed

PLANNER, SECRETARY, STAFF, HEAD = "kasubbag-1", "sekretaris-1", "staff-1", "camat-1"


@pytest.fixture
def branching(terminal: Terminal) -> Terminal:
    """An office that has the branching SOP as well."""
    Path("sop.toml").write_bytes(emit_document(sop_to_document(BRANCHING)))
    Path("output.txt").write_text("hasil kerja\n")
    terminal.does("admin-1", "sop", "add", "sop.toml", "--sure")
    return terminal


def _registered(terminal: Terminal) -> str:
    return terminal.register("--sop", str(BRANCHING.id))


def _checked(terminal: Terminal, way: str) -> str:
    case = _registered(terminal)
    terminal.does(PLANNER, "complete", case, "--receive", "--output", "output.txt", "--way", way)
    return case


def _filed(terminal: Terminal, case: str) -> None:
    shown = " ".join(terminal.does(STAFF, "show", case).split())
    assert "Finished, not yet filed" in shown
    terminal.does(
        STAFF, "archive", case, "--receive", "--file-number", "1", "--place", "Lemari 1",
    )  # fmt: skip
    assert "Finished" in terminal.does(STAFF, "show", case)
    assert terminal.run("admin-1", "verify", "--full").exit_code == 0


def test_a_refusal_ends_the_case_and_it_is_filed(branching: Terminal) -> None:
    _filed(branching, _checked(branching, "Ditolak"))


def test_a_way_may_be_typed_by_its_number(branching: Terminal) -> None:
    _filed(branching, _checked(branching, "2"))


def test_the_short_way_passes_by_the_approval(branching: Terminal) -> None:
    case = _checked(branching, "Lengkap")
    branching.does(SECRETARY, "approve", case, "--receive", "--way", "Langsung")
    branching.does(STAFF, "complete", case, "--receive", "--way", "Selesai")
    _filed(branching, case)


def test_the_long_way_passes_by_every_row_and_once_back(branching: Terminal) -> None:
    case = _checked(branching, "Lengkap")
    branching.does(SECRETARY, "approve", case, "--receive", "--way", "Perlu persetujuan")
    branching.does(HEAD, "approve", case, "--receive")
    branching.does(STAFF, "complete", case, "--receive", "--way", "Masih ada")
    assert branching.data(STAFF, "show", case)["step"] == 1
    branching.does(PLANNER, "complete", case, "--receive", "--output", "output.txt",
                   "--way", "Lengkap")  # fmt: skip
    branching.does(SECRETARY, "approve", case, "--receive", "--way", "Langsung")
    branching.does(STAFF, "complete", case, "--receive", "--way", "Selesai")
    _filed(branching, case)


def test_who_names_no_way_or_another_is_told_which_there_are(branching: Terminal) -> None:
    case = _registered(branching)
    words = ("complete", case, "--receive", "--output", "output.txt")
    none = branching.run(PLANNER, *words)
    assert none.exit_code == 2
    assert "How it goes on" in none.stderr
    other = branching.run(PLANNER, *words, "--way", "Entah")
    assert other.exit_code == 2
    assert "Lengkap, Ditolak" in " ".join(other.stderr.split())
    assert branching.data(PLANNER, "show", case)["step"] == 1


def test_an_sop_that_nobody_can_leave_is_not_put_in_force(terminal: Terminal) -> None:
    text = emit_document(sop_to_document(BRANCHING)).decode().replace("to = 0\n", "to = 3\n")
    Path("circle.toml").write_text(text)
    assert tomllib.loads(text)["steps"]
    assert "no way leads to an end" in typed("sop", "check", "circle.toml").stdout
    refused = terminal.run("admin-1", "sop", "add", "circle.toml", "--sure")
    assert refused.exit_code == 1
    assert "no way leads to an end" in " ".join(refused.stderr.split())
