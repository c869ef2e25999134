"""Every form as it stands on a screen of 80x24, in Indonesian.

The pictures are in `pictures/`. SOPTUI_DRAW=1 draws them anew; read the difference before you
commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from soptui.domain.events import Action
from tests.tui.forming import Office, Person, at_screen, form_of

PICTURES = Path(__file__).parent / "pictures"
DRAWS_ANEW = bool(os.environ.get("SOPTUI_DRAW"))

FORMS = (
    (Action.REGISTER, "penerima-surat", 0),
    (Action.RECEIVE, "camat", 1),
    (Action.DISPOSE, "camat", 1),
    (Action.REQUEST, "kasubbag-pk", 3),
    (Action.SUBMIT, "kasi-pemerintahan", 3),
    (Action.COMPLETE, "staff-1", 4),
    (Action.APPROVE, "camat", 7),
    (Action.RETURN, "camat", 7),
    (Action.RECALL, "sekretaris", 3),
    (Action.REASSIGN, "staff-1", 4),
    (Action.SUSPEND, "camat", 1),
    (Action.RESUME, "camat", 1),
    (Action.ATTACH, "camat", 1),
    (Action.NOTE, "camat", 1),
    (Action.CORRECT, "camat", 3),
    (Action.ARCHIVE, "staff-1", 8),
    (Action.CANCEL, "camat", 1),
    (Action.REOPEN, "camat", 3),
    (Action.MIGRATE, "admin", 3),
)


async def picture_of(
    office: Office, action: Action, officer: str, step: int, size: tuple[int, int]
) -> str:
    if step:
        office.letter_arrives()
        office.goes_on_to(step)
    form = form_of(office.desk(officer), action, office.case if step else None)
    async with at_screen(form, size) as pilot:
        person = Person(pilot)
        await person.waits()
        return without_ids(person.sees())


def without_ids(seen: str) -> str:
    """What is seen, with the ids of cases, which differ from run to run, made equal."""
    return re.sub(r"\b(\d{4})-[0-9a-z]{8}\b", r"\1-xxxxxxxx", seen)


def compare(name: str, drawn: str) -> None:
    path = PICTURES / f"{name}.txt"
    if DRAWS_ANEW:
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("action", "officer", "step"), FORMS)
async def test_the_form_looks_as_it_should(
    office: Office, action: Action, officer: str, step: int
) -> None:
    drawn = await picture_of(office, action, officer, step, (80, 24))
    compare(f"form-{action}", drawn)


async def test_a_form_can_be_used_at_60_columns(office: Office) -> None:
    drawn = await picture_of(office, Action.DISPOSE, "camat", 1, (60, 24))
    compare("form-dispose-60", drawn)


def test_there_is_a_picture_of_every_form() -> None:
    assert {action for action, _, _ in FORMS} == set(Action)


async def test_what_is_signed_is_shown_in_a_dialog_like_all_others(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("3", "f3")
        drawn = re.sub(r"\b(\d{4})-[0-9a-z]{8}\b", r"\1-xxxxxxxx", camat.sees())
    compare("preview-dispose", re.sub(r"[0-9a-f]{32,64}", "0" * 64, drawn))
