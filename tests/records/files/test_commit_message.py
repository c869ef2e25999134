"""A commit message says in trailers what the commit records, and is read back as it was meant."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given

import soptui
from soptui.desk.actions.table import info_of
from soptui.domain.events import Action
from soptui.domain.ids import CaseId, CommitId, OfficerId
from soptui.locale import _, use
from soptui.records.files.commit_message import (
    VERBS,
    Trailers,
    change_message,
    event_message,
    genesis_message,
    merge_message,
    trailer_format,
    trailer_line,
    trailers_of,
)
from tests.support.plausible_events import Change, walks

CAMAT = OfficerId("camat")

CASE = CaseId("2026-k7m3qd9x")
GENESIS = "9" * 40
PATH = "officers/camat.toml"
MESSAGES = {
    genesis_message("contoh", CAMAT): Trailers(change="genesis", officer=CAMAT),
    change_message(PATH, "a" * 64, True, CAMAT, CommitId(GENESIS)): Trailers(
        change=PATH, sha256="a" * 64, officer=CAMAT, genesis=CommitId(GENESIS)
    ),
    merge_message(CommitId("b" * 40), CommitId("c" * 40), CAMAT, CommitId(GENESIS)): Trailers(
        change="merge", officer=CAMAT, genesis=CommitId(GENESIS)
    ),
}


@given(walks(strays=False))
def test_an_event_is_read_back_from_its_message(walk: list[Change]) -> None:
    for change in walk:
        event = change.event
        read = trailers_of(event_message(CASE, change.event_id, event, CommitId(GENESIS)))
        assert (read.case, read.event, read.genesis) == (CASE, change.event_id, GENESIS)
        assert (read.step, read.round) == (event.step, event.round)
        assert Action(read.action) is event.action
        assert (read.officer, read.role) == (event.by, event.role)
        assert (read.change, read.sha256) == ("", "")


@pytest.mark.parametrize(("message", "meant"), MESSAGES.items())
def test_any_other_commit_is_read_back_from_its_message(message: str, meant: Trailers) -> None:
    assert trailers_of(message) == meant


def test_a_subject_says_it_as_the_screen_does() -> None:
    """The Indonesian of the labels, word for word."""
    use("id")
    assert {action: _(info_of(action).label) for action in Action} == dict(VERBS)


def test_a_change_names_who_or_what_was_changed() -> None:
    subjects = [
        change_message(path, "a" * 64, is_new, CAMAT, CommitId(GENESIS)).partition("\n")[0]
        for path, is_new in (
            (PATH, True), (PATH, False), ("sops/renja/12.toml", True),
            ("calendars/2027.toml", False), ("office.toml", False),
        )
    ]  # fmt: skip
    assert subjects == [
        "Tambah pegawai: camat", "Ubah pegawai: camat", "Tambah versi SOP: renja 12",
        "Ubah kalender: 2027", "Ubah data kantor",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "Catat surat: 2026-k7m3qd9x langkah 1a", "x\n\nSop-Step: many/1\n"]
)
def test_what_a_message_does_not_say_is_empty(text: str) -> None:
    read = trailers_of(text)
    assert (read.case, read.action, read.step, read.round) == ("", "", 0, 0)


@pytest.mark.parametrize(("message", "meant"), MESSAGES.items())
def test_git_reads_the_same_trailers(message: str, meant: Trailers) -> None:
    parsed = subprocess.run(
        ["git", "interpret-trailers", "--parse"],
        input=message, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    assert trailers_of(parsed) == meant
    for field, value in meant._asdict().items():
        assert (trailer_line(field, value) in parsed.splitlines()) == bool(value)


def test_no_other_module_knows_how_a_trailer_or_a_subject_is_worded() -> None:
    package = Path(soptui.__file__).parent
    worded = {
        path.name
        for path in package.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("Sop-", "Pendirian catatan"))
    }
    assert worded == {"commit_message.py"}


def test_a_format_for_git_asks_for_one_line() -> None:
    assert trailer_format("action", "case").count("valueonly") == 2
    assert "\n" not in trailer_format("action", "case")
