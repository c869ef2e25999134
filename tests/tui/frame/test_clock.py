"""A computer whose clock lies behind the records: it is said wherever something can be signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from soptui.demo.office import DemoOffice
from soptui.locale import use
from tests.support.demo_office import now
from tests.tui.sitting import Person, sitting

SAID = "Perbaiki jam"


@pytest.fixture
def set_back(office: DemoOffice) -> Iterator[DemoOffice]:
    """The clock stands a month before the newest record."""
    office.clock.set_to(now() - timedelta(days=30))
    yield office
    office.clock.set_to(None)


def words(person: Person) -> str:
    """What is on the screen, as running text."""
    return " ".join(person.sees().split())


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
@pytest.mark.parametrize("keys", [(), ("2", "enter"), ("n",)], ids=["tray", "case", "form"])
async def test_the_wrong_clock_is_told_where_acts_begin(
    set_back: DemoOffice, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with sitting(set_back, "penerima-surat", size) as clerk:
        await clerk.presses(*keys)
        assert SAID in words(clerk)
        assert "25 Okt 2026" in words(clerk)


async def test_it_is_still_told_after_something_was_signed_by_it(set_back: DemoOffice) -> None:
    async with sitting(set_back, "camat") as camat:
        assert SAID in words(camat)
        await camat.presses("home", "t", "f10")
        assert "ditandatangani" in camat.news
        assert SAID in words(camat)


async def test_it_is_told_in_the_language_that_is_spoken(set_back: DemoOffice) -> None:
    async with sitting(set_back, "camat") as camat:
        await camat.presses("L")
        assert "Correct the clock" in words(camat)
        use("id")


async def test_it_goes_when_the_clock_is_right_again(set_back: DemoOffice) -> None:
    async with sitting(set_back, "camat") as camat:
        set_back.clock.set_to(None)
        await camat.presses("r")
        assert SAID not in words(camat)
