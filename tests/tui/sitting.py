"""A person who sits at the whole screen: what these tests speak in."""

from __future__ import annotations

import os

from soptui.domain.ids import CaseId

os.environ["TEXTUAL_ANIMATIONS"] = "none"

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from difflib import unified_diff
from pathlib import Path

from textual.pilot import Pilot

from soptui.demo.office import DemoOffice
from soptui.records.platform.private_files import state_folder
from soptui.tui.app import SoptuiApp
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.screens.case import CaseScreen
from soptui.tui.screens.case_list import CaseListScreen
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.table import Table
from tests.support.waiting import resize, until_at_rest, until_so
from tests.tui.reading import screen_text

PICTURES = Path(__file__).parent / "screens" / "pictures"
DRAWS_ANEW = bool(os.environ.get("SOPTUI_DRAW"))

SIZES = ((80, 24), (120, 40))

# What differs from run to run, each replaced by something of its own length.
_CHANGING = (
    re.compile(r"(?<=\d{4}-)[0-9a-z]{8}\b"),
    re.compile(r"(?<=cases/\d{4}/)[0-9a-z](?=/)"),
    re.compile(r"(?<=cases/\d{4}/x/)[0-9a-z](?=/)"),
    re.compile(r"\b[0-9a-f]{7,64}(?=\b|…)"),
    re.compile(r"(?<=│ {15})[0-9a-f]{1,3}(?= *\n)"),  # the end of a hash that a panel broke
    re.compile(r"(?<=\.\.\.)[A-Za-z0-9+/]{16}"),
    re.compile(r"(?<=SHA256:)\S+"),
    re.compile(r"(?<=\n )(?=\S*[0-9+=])[A-Za-z0-9+/=]{20,70}(?=\n)"),  # a signature's armour
)


def forget_places() -> None:
    """Everybody begins in the tray at the next start, as at the first."""
    for path in state_folder().glob("screen-*"):
        path.unlink()


class Person:
    """Presses keys, and reads."""

    def __init__(self, pilot: Pilot[None], app: SoptuiApp) -> None:
        self.pilot = pilot
        self.app = app

    async def presses(self, *keys: str) -> None:
        """Press keys one after the other, each when the screen has come to rest."""
        for key in keys:
            await self.pilot.press(key)
            await self.waits()

    async def types(self, text: str) -> None:
        """Type text."""
        await self.presses(*text)

    async def waits(self) -> None:
        """Until no thread is at work and nothing is left to draw."""
        await until_at_rest(self.pilot)

    async def resizes(self, width: int, height: int) -> None:
        """Give the window another size."""
        await resize(self.pilot, width, height)

    async def waits_until(self, holds: Callable[[], bool]) -> None:
        """Until something holds that happens by itself."""
        await until_so(self.pilot, holds)
        await self.waits()

    @property
    def screen(self) -> OfficeScreen:
        screen = self.app.screen
        assert isinstance(screen, OfficeScreen)
        return screen

    @property
    def case_list(self) -> CaseListScreen:
        """The screen, which lists cases."""
        screen = self.screen
        assert isinstance(screen, CaseListScreen)
        return screen

    def case_in_hand(self) -> CaseId:
        """The id of the case under the cursor, or of the one that is open."""
        screen = self.screen
        assert isinstance(screen, CaseListScreen | CaseScreen)
        return screen.case_in_hand()

    def sees(self) -> str:
        """The whole screen, as text, with what differs from run to run made equal."""
        text = screen_text(self.app)
        for pattern in _CHANGING:
            text = pattern.sub(lambda found: "x" * len(found[0]), text)
        return f"{text.rstrip()}\n"

    @property
    def title(self) -> str:
        return self.screen.title_text()

    @property
    def news(self) -> str:
        """The sentence at the foot."""
        return self.screen.news

    @property
    def keys(self) -> str:
        """The bar of keys."""
        return self.sees().splitlines()[-1]

    @property
    def table(self) -> Table:
        return self.app.screen.query(Table).first()

    def subjects(self) -> list[str]:
        """The second column of all rows that are no headings."""
        source = self.table.source
        rows = [source.row(index) for index in range(len(source))]
        return [text_of(row.cells[1:2]) for row in rows if not row.is_heading]

    async def puts_cursor_on(self, subject: str) -> None:
        """Move down to the row whose second column contains the words."""
        await self.presses("home")
        source = self.table.source
        for _row in range(len(source)):
            row = source.row(self.table.cursor)
            if subject in text_of(row.cells[1:2]):
                return
            await self.presses("down")
        raise AssertionError(f"no row with {subject!r}: {self.subjects()}")

    def line_of(self, id_: str) -> str:
        """The text of one of the screen's line views."""
        return text_of(self.app.screen.query_one(f"#{id_}", LineView).lines)


@asynccontextmanager
async def sitting(
    office: DemoOffice, officer: str, size: tuple[int, int] = (80, 24), *, ascii_only: bool = False
) -> AsyncIterator[Person]:
    """A person at the desk of an officer."""
    app = SoptuiApp(office.desks[officer], office.desks, ascii_only=ascii_only)
    async with person_at(app, size) as person:
        yield person


@asynccontextmanager
async def person_at(app: SoptuiApp, size: tuple[int, int]) -> AsyncIterator[Person]:
    """A person at a screen of their own making."""
    async with app.run_test(size=size) as pilot:
        person = Person(pilot, app)
        await person.waits()
        yield person


def compare(name: str, drawn: str) -> None:
    """Whether a screen is as its picture; SOPTUI_DRAW=1 draws the picture anew."""
    path = PICTURES / f"{name}.txt"
    if DRAWS_ANEW:
        path.write_text(drawn, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    difference = unified_diff(kept.splitlines(), drawn.splitlines(), "kept", "drawn", lineterm="")
    assert drawn == kept, "\n".join(difference)
