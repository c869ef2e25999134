"""A case that was moved to another version of its SOP is marked wherever it is shown."""

from __future__ import annotations

from pathlib import Path

from soptui.records.clone.genesis import starter_files
from tests.attacks.attacked_office import SOP_PATH
from tests.support.commands import Terminal


def add_second_version(terminal: Terminal, folder: Path) -> None:
    path = folder / "2.toml"
    data = starter_files()[SOP_PATH].replace(b"\nversion = 1", b"\nversion = 2")
    path.write_bytes(data.replace(b"distinct_from = [5]\n", b""))
    terminal.does("admin-1", "sop", "add", str(path), "--sure")


def test_a_migration_is_marked_in_list_case_log_and_audit(
    terminal: Terminal, tmp_path: Path
) -> None:
    case, other = terminal.register(), terminal.register("--number", "005/18")
    terminal.does("camat-1", "receive", case)
    add_second_version(terminal, tmp_path)
    words = ("--version", "pengukuran-data-kinerja/2", "--note", "Perubahan SOP.")
    assert "^" not in terminal.does("camat-1", "list")

    terminal.does("admin-1", "migrate", case, *words)

    listed = terminal.does("camat-1", "list").splitlines()
    assert [line.startswith(case) for line in listed if " 1^ " in line] == [True]
    assert "under another version of its SOP" in listed[-1]
    rows = {row["case"]: row["migrated"] for row in terminal.data("camat-1", "list")}
    assert rows == {case: True, other: False}
    assert "(v2; begun under v1, migrated on" in terminal.does("camat-1", "show", case)
    assert "(v1)" in terminal.does("camat-1", "show", other)
    assert "runs under version 2 of its SOP" in terminal.does("camat-1", "log", case)
    audit = terminal.does("camat-1", "audit").splitlines()
    assert [line for line in audit if "other SOP" in line] == [audit[1]]
