"""A small real office, and a person at a form: what the tests of forms speak in."""

from __future__ import annotations

import os

from soptui.domain.ids import UnitId

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import soptui.tui
from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.desk import Desk
from soptui.desk.forms.drafts import DraftFile
from soptui.desk.forms.form_for import form_for
from soptui.desk.sharing.attention import Attention
from soptui.domain.case import Case, Entry
from soptui.domain.events import Action
from soptui.domain.receipt import Receipt
from soptui.tui import places
from soptui.tui.forms import FormScreen, OneCase
from soptui.tui.frame.face import AttentionControl
from soptui.tui.keys.commands import Command
from soptui.tui.presentation.facts import facts_of
from soptui.tui.terminal import themes
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.painted import Pager
from tests.support.programs import path_with
from tests.support.waiting import resize, until_at_rest, until_so
from tests.tui.reading import screen_text

STYLES = Path(soptui.tui.__path__[0]) / "app.tcss"


@dataclass
class Office:
    """An office with one case, which stands where a test wants it."""

    demo: DemoOffice
    actor: Actor

    def desk(self, officer: str) -> Desk:
        self.demo.clock.set_to(None)
        return self.demo.desks[officer]

    @property
    def case(self) -> Case:
        return self.actor.case

    def letter_arrives(self) -> None:
        at = self.demo.workday(3, time(9, 0))
        self.actor.register("penerima-surat", bupati_letter("045/112", "IV", at))

    def goes_on_to(self, step: int) -> None:
        """Walk the case until it has been sent to the step, and is to be received there."""
        holders = {1: "camat", 2: "sekretaris", 3: "kasubbag-pk", 4: "staff-1"}
        holders |= {5: "kasubbag-pk", 6: "sekretaris", 7: "camat", 8: "staff-1"}
        for number in range(1, step):
            at = self.demo.workday(2, time(8, 0)).replace(hour=8 + number)
            self.actor.receive(holders[number], at)
            self.actor.finish(holders[number], at)

    def asks_a_section(self) -> None:
        """Walk the case until the planner has asked a section for its data."""
        self.goes_on_to(3)
        at = self.demo.workday(1, time(9, 0))
        self.actor.receive("kasubbag-pk", at)
        self.actor.ask_sections("kasubbag-pk", at, (UnitId("seksi-pemerintahan"),))

    def is_received_by(self, officer: str) -> None:
        self.actor.receive(officer, self.demo.workday(1, time(8, 0)))


class Unknown:
    """Of what the person should know nobody has looked at anything."""

    known: Attention | None = None

    def look(self) -> None:
        """Nobody looks."""

    def look_at_key(self) -> None:
        """Nor at the key."""


class Face(App[None]):
    """Nothing but the screen under test."""

    CSS_PATH = STYLES

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.animation_level = "none"
        for theme in themes.OWN:
            self.register_theme(theme)
        self.theme = themes.OWN[0].name
        self.first = screen
        self.own_keys: dict[str, tuple[str, ...]] = {}
        self.facts = facts_of(screen.target.desk) if isinstance(screen, FormScreen) else None
        self.attention: AttentionControl = Unknown()
        self.answers: list[object] = []

    def keys_of(self, command: Command) -> tuple[str, ...]:
        return self.own_keys.get(command.id, command.keys)

    def open_help(self, screen: str, title: str) -> None:
        self.push_screen(places.help_(screen, title))

    def on_mount(self) -> None:
        self.set_keymap({name: ",".join(keys) for name, keys in self.own_keys.items()})
        self.push_screen(self.first, self.answers.append)


class Person:
    """Somebody at a form, who types and reads."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    async def presses(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.waits()

    async def types(self, text: str) -> None:
        names = {" ": "space", "/": "slash", "|": "vertical_line", "\n": "enter", "+": "plus"}
        await self.presses(*(names.get(character, character) for character in text))

    async def waits(self) -> None:
        """Until nothing is being signed or fetched, and all is drawn."""
        await until_at_rest(self.pilot)

    async def resizes(self, width: int, height: int) -> None:
        """Give the window another size."""
        await resize(self.pilot, width, height)

    async def waits_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, while something else is still at work."""
        await until_so(self.pilot, holds)

    @property
    def form(self) -> FormScreen:
        found = [one for one in self.app.screen_stack if isinstance(one, FormScreen)]
        return found[-1]

    @property
    def receipt(self) -> Receipt | None:
        assert isinstance(self.app, Face)
        answer = self.app.answers[-1]
        assert answer is None or isinstance(answer, Receipt)
        return answer

    def focused(self) -> Widget | None:
        """What the next key goes to: a call, for it differs from one key to the next."""
        return self.app.screen.focused

    def sees(self) -> str:
        return screen_text(self.app)

    def reads_all(self) -> str:
        """Everything of the text that is shown, whether in sight or not."""
        return text_of(self.app.screen.query_one(Pager).lines)


def form_of(
    desk: Desk,
    action: Action,
    case: Case | None = None,
    *,
    receive_first: bool = False,
    agenda: int | None = None,
) -> FormScreen:
    form = form_for(desk, action, case)
    return FormScreen(OneCase(desk, form, case, receive_first=receive_first, agenda=agenda))


def draft_of(desk: Desk, action: Action, case: Case | None = None) -> DraftFile:
    return DraftFile(desk, form_for(desk, action, case), case.id if case else "")


def at_screen(
    screen: Screen[Any], size: tuple[int, int] = (80, 24)
) -> AbstractAsyncContextManager[Pilot[None]]:
    return Face(screen).run_test(size=size)


def path_with_locked_key(folder: Path) -> str:
    """A PATH where ssh-keygen waits for the owner of the key: it never signs by itself."""
    return path_with(folder, "ssh-keygen", "exec sleep 600")


def names_of(entries: Sequence[Entry]) -> list[str]:
    return [entry.event.action.value for entry in entries]
