"""Picking a file: the fresh scan is in hand, names with blanks are found, Space always marks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from soptui.desk.forms.paths import items_of, remember_folder
from soptui.domain.events import Action
from soptui.tui.forms.editors.folder import FolderDialog
from tests.tui.forming import Office, Person, at_screen, form_of

MORNING = 1_795_000_000


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "pindaian"
    (folder / "lama").mkdir(parents=True)
    for name, age in (
        ("surat bupati 10.pdf", 100), ("surat bupati 9.pdf", 100), ("surat camat.pdf", 0),
        ("daftar.csv", 500),
    ):  # fmt: skip
        path = folder / name
        path.write_bytes(b"x")
        os.utime(path, (MORNING - age, MORNING - age))
    remember_folder(folder)
    return folder


def test_files_come_newest_first_and_of_one_age_in_the_order_of_their_numbers(
    scans: Path,
) -> None:
    assert [item.name for item in items_of(scans)] == [
        "lama", "surat camat.pdf", "surat bupati 9.pdf", "surat bupati 10.pdf", "daftar.csv",
    ]  # fmt: skip


async def test_the_newest_file_is_in_hand_with_its_time(office: Office, scans: Path) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("f4")
        (in_hand,) = [one for one in camat.sees().splitlines() if "│ >" in one]
        assert "surat camat.pdf" in in_hand
        assert "Nov 2026" in in_hand
        assert "Ketik untuk menyaring" in camat.sees()
        await camat.presses("enter")
        assert form.sheet.values["file"] == (str(scans / "surat camat.pdf"),)


async def test_space_marks_in_a_narrowed_list_too_and_esc_first_shows_all_files(
    office: Office, scans: Path
) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("f4")
        assert "Spasi Tandai" in camat.sees()
        await camat.types("suratb")
        assert "/suratb" in camat.sees()
        assert "surat camat.pdf" not in camat.sees()
        assert "Spasi Tandai" in camat.sees()
        await camat.presses("space", "space")
        assert "2 ditandai" in camat.sees()
        assert "/suratb " in camat.sees()
        await camat.presses("escape")
        assert isinstance(camat.app.screen, FolderDialog)
        assert "daftar.csv" in camat.sees()
        await camat.presses("enter")
        assert {Path(one).name for one in form.sheet.values["file"]} == {
            "surat bupati 9.pdf", "surat bupati 10.pdf",
        }  # fmt: skip


async def test_a_blank_within_what_is_typed_marks_and_narrows_no_further(
    office: Office, scans: Path
) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("f4")
        await camat.types("cam")
        await camat.presses("space")
        assert "surat camat.pdf" in camat.sees()
        assert "1 ditandai" in camat.sees()
        await camat.presses("enter")
        assert form.sheet.values["file"] == (str(scans / "surat camat.pdf"),)


async def test_a_blank_marks_where_nothing_is_typed(office: Office, scans: Path) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("f4", "space", "space")
        assert "2 ditandai" in camat.sees()
        await camat.presses("escape")
        assert camat.app.screen is form


async def test_picking_a_file_leaves_one_in_the_field_where_one_was(
    office: Office, scans: Path
) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f4", "enter")
        assert form.sheet.values["file"] == (str(scans / "surat camat.pdf"),)
        assert clerk.focused() is form.rows["number"].editor
        assert form.rows["number"].note == ""
