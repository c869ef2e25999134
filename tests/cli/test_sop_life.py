"""An SOP from its draft to the day when no case begins under it any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Terminal

SOP = "pengukuran-data-kinerja"


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_draft_is_walked_as_it_is(terminal: Terminal, language: str) -> None:
    words = ("sop", "new", 'Pelayanan "Surat" Keterangan', "--lang", language)
    terminal.does("admin-1", *words)
    draft = Path("pelayanan-surat-keterangan.toml")
    assert draft.read_text().startswith("#")
    assert terminal.run("admin-1", "sop", "check", str(draft)).exit_code == 0
    terminal.does("admin-1", "sop", "add", str(draft))
    terminal.does("admin-1", "officer", "post", "staff-1", "petugas")
    registered = terminal.data(
        "staff-1", "register", "--sop", "pelayanan-surat-keterangan", "--number", "1",
        "--date", "5/1/2026", "--sender", "Warga", "--subject", "Surat keterangan",
    )  # fmt: skip
    assert registered["case"]
    again = terminal.run("admin-1", *words)
    assert again.exit_code == 1
    assert draft.name in again.stderr


def test_a_draft_needs_a_title_from_which_an_id_follows(terminal: Terminal) -> None:
    refused = terminal.run("admin-1", "sop", "new", "2026")
    assert refused.exit_code != 0
    assert "Give one with --id" in plain(refused.stderr)
    terminal.does("admin-1", "sop", "new", "2026", "--id", "tahunan", "--file", "draf.toml")
    assert 'id = "tahunan"' in Path("draf.toml").read_text()


def test_no_case_begins_under_a_withdrawn_sop_and_those_that_run_go_on(terminal: Terminal) -> None:
    case = terminal.register()
    assert terminal.data("camat-1", "sop", "usage", SOP) == [
        {"version": 1, "running": 1, "closed": 0, "withdrawn": False}
    ]
    told = plain(terminal.does("admin-1", "sop", "withdraw", SOP))
    assert f"Withdrawn: SOP {SOP}" in told
    assert "Cases that run under it and go on: 1." in told
    assert "withdrawn" in terminal.does("camat-1", "sop", "list")
    assert terminal.data("camat-1", "sop", "usage", SOP)[0]["withdrawn"] is True
    refused = terminal.run(
        "penerima-1", "register", "--number", "9", "--date", "5/1/2026", "--sender", "Bupati",
        "--subject", "Perihal",
    )  # fmt: skip
    assert refused.exit_code != 0
    assert "is withdrawn: no case begins under it any more" in plain(refused.stderr)
    terminal.does("camat-1", "receive", case)
    terminal.does("admin-1", "sop", "withdraw", SOP, "--back")
    assert terminal.register()
    assert terminal.run("camat-1", "verify", "--full").exit_code == 0


@pytest.mark.parametrize("word", ["usage", "withdraw"])
def test_an_sop_that_there_is_not_is_named(terminal: Terminal, word: str) -> None:
    refused = terminal.run("admin-1", "sop", word, "cuti")
    assert refused.exit_code != 0
    assert "cuti" in refused.stderr


def test_only_an_administrator_withdraws(terminal: Terminal) -> None:
    refused = terminal.run("camat-1", "sop", "withdraw", SOP)
    assert refused.exit_code != 0
    assert "Only an administrator" in refused.stderr
