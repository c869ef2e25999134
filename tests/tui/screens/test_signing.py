"""Waiting for a signature on the screens themselves, where a receipt is signed without a form."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk import Desk
from soptui.locale import _
from tests.tui.forming import path_with_locked_key
from tests.tui.sitting import sitting


async def test_a_receipt_that_waits_for_its_owner_can_be_stopped(
    office: DemoOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", path_with_locked_key(tmp_path))
    monkeypatch.setattr("soptui.tui.frame.signature._KEY_IS_ASKED_AFTER", 0.01)
    head = office.repository.head()
    async with sitting(office, "camat") as person, asyncio.timeout(60):
        await person.puts_cursor_on("Triwulan IV")
        await person.pilot.press("t")
        while "sentuh" not in person.news:
            await person.pilot.pause(0.01)
        await person.pilot.press("d")
        assert person.news == _("A signature is being made. Esc stops it.")
        await person.presses("escape")
        assert person.news == _(
            "Signing was cancelled. Nothing was recorded. It can be tried again."
        )
        assert office.repository.head() == head


async def test_a_fault_while_signing_is_kept_once_and_the_next_act_is_open(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*unused: object, **also_unused: object) -> None:
        raise ZeroDivisionError("the receipt")

    kept: list[BaseException] = []
    head = office.repository.head()
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Triwulan IV")
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "act", fails)
            patch.setattr("soptui.tui.frame.crash.keep_fault", kept.append)
            await person.presses("t")
            assert "ZeroDivisionError" in person.news
        assert office.repository.head() == head
        assert len(kept) == 1
        await person.presses("t")
        assert "commit" in person.news
