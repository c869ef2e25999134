"""Who is cut off without a word, as by kill -9, begins where they were."""

from __future__ import annotations

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.ids import OfficerId
from soptui.locale import language
from soptui.tui.frame import last_place
from tests.tui.sitting import Person, sitting

# Whoever sits here goes without leaving: nothing is told to the program when a test ends.


async def test_the_case_is_open_again_above_the_list_in_which_it_was(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("2", "down", "enter")
        case = camat.case_in_hand()
        assert camat.screen.PLACE == "case"
    async with sitting(looking, "camat") as camat:
        assert camat.screen.PLACE == "case"
        assert camat.case_in_hand() == case
        await camat.presses("q")
        assert camat.screen.PLACE == "cases"


async def test_it_is_the_case_to_which_one_went_on(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("2", "enter", "J")
        case = camat.case_in_hand()
    async with sitting(looking, "camat") as camat:
        assert camat.case_in_hand() == case


async def test_a_case_that_was_left_is_not_open(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("6", "1", "enter", "q", "4")
    async with sitting(looking, "camat") as camat:
        assert camat.screen.PLACE == "people"
        assert len(camat.app.screen_stack) == 1


async def test_the_desk_that_was_changed_to_has_a_place_of_its_own(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("2")
        camat.app.sit_down(OfficerId("sekretaris"))
        await camat.waits()
        await camat.presses("6")
    for officer, place in (("camat", "cases"), ("sekretaris", "board")):
        async with sitting(looking, officer) as person:
            assert place == person.screen.PLACE


async def test_the_language_is_kept_as_well(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("L", "2")
        kept = last_place.remembered(camat.app.desk.repository.trust.genesis, OfficerId("camat"))
    assert kept.language == language() == "en"


async def test_nothing_is_written_where_nothing_has_changed(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr("soptui.tui.app.remember", lambda *given: written.append(given))
    async with sitting(looking, "camat") as camat:
        await look_around(camat)
        written.clear()
        await look_around(camat)
    assert not written


async def look_around(person: Person) -> None:
    """Move the cursor, look again, and read the help."""
    await person.presses("down", "up", "r", "question_mark", "escape")
