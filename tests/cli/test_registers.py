"""Registers of indicators by command: checked, signed with the agreement, shown, in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from soptui.domain.replace import replace
from soptui.records.files.register import write_register
from tests.support.commands import Terminal
from tests.support.registers import SCAN, example_register

KEEPER = "kasubbag-1"


@pytest.fixture
def scan(home: Path) -> Path:
    """The signed agreement."""
    path = home / "pk.pdf"
    path.write_bytes(SCAN)
    return path


def written(home: Path, name: str = "register.toml", **changes: object) -> Path:
    """A register as somebody wrote it: with a comment, and without the digest of its agreement."""
    lines = write_register(example_register(**changes)).decode().splitlines()
    kept = [line for line in lines if not line.startswith("basis_sha256")]
    path = home / name
    path.write_text("\n".join(["# contoh, angka karangan", *kept, ""]), encoding="utf-8")
    return path


def named_keeper(terminal: Terminal) -> None:
    terminal.does("admin-1", "office", "set", "register-role", "kasubbag-pk", "--sure")


def test_a_register_is_signed_by_whom_the_office_names(
    terminal: Terminal, home: Path, scan: Path
) -> None:
    assert "no register of indicators yet" in terminal.does(KEEPER, "measure", "register", "list")
    command = ("measure", "register", "add", str(written(home)), "--agreement", str(scan))
    unnamed = terminal.run(KEEPER, *command)
    assert unnamed.exit_code == 1
    assert "soptui office set register-role" in " ".join(unnamed.output.split())
    named_keeper(terminal)
    other = terminal.run("admin-1", *command)
    assert other.exit_code == 1
    assert KEEPER in other.output
    assert "registers/2026/1.toml" in terminal.does(KEEPER, *command)
    again = terminal.run(KEEPER, *command)
    assert again.exit_code == 1
    assert "higher version" in " ".join(again.output.split())
    terminal.does("camat-1", "verify", "--full")


def test_a_register_with_errors_is_told_and_not_signed(
    terminal: Terminal, home: Path, scan: Path
) -> None:
    named_keeper(terminal)
    first, *rest = example_register().indicators
    wrong = written(home, indicators=(replace(first, target_year="99"), *rest))
    checked = terminal.run(KEEPER, "measure", "register", "check", str(wrong), "--json")
    assert checked.exit_code == 1
    assert ("V07", first.code) in {(one["code"], one["id"]) for one in json.loads(checked.stdout)}
    added = terminal.run(KEEPER, "measure", "register", "add", str(wrong), "--agreement", str(scan))
    assert added.exit_code == 1
    assert terminal.data("camat-1", "measure", "register", "list") == []
    sound = terminal.run(KEEPER, "measure", "register", "check", str(written(home, "baik.toml")))
    assert sound.exit_code == 0
    assert "Errors: 0" in sound.stdout


def test_a_register_is_shown_as_tables_and_compared_in_words(
    terminal: Terminal, home: Path, scan: Path
) -> None:
    named_keeper(terminal)
    first, *rest = example_register().indicators
    amended = written(
        home, "perubahan.toml", version=2, indicators=(replace(first, title="Nilai baru"), *rest)
    )
    for file in (written(home), amended):
        terminal.does(KEEPER, "measure", "register", "add", str(file), "--agreement", str(scan))
    shown = terminal.does("camat-1", "measure", "register", "show", "2026")
    assert "Nilai baru" in shown
    assert "not yet: the head has not approved it" in shown
    data = terminal.data("camat-1", "measure", "register", "show", "2026", "--version", "1")
    assert (data["version"], data["in_force"]) == (1, None)
    assert data["register"]["indicators"][0]["title"] == first.title
    told = terminal.does("camat-1", "measure", "register", "diff", "2026", "1", "2")
    assert first.title in told
    assert "Nilai baru" in told
    missing = terminal.run("camat-1", "measure", "register", "show", "2025")
    assert missing.exit_code == 1
    assert "2026 v2" in missing.output


def test_a_register_is_in_force_once_the_head_has_approved_its_file(
    terminal: Terminal, home: Path, scan: Path
) -> None:
    named_keeper(terminal)
    terminal.does(
        KEEPER, "measure", "register", "add", str(written(home)), "--agreement", str(scan)
    )
    saved = home / "untuk-camat.toml"
    terminal.does(KEEPER, "measure", "register", "save", "2026", "-o", str(saved))
    office = terminal.office
    case = office.register()
    office.forward_to(case, 5)
    terminal.does(KEEPER, "receive", case)
    terminal.does(KEEPER, "complete", case, "--requirement", "*", "--output", str(saved))
    state = terminal.data("camat-1", "measure", "register", "list")[0]
    assert state["in_force"] is None
    office.forward_to(case, 8)
    state = terminal.data("camat-1", "measure", "register", "list")[0]
    assert state["in_force"]["case"] == case
    assert case in terminal.does("camat-1", "measure", "register", "show", "2026")
