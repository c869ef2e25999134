"""What the line has to carry, at three sizes: bytes, which are no matter of time.

Each frame is counted apart; those that follow closely are merged on a line, which costs less.

The budgets are those of the design: a place, a held cursor key, what is drawn once it rests, a
typed character, a page. Nothing is sent to who does nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.settings.screen import ScreenSettings
from soptui.tui.frame.settling import Settling
from tests.tui.sitting import Person, sitting
from tests.tui.terminal.counting import CountingDriver

SIZES = ((80, 24), (120, 40), (200, 50))
PLACE = {80: 6144, 120: 8192, 200: 12_288}
HELD = {80: 400, 120: 450, 200: 500}
SETTLED = {80: 0, 120: 1536, 200: 2560}
TYPED = {80: 150, 120: 150, 200: 150}
PAGE = {80: 2048, 120: 3072, 200: 4096}
"""Bytes, by the columns of the window."""
STEP = 700
"""Bytes for a step in full, below the list too."""


class Line:
    """What a person's keys cost; with a held key, nothing that waits until it rests is drawn."""

    def __init__(self, person: Person, driver: CountingDriver, resting: Resting) -> None:
        self.person = person
        self._driver = driver
        self._resting = resting

    async def costs(self, *keys: str) -> int:
        """The bytes after these keys, at rest."""
        await self.person.presses(*keys)
        return self._driver.sent()

    async def held(self, key: str) -> int:
        """The bytes for one key of those that follow one another too quickly to rest."""
        self._resting.holds = True
        return await self.costs(key)

    async def settles(self) -> int:
        """The bytes that follow once the cursor rests."""
        self._resting.let_go()
        await self.person.waits()
        return self._driver.sent()


class Resting:
    """Whether what waits until no key is pressed may follow."""

    def __init__(self) -> None:
        self.holds = False
        self._waiting: Settling | None = None

    def begin(self, settling: Settling) -> None:
        self._waiting = settling
        if not self.holds:
            self.let_go()

    def let_go(self) -> None:
        self.holds = False
        settling, self._waiting = self._waiting, None
        if settling is not None:
            settling._screen.call_next(settling._settle)


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> Resting:
    """The light driver's line, and a hand on what waits for the cursor to rest."""
    made = Resting()
    for name in ("COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Settling, "begin", lambda settling: made.begin(settling))
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver", CountingDriver)
    return made


@asynccontextmanager
async def on_a_line(
    office: DemoOffice, officer: str, size: tuple[int, int], resting: Resting
) -> AsyncIterator[Line]:
    """A person whose terminal hangs on a line."""
    async with sitting(office, officer, size) as person:
        driver = person.app._driver
        assert isinstance(driver, CountingDriver)
        driver.sent()
        yield Line(person, driver, resting)


at_each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def within(budget: int, costs: dict[str, int]) -> None:
    """Every cost is within the budget; the dearest are told."""
    over = {what: cost for what, cost in costs.items() if cost > budget}
    assert not over, f"over {budget} B: {over}"


@at_each_size
async def test_a_place_is_light_and_doing_nothing_costs_nothing(
    looking: DemoOffice, size: tuple[int, int], resting: Resting
) -> None:
    async with on_a_line(looking, "camat", size, resting) as line:
        costs = {key: await line.costs(key) for key in "2345781"}
        costs["case"] = await line.costs("2", "enter")
        assert await line.costs() == 0
        within(PLACE[size[0]], costs)


OPENED = {
    "approval": ("camat", ("home", "down"), "a"),
    "letter": ("penerima-surat", (), "n"),
    "note": ("camat", ("end",), "c"),
    "help": ("camat", ("2",), "question_mark"),
    "palette": ("camat", (), "colon"),
    "figures of the board": ("camat", ("6",), "a"),
    "what was signed": ("camat", (), "Y"),
    "text of a file": ("camat", ("end",), "v"),
    "commit": ("camat", ("5",), "enter"),
}
"""What is opened over a place: by whom, the keys that lead there, and the key that opens it."""


@at_each_size
async def test_what_is_opened_over_a_place_is_as_light_as_one(
    looking: DemoOffice, size: tuple[int, int], resting: Resting
) -> None:
    costs = {}
    for name, (officer, keys, key) in OPENED.items():
        async with on_a_line(looking, officer, size, resting) as line:
            await line.costs("1", *keys)
            below = line.person.app.screen
            costs[name] = await line.costs(key)
            assert line.person.app.screen is not below or name.endswith("board")
            costs[f"back from {name}"] = await line.costs("escape")
    assert min(costs.values()) > 0
    within(PLACE[size[0]], costs)


@at_each_size
async def test_the_board_moves_lightly(
    looking: DemoOffice, size: tuple[int, int], resting: Resting
) -> None:
    async with on_a_line(looking, "camat", size, resting) as line:
        await line.costs("6", "home")
        keys = ("down", "down", "right", "down")
        costs = {f"{number} {key}": await line.held(key) for number, key in enumerate(keys)}
        within(HELD[size[0]], costs)


LISTS = {
    "cases": ("camat", ("2",), "down"),
    "tray": ("kasubbag-pk", (), "down"),
    "steps": ("camat", ("2", "enter"), "down"),
    "history": ("camat", ("end", "enter", "tab", "tab"), "down"),
    "people": ("camat", ("4",), "down"),
    "audit": ("camat", ("5",), "down"),
}
"""Where a cursor moves: by whom, the keys that lead there, and the key that is held."""


@at_each_size
@pytest.mark.parametrize("name", LISTS)
async def test_a_held_key_draws_two_rows_and_no_more(
    looking: DemoOffice, name: str, size: tuple[int, int], resting: Resting
) -> None:
    officer, keys, key = LISTS[name]
    async with on_a_line(looking, officer, size, resting) as line:
        await line.costs(*keys, "home")
        costs = {f"{key} {number}": await line.held(key) for number in range(3)}
        within(HELD[size[0]], costs)


@at_each_size
async def test_a_preview_that_settles_is_light_and_none_where_there_is_no_room(
    looking: DemoOffice, size: tuple[int, int], resting: Resting
) -> None:
    async with on_a_line(looking, "camat", size, resting) as line:
        await line.costs("2", "home")
        costs = {}
        for number in range(6):
            await line.held("down")
            costs[f"row {number}"] = await line.settles()
        within(SETTLED[size[0]], costs)


@at_each_size
async def test_a_step_in_full_is_light_once_the_cursor_rests(
    looking: DemoOffice, size: tuple[int, int], resting: Resting
) -> None:
    async with on_a_line(looking, "camat", size, resting) as line:
        await line.costs("2", "enter", "home")
        costs = {}
        for number in range(5):
            await line.held("down")
            costs[f"step {number}"] = await line.settles()
        within(max(SETTLED[size[0]], STEP), costs)


@at_each_size
async def test_a_typed_character_is_light(
    looking: DemoOffice, size: tuple[int, int], resting: Resting
) -> None:
    async with on_a_line(looking, "camat", size, resting) as line:
        await line.costs("end", "c")
        costs = {letter: await line.costs(letter) for letter in "catatan"}
        within(TYPED[size[0]], costs)


async def test_a_line_that_is_spared_has_no_preview_before_its_key(
    looking: DemoOffice, resting: Resting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScreenSettings, "spares_line", True)
    async with on_a_line(looking, "camat", (120, 40), resting) as line:
        await line.costs("2", "home")
        await line.held("down")
        assert await line.settles() == 0
        assert "P menampilkan berkas ini" in line.person.sees()
        assert 0 < await line.costs("P") <= SETTLED[120]
        assert "Langkah 5 dari 8" in line.person.sees()
