"""Keys that are quicker than the screen: kept until it is there, and never refused wrongly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from soptui.demo.acting import Actor
from soptui.demo.office import DemoOffice
from soptui.domain.events import Action, Recall
from soptui.tui.forms import FormScreen
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.presentation.facts import Facts
from soptui.tui.screens.case import CaseScreen
from soptui.tui.screens.tray import TrayScreen
from tests.tui.screens.test_several import acts_in, letters_arrive
from tests.tui.sitting import Person, sitting


@contextmanager
def slow(screen: type[OfficeScreen], patch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A screen that finds nothing until it is let go."""
    may_look = threading.Event()
    fetch = screen.fetch

    def wait(self: OfficeScreen, facts: Facts) -> object:
        assert may_look.wait(60)
        return fetch(self, facts)

    with patch.context() as until_then:
        until_then.setattr(screen, "fetch", wait)
        try:
            yield may_look.set
        finally:
            may_look.set()


async def test_a_key_pressed_before_the_case_is_there_is_obeyed_once_it_is(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case_id,) = letters_arrive(office, "Surat yang lambat terbuka")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Surat yang lambat")
        with slow(CaseScreen, monkeypatch) as let_go:
            await person.pilot.press("enter", "t")
            assert person.news == "Memuat ..."
            let_go()
            await person.waits()
        assert acts_in(office, case_id) == [Action.REGISTER]
        await person.presses("f10")
        assert acts_in(office, case_id) == [Action.REGISTER, Action.RECEIVE]
        assert "kode bukti" in person.news


async def test_a_form_that_the_list_was_asked_for_comes_up_over_the_case_opened_meanwhile(
    office: DemoOffice,
) -> None:
    (case_id,) = letters_arrive(office, "Surat yang cepat didisposisi")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Surat yang cepat didisposisi")
        tray = person.screen
        await person.presses("enter")
        assert isinstance(tray, TrayScreen)
        tray.acting.act(Action.DISPOSE)
        await person.waits()
        assert isinstance(person.app.screen, FormScreen)
        await person.presses("7", "f10")
        assert isinstance(person.screen, CaseScreen)
        assert "kode bukti" in person.news
    assert acts_in(office, case_id)[-1] is Action.DISPOSE


async def test_a_receipt_that_the_list_was_asked_for_is_told_on_the_case_that_came_up_meanwhile(
    office: DemoOffice,
) -> None:
    (case_id,) = letters_arrive(office, "Surat kilat")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Surat kilat")
        tray = person.screen
        await person.presses("enter")
        assert isinstance(tray, TrayScreen)
        tray.acting.act(Action.RECEIVE)
        await person.waits()
        await person.presses("f10")
        assert isinstance(person.screen, CaseScreen)
        assert "kode bukti" in person.news
        assert "Dikerjakan" in person.line_of("head")
    assert acts_in(office, case_id)[-1] is Action.RECEIVE


async def test_of_the_next_case_not_the_state_of_the_one_before_is_told(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters_arrive(office, "Surat berikut")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("enter")
        assert isinstance(person.screen, CaseScreen)
        (case_id,) = letters_arrive(office, "Surat kemudian")
        with slow(CaseScreen, monkeypatch) as let_go:
            person.screen.open(case_id)
            # Nobody disposes at the step of the case before.
            await person.pilot.press("d")
            assert person.news == "Memuat ..."
            let_go()
            await person.waits()
        assert isinstance(person.app.screen, FormScreen)
        assert person.app.screen.form.action is Action.DISPOSE


async def test_of_several_keys_the_last_one_counts_and_going_back_forgets_it(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case_id,) = letters_arrive(office, "Surat yang ditinggalkan")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Surat yang ditinggalkan")
        with slow(CaseScreen, monkeypatch) as let_go:
            await person.pilot.press("enter", "d", "t", "q")
            let_go()
            await person.waits()
        assert person.title == "Menunggu saya"
        assert acts_in(office, case_id) == [Action.REGISTER]


async def test_what_is_refused_after_the_wait_says_why(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case_id,) = letters_arrive(office, "Surat yang ditarik")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Surat yang ditarik")
        with slow(CaseScreen, monkeypatch) as let_go:
            await person.pilot.press("enter", "t")
            office.desks["penerima-surat"].act(case_id, Recall("Salah kirim."))
            let_go()
            await person.waits()
        assert "Yang berwenang: " in person.news


async def test_nothing_is_signed_from_a_list_that_was_not_seen(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    Actor(office)
    head = office.repository.head()
    with slow(TrayScreen, monkeypatch) as let_go:
        from soptui.tui.app import SoptuiApp

        app = SoptuiApp(office.desks["camat"], office.desks)
        async with app.run_test(size=(80, 24)) as pilot:
            person = Person(pilot, app)
            await pilot.press("t")
            assert person.news == "Memuat ..."
            let_go()
            await person.waits()
            # The form shows of which case the receipt would be.
            assert isinstance(person.app.screen, FormScreen)
            assert office.repository.head() == head
