"""The audit trail by command."""

from __future__ import annotations

import json
import subprocess

import pytest

from soptui.records.files import layout
from tests.support.commands import Terminal


def test_the_newest_commit_comes_first_with_who_signed_it(terminal: Terminal) -> None:
    case_id = terminal.register()
    terminal.does("camat-1", "receive", case_id)

    data = terminal.data("camat-1", "audit", "--limit", "2")

    newest, before = data["commits"]
    assert (newest["action"], newest["by"], newest["signer"]) == ("receive", "camat-1", "camat-1")
    assert (before["action"], before["case"], before["effective"]) == ("register", case_id, True)
    assert data["findings"] == []
    assert data["count"] > 2


def test_the_first_commit_is_the_last_of_the_trail(terminal: Terminal) -> None:
    count = terminal.data("camat-1", "audit", "--limit", "1")["count"]

    (first,) = terminal.data("camat-1", "audit", "--offset", str(count - 1))["commits"]

    assert (first["kind"], first["path"], first["accepted"]) == ("change", "genesis", True)


@pytest.mark.usefixtures("eighty_columns")
def test_the_lines_of_the_trail_fit_the_screen(terminal: Terminal) -> None:
    terminal.register()

    shown = terminal.does("camat-1", "audit")

    assert "Catat surat" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_commit_is_shown_with_the_lines_that_it_added(terminal: Terminal) -> None:
    case_id = terminal.register()
    (newest,) = terminal.data("camat-1", "audit", "--limit", "1")["commits"]

    shown = terminal.does("camat-1", "commit", newest["commit"][:10])

    assert "the signature of penerima-1 is good" in shown
    assert layout.case_path(case_id) in shown
    assert '+action = "register"' in shown
    assert f"Sop-Case: {case_id}" in shown


def test_a_change_of_the_registry_is_shown_as_what_came_and_what_went(terminal: Terminal) -> None:
    commits = terminal.data("camat-1", "audit", "--limit", "100")["commits"]
    hired = next(one["commit"] for one in commits if one["path"] == "officers/camat-1.toml")

    data = terminal.data("camat-1", "commit", hired)

    assert [file["path"] for file in data["files"]] == ["allowed_signers", "officers/camat-1.toml"]
    assert data["files"][1]["new"]
    assert '+id = "camat-1"' in data["files"][1]["lines"]


def test_a_commit_that_is_not_there_is_said_to_be_so(terminal: Terminal) -> None:
    result = terminal.run("camat-1", "commit", "abcdef0123")

    assert result.exit_code != 0
    assert "The history has no commit abcdef0123" in result.stderr


def test_an_id_that_is_too_short_names_nothing(terminal: Terminal) -> None:
    assert terminal.run("camat-1", "commit", "a").exit_code != 0


def test_a_commit_that_nobody_signed_is_shown_as_refused(terminal: Terminal) -> None:
    options = ("-c", "user.name=Nobody", "-c", "user.email=nobody@ajibarang.test")
    subprocess.run(
        ["git", *options, "-c", "commit.gpgSign=false", "commit", "-q", "--allow-empty", "-m", "x"],
        cwd=terminal.root,
        check=True,
    )
    shown = terminal.run("camat-1", "audit", "--limit", "1", "--json")
    (stranger,) = json.loads(shown.stdout)["commits"]

    result = terminal.run("camat-1", "commit", stranger["commit"], "--json")

    data = json.loads(result.stdout)
    assert (data["accepted"], data["finding"]) == (False, "unsigned")
    assert result.exit_code == 4
