"""From a filled-in form to the records: what would be appended, and appending it, signed."""

from __future__ import annotations

import threading

from soptui.desk.desk import Desk
from soptui.desk.forms.filling import Filled
from soptui.desk.views import Shown
from soptui.domain.case import Case
from soptui.domain.events import Letter, Register
from soptui.domain.receipt import Receipt


def preview_of(desk: Desk, filled: Filled, case: Case | None, *, receive_first: bool) -> Shown:
    """The exact lines that `record` would append now: to the case or, without one, to a new case.

    Raises as `Desk.preview` does.
    """
    if case is None:
        return desk.preview_registration(_letter(filled), sop_id=filled.sop, files=filled.files)
    return desk.preview(case.id, filled.details, files=filled.files, receive_first=receive_first)


def record(
    desk: Desk,
    filled: Filled,
    case: Case | None,
    *,
    receive_first: bool,
    shown: Shown | None = None,
    cancelled: threading.Event | None = None,
) -> Receipt:
    """Sign what is filled in, as it was `shown` while that holds, and record it.

    `case` is as the officer saw it, None where a letter is registered. Raises as `Desk.act` and
    `Desk.register` do.
    """
    if case is None:
        return desk.register(
            _letter(filled), sop_id=filled.sop, files=filled.files, shown=shown,
            cancelled=cancelled,
        )  # fmt: skip
    return desk.act(
        case.id, filled.details, files=filled.files, seen=case.last_id,
        receive_first=receive_first, shown=shown, cancelled=cancelled,
    )  # fmt: skip


def _letter(filled: Filled) -> Letter:
    if not isinstance(filled.details, Register):
        raise TypeError(filled.details)
    return filled.details.letter
