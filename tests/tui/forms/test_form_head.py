"""The head of a form says what the office's disposition sheet says of the letter."""

from __future__ import annotations

from datetime import time

import pytest

from soptui.demo.acting import bupati_letter
from soptui.domain.events import Action, Security, Urgency
from soptui.domain.replace import replace
from soptui.locale import moment
from tests.tui.forming import Office, Person, at_screen, form_of

SUMMARY = (
    "Mohon data capaian kinerja\ndisampaikan " + "beserta bukti dukungnya " * 4 + "paling lambat"
)


def a_letter_with_a_summary_arrives(office: Office, summary: str = SUMMARY) -> None:
    at = office.demo.workday(3, time(9, 0))
    letter = replace(
        bupati_letter("045/112", "IV", at),
        summary=summary,
        urgency=Urgency.MOST_URGENT,
        security=Security.TOP_SECRET,
    )
    office.actor.register("penerima-surat", letter)


async def head_at(office: Office, action: Action, size: tuple[int, int]) -> list[str]:
    form = form_of(office.desk("camat"), action, office.case, receive_first=True)
    async with at_screen(form, size) as pilot:
        return Person(pilot).sees().splitlines()


@pytest.mark.parametrize("action", [Action.DISPOSE, Action.RETURN, Action.NOTE])
@pytest.mark.parametrize("size", [(60, 24), (80, 24)])
async def test_a_small_screen_has_a_line_of_the_summary(
    office: Office, action: Action, size: tuple[int, int]
) -> None:
    a_letter_with_a_summary_arrives(office)
    drawn = await head_at(office, action, size)
    (line,) = (one for one in drawn if "Isi ringkas" in one)
    assert "Mohon data capaian kinerja disampaikan" in line
    assert line.endswith("…")


@pytest.mark.parametrize("size", [(80, 40), (60, 40), (120, 40)])
async def test_a_large_screen_has_all_of_it(office: Office, size: tuple[int, int]) -> None:
    a_letter_with_a_summary_arrives(office)
    # What is to be read stands beside the form where there is room.
    lines = [line.partition("│")[0] for line in await head_at(office, Action.DISPOSE, size)]
    assert " ".join(SUMMARY.split()) in " ".join(" ".join(lines).split())


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 24), (60, 40), (80, 40)])
async def test_when_the_letter_came_is_told_beside_how_urgent_and_secret_it_is(
    office: Office, size: tuple[int, int]
) -> None:
    a_letter_with_a_summary_arrives(office)
    letter = office.case.letter
    assert letter is not None
    text = "\n".join(await head_at(office, Action.DISPOSE, size))
    assert "Diterima" in text
    assert moment(letter.received) in text
    assert "Sangat segera" in text
    assert "Sangat rahasia (SR)" in text


async def test_a_letter_without_a_summary_takes_no_line_for_it(office: Office) -> None:
    a_letter_with_a_summary_arrives(office, "")
    assert "Isi ringkas" not in "\n".join(await head_at(office, Action.DISPOSE, (80, 24)))
