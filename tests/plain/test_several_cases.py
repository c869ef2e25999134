"""One act in several cases: one form where it can be one, case by case where each has documents."""

from __future__ import annotations

from datetime import time

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.desk.actions.labels import LABELS
from soptui.desk.forms.drafts import kept_drafts
from soptui.domain.events import Action, Approve, Dispose
from soptui.domain.ids import CaseId
from soptui.locale import _
from tests.e2e.acting import assert_sound, look, new_case
from tests.plain.conversation import has_neither_columns_nor_frames, talk
from tools.plain_day import DAY, EMPTY_BACK, GO_ON, SEVERAL, SIGN, goes_on_to

_NINE = time(9, 0)
SUBJECT = "Pengukuran Data Kinerja Triwulan III Tahun 2026"


def last_of(office: DemoOffice, case: CaseId) -> tuple[Action, str]:
    event = look(office, case).entries[-1].event
    return event.action, event.by


def test_several_are_disposed_by_one_form_each_in_its_own_right(office: DemoOffice) -> None:
    cases = [new_case(office) for _number in range(3)]
    heard = talk(
        office, "camat",
        (DAY, "b"), (SEVERAL, "1, 2 3"), (EMPTY_BACK, "2"),
        (LABELS["instructions"], "5"), (LABELS["note"], "Tindak lanjuti."), (SIGN, "y"),
    )  # fmt: skip
    for number, case in enumerate(cases, 1):
        assert last_of(office, case) == (Action.DISPOSE, "camat")
        disposed = look(office, case).entries[-1].event.details
        assert isinstance(disposed, Dispose)
        assert disposed.note == "Tindak lanjuti."
        assert f"{number}/2026, {SUBJECT}." in heard
    assert heard.count(_("Received first, by an act of its own; both are signed.")) == 3
    assert heard.count("kode bukti") == 3
    assert has_neither_columns_nor_frames(heard)
    assert_sound(office)


def test_those_that_are_elsewhere_are_named_with_the_reason(busy_office: DemoOffice) -> None:
    """The Camat has one to receive, and one that was received: only the first is received now."""
    heard = talk(busy_office, "camat", (DAY, "b"), (SEVERAL, "*"), (EMPTY_BACK, "1"), (SIGN, "y"))
    assert f"{_('Nothing was recorded: {why}', why='')}".strip() in heard
    assert "Diterima: ditandatangani" in heard


def test_several_are_approved_one_after_the_other_with_their_documents(
    office: DemoOffice,
) -> None:
    """Each has its own documents, which are named before each signature; one is left alone."""
    actors = [Actor(office) for _number in range(3)]
    for number, actor in enumerate(actors):
        goes_on_to(actor, bupati_letter(f"045/{number}", "III", office.workday(5, _NINE)), 7)
    office.clock.set_to(None)
    heard = talk(
        office, "camat",
        (DAY, "b"), (SEVERAL, "1 2 3"), (EMPTY_BACK, "2"), (SIGN, "y"), (SIGN, "<<"), (SIGN, "y"),
    )  # fmt: skip
    lasts = [last_of(office, actor.case_id) for actor in actors]
    assert [one == (Action.APPROVE, "camat") for one in lasts].count(True) == 2
    for actor in actors:
        details = actor.case.entries[-1].event.details
        if isinstance(details, Approve) and actor.case.entries[-1].event.by == "camat":
            (document,) = actor.case.current_documents
            assert details.documents == (document.file.sha256,)
    assert heard.count("Dokumen: Draft pengukuran data kinerja - langkah 5.csv") >= 3
    assert _("Nothing was signed.") in heard
    assert_sound(office)


def test_nothing_is_signed_where_the_line_is_cut_and_the_draft_is_of_these_cases(
    office: DemoOffice,
) -> None:
    for _number in range(2):
        new_case(office)
    before = office.repository.head()
    opened = ((DAY, "b"), (SEVERAL, "1 2"), (EMPTY_BACK, "2"))
    talk(office, "camat", *opened, (LABELS["note"], "Tindak lanjuti."), cut=True)
    assert office.repository.head() == before
    (draft,) = kept_drafts(office.desks["camat"])
    assert draft.action is Action.DISPOSE
    heard = talk(office, "camat", *opened, (GO_ON, ""), (SIGN, "y"))
    assert "agenda 1/2026, 2/2026" in heard or "agenda 2/2026, 1/2026" in heard
    assert "Tindak lanjuti." in heard
    assert kept_drafts(office.desks["camat"]) == ()


def test_a_number_that_is_not_there_is_asked_again(busy_office: DemoOffice) -> None:
    heard = talk(busy_office, "camat", (DAY, "b"), (SEVERAL, "1 77"), (SEVERAL, ""))
    assert _("The list has no number {number}.", number="77") in heard


def test_what_nobody_may_do_is_said(busy_office: DemoOffice) -> None:
    heard = talk(busy_office, "staff-2", (DAY, "s"), (DAY, "b"), (SEVERAL, "1"))
    assert _("None of these can be received, disposed or approved by you now.") in heard
