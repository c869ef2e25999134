"""Attacks on who may do what, when, and with which files (rows 4, 6, 31, and the list)."""

from __future__ import annotations

from datetime import date

from soptui.domain.events import (
    Approve,
    AttachmentKind,
    Complete,
    Dispose,
    Note,
    Receive,
    Reopen,
    Request,
    Return,
)
from soptui.domain.ids import RoleId, UnitId
from soptui.domain.office import Capacity
from soptui.domain.replace import replace
from tests.attacks.attack import attack
from tests.attacks.attacked_office import officer
from tests.attacks.builder import CASE, NEW_CASE, Records
from tests.support.office_parts import post

SUPPORT = AttachmentKind.SUPPORT
FILE = ((SUPPORT, b"isi berkas"),)


def received(r: Records) -> None:
    r.next()


def at_step_six(r: Records) -> None:
    """The case waits for the secretary, who must not be the one who made the draft."""
    r.walk(9)


# --- posts ----------------------------------------------------------------------------------------


@attack("6", "not-allowed", twin=received)
def received_by_another_role(r: Records) -> None:
    r.act("staff-1", Receive())


@attack("6", "authority", twin=received)
def role_that_the_author_does_not_hold(r: Records) -> None:
    r.act("staff-1", Receive(), role="kasubbag-pk")


@attack("6", "authority")
def role_that_does_not_exist(r: Records) -> None:
    r.act("staff-1", Note("x"), role="bupati")


@attack("list", "authority")
def post_that_had_ended(r: Records) -> None:
    r.note("pensiun-1")


@attack("list", "authority")
def post_that_had_not_begun(r: Records) -> None:
    r.note("calon-1")


@attack("list", "authority")
def acting_post_used_as_definitive(r: Records) -> None:
    r.note("kasubbag-1", role="sekretaris")


@attack("list", "authority")
def definitive_post_used_as_acting(r: Records) -> None:
    r.note("kasubbag-1", role="kasubbag-pk", capacity=Capacity.ACTING)


def as_plt(r: Records) -> None:
    r.note("kasubbag-1", role="sekretaris", capacity=Capacity.ACTING)


@attack("list", "authority", twin=as_plt)
def acting_for_another_post_than_the_one_held(r: Records) -> None:
    r.note("kasubbag-1", role="camat", capacity=Capacity.ACTING)


def post_that_begins_today(r: Records) -> None:
    r.officer(officer("baru-1", post("staff", starts=r.clock.date())))
    r.note("baru-1")


@attack("5", "early-post", twin=post_that_begins_today)
def post_not_begun_and_dated_ahead(r: Records) -> None:
    r.officer(officer("baru-1", post("staff", starts=date(2098, 1, 1))))
    r.note("baru-1", at=r.clock.replace(year=2098))


@attack("5", "early-post", twin=post_that_begins_today)
def post_not_begun_brought_in_by_a_merge(r: Records) -> None:
    r.officer(officer("baru-1", post("staff", starts=date(2098, 1, 1))))
    side = r.note("baru-1", on=r.tip, at=r.clock.replace(year=2098))
    r.note("staff-1")
    r.merge(side)


@attack("list", "authority")
def post_ended_in_the_same_push(r: Records) -> None:
    end_post(r, "staff-1")
    r.note("staff-1")


def end_post(r: Records, name: str) -> str:
    """The officer's first post ends before the story began."""
    officer = r.officers[name]
    ended = replace(officer.posts[0], ends=date(2026, 1, 4))
    return r.officer(replace(officer, posts=(ended, *officer.posts[1:])))


def late_but_in_time(r: Records) -> None:
    """The post ended after the event's day, so the event still counts."""
    side = r.note("staff-1", on=r.tip)
    officer = r.officers["staff-1"]
    r.officer(replace(officer, posts=(replace(officer.posts[0], ends=date(2026, 1, 5)),)))
    r.merge(side, by="kasi-1")


@attack("4", "authority-at-acceptance", twin=late_but_in_time)
def ended_post_on_an_old_parent(r: Records) -> None:
    side = r.note("staff-1", on=r.tip)
    end_post(r, "staff-1")
    r.merge(side, by="kasi-1")


@attack("4", "revoked-key")
def key_revoked_in_the_same_push(r: Records) -> None:
    r.revoke("staff-1")
    r.note("staff-1")


@attack("4", "revoked-at-acceptance")
def revoked_key_on_an_old_parent(r: Records) -> None:
    fork = r.tip
    r.revoke("staff-1")
    r.merge(r.note("staff-1", on=fork), by="kasi-1")


@attack("4", "revoked-at-acceptance")
def revoked_key_merges_on_an_old_parent(r: Records) -> None:
    one, other = r.note("kasi-1", on=r.tip), r.note("kasi-2", on=r.tip)
    inner = r.merge(other, first=one, by="staff-1", stays=True)
    r.revoke("staff-1")
    r.merge(inner, by="kasi-1")


@attack("4", "revoked-key")
def revoked_key_merges_on_the_main_line(r: Records) -> None:
    side = r.note("kasi-1", on=r.tip)
    r.revoke("staff-1")
    r.merge(side, by="staff-1")


@attack("4", "revoked-at-acceptance")
def revoked_key_brought_in_by_a_nested_merge(r: Records) -> None:
    fork = r.tip
    r.revoke("staff-1")
    bad = r.note("staff-1", on=fork)
    inner = r.merge(bad, first=r.note("kasi-1", on=fork), by="kasi-1", stays=True)
    r.merge(inner, by="kasi-2")


# --- what the gate refuses -----------------------------------------------------------------------


@attack("6", "not-allowed")
def step_of_which_it_is_not_the_turn(r: Records) -> None:
    r.act("camat-1", Approve(("0" * 64,)))


@attack("6", "not-allowed", twin=received)
def finished_without_being_received(r: Records) -> None:
    r.act("kasubbag-1", Request((UnitId("seksi-pemerintahan"),)))


@attack("6", "authority")
def section_that_the_office_does_not_have(r: Records) -> None:
    r.next()
    r.act("kasubbag-1", Request((UnitId("seksi-rahasia"),)))


@attack("6", "not-allowed")
def another_step_named(r: Records) -> None:
    r.act("kasubbag-1", Receive(), step=4)


@attack("6", "not-allowed")
def another_round_named(r: Records) -> None:
    r.act("kasubbag-1", Receive(), round=2)


@attack("list", "not-allowed")
def return_to_a_step_not_passed(r: Records) -> None:
    r.next()
    r.act("kasubbag-1", Return(4, "data-kurang", "Mohon dilengkapi."))


@attack("list", "not-allowed")
def return_without_a_reason_of_the_list(r: Records) -> None:
    r.next()
    r.act("kasubbag-1", Return(2, "karena", "Mohon arahan."))


@attack("6", "not-allowed")
def open_case_reopened(r: Records) -> None:
    r.act("camat-1", Reopen(1, "Ulang."))


@attack("list", "not-allowed")
def completion_without_its_documents(r: Records) -> None:
    r.walk(4)
    r.act("kasubbag-1", Complete(r.case().step.requirements))


@attack("list", "not-allowed")
def completion_without_its_requirements(r: Records) -> None:
    r.walk(4)
    r.act("kasubbag-1", Complete((), early_reason="x"), files=((AttachmentKind.OUTPUT, b"x"),))


@attack("31", "not-allowed", twin=at_step_six)
def both_sides_of_a_separation_once_as_plt(r: Records) -> None:
    at_step_six(r)
    assert r.case().step.number == 6
    r.act("kasubbag-1", Receive(), role="sekretaris", capacity=Capacity.ACTING)


@attack("31", "not-allowed")
def case_disposed_to_the_wrong_role(r: Records) -> None:
    r.walk(3, NEW_CASE)
    r.act("camat-1", Dispose((RoleId("staff"),), ("tindak-lanjuti",)), case=NEW_CASE)


@attack("31", "not-allowed")
def document_approved_that_is_not_the_last(r: Records) -> None:
    at_step_six(r)
    r.next()
    old = r.case().documents[0].file.sha256
    r.act("sekretaris-1", Approve((old,)))


def lost_race(r: Records) -> None:
    """Row 32: both events stay; the fold says which takes effect."""
    fork = r.tip
    r.note("kasi-1", on=fork)
    r.next()
    side = r.act("sekretaris-1", Note("Bersamaan."), on=fork)
    r.merge(side)
    r.officer(replace(r.officers["kasubbag-1"], posts=(
        *r.officers["kasubbag-1"].posts, post("staff", starts=date(2026, 1, 1)),
    )))  # fmt: skip


@attack("32", "not-allowed", twin=lost_race)
def decision_that_was_never_open_to_its_author(r: Records) -> None:
    fork = r.tip
    r.next()
    r.merge(r.act("sekretaris-1", Receive(), on=fork))


@attack("24", "message")
def case_named_in_the_message_is_another(r: Records) -> None:
    r.note("staff-1", forged={"message": lambda text: text.replace(CASE, "2026-abcdefgh")})
