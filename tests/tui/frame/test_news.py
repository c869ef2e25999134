"""What colleagues record in the same clone shows by itself, and rings only where it is asked to."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.history import news
from soptui.desk.history.news import News, news_since
from soptui.desk.reading import ReadingDesk
from soptui.domain.ids import CommitId
from soptui.domain.message import Message, Refusal
from tests.e2e.officer import desk_options, surroundings
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.support.programs import SOPTUI
from tests.tui.sitting import sitting

_SYSTEM_COMMAND = re.compile(rb"\x1b\][^\x07]*\x07")


def registers_a_letter(office: DemoOffice, number: str, subject: str) -> None:
    """A colleague at another terminal, in the same clone."""
    letter = (
        "--number",
        number,
        "--date",
        "20/11/2026",
        "--sender",
        "Bupati",
        "--subject",
        subject,
    )
    command = [*SOPTUI, "register", *desk_options(office, "penerima-surat"), *letter]
    subprocess.run(command, env=os.environ | surroundings(office), check=True, capture_output=True)


async def test_what_a_colleague_records_shows_without_a_key(office: DemoOffice) -> None:
    async with sitting(office, "camat") as camat:
        before = camat.table.key
        registers_a_letter(office, "045/901", "Undangan rapat koordinasi")
        await camat.waits_until(lambda: bool(camat.news))
        assert camat.news.startswith("1 tindakan baru masuk.")
        assert "Undangan rapat koordinasi" in camat.sees()
        assert camat.table.key == before


async def test_a_form_in_sight_is_left_alone_and_the_list_is_new_behind_it(
    office: DemoOffice,
) -> None:
    async with sitting(office, "camat") as camat:
        list_screen = camat.screen
        await camat.presses("d")
        form = camat.app.screen
        assert form is not list_screen
        registers_a_letter(office, "045/902", "Undangan sosialisasi")
        await camat.waits_until(lambda: "tindakan baru" in list_screen.news)
        assert camat.app.screen is form
        await camat.presses("escape")
        await camat.waits_until(lambda: camat.app.screen is list_screen)
        assert "Undangan sosialisasi" in camat.sees()


async def test_the_commit_of_ones_own_act_stays_in_sight_beside_the_news(
    office: DemoOffice,
) -> None:
    registers_a_letter(office, "045/904", "Undangan evaluasi")
    async with sitting(office, "camat") as camat:
        await camat.puts_cursor_on("Undangan evaluasi")
        await camat.presses("t", "f10")
        told = camat.news
        registers_a_letter(office, "045/905", "Undangan upacara")
        await camat.waits_until(lambda: "tindakan baru" in camat.news)
        assert camat.news.startswith(told)
        assert "kode bukti" in camat.sees()
        assert "1 tindakan baru masuk." in camat.sees()


async def test_a_fault_in_the_background_is_told_and_looked_at_no_more(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fails(_desk: ReadingDesk, commit: str) -> News:
        asked.append(commit)
        raise ZeroDivisionError

    monkeypatch.setattr(news, "news_since", fails)
    async with sitting(office, "camat") as camat:
        registers_a_letter(office, "045/903", "Undangan")
        await camat.waits_until(lambda: "ZeroDivisionError" in camat.news)
        assert len(asked) == 1
        assert camat.app.is_running


async def test_what_stood_in_the_way_of_news_is_tried_again(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [Refusal(Message("The disk is busy."))]

    def refuses_once(desk: ReadingDesk, commit: str) -> News:
        if first:
            raise first.pop()
        return news_since(desk, CommitId(commit))

    monkeypatch.setattr(news, "news_since", refuses_once)
    async with sitting(office, "camat") as camat:
        registers_a_letter(office, "045/906", "Undangan kerja bakti")
        await camat.waits_until(lambda: "tindakan baru" in camat.news)
        assert not first
        assert "Undangan kerja bakti" in camat.sees()


async def test_ones_own_acts_are_no_news(office: DemoOffice) -> None:
    registers_a_letter(office, "045/907", "Undangan monitoring")
    async with sitting(office, "camat") as camat:
        await camat.puts_cursor_on("Undangan monitoring")
        await camat.presses("t", "f10")
        said = camat.news
        assert "kode bukti" in said
        camat.app.record_watch.glance()
        await camat.waits()
        assert camat.news == said


@pytest.mark.slow
@pytest.mark.parametrize("signal", ["off", "bell", "osc9"])
def test_the_terminal_is_rung_only_as_the_setting_asks(
    office: DemoOffice, tmp_path: Path, signal: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[screen]\nsignal = "{signal}"\n', encoding="utf-8")
    environment = surroundings(office, SOPTUI_CONFIG=str(config))
    with PseudoTerminal([*SOPTUI, *desk_options(office, "camat")], environment) as terminal:
        sent = terminal.read_until("Terlambat")
        registers_a_letter(office, f"045/91-{signal}", f"Undangan {signal}")
        sent += terminal.read_until("Menunggu Anda: ") + terminal.read_for_a_while()
    # A system command of the terminal ends in the same byte that rings it elsewhere.
    commands = _SYSTEM_COMMAND.findall(sent)
    assert (b"\x07" in _SYSTEM_COMMAND.sub(b"", sent)) == (signal == "bell")
    messages = [one for one in commands if one.startswith(b"\x1b]9;1 tindakan baru masuk.")]
    assert len(messages) == (signal == "osc9")
