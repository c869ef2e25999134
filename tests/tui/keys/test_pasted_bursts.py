"""Text pasted without brackets is keys to a screen: none signs, sends, writes or throws away.

The bursts hold every printable character of a keyboard, Enter and Tab, in an order that a seed
gives, and between them what would have acted when letters and Enter did.
"""

from __future__ import annotations

import os
import random
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from soptui.demo.office import DemoOffice
from soptui.desk.settings.config_file import config_path
from soptui.desk.settings.saved_filters import SavedFilter, save_filter
from soptui.domain.case_filter import CaseOrder
from soptui.domain.events import Action
from soptui.records.platform.private_files import state_folder
from soptui.tui.forms import FormScreen, SeveralCases
from soptui.tui.keys.commands import command_of, commands_on
from tests.support.town import HEAD, REGISTRAR, Town
from tests.support.waiting import until_at_rest
from tests.tui.forming import Office, at_screen, draft_of, form_of
from tests.tui.screens.test_several import letters_arrive, marks
from tests.tui.screens.test_sharing import BY_HAND, screen_of
from tests.tui.sitting import sitting

_EVERY_KEY = [*string.ascii_letters, *string.digits, *string.punctuation, " ", "\t", "\r"]
_WHAT_ONCE_ACTED = (
    "t\r", "a\r", "d7\r\r\r\r\r", "1t\r", " t\r\r", "7s\r", "7c\r", "8\r", "8\t\rx\r", ":kirim\r",
    ":sinkron\r", ":terima\r", ":keluar\r", "Fx", "F\rnama\r", "w\r", "7w\r", "5w\r", "Q\r", "QQ",
    "n" + "\r" * 12, "b1\r\r\r\r", "x\ry\r", "yY\r", "ya\r",
)  # fmt: skip


def burst(seed: object) -> str:
    """Every key once, with some of what once acted between them."""
    chance = random.Random(str(seed))
    pieces = [*_EVERY_KEY, *chance.sample(_WHAT_ONCE_ACTED, 5)]
    chance.shuffle(pieces)
    return "".join(pieces)


@pytest.fixture(autouse=True)
def _no_fault_is_kept() -> Iterator[None]:
    """Nothing of a burst is met by a fault of the program, not even in a thread."""
    faults = state_folder() / "faults"
    before = set(faults.glob("*"))
    yield
    assert [one.read_text() for one in set(faults.glob("*")) - before] == []


async def pastes(pilot: Pilot[None], text: str) -> None:
    """The text as keys, in one piece, then until all is done."""
    for character in text:
        key = {"\r": "enter", "\t": "tab"}.get(character) or _character_to_key(character)
        pilot.app.post_message(events.Key(key, character))
    await until_at_rest(pilot)


@pytest.fixture
def unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], object]]:
    """What the person has of their own: settings with a filter, and an empty home to write into."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SOPTUI_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.chdir(home)
    save_filter(SavedFilter("Bupati", "bupati", CaseOrder.URGENCY))

    def seen() -> object:
        written = sorted(Path(folder, name) for folder, _, names in os.walk(home) for name in names)
        return config_path().read_bytes(), [one for one in written if ".local" not in one.parts]

    before = seen()
    yield seen
    assert seen() == before


_SCREENS = {
    "tray": (), "cases": ("2",), "sop": ("3",), "people": ("4",), "audit": ("5",), "board": ("6",),
    "sync": ("7",), "settings": ("8",), "keys": ("8", "tab"), "case": ("end", "enter"),
    "files": ("end", "enter", "tab", "tab", "tab"), "reader": ("end", "v"),
    "commit": ("5", "enter"), "filter": ("slash",), "filters": ("F",), "find": ("colon",),
    "help": ("question_mark",), "desks": ("D",), "tour": ("H",), "leave": ("Q",),
    "ask": ("8", "tab", "f10"), "checkpoint": ("7", "c"), "receipt": ("end", "t"),
}  # fmt: skip


@pytest.mark.parametrize("where", _SCREENS)
@pytest.mark.usefixtures("unchanged")
async def test_no_text_pasted_into_a_screen_does_what_cannot_be_undone(
    looking: DemoOffice, where: str, seeds: list[int]
) -> None:
    head = looking.repository.head()
    for seed in seeds:
        async with sitting(looking, "camat") as person:
            await person.presses(*_SCREENS[where])
            await pastes(person.pilot, burst((where, seed)))
            assert person.app.is_running
        assert looking.repository.head() == head


@pytest.mark.usefixtures("unchanged")
async def test_no_text_pasted_while_cases_are_marked_does_either(
    office: DemoOffice, seeds: list[int]
) -> None:
    letters_arrive(office, "Rapat anggaran", "Rapat irigasi")
    head = office.repository.head()
    for seed in seeds:
        for key in "td":
            async with sitting(office, "camat") as person:
                await marks(person, "Rapat anggaran", "Rapat irigasi")
                await person.presses(key)
                form = person.app.screen
                assert isinstance(form, FormScreen)
                assert isinstance(form.target, SeveralCases)
                await pastes(person.pilot, burst((key, seed)))
    assert office.repository.head() == head


@pytest.mark.parametrize(
    ("action", "officer", "step"),
    [
        (Action.REGISTER, "penerima-surat", 0),
        (Action.RECEIVE, "camat", 1),
        (Action.DISPOSE, "camat", 1),
        (Action.NOTE, "camat", 1),
        (Action.CANCEL, "camat", 1),
        (Action.COMPLETE, "staff-1", 4),
        (Action.APPROVE, "camat", 7),
        (Action.RETURN, "camat", 7),
        (Action.ARCHIVE, "staff-1", 8),
    ],
)
@pytest.mark.usefixtures("unchanged")
async def test_no_text_pasted_into_a_form_signs_it_and_its_draft_stays(
    small_office: Office, action: Action, officer: str, step: int, seeds: list[int]
) -> None:
    if step:
        small_office.letter_arrives()
        small_office.goes_on_to(step)
    desk = small_office.desk(officer)
    case = small_office.case if step else None
    head = desk.repository.head()
    long_texts = [one.name for one in form_of(desk, action, case).form.fields if one.name == "note"]
    for name in long_texts:
        draft_of(desk, action, case).save({name: "Sudah lama diketik"})
    for seed in seeds:
        async with at_screen(form_of(desk, action, case)) as pilot:
            await pastes(pilot, burst((action, seed)))
            assert isinstance(pilot.app.screen, FormScreen)
    assert desk.repository.head() == head
    for name in long_texts:
        draft = draft_of(desk, action, case).load()
        assert draft is not None
        assert "Sudah lama diketik" in draft.values[name]


@pytest.mark.parametrize("place", ["tray", "settings"])
@pytest.mark.usefixtures("unchanged")
async def test_no_key_of_a_letter_with_enter_behind_it_does_what_cannot_be_undone(
    looking: DemoOffice, place: str
) -> None:
    head = looking.repository.head()
    async with sitting(looking, "camat") as person:
        for key in _EVERY_KEY:
            person.app.go(place)
            await pastes(person.pilot, f"{key}\r")
            assert looking.repository.head() == head, key
            assert person.app.is_running, key


async def test_no_text_pasted_where_work_waits_sends_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar = town.clone(REGISTRAR)
    town.clone(HEAD)
    registrar.register()
    before = town.hub_tip(), registrar.head
    async with screen_of(registrar, monkeypatch, BY_HAND) as (sitter, _presses):
        for piece in (*_EVERY_KEY, *_WHAT_ONCE_ACTED):
            sitter.app.go("sync")
            await pastes(sitter.pilot, piece)
            assert (town.hub_tip(), registrar.head) == before, piece


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.slow)])
def seeds(request: pytest.FixtureRequest) -> list[int]:
    """One burst each, and two more among the slow tests."""
    return [0] if request.param == "quick" else [1, 2]


async def test_what_lasts_has_a_key_of_its_own_on_every_screen_that_can_do_it() -> None:
    for command_id, screen in (("form-sign", "form"), ("sync-now", "sync"), ("change", "settings")):
        assert command_of(command_id).lasting
        assert command_of(command_id).keys[0] == "f10"
        assert command_of(command_id) in commands_on(screen)
