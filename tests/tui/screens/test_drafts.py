"""What is typed into a form of the whole screen is kept, and told of afterwards."""

from __future__ import annotations

import shutil

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.forms.drafts import DraftFile
from soptui.desk.forms.form_for import form_for
from soptui.domain.events import Action
from soptui.records.platform.private_files import state_folder
from tests.tui.sitting import sitting


async def test_what_ends_the_screen_keeps_what_is_typed_on_every_screen(
    office: DemoOffice,
) -> None:
    async with sitting(office, "camat") as camat:
        await camat.puts_cursor_on("Rekonsiliasi")
        desk = office.desks["camat"]
        case = desk.case(camat.case_in_hand())
        await camat.presses("c")
        await camat.types("Putus")
        await camat.presses("f1")
        camat.app.save_drafts()
        draft = DraftFile(desk, form_for(desk, Action.NOTE, case), case.id).load()
        assert draft is not None
        assert draft.values == {"note": "Putus"}


async def test_a_form_that_is_left_says_that_its_draft_is_kept_and_the_case_tells_of_it(
    office: DemoOffice,
) -> None:
    async with sitting(office, "camat") as camat:
        await camat.puts_cursor_on("Rekonsiliasi")
        await camat.presses("enter", "c")
        await camat.types("Tunggu")
        await camat.presses("escape")
        assert "disimpan sebagai draf" in camat.news
        assert "Draf Anda, disimpan baru saja: Catatan (c)" in camat.sees()
    async with sitting(office, "camat") as camat:
        # After a restart too, in the case that is open again, and until it is signed.
        assert "Draf Anda" in camat.sees()
        await camat.presses("c", "f10")
        assert "Draf Anda" not in camat.sees()


async def test_a_form_that_is_left_empty_says_nothing(office: DemoOffice) -> None:
    async with sitting(office, "camat") as camat:
        await camat.puts_cursor_on("Rekonsiliasi")
        await camat.presses("c", "escape")
        assert "draf" not in camat.news


@pytest.fixture
def no_drafts(office: DemoOffice) -> None:
    """Nobody began anything."""
    shutil.rmtree(state_folder() / "drafts", ignore_errors=True)


@pytest.mark.usefixtures("no_drafts")
async def test_a_letter_that_was_begun_is_told_in_the_tray_with_its_key_until_it_is_signed(
    office: DemoOffice,
) -> None:
    async with sitting(office, "penerima-surat") as clerk:
        assert "Draf surat" not in clerk.sees()
        await clerk.presses("n")
        await clerk.types("470")
        clerk.app.save_drafts()
    # The line was lost; they log in again.
    async with sitting(office, "penerima-surat") as clerk:
        assert "Draf surat 470, disimpan baru saja: n melanjutkannya." in clerk.sees()
        await clerk.presses("n", "f8")
        await clerk.types("471")
        await clerk.presses("escape")
        assert "2 draf surat, terakhir 471, disimpan baru saja" in clerk.sees()
        await clerk.presses("n")
        for text in ("20 Nov", "Bupati", "Undangan"):
            await clerk.pilot.press(*("space" if one == " " else one for one in text), "enter")
        await clerk.presses("f10")
        assert "nomor agenda" in clerk.news
        assert "Draf surat 470," in clerk.sees()


@pytest.mark.usefixtures("no_drafts")
async def test_only_who_may_register_is_told_of_their_own_letters(office: DemoOffice) -> None:
    for officer in ("penerima-surat", "camat"):
        desk = office.desks[officer]
        DraftFile(desk, form_for(desk, Action.REGISTER)).save({"subject": f"Surat {officer}"})
    async with sitting(office, "penerima-surat") as clerk:
        assert "Draf surat Surat penerima-surat" in clerk.sees()
    async with sitting(office, "camat") as camat:
        assert "Draf surat" not in camat.sees()
