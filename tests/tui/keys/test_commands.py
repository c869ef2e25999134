"""The one table of commands: no clash, help for each, an answer to every key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.widget import Widget

import soptui.locale
from soptui.demo.office import DemoOffice
from soptui.desk.history.trail import Trail
from soptui.domain.case import Closed
from soptui.domain.ids import CaseId, CommitId
from soptui.locale import translate
from soptui.tui import places
from soptui.tui.forms import FormScreen
from soptui.tui.forms.reading import Reading
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.keys.commands import COMMANDS, SCREENS, Command, commands_on
from soptui.tui.keys.keymap import key_name
from soptui.tui.screens.case import CaseScreen
from soptui.tui.screens.commit import CommitScreen
from soptui.tui.widgets.painted import Pager
from soptui.tui.widgets.table import Table
from tests.tui.sitting import sitting
from tools.catalogues import read, strings_of


def screens_of(office: DemoOffice) -> dict[str, OfficeScreen]:
    """One screen of each kind, by its name in the table; dialogs and forms are other kinds."""
    made = {place: make() for place, make in places.SCREENS.items()}
    made["case"] = places.case(CaseId("2026-a1"), None)
    made["reader"] = places.reader(CaseId("2026-a1"), -1)
    made["commit"] = CommitScreen(Trail(office.desks["camat"]), CommitId("0" * 40))
    return made


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_a_screen(screen: str) -> None:
    counted = Counter(key for command in commands_on(screen) for key in command.keys)
    assert [key for key, count in counted.items() if count > 1] == []


def test_ids_are_unique() -> None:
    counted = Counter(command.id for command in COMMANDS)
    assert counted.most_common(1)[0][1] == 1


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_every_command_has_label_and_help_in_both_languages(command: Command) -> None:
    path = Path(soptui.locale.__path__[0], "id", "LC_MESSAGES", "soptui.po")
    catalogue = read(path)
    for msgid in (command.label, command.help):
        assert msgid
        message = catalogue.get(msgid)
        assert message is not None, msgid
        assert all(strings_of(message.string)), msgid


def test_every_screen_can_run_each_of_its_commands_and_no_others(looking: DemoOffice) -> None:
    screens = screens_of(looking)
    assert set(screens) | {"dialog", "form"} == set(SCREENS)
    common = set(OfficeScreen.handlers(screens["reader"]))
    for name, screen in screens.items():
        wanted = {one.id for one in commands_on(name) if not one.runs}
        handled = set(screen.handlers())
        assert wanted <= handled, name
        assert handled - wanted <= common, name


def test_every_command_of_a_form_is_bound_to_something_that_a_form_does() -> None:
    for command in commands_on("form"):
        action = command.runs.removeprefix("screen.").partition("(")[0] or command.id
        does = f"action_{action}"
        assert hasattr(FormScreen, does) or hasattr(Reading, does), command.id


@pytest.mark.parametrize("kind", [Table, Pager])
def test_every_command_of_lists_is_an_action_of_what_has_a_cursor_or_scrolls(
    kind: type[Widget],
) -> None:
    wanted = {one.runs.partition("(")[0] for one in commands_on("dialog") if one.runs}
    assert wanted
    for action in wanted:
        assert hasattr(kind, f"action_{action}"), action


def test_no_command_needs_a_key_that_terminals_do_not_send() -> None:
    lost = {"ctrl+s", "ctrl+h", "ctrl+i", "ctrl+m", "shift+enter", "ctrl+enter"}
    for command in COMMANDS:
        assert not lost & set(command.keys), command.id
        assert not any(key.startswith("alt+") for key in command.keys), command.id


async def test_a_key_that_is_off_says_why_and_who_can(looking: DemoOffice) -> None:
    async with sitting(looking, "sekretaris") as person:
        await person.presses("2")
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("enter", "a")
        assert "Berkas ini sedang dipegang pegawai lain." in person.news
        assert "Yang berwenang: Camat Contoh" in person.news


async def test_every_act_that_is_off_says_why(looking: DemoOffice) -> None:
    async with sitting(looking, "kasi-pemerintahan") as person:
        await person.presses("2", "enter")
        screen = person.screen
        assert isinstance(screen, CaseScreen)
        situation = screen.situation()
        reasons = {
            command.keys[0]: translate(closed.reason)
            for command in commands_on("case")
            if command.action is not None
            and isinstance(closed := screen.why_not(command, situation), Closed)
        }
        assert len(set(reasons.values())) > 1
        for key, reason in reasons.items():
            await person.presses(key)
            assert person.news.startswith(reason), key


async def test_the_bar_ends_in_help_at_any_width(looking: DemoOffice) -> None:
    for width in (60, 80, 120, 200):
        async with sitting(looking, "camat", (width, 24)) as person:
            assert person.keys.endswith("? Bantuan")
            await person.presses("end", "enter")
            assert person.keys.endswith("? Bantuan")
            await person.presses("q")


async def test_help_lists_every_key_of_the_screen(looking: DemoOffice) -> None:
    from soptui.locale import _

    async with sitting(looking, "camat", (80, 60)) as person:
        await person.presses("question_mark")
        lines = person.line_of("help").splitlines()
    for command in commands_on("tray"):
        keys = ", ".join(map(key_name, command.keys))
        assert any(one.startswith(keys) and f" {_(command.label)}: " in one for one in lines)


async def test_the_palette_finds_in_both_languages(looking: DemoOffice) -> None:
    for words in ("pegawai dan jabatan", "people and posts"):
        async with sitting(looking, "camat") as person:
            await person.presses("colon")
            await person.types(words)
            await person.presses("enter")
            assert person.title == "Pegawai dan jabatan"


async def test_the_palette_finds_cases_and_people(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("colon")
        await person.types("rekonsiliasi")
        await person.presses("enter")
        assert "Rekonsiliasi" in person.line_of("head")
        await person.presses("colon")
        await person.types("sekretaris contoh")
        await person.presses("enter")
        assert person.table.key == "sekretaris"
