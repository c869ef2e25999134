"""A fault of the screen itself: one sentence, what was typed is kept, and where to look."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.ids import OfficerId
from soptui.records.platform.private_files import state_folder
from soptui.tui.frame.last_place import Remembered, remember, remembered
from soptui.tui.screens.cases import CasesScreen
from tests.e2e.officer import desk_options, surroundings
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.tui.sitting import sitting

CAMAT = OfficerId("camat")

BROKEN = """
from soptui.tui.screens.cases import CasesScreen
def show(self, data):
    secret = "an unsigned note"
    raise ZeroDivisionError("the list")
CasesScreen.show = show
from soptui.cli import main
main()
"""


def kept() -> list[Path]:
    return sorted((state_folder() / "faults").glob("*"))


@pytest.mark.slow
def test_a_screen_that_fails_says_one_sentence_and_keeps_the_traceback_private(
    looking: DemoOffice,
) -> None:
    command = [sys.executable, "-c", BROKEN, *desk_options(looking, "camat")]
    before = set(kept())
    with PseudoTerminal(command, surroundings(looking)) as terminal:
        terminal.read_until("Terlambat")
        terminal.type("2")
        written = terminal.read_until("\x1b[?1049l") + terminal.read_to_the_end()
        said = written.decode().rpartition("\x1b[?1049l")[2].replace("\r\n", " ")
        status = terminal.status()
    (path,) = set(kept()) - before
    assert status == 70
    assert "Traceback" not in said
    assert "secret" not in said
    assert "ZeroDivisionError" in said
    assert "tercatat dan aman" in said
    assert "Jalankan soptui lagi" in said
    assert str(path) in said
    assert "ZeroDivisionError: the list" in path.read_text()
    assert "an unsigned note" not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def fails(*unused: object) -> None:
    raise ZeroDivisionError("the list")


async def test_a_draft_outlives_a_fault_and_the_next_start_is_in_the_tray(
    office: DemoOffice,
) -> None:
    async def types_into_a_form_that_fails() -> None:
        async with sitting(office, "camat") as camat:
            await camat.presses("1", "d", "7")
            assert not list((state_folder() / "drafts").glob("*"))
            camat.app.screen.call_later(fails)
            await camat.waits()

    genesis = office.repository.trust.genesis
    remember(genesis, CAMAT, Remembered(place="board"))
    with pytest.raises(ZeroDivisionError):
        await types_into_a_form_that_fails()
    assert remembered(genesis, CAMAT).place == "tray"
    assert len(list((state_folder() / "drafts").glob("*"))) == 1


async def test_a_fault_in_a_thread_ends_nothing_and_is_kept(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CasesScreen, "fetch", fails)
    before = len(kept())
    async with sitting(looking, "camat", (120, 40)) as camat:
        await camat.presses("2")
        assert "ZeroDivisionError: the list" in camat.news
        assert len(kept()) >= max(1, before)
        await camat.presses("1")
        assert camat.screen.PLACE == "tray"
