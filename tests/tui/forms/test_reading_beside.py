"""What is read beside a form: the document that is decided on, what changed in it, a scan."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import pytest

from soptui.demo.papers import write_pdf
from soptui.desk.forms.paths import remember_folder
from soptui.desk.papers import value_of
from soptui.desk.views import FileToAttach
from soptui.domain.events import Action, AttachmentKind, Complete, Return
from soptui.tui.forms.paper_dialog import PaperDialog
from soptui.tui.forms.paper_pane import PaperPane
from tests.tui.forming import Office, Person, at_screen, form_of
from tests.tui.forms.test_form_pictures import compare, without_ids

SIZES = ((80, 24), (120, 40), (200, 50))
FIRST = "Indikator;Target;Realisasi\nDesa tertib administrasi;90;86\nDesa dengan BUMDes;12;11\n"
SECOND = FIRST.replace("12;11", "12;12")


def lies_with_the_camat_again(office: Office, *, second: str) -> None:
    """The camat sent the draft back once; it was made anew, as `second`, and came up again."""
    actor = office.actor

    def completes(text: str, day: int) -> None:
        draft = actor.office.papers / "Draft.csv"
        draft.write_text(text)
        at = office.demo.workday(day, time(9, 0))
        case = office.case
        complete = Complete(case.step.requirements, "", "e-SAKIP", "diunggah")
        actor.act("kasubbag-pk", at, complete, FileToAttach(draft, AttachmentKind.OUTPUT))
        for who in ("sekretaris",):
            actor.receive(who, at.replace(hour=10))
            actor.finish(who, at.replace(hour=11))
        actor.receive("camat", at.replace(hour=12))

    office.letter_arrives()
    office.goes_on_to(5)
    actor.receive("kasubbag-pk", office.demo.workday(2, time(14, 0)))
    completes(FIRST, 1)
    sent_back = Return(5, "koreksi-angka", "Realisasi indikator kedua berbeda.")
    at = office.demo.workday(1, time(13, 0))
    actor.act("camat", at, sent_back)
    actor.receive("kasubbag-pk", at.replace(minute=30))
    completes_at = at.replace(hour=14)
    draft = actor.office.papers / "Draft.csv"
    draft.write_text(second)
    complete = Complete(office.case.step.requirements, "", "e-SAKIP", "diunggah lagi")
    file = FileToAttach(draft, AttachmentKind.OUTPUT)
    actor.act("kasubbag-pk", completes_at, complete, file)
    actor.receive("sekretaris", completes_at.replace(minute=10))
    actor.finish("sekretaris", completes_at.replace(minute=20))
    actor.receive("camat", completes_at.replace(minute=30))


def pane_of(person: Person) -> PaperPane:
    return person.form.query_one(PaperPane)


@pytest.fixture
def scans(tmp_path: Path, small_office: Office) -> Path:
    """The folder from which files were taken last, with an old scan and a new one."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    old = write_pdf(folder / "scan-0141.pdf", ("DINAS LAIN", "Nomor : 1/2/2026"))
    write_pdf(
        folder / "scan-0142.pdf",
        ("BUPATI BANYUMAS", "Nomor   : 005/1234/2026", "Hal     : Undangan rapat"),
    )
    os.utime(old, (1, 1))
    remember_folder(folder)
    return folder


@pytest.mark.snapshot
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_approving_is_as_its_picture(small_office: Office, size: tuple[int, int]) -> None:
    lies_with_the_camat_again(small_office, second=SECOND)
    form = form_of(small_office.desk("camat"), Action.APPROVE, small_office.case)
    async with at_screen(form, size) as pilot:
        camat = Person(pilot)
        await camat.waits()
        compare(f"approve-beside-{size[0]}x{size[1]}", without_ids(camat.sees()))


async def test_the_document_stands_beside_its_approval_without_a_key(small_office: Office) -> None:
    lies_with_the_camat_again(small_office, second=SECOND)
    form = form_of(small_office.desk("camat"), Action.APPROVE, small_office.case)
    async with at_screen(form, (120, 40)) as pilot:
        camat = Person(pilot)
        await camat.waits()
        assert "Desa dengan BUMDes" in camat.sees()
        await camat.presses("f10")
        assert camat.receipt is not None
    assert small_office.case.approval is not None


async def test_what_changed_since_the_returned_round_is_a_sheet_of_its_own(
    small_office: Office,
) -> None:
    lies_with_the_camat_again(small_office, second=SECOND)
    form = form_of(small_office.desk("camat"), Action.APPROVE, small_office.case)
    async with at_screen(form, (120, 40)) as pilot:
        camat = Person(pilot)
        await camat.waits()
        await camat.presses("ctrl+n")
        seen = camat.sees()
        assert "[Beda dari naskah pertama]" in seen
        assert any("│ - Desa dengan BUMDes" in one for one in seen.splitlines())
        assert any("│ + Desa dengan BUMDes" in one for one in seen.splitlines())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_very_file_that_was_returned_is_said_to_be_it(
    small_office: Office, size: tuple[int, int]
) -> None:
    lies_with_the_camat_again(small_office, second=FIRST)
    form = form_of(small_office.desk("camat"), Action.APPROVE, small_office.case)
    async with at_screen(form, size) as pilot:
        camat = Person(pilot)
        await camat.waits()
        assert "SAMA" in camat.sees()
        assert "naskah pertama" in camat.sees()


async def test_another_file_is_not_said_to_be_the_returned_one(small_office: Office) -> None:
    lies_with_the_camat_again(small_office, second=SECOND)
    form = form_of(small_office.desk("camat"), Action.APPROVE, small_office.case)
    async with at_screen(form, (120, 40)) as pilot:
        camat = Person(pilot)
        await camat.waits()
        assert "SAMA" not in camat.sees()


async def test_at_eighty_columns_the_document_begins_above_the_note(small_office: Office) -> None:
    lies_with_the_camat_again(small_office, second=SECOND)
    form = form_of(small_office.desk("camat"), Action.APPROVE, small_office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.waits()
        seen = camat.sees()
        assert seen.index("Desa tertib administrasi") < seen.index("Catatan")
        await camat.presses("ctrl+n")
        assert isinstance(camat.app.screen, PaperDialog)
        assert "[Beda dari naskah pertama]" in camat.sees()
        await camat.presses("escape")
        assert not isinstance(camat.app.screen, PaperDialog)


async def test_a_key_of_reading_is_the_fields_own_where_nothing_is_to_be_read(
    small_office: Office,
) -> None:
    small_office.letter_arrives()
    small_office.goes_on_to(1)
    form = form_of(small_office.desk("camat"), Action.NOTE, small_office.case)
    async with at_screen(form, (120, 40)) as pilot:
        camat = Person(pilot)
        await camat.waits()
        await camat.types("abc")
        await camat.presses("home", "ctrl+d")
        assert form.sheet.values["note"] == "bc"


async def test_the_newest_scan_stands_beside_the_letter_and_nothing_is_filled_in(
    small_office: Office, scans: Path
) -> None:
    form = form_of(small_office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form, (120, 40)) as pilot:
        clerk = Person(pilot)
        await clerk.waits()
        seen = clerk.sees()
        assert "[scan-0142.pdf] scan-0141.pdf" in seen
        assert "Belum dilampirkan" in seen
        assert "005/1234/2026" in seen
        assert not form.sheet.has_input


async def test_a_line_of_the_scan_is_copied_into_the_field_by_its_letter(
    small_office: Office, scans: Path
) -> None:
    form = form_of(small_office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form, (120, 40)) as pilot:
        clerk = Person(pilot)
        await clerk.waits()
        await clerk.presses("f7", "b")
        assert form.sheet.values["number"] == "005/1234/2026"
        assert clerk.focused() is form.rows["number"].editor
        assert not form.rows["number"].note
        await clerk.presses("tab", "tab", "f7", "a")
        assert form.sheet.values["sender"] == "BUPATI BANYUMAS"


async def test_a_key_that_is_no_letter_of_a_line_copies_nothing(
    small_office: Office, scans: Path
) -> None:
    form = form_of(small_office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form, (120, 40)) as pilot:
        clerk = Person(pilot)
        await clerk.waits()
        await clerk.presses("f7", "escape")
        assert form.sheet.values["number"] == ""
        await clerk.types("7")
        assert form.sheet.values["number"] == "7"


async def test_at_eighty_columns_the_scan_is_read_on_the_whole_screen_and_copied_from_there(
    small_office: Office, scans: Path
) -> None:
    form = form_of(small_office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.waits()
        await clerk.presses("f2")
        assert "Undangan rapat" in clerk.sees()
        await clerk.presses("f7", "b")
        assert clerk.app.screen is form
        assert form.sheet.values["number"] == "005/1234/2026"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nomor   : 005/1234/2026", "005/1234/2026"),
        ("Hal: Undangan rapat", "Undangan rapat"),
        ("BUPATI BANYUMAS", "BUPATI BANYUMAS"),
        ("Pukul 10:30 di aula", "Pukul 10:30 di aula"),
        ("  Banyumas,   1 Desember 2026 ", "Banyumas, 1 Desember 2026"),
    ],
)
def test_what_a_line_says_stands_behind_its_label(text: str, value: str) -> None:
    assert value_of(text) == value
