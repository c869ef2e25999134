"""One grammar: the header and the foot of every screen and dialog, at every width.

The header says where one is and whose desk it is; the foot offers what can be done here and never
lacks the help, nor the way back where there is one. No act that ends a case is offered by the way.
What somebody sees every day speaks of letters, and not of what keeps the records.
"""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from soptui.demo.office import DemoOffice
from soptui.desk.actions.table import ACTIONS
from soptui.domain.events import Action
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.keys.commands import PLACES
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.key_bar import KeyBar
from soptui.tui.widgets.painted import LineView
from tests.locale.words import MAINTENANCE
from tests.tui.forming import Office
from tests.tui.screens.test_pictures import SCREENS
from tests.tui.sitting import Person, sitting

WIDTHS = ((60, 24), (80, 24), (120, 40), (200, 50))

OTHERS = (
    ("board", "camat", ("6",)),
    ("board-tables", "camat", ("6", "a")),
    ("sync", "camat", ("7",)),
    ("settings", "camat", ("8",)),
    ("settings-keys", "camat", ("8", "tab")),
    ("findings", "camat", ("5", "tab")),
    ("commit", "camat", ("5", "enter")),
    ("reader", "camat", ("end", "v")),
    ("tour", "camat", ("H",)),
    ("saved-filters", "camat", ("F",)),
    ("tray-of-the-clerk", "penerima-surat", ()),
    ("case-of-others", "camat", ("2", "enter")),
    ("form", "camat", ("end", "c")),
    ("form-of-a-letter", "penerima-surat", ("n",)),
    ("preview-of-a-form", "camat", ("end", "c", "x", "f3")),
)

KEEPING = {"audit", "findings", "commit", "sync", "settings", "people", "help"}
"""The screens of whoever keeps the records, which mean what they say, and the help to all."""

GIT = re.compile(r"\b(?:git|push|pull|merge|fetch|repositor\w*)\b", re.IGNORECASE)

HEADER = re.compile(r"^ (?P<about>\S.*?)  +(?P<needs>[^│]*)│ (?P<whose>\S.*?) ?$")
ENDING = {one.label for one in ACTIONS if one.ends_case}


def foot_of(person: Person) -> str:
    bar = person.app.screen.query(KeyBar).last()
    return text_of((bar.foot.line(bar.size.width),))


def speaks_of_the_work(name: str, person: Person) -> None:
    """No word of maintenance stands where somebody works all day."""
    if name.partition("-")[0] not in KEEPING:
        for words in (MAINTENANCE, GIT):
            assert [found[0] for found in words.finditer(person.sees())] == []


def holds_the_grammar(person: Person) -> None:
    screen = person.app.screen
    foot = foot_of(person)
    bar = screen.query(KeyBar).last()
    assert cell_len(foot) <= bar.size.width
    assert foot.startswith(" ")
    if isinstance(screen, Dialog):
        assert "Esc " in foot
        return
    title = screen.query_one("#title", LineView)
    first = text_of(title.lines[:1])
    assert cell_len(first) <= person.app.size.width
    found = HEADER.match(first)
    assert found is not None, first
    assert "Contoh" in found["whose"]
    assert re.search(r"  (\?|F1) Bantuan$", foot.rstrip()), foot
    if len(person.app.screen_stack) > 1:
        assert re.search(r"(q|Esc) \S", foot), foot
    else:
        assert re.search(r"  1-8 \S", foot), foot


@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("officer", sorted({one[1] for one in (*SCREENS, *OTHERS)}))
async def test_every_screen_has_the_one_header_and_the_one_foot(
    looking: DemoOffice, size: tuple[int, int], officer: str
) -> None:
    for name, of, keys in (*SCREENS, *OTHERS):
        if of != officer:
            continue
        async with sitting(looking, officer, size) as person:
            # One begins where one was last; each of these is told from the tray.
            await person.presses("1", *keys)
            try:
                holds_the_grammar(person)
                speaks_of_the_work(name, person)
            except AssertionError as failure:
                raise AssertionError(f"{name} at {size[0]}: {failure}") from failure


def test_every_place_is_walked() -> None:
    walked = {name.partition("-")[0] for name, _officer, _keys in (*SCREENS, *OTHERS)}
    assert set(PLACES) <= walked


async def test_no_act_that_ends_a_case_is_offered_by_the_way(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (200, 50)) as camat:
        for keys in ((), ("end", "enter"), ("2",), ("enter",)):
            await camat.presses(*keys)
            screen = camat.screen
            assert isinstance(screen, OfficeScreen)
            offered = {command for command, _does in screen.acts()}
            ending = {screen.key_of(one.action.value) for one in ACTIONS if one.ends_case}
            assert not offered & ending
        # The head may cancel: it is open, and in the help.
        await camat.presses("1", "end", "enter", "X")
        assert "Batalkan" in camat.sees()


async def test_the_step_that_ends_the_case_offers_its_own_act(small_office: Office) -> None:
    small_office.letter_arrives()
    small_office.goes_on_to(8)
    archive = next(one for one in ACTIONS if one.action is Action.ARCHIVE)
    cancel = next(one for one in ACTIONS if one.action is Action.CANCEL)
    assert {archive.label, cancel.label} == ENDING
    async with sitting(small_office.demo, "staff-1", (120, 40)) as staff:
        for keys in ((), ("enter",)):
            await staff.presses(*keys)
            offered = {key for key, _does in staff.screen.acts()}
            assert archive.key in offered
            assert cancel.key not in offered
