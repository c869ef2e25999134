"""Several marked cases acted upon together, with a result for each."""

from __future__ import annotations

import threading
from datetime import time

import pytest

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.desk.refusals import NotOpen
from soptui.desk.several import act_on_each, gather
from soptui.domain.case_filter import CaseFilter
from soptui.domain.events import Action, Dispose, Recall, Receive
from soptui.domain.ids import CaseId
from soptui.domain.replace import replace
from soptui.tui.forms import FormScreen, SeveralCases
from tests.tui.sitting import Person, sitting


def letters_arrive(office: DemoOffice, *subjects: str) -> list[CaseId]:
    """Cases that wait at the head's desk, still to be received."""
    actor = Actor(office)
    case_ids = []
    for number, subject in enumerate(subjects, start=1):
        letter = bupati_letter(f"045/90{number}", "IV", office.workday(1, time(9, number)))
        actor.register("penerima-surat", replace(letter, subject=subject))
        case_ids.append(actor.case_id)
    office.clock.set_to(None)
    return case_ids


def acts_in(office: DemoOffice, case_id: CaseId) -> list[Action]:
    return [one.event.action for one in office.desks["camat"].case(case_id).entries]


async def marks(person: Person, *subjects: str) -> None:
    for subject in subjects:
        await person.puts_cursor_on(subject)
        await person.presses("space")


async def test_one_sheet_disposes_of_several_and_each_is_received_and_signed(
    office: DemoOffice,
) -> None:
    first, second = letters_arrive(office, "Rapat anggaran", "Rapat irigasi")
    async with sitting(office, "camat") as person:
        await marks(person, "Rapat anggaran", "Rapat irigasi")
        await person.presses("d")
        assert isinstance(person.app.screen, FormScreen)
        assert isinstance(person.app.screen.target, SeveralCases)
        assert "2 berkas" in person.sees()
        assert "Rapat irigasi" in person.sees()
        await person.presses("7", "3", "f10")
        assert "Hasil setiap berkas" in person.sees()
        assert person.sees().count("kode bukti") == 2
        await person.presses("escape")
        assert person.title == "Menunggu saya"
        assert "2 berkas" in person.news
    for case_id in (first, second):
        assert acts_in(office, case_id) == [Action.REGISTER, Action.RECEIVE, Action.DISPOSE]
        details = office.desks["camat"].case(case_id).entries[-1].event.details
        assert isinstance(details, Dispose)
        assert details.instructions == ("koordinasikan", "siapkan-bahan")


async def test_what_is_signed_is_shown_for_every_case(office: DemoOffice) -> None:
    letters_arrive(office, "Undangan satu", "Undangan dua")
    async with sitting(office, "camat", (100, 60)) as person:
        await marks(person, "Undangan satu", "Undangan dua")
        await person.presses("d", "7", "f3")
        seen = person.sees()
        assert "Undangan satu" in seen
        assert "Undangan dua" in seen
        assert seen.count('to = ["sekretaris"]') == 2
        await person.presses("escape", "escape")


async def test_a_case_at_another_step_is_left_alone_and_the_list_says_why(
    office: DemoOffice,
) -> None:
    (waiting,) = letters_arrive(office, "Bahan musrenbang")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        other = person.case_in_hand()
        before = acts_in(office, other)
        await marks(person, "Rekonsiliasi", "Bahan musrenbang")
        await person.presses("d", "7", "f10")
        assert "! " in person.sees()
        assert person.sees().count("kode bukti") == 1
        await person.presses("escape")
        assert "1 berkas tidak dicatat" in person.news
    assert acts_in(office, other) == before
    assert acts_in(office, waiting)[-1] is Action.DISPOSE


async def test_a_case_somebody_acted_in_meanwhile_is_refused_alone(office: DemoOffice) -> None:
    first, second = letters_arrive(office, "Surat pertama", "Surat kedua")
    async with sitting(office, "camat") as person:
        await marks(person, "Surat pertama", "Surat kedua")
        await person.presses("d", "7")
        office.desks["penerima-surat"].act(first, Recall("Salah kirim."))
        await person.presses("f10")
        assert person.sees().count("kode bukti") == 1
        await person.presses("escape")
        assert "1 berkas tidak dicatat" in person.news
    assert acts_in(office, first)[-1] is Action.RECALL
    assert acts_in(office, second)[-1] is Action.DISPOSE


def test_one_form_serves_only_the_step_of_the_first_case(office: DemoOffice) -> None:
    at_the_first_step = letters_arrive(office, "Surat A", "Surat B")
    desk = office.desks["camat"]
    further = desk.cases(CaseFilter(text="Rekonsiliasi")).page(1)[0].id
    together = gather(desk, Action.NOTE, [at_the_first_step[0], further, at_the_first_step[1]])
    assert [case.id for case in together.cases] == at_the_first_step
    assert [one.case for one in together.left_out] == [further]
    assert "another step" in str(together.left_out[0].reason)


def test_when_none_is_open_the_gate_says_why(office: DemoOffice) -> None:
    case_ids = letters_arrive(office, "Surat C", "Surat D")
    with pytest.raises(NotOpen):
        gather(office.desks["staff-1"], Action.DISPOSE, case_ids)


def test_what_is_stopped_leaves_the_cases_that_follow(office: DemoOffice) -> None:
    (case_id,) = letters_arrive(office, "Surat E")
    desk, cancelled = office.desks["camat"], threading.Event()
    cancelled.set()
    outcomes = act_on_each(desk, [desk.case(case_id)], Receive(), cancelled=cancelled)
    assert outcomes[0].receipt is None
    assert "Stopped before" in str(outcomes[0].reason)
    assert acts_in(office, case_id) == [Action.REGISTER]


async def test_several_are_not_approved_together(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        head = office.repository.head()
        await marks(person, "Rekonsiliasi")
        await person.presses("a")
        assert "dokumennya sendiri" in person.news
        await person.presses("c")
        assert "diterima atau didisposisi" in person.news
        assert office.repository.head() == head
