"""Keys of one's own in forms, and where a form begins."""

from __future__ import annotations

import pytest

from soptui.domain.events import Action
from soptui.tui.forms.editors.folder import FolderDialog
from soptui.tui.keys.commands import COMMANDS, commands_on
from soptui.tui.keys.keymap import chosen_keys, name_of
from tests.tui.forming import Face, Office, Person, at_screen, form_of, names_of


async def test_a_key_of_ones_own_signs_and_is_the_one_that_is_shown(office: Office) -> None:
    office.letter_arrives()
    office.is_received_by("camat")
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    face = Face(form)
    face.own_keys = {"form-sign": ("f9",), "form-preview": ("f12",), "form-editor": ("ctrl+t",)}
    async with face.run_test(size=(80, 24)) as pilot:
        camat = Person(pilot)
        await camat.presses("3", "tab")
        assert "Ctrl+T menulisnya" in camat.sees()
        assert camat.sees().splitlines()[-1].strip().startswith("F9 Tanda tangani  F12 Pratinjau")
        await camat.presses("f10")
        assert names_of(office.case.entries) == ["register", "receive"]
        await camat.presses("f1")
        assert "F9 " in camat.reads_all()
        await camat.presses("escape", "f12")
        assert "F9 Tanda tangani" in camat.sees()
        await camat.presses("f9")
        assert camat.receipt is not None
    assert names_of(office.case.entries) == ["register", "receive", "dispose"]


@pytest.mark.parametrize("key", ["a", "/", "space", "enter", "left", "ctrl+k", "f7"])
def test_a_key_that_writes_in_a_field_cannot_be_a_forms_key(key: str) -> None:
    taken, wrong = chosen_keys({"form-preview": (key,)})
    assert taken == {}
    assert "in a field it writes or moves" in str(wrong[0])


@pytest.mark.parametrize("command", [one.id for one in COMMANDS if one.lasting])
@pytest.mark.parametrize("key", ["a", "Z", "/", "é", "space", "enter", "tab", "ctrl+j", "ctrl+i"])
def test_a_key_that_pasted_text_can_hold_neither_signs_nor_sends_nor_writes(
    command: str, key: str
) -> None:
    taken, wrong = chosen_keys({command: (key,)})
    assert taken == {}
    assert "it can stand in pasted text" in str(wrong[0])


def test_tab_enter_and_escape_are_named_as_terminals_send_them() -> None:
    written = ("Tab", "enter", "Esc", "ctrl-i", "ctrl+m", "Ctrl+[")
    assert [name_of(key) for key in written] == ["tab", "enter", "escape"] * 2


def test_two_keys_of_a_form_may_be_traded_and_not_shared() -> None:
    taken, wrong = chosen_keys({"form-sign": ("f3",), "form-preview": ("f10", "ctrl+t")})
    assert (len(taken), wrong) == (2, ())
    taken, wrong = chosen_keys({"form-sign": ("f3",)})
    assert taken == {}
    assert "form-preview" in str(wrong[0])
    # Elsewhere F3 may mean what it likes.
    assert chosen_keys({"sync": ("f3",)})[1] == ()


async def test_every_key_of_a_form_is_explained(office: Office) -> None:
    office.letter_arrives()
    async with at_screen(form_of(office.desk("camat"), Action.NOTE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.presses("f1")
        text = camat.reads_all()
    for key in ("F10, Ctrl+T", "F4, Ctrl+O", "F5", "Ctrl+E", "Shift+Tab", "Ctrl+L"):
        assert key in text
    assert len(list(commands_on("form"))) > 8


async def test_a_disposition_on_24_lines_begins_at_its_top_and_names_the_letter(
    office: Office,
) -> None:
    office.letter_arrives()
    desk = office.desk("camat")
    row = desk.row(office.case.id)
    assert row is not None
    form = form_of(desk, Action.DISPOSE, office.case, receive_first=True, agenda=row.agenda)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.waits()
        lines = camat.sees().splitlines()
        assert f" {row.agenda}/2026 " in lines[0]
        assert lines[1] == " No. 045/112 · 17 November 2026 · Bupati Banyumas"
        assert lines[2].split()[:4] == ["Perihal", "Pengukuran", "Data", "Kinerja"]
        assert form.query_one("#body").scroll_offset.y == 0
        assert form.focused is form.rows["instructions"].editor
        assert " 8. Siapkan jawaban/konsep" in camat.sees()
        await camat.presses("end", "tab", "tab", "tab", "tab")
        assert "Bupati Banyumas" in camat.sees()


async def test_where_there_is_room_the_whole_sheet_heads_the_form(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form, (100, 40)) as pilot:
        camat = Person(pilot)
        await camat.waits()
        assert "LEMBAR DISPOSISI" in camat.sees()
        await camat.resizes(80, 24)
        assert "LEMBAR DISPOSISI" not in camat.sees()
        assert "Bupati Banyumas" in camat.sees()


async def test_a_terminal_without_f_keys_signs_too_and_opens_files_by_what_means_open(
    office: Office,
) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("3", "ctrl+o")
        assert isinstance(camat.app.screen, FolderDialog)
        await camat.presses("escape")
        assert names_of(office.case.entries) == ["register"]
        await camat.presses("ctrl+t")
        assert camat.receipt is not None
