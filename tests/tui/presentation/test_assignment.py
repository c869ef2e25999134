"""Whoever has the case reads what was asked: in the head of the form, and in the case."""

from __future__ import annotations

from datetime import date, time

import pytest

from soptui.desk.words.assignment import assignment_of_step
from soptui.domain.case import Case
from soptui.domain.events import Action, Dispose, Request, Return
from soptui.domain.ids import RoleId, UnitId
from soptui.tui.presentation import case as picture
from soptui.tui.presentation.assignment import assignment_lines
from soptui.tui.presentation.case_tabs import request_detail
from soptui.tui.presentation.facts import facts_of
from soptui.tui.text.lines import text_of
from tests.tui.forming import Office, Person, at_screen, form_of
from tests.tui.reading import screen_text

ORDER = (
    "Instruksi",
    "Camat, 24 Nov, batas 27 Nov: 3. Koordinasi/konfirmasikan; 7. Siapkan bahan",
    "Hubungi semua kasi",
)
PATH = {"camat": 1, "sekretaris": 2}


def goes_to_the_secretary(small_office: Office, note: str = "Hubungi semua kasi") -> Case:
    small_office.letter_arrives()
    small_office.actor.receive("camat", small_office.demo.workday(1, time(8, 0)))
    small_office.desk("camat").act(
        small_office.case.id,
        Dispose(
            (RoleId("sekretaris"),), ("koordinasikan", "siapkan-bahan"), note, date(2026, 11, 27)
        ),
    )
    return small_office.case


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("size", [(80, 24), (100, 40)])
async def test_the_secretary_reads_the_order_of_the_head_in_his_own_form(
    small_office: Office, size: tuple[int, int]
) -> None:
    case = goes_to_the_secretary(small_office)
    form = form_of(small_office.desk("sekretaris"), Action.DISPOSE, case, receive_first=True)
    async with at_screen(form, size) as pilot:
        seen = flat(screen_text(pilot.app))
    for words in ORDER:
        assert words in seen


async def test_at_60_columns_a_long_order_is_brief_and_says_that_it_was_cut(
    small_office: Office,
) -> None:
    case = goes_to_the_secretary(small_office, "Kumpulkan " + "semua data dari seksi " * 12)
    form = form_of(small_office.desk("sekretaris"), Action.DISPOSE, case, receive_first=True)
    async with at_screen(form, (60, 24)) as pilot:
        seen = Person(pilot).sees()
        assert "batas 27 Nov" in seen
        assert "Diteruskan kepada" in seen
    asked = assignment_of_step(case, small_office.desk("camat").office, date(2026, 11, 24))
    assert asked is not None
    lines = text_of(assignment_lines([asked], 58)).split("\n")
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert max(map(len, lines)) <= 58


async def test_the_reason_of_a_return_stands_where_the_work_is_done_again(
    small_office: Office,
) -> None:
    small_office.letter_arrives()
    small_office.goes_on_to(6)
    small_office.is_received_by("sekretaris")
    edge = small_office.case.step.returns[0]
    reason = small_office.case.sop.reason(edge.reasons[0])
    assert reason is not None
    small_office.desk("sekretaris").act(
        small_office.case.id, Return(edge.to, reason.code, "Angka tidak cocok dengan DPA")
    )
    back = small_office.case
    holder = {3: "kasubbag-pk", 4: "staff-1", 5: "kasubbag-pk"}[edge.to]
    desk = small_office.desk(holder)
    action = (
        Action.APPROVE if edge.to == 5 and back.step.kind.value == "review" else Action.COMPLETE
    )
    async with at_screen(form_of(desk, action, back, receive_first=True)) as pilot:
        seen = flat(screen_text(pilot.app))
    told = f'Sekretaris, 24 Nov: {reason.text} · "Angka tidak cocok dengan DPA"'
    assert f"Dikembalikan {told}" in seen
    view = desk.view(back.id)
    step = next(one for one in view.steps if one.step.number == edge.to)
    detail = picture.step_detail(view, step, facts_of(desk), 78)
    assert told in flat(text_of(detail[:4]))


async def test_a_section_reads_who_asked_until_when_and_for_what(small_office: Office) -> None:
    small_office.letter_arrives()
    small_office.goes_on_to(3)
    small_office.is_received_by("kasubbag-pk")
    small_office.desk("kasubbag-pk").act(
        small_office.case.id,
        Request((UnitId("seksi-pemerintahan"),), "Data triwulan IV", date(2026, 11, 26)),
    )
    desk = small_office.desk("kasi-pemerintahan")
    told = '24 Nov, batas 26 Nov: "Data triwulan IV"'
    async with at_screen(form_of(desk, Action.SUBMIT, small_office.case)) as pilot:
        seen = flat(screen_text(pilot.app))
    assert "Diminta" in seen
    assert told in seen
    view = desk.view(small_office.case.id)
    detail = request_detail(view, view.case.requests[0], facts_of(desk), 78)
    assert told in flat(text_of(detail))


def test_a_case_that_came_without_words_says_nothing(small_office: Office) -> None:
    small_office.letter_arrives()
    today = date(2026, 11, 24)
    assert assignment_of_step(small_office.case, small_office.desk("camat").office, today) is None
