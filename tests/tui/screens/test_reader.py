"""Reading what is attached: from the tray, from the case, and from the form of an act."""

from __future__ import annotations

from pathlib import Path

from soptui.demo.acting import bupati_letter
from soptui.demo.office import DemoOffice
from soptui.desk.views import FileToAttach
from soptui.domain.events import Attach, AttachmentKind
from soptui.tui.forms.form import FormScreen
from soptui.tui.screens.case import CaseScreen
from tests.support.demo_office import now
from tests.tui.sitting import compare, sitting


async def test_one_key_in_the_tray_reads_the_newest_attachment(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("v")
        compare("reader-80x24", person.sees())
        await person.presses("q")
        assert person.title == "Menunggu saya"


async def test_the_letter_is_among_what_was_attached(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("v", "right")
        assert person.title == "Lampiran 1/4"
        assert "SEKRETARIAT DAERAH KABUPATEN BANYUMAS" in person.sees()
        await person.presses("left")
        assert person.title == "Lampiran 4/4"


async def test_enter_on_a_file_of_the_case_reads_it(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("enter", "tab", "tab", "tab", "end", "enter")
        assert person.title == "Lampiran 1/4"
        await person.presses("escape")
        assert isinstance(person.app.screen, CaseScreen)


async def test_a_form_waits_while_its_documents_are_read(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("a")
        await person.types("Sudah dibaca")
        assert "F2 Lampiran" in person.keys
        await person.presses("f2")
        assert person.title == "Lampiran 4/4"
        await person.presses("escape")
        form = person.app.screen
        assert isinstance(form, FormScreen)
        assert form.sheet.values["note"] == "Sudah dibaca"


async def test_a_letter_that_is_being_registered_has_nothing_to_read(looking: DemoOffice) -> None:
    async with sitting(looking, "penerima-surat") as person:
        await person.presses("n", "f2")
        assert isinstance(person.app.screen, FormScreen)
        assert "F2" not in person.keys


async def test_what_cannot_be_shown_can_be_saved(office: DemoOffice, tmp_path: Path) -> None:
    picture = tmp_path / "pindai.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        case_id = person.case_in_hand()
        file = FileToAttach(picture, AttachmentKind.SUPPORT)
        office.desks["camat"].act(case_id, Attach(), files=[file])
        await person.presses("f5", "v")
        assert "Ini gambar" in person.sees()
        await person.presses("w", *["backspace"] * 20)
        await person.types(str(tmp_path / "keluar.png"))
        await person.presses("f10")
        assert (tmp_path / "keluar.png").read_bytes() == picture.read_bytes()
        assert "Disimpan sebagai" in person.news


async def test_text_from_a_file_cannot_act_on_the_terminal(
    office: DemoOffice, tmp_path: Path
) -> None:
    hostile = tmp_path / "draft.txt"
    hostile.write_text("[bold]merah[/] \u202eterbalik\u202c\n", encoding="utf-8")
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        file = FileToAttach(hostile, AttachmentKind.SUPPORT)
        office.desks["camat"].act(person.case_in_hand(), Attach(), files=[file])
        await person.presses("f5", "v")
        assert "[bold]merah[/]" in person.sees()
        assert "\u202e" not in person.sees()


async def test_a_case_without_attachments_says_so(office: DemoOffice) -> None:
    letter = bupati_letter("000.8.6/9/2026", "TW I", now())
    case_id = office.desks["penerima-surat"].register(letter).case
    async with sitting(office, "camat") as person:
        person.app.open_case(case_id)
        await person.waits()
        await person.presses("v")
        assert "Berkas ini tidak mempunyai lampiran" in person.sees()
        await person.presses("w", "right")
        assert "tidak mempunyai lampiran lain" in person.news
