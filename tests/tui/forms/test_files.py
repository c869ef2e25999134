"""Files in a form: one that may not be meant is asked about, and a path is taken as it is."""

from __future__ import annotations

from pathlib import Path

from soptui.domain.events import Action
from tests.tui.forming import Office, Person, at_screen, draft_of, form_of

LETTER = {"number": "470/88/2026", "date": "20/11/2026", "sender": "Bupati", "subject": "Undangan"}


async def test_the_first_f10_asks_about_an_empty_scan_and_the_second_signs_it(
    office: Office, tmp_path: Path
) -> None:
    """Follows open-eid/DigiDoc4-Client#471."""
    scan = tmp_path / "scan0001.pdf"
    scan.touch()
    desk = office.desk("penerima-surat")
    before = desk.repository.head()
    draft_of(desk, Action.REGISTER).save(LETTER | {"file": (str(scan),)})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f10")
        assert desk.repository.head() == before
        assert form.news.startswith("Belum ditandatangani: scan0001.pdf kosong")
        assert "F10 sekali lagi tetap melampirkannya" in form.news
        assert clerk.focused() is form.rows["file"].editor.to_focus()
        await clerk.presses("f10")
        assert clerk.receipt is not None


async def test_each_file_is_asked_about_by_itself(office: Office, tmp_path: Path) -> None:
    first, second = tmp_path / "satu.pdf", tmp_path / "dua.pdf"
    first.touch()
    second.write_bytes(b"\xff\xd8\xff\xe0")
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save(
        LETTER | {"number": "2", "file": (str(first), str(second))}
    )
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f10")
        assert "satu.pdf kosong" in form.news
        await clerk.presses("f10")
        assert "Isi dua.pdf bukan seperti kata namanya: tampaknya gambar JPEG" in form.news
        await clerk.presses("f10")
        assert clerk.receipt is not None


async def test_what_is_asked_about_is_shown_before_all_the_same(
    office: Office, tmp_path: Path
) -> None:
    scan = tmp_path / "scan0001.pdf"
    scan.touch()
    desk = office.desk("penerima-surat")
    before = desk.repository.head()
    draft_of(desk, Action.REGISTER).save(LETTER | {"number": "3", "file": (str(scan),)})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f9")
        assert "scan0001.pdf" in clerk.sees()
        await clerk.presses("f10")
        assert "F10 sekali lagi" in form.news
        assert desk.repository.head() == before


async def test_a_name_with_a_blank_at_its_end_is_a_file(office: Office, tmp_path: Path) -> None:
    """Follows pazz/alot#126, OpenSID/OpenSID#7619."""
    (tmp_path / "surat.pdf ").write_bytes(b"%PDF-1.7")
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.types(f"{tmp_path}/surat.pdf \n")
        assert form.sheet.values["file"] == (f"{tmp_path}/surat.pdf ",)
        await camat.presses("f10")
        assert camat.receipt is not None
    (file,) = office.case.entries[-1].event.attachments
    assert file.name == "surat.pdf"


async def test_a_blank_typed_by_mistake_keeps_nobody_from_a_file(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7")
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.ATTACH, office.case)
    async with at_screen(form) as pilot:
        await Person(pilot).types(f"{tmp_path}/surat.pdf \n")
        assert form.sheet.values["file"] == (f"{tmp_path}/surat.pdf",)
