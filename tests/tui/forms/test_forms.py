"""Filling in forms by keyboard, and signing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from soptui.desk.forms.paths import remember_folder
from soptui.domain.events import Action, Approve, Archive, Complete, Dispose, Return, Submit
from soptui.locale import _
from soptui.records.platform.private_files import state_folder
from tests.tui.forming import (
    Face,
    Office,
    Person,
    at_screen,
    form_of,
    names_of,
    path_with_locked_key,
)

# --- the ways through a form ----------------------------------------------------------------------


async def test_a_letter_is_registered_by_keyboard(office: Office, tmp_path: Path) -> None:
    scan = tmp_path / "surat bupati.pdf"
    scan.write_bytes(b"%PDF-1.7")
    desk = office.desk("penerima-surat")
    async with at_screen(form_of(desk, Action.REGISTER)) as pilot:
        clerk = Person(pilot)
        await clerk.types("050/7\n22 Nov\nBupati Banyumas\nPengukuran Kinerja\n")
        await clerk.presses("tab", "2", "tab", "tab", "tab")
        await clerk.types(f"{tmp_path}/surat")
        await clerk.presses("tab", "enter", "f10")
        receipt = clerk.receipt
    assert receipt is not None
    case = desk.case(receipt.case)
    assert case.letter is not None
    assert (case.letter.number, case.letter.date.isoformat()) == ("050/7", "2026-11-22")
    assert case.letter.urgency == "segera"
    assert [file.name for file in case.entries[0].event.attachments] == ["surat bupati.pdf"]


async def test_the_camat_disposes_in_four_keys(office: Office) -> None:
    office.letter_arrives()
    office.is_received_by("camat")
    desk = office.desk("camat")
    async with at_screen(form_of(desk, Action.DISPOSE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.presses("3", "7", "f10")
        assert camat.receipt is not None
    details = office.case.entries[-1].event.details
    assert isinstance(details, Dispose)
    assert details.to == ("sekretaris",)
    assert details.instructions == ("koordinasikan", "siapkan-bahan")


async def test_a_number_that_could_go_on_waits_for_the_next_key(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("1")
        assert "Nomor 1_" in camat.sees()
        await camat.presses("2", "1", "comma", "1", "tab")
        codes = form.sheet.values["instructions"]
        labels = {choice.value: choice.number for choice in form.form.field("instructions").choices}
    assert [labels[code] for code in codes] == [12]


async def test_numbers_typed_and_left_count(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        await Person(pilot).presses("1", "tab")
        first = form.form.field("instructions").choices[0].value
        assert form.sheet.values["instructions"] == (first,)


async def test_a_case_is_received_and_disposed_with_one_key(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        assert "Diterima dahulu" in form.news
        await camat.presses("3", "f10")
    assert names_of(office.case.entries) == ["register", "receive", "dispose"]


async def test_a_section_answers_with_lines_of_data(office: Office) -> None:
    office.letter_arrives()
    office.asks_a_section()
    form = form_of(office.desk("kasi-pemerintahan"), Action.SUBMIT, office.case)
    async with at_screen(form) as pilot:
        head = Person(pilot)
        await head.types("Desa tertib|persen|9")
        assert "kolom Target" in head.sees()
        await head.types("0|86\nBUMDes|desa|12|11")
        await head.presses("tab")
        assert "Desa tertib | persen | 90 | 86" in head.sees()
        assert "BUMDes      | desa   | 12 | 11" in head.sees()
        assert form.rows["data"].note == "2 baris"
        await head.presses("f10")
    details = office.case.entries[-1].event.details
    assert isinstance(details, Submit)
    assert [datum.indicator for datum in details.data] == ["Desa tertib", "BUMDes"]


async def test_the_camat_approves_with_one_key_and_returns_with_a_reason(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(6)
    office.is_received_by("sekretaris")
    desk = office.desk("sekretaris")
    async with at_screen(form_of(desk, Action.RETURN, office.case)) as pilot:
        secretary = Person(pilot)
        await secretary.presses("1", "enter")
        await secretary.types("Angka tidak cocok")
        await secretary.presses("f10")
        assert secretary.receipt is not None
    details = office.case.entries[-1].event.details
    assert isinstance(details, Return)
    assert details.note == "Angka tidak cocok"


async def test_the_documents_to_approve_are_ticked_already(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(7)
    form = form_of(office.desk("camat"), Action.APPROVE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        await Person(pilot).presses("f10")
    details = office.case.entries[-1].event.details
    assert isinstance(details, Approve)
    assert details.documents


async def test_a_step_is_completed_with_its_output_from_the_picker(
    office: Office, tmp_path: Path
) -> None:
    office.letter_arrives()
    office.goes_on_to(4)
    (tmp_path / "kerja").mkdir()
    (tmp_path / "kerja" / "draft.odt").write_bytes(b"PK\x03\x04content.xml".ljust(2048))
    (tmp_path / "kerja" / "lain.txt").write_bytes(b"y")
    remember_folder(tmp_path)
    form = form_of(office.desk("staff-1"), Action.COMPLETE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        staff = Person(pilot)
        await staff.presses("asterisk", "f4", "enter", "d", "r")
        assert "lain.txt" not in staff.sees()
        await staff.presses("enter")
        assert "draft.odt  2 KB" in staff.sees()
        await staff.presses("f10")
        assert staff.receipt is not None
    event = office.case.entries[-1].event
    assert isinstance(event.details, Complete)
    assert [file.name for file in event.attachments] == ["draft.odt"]


async def test_the_retention_follows_the_classification(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(8)
    office.is_received_by("staff-1")
    form = form_of(office.desk("staff-1"), Action.ARCHIVE, office.case)
    async with at_screen(form) as pilot:
        staff = Person(pilot)
        lines = office.desk("staff-1").office.classifications
        form.rows["classification"].editor.focus()
        await staff.presses("end", "space")
        assert form.sheet.values["active_years"] == str(
            getattr(lines[-1].retention, "active_years", None)
        )
        form.rows["file_number"].editor.focus()
        await staff.types("1/2026")
        form.rows["place"].editor.focus()
        await staff.types("Lemari 1")
        await staff.presses("f10")
    details = office.case.entries[-1].event.details
    assert isinstance(details, Archive)
    assert details.classification == lines[-1].code


# --- what is wrong is said, and nothing is lost ---------------------------------------------------


async def test_an_empty_duty_is_said_beside_its_field_only_when_it_was_left(
    office: Office,
) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        assert form.rows["number"].note == ""
        await clerk.presses("tab")
        assert form.rows["number"].note == "Nomor surat wajib diisi."
        assert form.rows["sender"].note == ""
        await clerk.presses("f10")
        assert form.rows["sender"].note == "Surat dari wajib diisi."
        assert form.focused is form.rows["number"].editor


async def test_a_date_is_understood_as_one_types(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("tab")
        await clerk.types("24/1")
        assert form.rows["date"].note == (
            "Minggu, 24 Januari 2027 · bukan hari kerja · diterima sebelum tanggal surat"
        )
        await clerk.types("1/2026")
        assert "Selasa, 24 November 2026" in clerk.sees()
        await clerk.types("x")
        assert form.rows["date"].note == "belum dimengerti"
        await clerk.presses("down")
        assert "24/11/2026x" in form.rows["date"].note


async def test_a_file_that_cannot_go_along_is_said_before_signing(
    office: Office, tmp_path: Path
) -> None:
    big = tmp_path / "besar.bin"
    with big.open("wb") as file:
        file.truncate(office.desk("camat").office.attachment_limit + 1)
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.types(str(big))
        await camat.presses("f10")
        assert "terlalu besar" in form.news
        assert form.sheet.values["file"] == (str(big),)


async def test_a_refusal_is_said_and_all_that_was_typed_stays(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("sekretaris"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        secretary = Person(pilot)
        await secretary.presses("3")
        form.rows["note"].editor.focus()
        await secretary.types("Segera")
        await secretary.presses("f10")
        assert "Camat (Camat Contoh)" in form.news
        assert form.sheet.values["note"] == "Segera"
        assert form.focused is form.rows["note"].editor
    assert names_of(office.case.entries) == ["register"]


async def test_nothing_is_received_for_an_act_that_the_gate_refuses(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        await Person(pilot).presses("f10")
        assert form.news
    assert names_of(office.case.entries) == ["register"]


async def test_a_signature_that_waits_for_its_owner_can_be_stopped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.letter_arrives()
    office.is_received_by("camat")
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", path_with_locked_key(tmp_path))
        patch.setattr("soptui.tui.frame.signature._KEY_IS_ASKED_AFTER", 0.01)
        async with at_screen(form) as pilot:
            camat = Person(pilot)
            await pilot.press("3", "f10")
            await camat.waits_until(lambda: "sentuh" in form.news)
            await pilot.press("7", "tab")
            assert camat.focused() is None
            await camat.presses("escape")
            assert form.news == _(
                "Signing was cancelled. Nothing was recorded. It can be tried again."
            )
            assert camat.focused() is form.rows["instructions"].editor
            assert form.sheet.values["instructions"] == ("koordinasikan",)
    assert names_of(office.case.entries) == ["register", "receive"]


async def test_a_registration_that_waits_for_its_owner_can_be_stopped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desk("penerima-surat")
    head = desk.repository.head()
    form = form_of(desk, Action.REGISTER)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", path_with_locked_key(tmp_path))
        patch.setattr("soptui.tui.frame.signature._KEY_IS_ASKED_AFTER", 0.01)
        async with at_screen(form) as pilot:
            clerk = Person(pilot)
            await clerk.types("050/8\n22 Nov\nBupati Banyumas\nPengukuran Kinerja\n")
            await pilot.press("f10")
            await clerk.waits_until(lambda: "sentuh" in form.news)
            await clerk.presses("escape")
            assert form.news == _(
                "Signing was cancelled. Nothing was recorded. It can be tried again."
            )
            assert form.sheet.values["number"] == "050/8"
    assert desk.repository.head() == head


async def test_a_fault_while_signing_keeps_its_traceback_and_what_was_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*unused: object) -> None:
        raise ZeroDivisionError("the rows")

    office.letter_arrives()
    desk = office.desk("camat")
    form = form_of(desk, Action.NOTE, office.case)
    with monkeypatch.context() as patch:
        patch.setattr("soptui.tui.forms.signing.fill", fails)
        async with at_screen(form) as pilot:
            camat = Person(pilot)
            await camat.types("Segera")
            await camat.presses("f10")
            assert "ZeroDivisionError" in form.news
            assert "Yang Anda ketik tersimpan" in form.news
            assert form.sheet.values["note"] == "Segera"
    kept = [path.read_text() for path in (state_folder() / "faults").glob("*")]
    assert [text for text in kept if "ZeroDivisionError: the rows" in text]


# --- editor, small screens ------------------------------------------------------------------------


async def test_long_text_is_written_in_ones_own_editor(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "editor"
    program.write_text('#!/bin/sh\nstat -c %a "$1" > "$0.mode"\nprintf "dari editor\\n" >> "$1"\n')
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.NOTE, office.case)

    @contextmanager
    def suspend(self: Face) -> Iterator[None]:
        yield

    monkeypatch.setattr(Face, "suspend", suspend)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.types("awal")
        await camat.presses("ctrl+e")
        assert form.sheet.values["note"] == "awal\ndari editor"
    assert (tmp_path / "editor.mode").read_text().strip() == "600"


async def test_where_no_editor_can_open_the_text_stays(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.types("awal")
        await camat.presses("ctrl+e")
        assert "tidak dapat dibuka" in form.news
        assert form.sheet.values["note"] == "awal"


async def test_the_keys_of_a_form_are_explained(office: Office) -> None:
    office.letter_arrives()
    async with at_screen(form_of(office.desk("camat"), Action.NOTE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.presses("f1")
        assert "Ctrl+E" in camat.reads_all()
