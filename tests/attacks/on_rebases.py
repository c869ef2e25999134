"""Attacks by acts that stand behind others' blocks, as a plain rebase puts them (row 6).

Of several acts in a row the later ones build on the first, which then stands behind what others
did meanwhile. They are judged by what their author had surely seen; nobody may make more of that.
"""

from __future__ import annotations

from typing import Unpack

from soptui.domain.events import Approve, Details, Note, Recall, Receive, Request, Submit
from soptui.domain.ids import EventId
from soptui.domain.replace import replace
from tests.attacks.attack import attack
from tests.attacks.attacked_office import UNITS
from tests.attacks.builder import Records
from tests.attacks.forgery import Envelope

PLANNER, SECTION, SECRETARY = "kasubbag-1", "kasi-1", "sekretaris-1"


def row(r: Records, *acts: Details) -> str:
    """What the planner does on a side of their own, each act open there; its newest commit."""
    side = r.tip
    for details in acts:
        side = r.act(PLANNER, details, on=side)
    return side


def rebase(r: Records, side: str) -> None:
    """Put the events that a side has and the tip has not on top of the tip, one after the other."""
    theirs, mine = r.case(on=side), r.case()
    for entry in theirs.entries:
        if mine.entry(entry.id) is None:
            r.add(entry.event)


def two_acts_behind_a_decision(r: Records) -> None:
    """The planner receives and asks, while the secretary takes the case back."""
    side = row(r, Receive(), Request(UNITS))
    r.act(SECRETARY, Recall())
    rebase(r, side)


def two_acts_behind_a_note(r: Records) -> None:
    side = row(r, Receive(), Request(UNITS))
    r.note("staff-1")
    rebase(r, side)


def notes_on_all_that_stands_in_the_case(r: Records) -> None:
    """Everybody may comment on what they have seen, however much came after it."""
    here = len(r.case().entries) - 1
    for number in range(60):
        r.note("staff-1", after=r.case().entries[here + number // 2].id)


@attack("6", "unknown-after", twin=notes_on_all_that_stands_in_the_case)
def note_on_what_does_not_stand_in_the_case(r: Records) -> None:
    notes_on_all_that_stands_in_the_case(r)
    r.note("staff-1", after=EventId("0" * 64))


def _after_two_acts_behind_a_decision(
    r: Records, by: str, details: Details, **envelope: Unpack[Envelope]
) -> None:
    """One more act, as if it had been done on the planner's own side."""
    side = row(r, Receive(), Request(UNITS))
    event = r.event(by, details, on=side, **envelope)
    r.act(SECRETARY, Recall())
    rebase(r, side)
    r.add(event)


@attack("6", "not-allowed", twin=two_acts_behind_a_decision)
def act_that_was_open_neither_before_nor_behind_the_decision(r: Records) -> None:
    _after_two_acts_behind_a_decision(r, PLANNER, Approve(("0" * 64,)))


@attack("6", "authority", twin=two_acts_behind_a_decision)
def row_in_a_role_that_its_author_does_not_hold(r: Records) -> None:
    _after_two_acts_behind_a_decision(r, PLANNER, Note("Catatan."), role="camat")


@attack("6", "not-allowed", twin=two_acts_behind_a_note)
def act_that_builds_on_the_row_of_another(r: Records) -> None:
    _after_two_acts_behind_a_decision(r, SECTION, Submit(UNITS[0], "Data terlampir."))


@attack("6", "not-allowed", twin=two_acts_behind_a_note)
def decision_forgotten_by_a_note_of_ones_own(r: Records) -> None:
    receives = r.event(PLANNER, Receive())
    r.act(SECRETARY, Recall())
    r.note(PLANNER)
    r.add(replace(receives, after=r.case().last_id))


@attack("6", "unknown-after", twin=two_acts_behind_a_decision)
def row_whose_first_act_is_missing(r: Records) -> None:
    side = row(r, Receive(), Request(UNITS))
    theirs = r.case(on=side)
    r.act(SECRETARY, Recall())
    r.add(theirs.entries[-1].event)
