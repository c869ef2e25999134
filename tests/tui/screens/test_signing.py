"""Waiting for the signature of a receipt, whose form asks nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk import Desk
from soptui.locale import _
from soptui.tui.forms import FormScreen
from tests.tui.forming import path_with_locked_key
from tests.tui.sitting import Person, sitting


def form_of(person: Person) -> FormScreen:
    form = person.app.screen
    assert isinstance(form, FormScreen)
    return form


async def test_a_receipt_that_waits_for_its_owner_can_be_stopped(
    office: DemoOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soptui.tui.frame.signature._KEY_IS_ASKED_AFTER", 0.01)
    head = office.repository.head()
    async with sitting(office, "camat") as person, asyncio.timeout(60):
        await person.puts_cursor_on("Triwulan IV")
        await person.presses("t")
        form = form_of(person)
        monkeypatch.setenv("PATH", path_with_locked_key(tmp_path))
        await person.pilot.press("f10")
        while "sentuh" not in form.news:
            await person.pilot.pause(0.01)
        await person.presses("escape")
        assert form.news == _("Signing was cancelled. Nothing was recorded. It can be tried again.")
        assert person.app.screen is form
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
            await person.presses("t", "f10")
            assert "ZeroDivisionError" in form_of(person).news
        assert office.repository.head() == head
        assert len(kept) == 1
        await person.presses("f10")
        assert "kode bukti" in person.news
