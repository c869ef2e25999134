"""What is typed into a form of the whole screen is kept, and told of afterwards."""

from __future__ import annotations

from soptui.demo.office import DemoOffice
from soptui.desk.drafts import DraftFile
from soptui.desk.forms import form_for
from soptui.domain.events import Action
from tests.tui.face.sitting import sitting


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
        # After a restart too, and until it is signed.
        await camat.puts_cursor_on("Rekonsiliasi")
        await camat.presses("enter")
        assert "Draf Anda" in camat.sees()
        await camat.presses("c", "f10")
        assert "Draf Anda" not in camat.sees()


async def test_a_form_that_is_left_empty_says_nothing(office: DemoOffice) -> None:
    async with sitting(office, "camat") as camat:
        await camat.puts_cursor_on("Rekonsiliasi")
        await camat.presses("c", "escape")
        assert "draf" not in camat.news
