"""Keys that arrive together, as a slow line delivers them, mean what they mean one by one."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable

from textual import events
from textual.keys import _character_to_key

from soptui.demo.office import DemoOffice
from soptui.domain.events import Action, Dispose
from soptui.tui.forms.form import FormScreen
from soptui.tui.screens.case import CaseScreen
from tests.tui.sitting import Person, sitting


async def at_once(person: Person, keys: Iterable[str]) -> None:
    """All keys in one piece, then until all is done."""
    for key in keys:
        character = key if len(key) == 1 else None
        name = _character_to_key(key) if character else key
        person.app.post_message(events.Key(name, character))
    await person.waits()


async def test_letters_after_the_filters_key_sign_nothing(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Triwulan IV")
        before = office.repository.head()
        await at_once(person, "/tadi")
        assert person.case_list.text == "tadi"
        assert office.repository.head() == before


async def test_a_letter_number_typed_at_once_stands_in_the_form(office: DemoOffice) -> None:
    async with sitting(office, "penerima-surat") as person:
        await at_once(person, "n000.8/123")
        form = person.app.screen
        assert isinstance(form, FormScreen)
        assert form.form.action is Action.REGISTER
        assert "000.8/123" in form.sheet.values.values()


async def test_a_disposition_typed_at_once_is_the_one_that_was_meant(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Triwulan IV")
        case_id = person.case_in_hand()
        await at_once(person, [*"d7", "f10"])
        last = office.desks["camat"].case(case_id).entries[-1].event
        assert isinstance(last.details, Dispose)
        assert len(last.details.instructions) == 1


async def test_a_refused_act_takes_only_its_own_key(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await at_once(person, ["l", "enter"])
        assert isinstance(person.app.screen, CaseScreen)


async def test_a_person_who_types_on_walks_through_the_places(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await at_once(person, ["2", "/", *"ajibarang", "enter", "3", "tab", "1"])
        assert person.title == "Menunggu saya"
        await person.presses("2")
        assert person.case_list.text == "ajibarang"


async def test_a_paste_comes_after_the_key_before_it(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        person.app.post_message(events.Key("slash", "/"))
        person.app.post_message(events.Paste("renja"))
        await person.waits()
        assert person.case_list.text == "renja"


async def test_what_was_typed_just_before_the_line_was_lost_is_kept(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("c")
        for letter in "Mohondicekulang":
            person.app.post_message(events.Key(letter, letter))
        await person.pilot.pause(0)
        os.kill(os.getpid(), signal.SIGHUP)
        await person.waits_until(lambda: person.app.return_code is not None)
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("c")
        assert "Mohondicekulang" in person.sees()
