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
