"""The terminal's own cursor stands on what is selected, at every pause, on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Offset

from soptui.demo.office import DemoOffice
from soptui.tui.forms.editors.choices import ChoiceEditor
from tests.e2e.officer import desk_options, surroundings
from tests.e2e.terminal import Tmux
from tests.support.programs import SOPTUI
from tests.tui.reading import screen_text
from tests.tui.sitting import Person, sitting


def cell_at(person: Person) -> str:
    """What the screen shows from the cursor on."""
    place = person.app.cursor_position
    return screen_text(person.app).splitlines()[place.y][place.x :]


def is_in_hand(person: Person) -> bool:
    """Whether the cursor is inside the widget that takes the keys."""
    focused = person.app.screen.focused
    assert focused is not None
    return focused.region.contains_point(person.app.cursor_position)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", ["1", "2", "4", "5", "8"])
async def test_in_a_list_it_is_on_the_row_of_the_cursor(
    looking: DemoOffice, place: str, size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as person:
        await person.presses(place)
        for key in ("down", "down", "up", "end", "pageup", "home"):
            await person.presses(key)
            assert cell_at(person).startswith(">"), key


async def test_on_the_board_it_is_on_the_spot(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (120, 40)) as person:
        await person.presses("6")
        before = person.app.cursor_position
        await person.presses("down")
        assert is_in_hand(person)
        assert person.app.cursor_position != before


async def test_in_a_case_it_is_on_the_step_and_then_on_the_act(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("enter")
        for key in ("down", "up", "tab", "down"):
            await person.presses(key)
            assert is_in_hand(person)


async def test_in_a_form_it_is_in_the_field_and_on_the_choice(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("d")
        seen: list[Offset] = []
        for _field in range(6):
            assert is_in_hand(person)
            seen.append(person.app.cursor_position)
            focused = person.app.screen.focused
            if isinstance(focused, ChoiceEditor):
                assert cell_at(person)[:1] in "(["
                await person.presses("down")
                assert person.app.screen.focused is not focused or cell_at(person)[:1] in "(["
            else:
                await person.presses("tab")
        assert len(set(seen)) > 1


async def test_in_a_field_it_goes_along_with_the_text(looking: DemoOffice) -> None:
    async with sitting(looking, "penerima-surat") as person:
        await person.presses("n")
        before = person.app.cursor_position
        await person.types("005/1")
        assert person.app.cursor_position == before + Offset(5, 0)


async def test_in_a_dialog_it_is_in_its_box(looking: DemoOffice) -> None:
    async with sitting(looking, "penerima-surat") as person:
        for keys in (["question_mark"], ["escape", "colon"], ["escape", "n", "f4"]):
            await person.presses(*keys)
            assert is_in_hand(person), keys


@pytest.mark.parametrize("shown", [False, True])
def test_a_real_terminal_has_it_there_and_shows_it_when_asked(
    looking: DemoOffice, tmp_path: Path, shown: bool
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text(f"[screen]\ncursor = {str(shown).lower()}\n", encoding="utf-8")
    tmux = Tmux()
    try:
        terminal = tmux.open(
            *SOPTUI, *desk_options(looking, "camat"), "--lang", "id",
            environment=surroundings(looking, SOPTUI_CONFIG=str(settings)), folder=tmp_path,
        )  # fmt: skip
        terminal.wait_for("Menunggu saya", "Pengukuran")
        terminal.press("2")
        terminal.wait_for("Semua berkas")
        terminal.press("down", "down")
        terminal.wait_until(
            lambda screen: _is_on_the_row(screen, terminal.cursor()), "the cursor on the row"
        )
        assert terminal.cursor()[2] is shown
    finally:
        tmux.close()


def _is_on_the_row(screen: str, cursor: tuple[int, int, bool]) -> bool:
    column, row, _is_shown = cursor
    return column == 0 and screen.splitlines()[row].startswith(">")
