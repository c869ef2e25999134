"""Whether a letter that is to be registered is in the records already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.domain.events import Details, Register
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Message

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.domain.case import Case
    from soptui.domain.case_list import CaseRow


def case_with_letter(
    desk: Desk, number: str, sender: str, besides: CaseId = NO_CASE
) -> CaseRow | None:
    """The newest case, but for `besides`, whose letter has that number and sender; or None."""
    return desk.index.ask(lambda queries: queries.registered(number, sender, besides))


def registered_before(desk: Desk, details: Details, case: Case | None) -> CaseRow | None:
    """The case under which the letter of `details` is registered already; None when it is not.

    `case` is the one whose letter is put right, if any. Letters are told apart by their number and
    their sender.
    """
    if not isinstance(details, Register):
        return None
    letter = details.letter
    return case_with_letter(desk, letter.number, letter.sender, case.id if case else NO_CASE)


def duplicate_notice(row: CaseRow) -> Message:
    """What there is to say of a letter that is in the records already."""
    return Message(
        "Registered already: agenda number {number}, letter of {date}.",
        number=f"{row.agenda}/{row.year}" if row.agenda else row.id,
        date=row.letter_date,
    )
