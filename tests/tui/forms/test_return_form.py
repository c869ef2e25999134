"""The return sheet: the reasons belong to the step that is chosen, and what is refused is found."""

from __future__ import annotations

from soptui.desk.refusals import NotOpen
from soptui.domain.case import Closed
from soptui.domain.events import Action, Return
from soptui.domain.message import Message
from tests.tui.forming import Office, Person, at_screen, draft_of, form_of

ONLY_OF_STEP_5 = "Target tidak sesuai dengan Perjanjian Kinerja"


def lies_with_the_camat(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(7)
    office.is_received_by("camat")


async def test_only_the_reasons_of_the_chosen_step_are_offered(office: Office) -> None:
    lies_with_the_camat(office)
    form = form_of(office.desk("camat"), Action.RETURN, office.case)
    async with at_screen(form, (80, 40)) as pilot:
        camat = Person(pilot)
        assert ONLY_OF_STEP_5 not in camat.sees()
        form.rows["to_step"].editor.focus()
        await camat.presses("5")
        assert ONLY_OF_STEP_5 in camat.sees()
        form.rows["reason"].editor.focus()
        await camat.presses("t", "space", "tab")
        assert form.sheet.values["reason"] == "target-tidak-sesuai-pk"
        await camat.types("Sesuaikan dengan PK")
        await camat.presses("f10")
        assert camat.receipt is not None
    details = office.case.entries[-1].event.details
    assert details == Return(5, "target-tidak-sesuai-pk", "Sesuaikan dengan PK")


async def test_a_reason_that_another_step_does_not_have_is_asked_for_again(office: Office) -> None:
    lies_with_the_camat(office)
    form = form_of(office.desk("camat"), Action.RETURN, office.case)
    async with at_screen(form, (80, 40)) as pilot:
        camat = Person(pilot)
        form.rows["to_step"].editor.focus()
        await camat.presses("5", "tab", "t", "space", "tab")
        await camat.types("Sesuaikan")
        form.rows["to_step"].editor.focus()
        await camat.presses("6")
        assert form.sheet.values["reason"] == ""
        await camat.presses("f10")
        assert camat.focused() is form.rows["reason"].editor
        assert "Alasan" in form.news
    assert office.case.step.number == 7


async def test_a_kept_draft_holds_a_step_and_its_reason(office: Office) -> None:
    lies_with_the_camat(office)
    desk = office.desk("camat")
    typed = {"to_step": "5", "reason": "target-tidak-sesuai-pk", "note": "Sesuaikan"}
    draft_of(desk, Action.RETURN, office.case).save(typed)
    form = form_of(desk, Action.RETURN, office.case)
    async with at_screen(form, (80, 40)) as pilot:
        camat = Person(pilot)
        assert ONLY_OF_STEP_5 in camat.sees()
        assert form.sheet.values["reason"] == "target-tidak-sesuai-pk"


async def test_a_refused_reason_leads_to_its_field(office: Office) -> None:
    lies_with_the_camat(office)
    form = form_of(office.desk("camat"), Action.RETURN, office.case)
    async with at_screen(form, (80, 40)) as pilot:
        camat = Person(pilot)
        for code, field in (("unknown-reason", "reason"), ("no-way-back", "to_step")):
            form.rows["note"].editor.focus()
            form.refused(NotOpen(Closed(code, Message("Needs a look."), field=field)))
            await camat.waits()
            assert camat.focused() is form.rows[field].editor
