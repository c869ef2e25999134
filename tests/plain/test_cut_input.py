"""The input ends in the middle: what was answered is kept and offered, and nothing is signed."""

from __future__ import annotations

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.forms.drafts import kept_drafts
from soptui.domain.events import Action
from soptui.locale import _
from tests.e2e.acting import the_only_case
from tests.plain.conversation import talk
from tests.plain.test_plain_story import asked, named
from tools.plain_day import ANOTHER_LINE, GO_ON, SCAN, SIGN, worded
from tools.plain_day import CASE as ACT
from tools.plain_day import DAY as CASE

LETTER = (
    (CASE, "n"),
    (asked("number"), "005/7"),
    (asked("date"), "kemarin"),
    (asked("sender"), "Bupati Banyumas"),
    (asked("subject"), "Undangan rapat"),
    (asked("summary"), "Rapat"),
    (asked("urgency"), "2"),
    (asked("security"), "1"),
    (asked("received"), ""),
    (SCAN, "-"),
)
"""Every question of the form for a letter, with an answer."""


@pytest.mark.parametrize("answered", range(2, len(LETTER) + 1))
def test_a_letter_is_kept_wherever_the_line_is_cut(office: DemoOffice, answered: int) -> None:
    before = office.repository.head()
    heard = talk(office, "penerima-surat", *LETTER[:answered], cut=True)
    assert office.repository.head() == before
    assert _("Nothing was signed.") in heard
    assert _("What you answered is kept as a draft.") in heard
    (draft,) = kept_drafts(office.desks["penerima-surat"])
    assert draft.action is Action.REGISTER

    again = talk(office, "penerima-surat", (CASE, "n"), (GO_ON, ""), cut=True)
    assert named(Action.REGISTER) in again.partition(worded(CASE))[0]
    assert "005/7" in again


def test_a_draft_is_gone_on_with_and_signed(office: DemoOffice) -> None:
    talk(office, "penerima-surat", *LETTER[:6], cut=True)
    talk(office, "penerima-surat", (CASE, "n"), (GO_ON, ""), (SIGN, "y"))
    letter = the_only_case(office).letter
    assert letter is not None
    assert (letter.number, letter.subject) == ("005/7", "Undangan rapat")
    assert kept_drafts(office.desks["penerima-surat"]) == ()


def test_a_draft_is_thrown_away_or_left_for_later(office: DemoOffice) -> None:
    talk(office, "penerima-surat", *LETTER[:4], cut=True)
    heard = talk(office, "penerima-surat", (CASE, "n"), (GO_ON, "n"), (asked("number"), "<<"))
    assert _("Proposed: {value}", value="005/7") not in heard
    assert kept_drafts(office.desks["penerima-surat"])
    talk(office, "penerima-surat", (CASE, "n"), (GO_ON, "x"), (asked("number"), "<<"))
    assert kept_drafts(office.desks["penerima-surat"]) == ()


def test_an_act_in_a_case_is_kept_line_by_line(busy_office: DemoOffice) -> None:
    before = busy_office.repository.head()
    note = asked("note")
    opened = ((CASE, "1"), (ACT, named(Action.NOTE)))
    noted = (*opened, (note, "Baris satu"), (ANOTHER_LINE, "Baris dua"))
    talk(busy_office, "camat", *noted, cut=True)
    assert busy_office.repository.head() == before
    heard = talk(busy_office, "camat", (CASE, "1"), (ACT, named(Action.NOTE)), (GO_ON, ""),
                 (SIGN, "<<"), (ACT, "q"))  # fmt: skip
    assert "Baris satu; Baris dua" in heard


def test_a_line_that_does_not_end_answers_nothing(busy_office: DemoOffice) -> None:
    """`y` without its line end is what is left of a line that was lost."""
    import io
    from contextlib import suppress

    from soptui.plain.day import Day
    from soptui.plain.voice import Cut, Voice

    before = busy_office.repository.head()
    said = io.StringIO()
    heard = io.StringIO(f"1\n{named(Action.NOTE)}\nDibaca.\n\ny")
    with suppress(Cut):
        Day(Voice(heard, said), busy_office.desks["camat"], sends=False, only_reads=None).work()
    assert worded(SIGN) in said.getvalue()
    assert busy_office.repository.head() == before
