"""A day at the screen, in the words of those who work there."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from textual.widgets import Input

from soptui.demo.office import DemoOffice
from soptui.domain.case import StepState
from soptui.domain.events import Action
from soptui.locale import use
from soptui.tui.app import SoptuiApp
from soptui.tui.frame.dialogs import AskDialog
from soptui.tui.frame.last_place import with_filter
from soptui.tui.screens.case import CaseScreen
from tests.tui.sitting import Person, sitting


async def test_a_receipt_is_opened_by_one_key_signed_by_another_and_tells_the_proof(
    office: DemoOffice,
) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Triwulan IV")
        case_id = person.case_in_hand()
        await person.presses("t")
        assert "tanda terima" in person.sees()
        await person.presses("f10")
        case = office.desks["camat"].case(case_id)
        assert case.visit is not None
        assert case.visit.state is StepState.IN_WORK
        commit = office.desks["camat"].commits_of(case_id)[case.last_id]
        assert f"kode bukti {commit[:10]}" in person.news
        assert person.case_in_hand() == case_id


async def test_several_are_marked_and_received_together(office: DemoOffice) -> None:
    async with sitting(office, "sekretaris") as person:
        await person.puts_cursor_on("Evaluasi Renja")
        waiting = person.case_in_hand()
        await person.presses("home", "space", "space", "t", "f10")
        assert "Hasil setiap berkas" in person.sees()
        await person.presses("escape")
        assert re.match(r"\d+/2026 · Diterima: ditandatangani, kode bukti", person.news)
        assert "1 berkas tidak dicatat" in person.news
        assert person.table.marks == {}
        visit = office.desks["sekretaris"].case(waiting).visit
        assert visit is not None
        assert visit.state is StepState.IN_WORK


async def test_a_form_opens_from_the_tray_and_its_act_is_told(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        case_id = person.case_in_hand()
        await person.presses("a", "f10")
        events = [entry.event.action for entry in office.desks["camat"].case(case_id).entries]
        assert Action.APPROVE in events
        assert "kode bukti" in person.news


async def test_a_form_that_is_left_records_nothing(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        head = office.repository.head()
        await person.presses("end", "c")
        await person.types("Mohon dicek")
        await person.presses("escape")
        assert person.title == "Menunggu saya"
        assert office.repository.head() == head


async def test_after_an_act_the_next_case_opens_when_asked(office: DemoOffice) -> None:
    async with sitting(office, "sekretaris") as person:
        await person.presses("2", "N", "home", "enter")
        first = person.case_in_hand()
        await person.presses("J")
        assert person.case_in_hand() != first
        await person.presses("K")
        assert person.case_in_hand() == first
        assert person.app.opens_next_case


async def test_the_filter_filters_with_every_letter_and_esc_takes_it_away(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2")
        everything = len(person.subjects())
        await person.presses("slash")
        await person.types("rekon")
        assert len(person.subjects()) == 1
        await person.presses("enter")
        assert "Rekonsiliasi" in person.subjects()[0]
        await person.presses("escape")
        assert len(person.subjects()) == everything


async def test_filters_of_before_are_offered_again_even_after_a_new_start(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2", "slash")
        await person.types("renja")
        await person.presses("enter", "escape", "slash")
        await person.types("rekon")
        await person.presses("enter", "Q", "f10")
    async with sitting(looking, "camat") as person:
        await person.presses("slash")
        assert "↑" in person.sees()
        await person.presses("up")
        assert person.case_list.text == "rekon"
        await person.presses("up")
        assert person.case_list.text == "renja"
        await person.presses("up", "down")
        assert person.case_list.text == "rekon"
        await person.presses("down")
        assert person.case_list.text == ""
        await person.presses("down", "2")
        assert person.title.startswith("Semua berkas")


def test_a_filter_is_kept_once_and_the_newest_comes_first() -> None:
    assert with_filter(("a b", "cd"), "  cd ") == ("cd", "a b")
    assert with_filter(("ab",), "x") == ("ab",)
    assert len(with_filter([f"kata {one}" for one in range(20)], "baru")) == 20


async def test_sorting_goes_through_the_orders_and_says_which(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2", "S")
        assert person.news == "Urutan: menurut nomor agenda, terbaru dahulu"
        await person.presses("S")
        subjects = [subject.lstrip("! ") for subject in person.subjects()]
        assert person.news == "Urutan: menurut perihal"
        assert len(subjects) > 3


async def test_changing_the_desk_shows_the_other_officers_tray(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("D", "home", "enter")
        assert person.app.desk.officer_id == "admin"
        assert "Administrator Contoh" in person.sees()
        await person.presses("f2", "escape")
        assert person.title == "Menunggu saya"


async def test_an_attachment_is_saved_and_never_over_another_file(
    looking: DemoOffice, tmp_path: Path
) -> None:
    place = tmp_path / "surat.pdf"
    async with sitting(looking, "camat") as person:
        await person.presses("end", "enter", "tab", "tab", "tab", "w")
        await _saves_as(person, place)
        assert person.news == f"Disimpan sebagai {place}."
        content = place.read_bytes()
        assert content
        assert place.stat().st_mode & 0o777 == 0o600
        place.write_bytes(b"mine")
        await person.presses("w")
        await _saves_as(person, place)
        assert place.read_bytes() == b"mine"
        # It is asked again, with the reason and with what was typed.
        asked = person.app.screen
        assert isinstance(asked, AskDialog)
        assert asked.query_one(Input).value == str(place)
        assert "sudah ada" in " ".join(person.sees().replace("│", " ").split())
        await _saves_as(person, tmp_path / "lain.pdf")
        assert (tmp_path / "lain.pdf").read_bytes() == content


async def test_a_folder_takes_the_attachment_under_its_own_name(
    looking: DemoOffice, tmp_path: Path
) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("end", "enter", "tab", "tab", "tab", "w")
        await _saves_as(person, tmp_path)
        (saved,) = tmp_path.glob("*.*")
        assert person.news == f"Disimpan sebagai {saved}."
        assert saved.name in person.sees()


async def _saves_as(person: Person, place: Path) -> None:
    """Type over what is proposed; Enter writes nothing."""
    await person.types(str(place))
    await person.presses("enter")
    assert isinstance(person.app.screen, AskDialog)
    await person.presses("f10")


async def test_the_language_changes_at_once_and_back(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        before = person.sees()
        await person.presses("end", "enter", "L")
        assert "In work" in person.sees()
        await person.presses("q")
        assert person.title == "Waiting for me"
        await person.presses("L", "home")
        assert person.sees() == before


async def test_the_place_the_case_and_the_colours_are_there_at_the_next_start(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2", "T")
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("enter")
        case_id, theme = person.case_in_hand(), person.app.theme
        await person.presses("Q", "f10")
    async with sitting(looking, "camat") as person:
        assert isinstance(person.screen, CaseScreen)
        assert person.screen.case_id == case_id
        assert person.app.theme == theme
        await person.presses("q")
        assert person.title.startswith("Semua berkas")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
async def test_a_lost_line_keeps_what_was_typed(office: DemoOffice, number: signal.Signals) -> None:
    async with sitting(office, "camat") as person:
        await person.presses("end", "c")
        await person.types("Mohon dicek lagi")
        os.kill(os.getpid(), number)
        await person.waits_until(lambda: person.app.return_code == 128 + number)
    async with sitting(office, "camat") as person:
        await person.presses("end", "c")
        assert "Mohon dicek lagi" in person.sees()


async def test_a_small_window_says_so_and_loses_nothing(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("end")
        key = person.table.key
        await person.resizes(50, 14)
        assert "Jendela terlalu kecil" in person.sees()
        await person.resizes(80, 24)
        assert person.table.key == key
        assert "Jendela terlalu kecil" not in person.sees()


async def test_without_utf8_everything_is_ascii(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", ascii_only=True) as person:
        for keys in ((), ("end", "enter"), ("tab",), ("3",), ("question_mark",)):
            await person.presses(*keys)
            assert person.sees().isascii()


async def test_without_colours_the_cursor_is_seen(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(looking, "camat") as person:
        assert person.app.theme == "ansi-dark"
        assert person.table.style_of("cursor").reverse
        assert "\n>" in person.sees()


async def test_nothing_is_remembered_from_a_damaged_file(looking: DemoOffice) -> None:
    from soptui.records.platform.private_files import state_folder

    async with sitting(looking, "camat") as person:
        await person.presses("Q", "f10")
    for path in state_folder().glob("screen-*"):
        path.write_text("[1, 2", encoding="utf-8")
    async with sitting(looking, "camat") as person:
        assert person.title == "Menunggu saya"


def test_the_app_asks_textual_for_no_palette_of_its_own() -> None:
    use("id")
    assert not SoptuiApp.ENABLE_COMMAND_PALETTE


async def test_a_filter_in_the_tray_hides_nothing_from_the_counters(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        counters = person.line_of("counters")
        await person.presses("slash")
        await person.types("rekonsiliasi")
        assert person.title == "Menunggu saya · 1 dari 2"
        assert person.line_of("counters") == counters
        await person.types("x")
        assert person.line_of("counters") == counters
        assert "Tidak ada yang cocok dengan saringan" in person.sees()


async def test_the_list_of_all_cases_tells_how_many_the_filter_leaves(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2")
        whole = person.title
        await person.presses("slash")
        await person.types("rekonsiliasi")
        assert person.title.startswith("Semua berkas · 1 dari ")
        await person.presses("escape")
        assert person.title == whole


async def test_a_checkpoint_is_seen_before_it_is_signed(office: DemoOffice) -> None:
    async with sitting(office, "camat") as person:
        await person.presses("7", "c")
        assert "soptui-checkpoint 1" in person.sees()
        await person.presses("escape")
        assert "Belum ada titik acuan" in person.sees()
        await person.presses("c", "f10")
        assert "Ditandatangani: urutan" in person.news
