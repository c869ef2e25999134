"""How many keys the daily acts take from the tray, beyond the text that is typed."""

from __future__ import annotations

from datetime import time

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.events import Action, Dispose, Return
from soptui.domain.ids import CaseId
from tests.tui.sitting import Person, sitting


class Counting:
    """Counts the keys that a person presses, but not the text that they type."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.keys = 0

    async def presses(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.person.presses(*keys)

    async def types(self, text: str) -> None:
        await self.person.pilot.press(*("space" if one == " " else one for one in text))
        await self.person.waits()


def a_case_waits_at(office: DemoOffice, step: int, number: str) -> CaseId:
    """A case that was sent to the step and is not received there."""
    actor = Actor(office)
    letter = bupati_letter(f"045/{number}", "IV", office.workday(3, time(8, 0)))
    actor.register("penerima-surat", letter)
    holders = {1: "camat", 2: "sekretaris", 3: "kasubbag-pk", 4: "staff-1"}
    holders |= {5: "kasubbag-pk", 6: "sekretaris", 7: "camat"}
    for before in range(1, step):
        at = office.workday(2, time(8 + before, 0))
        actor.receive(holders[before], at)
        actor.finish(holders[before], at)
    office.clock.set_to(None)
    return actor.case_id


async def puts_cursor_on_case(person: Person, case_id: CaseId) -> None:
    assert person.table.go_to(f"mine {case_id}")
    await person.waits()


def last_of(office: DemoOffice, case_id: CaseId) -> Action:
    return office.desks["camat"].case(case_id).entries[-1].event.action


async def test_approving_takes_three_keys_at_most(office: DemoOffice) -> None:
    case_id = a_case_waits_at(office, 7, "701")
    async with sitting(office, "camat") as person:
        await puts_cursor_on_case(person, case_id)
        head = Counting(person)
        await head.presses("a", "f10")
        assert last_of(office, case_id) is Action.APPROVE
        assert head.keys <= 3


async def test_disposing_with_the_usual_instructions_takes_four_keys(office: DemoOffice) -> None:
    case_id = a_case_waits_at(office, 1, "702")
    async with sitting(office, "camat") as person:
        await puts_cursor_on_case(person, case_id)
        head = Counting(person)
        await head.presses("d", "7", "3", "f10")
        assert last_of(office, case_id) is Action.DISPOSE
        details = office.desks["camat"].case(case_id).entries[-1].event.details
        assert isinstance(details, Dispose)
        assert details.instructions == ("koordinasikan", "siapkan-bahan")
        assert head.keys <= 4


async def test_returning_with_a_reason_takes_five_keys(office: DemoOffice) -> None:
    case_id = a_case_waits_at(office, 7, "703")
    async with sitting(office, "camat") as person:
        await puts_cursor_on_case(person, case_id)
        head = Counting(person)
        await head.presses("b", "3", "tab")
        await head.types("Angka tabel dua")
        await head.presses("f10")
        assert last_of(office, case_id) is Action.RETURN
        details = office.desks["camat"].case(case_id).entries[-1].event.details
        assert isinstance(details, Return)
        assert details.note == "Angka tabel dua"
        assert head.keys <= 5


async def test_a_waiting_case_is_received_in_two_keys_of_which_the_second_signs(
    office: DemoOffice,
) -> None:
    case_id = a_case_waits_at(office, 1, "704")
    async with sitting(office, "camat") as person:
        await puts_cursor_on_case(person, case_id)
        await person.presses("t")
        assert last_of(office, case_id) is Action.REGISTER
        await person.presses("f10")
        assert last_of(office, case_id) is Action.RECEIVE
