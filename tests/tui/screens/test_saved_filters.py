"""Filters under names: saved with their order, taken again after a new start, and taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.settings import saved_filters
from soptui.desk.settings.screen import load_screen_settings
from soptui.domain.case_filter import CaseOrder
from soptui.tui.app import SoptuiApp
from soptui.tui.screens.saved_filters import ORDERS, SavedFiltersDialog
from tests.tui.sitting import Person, person_at


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration file of the test's own, not there yet."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("SOPTUI_CONFIG", str(path))
    return path


def screen_of(office: DemoOffice, officer: str = "camat") -> SoptuiApp:
    return SoptuiApp(office.desks[officer], office.desks, settings=load_screen_settings()[0])


async def saves_the_letters_of_the_bupati_by_urgency(person: Person) -> None:
    await person.presses("2", "slash")
    await person.types("bupati")
    await person.presses("enter")
    while person.case_list.order is not CaseOrder.URGENCY:
        await person.presses("S")
    await person.presses("F", "enter")
    await person.presses(*["backspace"] * len("bupati"))
    await person.types("Dari Bupati")
    await person.presses("f10")


async def test_a_filter_is_saved_with_its_order_and_taken_after_a_new_start(
    looking: DemoOffice,
) -> None:
    async with person_at(screen_of(looking), (80, 24)) as camat:
        await saves_the_letters_of_the_bupati_by_urgency(camat)
        assert camat.news == "Saringan Dari Bupati tersimpan."
        found = camat.subjects()
    async with person_at(screen_of(looking), (80, 24)) as camat:
        await camat.presses("2")
        assert camat.subjects() != found
        await camat.presses("F")
        assert "Dari Bupati" in camat.sees()
        assert "menurut sifat" in camat.sees()
        await camat.presses("enter")
        assert camat.subjects() == found
        assert (camat.case_list.text, camat.case_list.order) == ("bupati", CaseOrder.URGENCY)
        await camat.presses("escape")
        assert camat.case_list.text == ""


async def test_a_saved_filter_is_taken_away(looking: DemoOffice, configuration: Path) -> None:
    async with person_at(screen_of(looking), (80, 24)) as camat:
        await saves_the_letters_of_the_bupati_by_urgency(camat)
        await camat.presses("F", "down", "delete")
        assert isinstance(camat.app.screen, SavedFiltersDialog)
        assert "Dari Bupati" not in camat.sees()
    assert "Dari Bupati" not in configuration.read_text()


async def test_without_words_and_without_saved_filters_the_way_is_told(
    looking: DemoOffice,
) -> None:
    async with person_at(screen_of(looking), (60, 24)) as camat:
        await camat.presses("F")
        assert "Belum ada saringan tersimpan" in camat.sees()
        await camat.presses("escape")
        assert camat.screen.PLACE == "tray"


def test_every_order_of_the_lists_can_be_saved() -> None:
    assert tuple(ORDERS) == saved_filters.ORDERS
