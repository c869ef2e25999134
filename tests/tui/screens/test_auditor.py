"""Somebody who is no officer reads everything, records nothing, and is told so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk import Desk
from soptui.domain.ids import OfficerId
from soptui.tui.app import SoptuiApp
from tests.e2e.officer import surroundings
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.support.demo_office import now
from tests.support.programs import SOPTUI
from tests.tui.sitting import Person, person_at


@asynccontextmanager
async def auditing(office: DemoOffice, officer: str = "") -> AsyncIterator[Person]:
    app = SoptuiApp(Desk(office.repository, OfficerId(officer), clock=now), read_only=True)
    async with person_at(app, (80, 24)) as person:
        yield person


@pytest.mark.parametrize("officer", ["", "auditor-1"])
async def test_the_tray_says_why_it_is_empty_and_all_is_marked_read_only(
    looking: DemoOffice, officer: str
) -> None:
    async with auditing(looking, officer) as auditor:
        assert "Anda belum terdaftar sebagai pegawai" in auditor.sees()
        for key in "12345678":
            await auditor.presses(key)
            assert "BACA SAJA" in auditor.sees().splitlines()[0]


def test_nothing_can_be_recorded_even_before_the_first_screen_is_there(
    looking: DemoOffice,
) -> None:
    desk = Desk(looking.repository, OfficerId("camat"), clock=now)
    SoptuiApp(desk, read_only=True)
    assert desk.read_only


async def test_every_place_can_be_read(looking: DemoOffice) -> None:
    async with auditing(looking) as auditor:
        await auditor.presses("2")
        assert len(auditor.subjects()) == 11
        await auditor.presses("end", "enter")
        assert auditor.screen.PLACE == "case"
        await auditor.presses("q", "5")
        assert auditor.table.key == looking.repository.head()
        await auditor.presses("6")
        assert "Berjalan 9" in auditor.sees()


async def test_no_act_is_open(looking: DemoOffice) -> None:
    async with auditing(looking) as auditor:
        await auditor.presses("2")
        for key in ("n", "t", "d"):
            await auditor.presses(key)
            assert auditor.screen.PLACE == "cases"
            assert "hanya untuk membaca" in auditor.news


async def test_nothing_is_shared_or_stated(looking: DemoOffice) -> None:
    async with auditing(looking) as auditor:
        await auditor.presses("7")
        assert "Sinkronkan" not in auditor.keys
        for key in ("f10", "c"):
            await auditor.presses(key)
            assert "hanya untuk membaca" in auditor.news


@pytest.mark.slow
def test_soptui_opens_for_somebody_without_a_registered_key(
    looking: DemoOffice, tmp_path: Path
) -> None:
    (tmp_path / ".ssh").mkdir()
    environment = surroundings(looking, HOME=str(tmp_path))
    command = [*SOPTUI, "--records", str(looking.repository.root)]
    with PseudoTerminal(command, environment) as terminal:
        terminal.read_until("Tidak ada kunci SSH, jadi semua dapat dibaca", "BACA SAJA")
        terminal.type("2")
        terminal.read_until("11 berkas")
        terminal.type("t")
        terminal.read_until("Hanya yang akan mencatat memerlukan kunci")
