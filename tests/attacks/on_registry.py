"""Attacks on people, SOPs, calendars and the office file (rows 28 to 30, and the list)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict, Unpack

from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.office import ADMINISTRATOR, Officer
from soptui.domain.replace import replace
from soptui.records.files import layout
from tests.attacks.attack import attack
from tests.attacks.attacked_office import SOP_PATH, officer
from tests.attacks.builder import Records
from tests.attacks.keys import key_of
from tests.attacks.on_keys import NEWCOMER, signed_key
from tests.support.office_parts import post

BARU_2 = OfficerId("baru-2")
KASI_1 = OfficerId("kasi-1")

SOP_2 = SOP_PATH.replace("1.toml", "2.toml")


def joined(r: Records) -> None:
    """Somebody joins and acts in the same push."""
    r.officer(NEWCOMER)
    r.note("baru-1")


@attack("28", "not-administrator", twin=joined)
def officer_added_by_another_than_an_administrator(r: Records) -> None:
    r.officer(NEWCOMER, by="camat-1")


@attack("28", "not-administrator")
def administrator_by_own_hand(r: Records) -> None:
    staff = r.officers["staff-1"]
    r.officer(replace(staff, posts=(*staff.posts, post(ADMINISTRATOR))), by="staff-1")


@attack("28", "unknown-key")
def newcomer_who_adds_himself(r: Records) -> None:
    r.officer(NEWCOMER, by="baru-1")


@attack("28", "unknown-key")
def newcomer_who_acts_before_he_is_added(r: Records) -> None:
    r.officers["baru-1"] = NEWCOMER
    r.note("baru-1")


@attack("28", "revoked-key")
def administrator_whose_key_was_revoked(r: Records) -> None:
    second = officer("admin-2", post(ADMINISTRATOR))
    r.officer(second)
    r.revoke("admin-2")
    r.officer(NEWCOMER, by="admin-2")


@attack("28", "not-administrator")
def administrator_whose_post_had_ended(r: Records) -> None:
    r.officer(officer("admin-2", post(ADMINISTRATOR, ends=date(2025, 12, 31))))
    r.officer(NEWCOMER, by="admin-2")


@attack("28", "not-administrator")
def administrator_whose_post_had_ended_back_dates(r: Records) -> None:
    r.officer(officer("admin-2", post(ADMINISTRATOR, ends=date(2025, 12, 31))))
    r.officer(NEWCOMER, by="admin-2", at=datetime(2025, 12, 30, tzinfo=UTC))


def administrator_from_today(r: Records) -> None:
    staff = r.officers["staff-1"]
    begins = post(ADMINISTRATOR, starts=r.clock.date())
    r.officer(replace(staff, posts=(*staff.posts, begins)))
    r.officer(NEWCOMER, by="staff-1")


@attack("28", "early-post", twin=administrator_from_today)
def administrator_whose_post_has_not_begun_dates_ahead(r: Records) -> None:
    staff = r.officers["staff-1"]
    begins = post(ADMINISTRATOR, starts=date(2098, 1, 1))
    r.officer(replace(staff, posts=(*staff.posts, begins)))
    r.officer(NEWCOMER, by="staff-1", at=datetime(2098, 1, 2, tzinfo=UTC))


@attack("30", "last-administrator")
def last_administrator_leaves_on_a_day_to_come(r: Records) -> None:
    r.officer(officer("admin-2", post(ADMINISTRATOR, starts=date(2098, 1, 1))))
    admin = r.officers["admin-1"]
    ends = replace(admin.posts[0], ends=date(2098, 1, 3))
    r.officer(replace(admin, posts=(ends,)), at=datetime(2098, 1, 2, tzinfo=UTC))


@attack("28", "time")
def administrator_in_the_year_33658(r: Records) -> None:
    r.officer(NEWCOMER, unsigned=lambda raw: raw.replace(b"> 1", b"> 999"))


@attack("29", "key-shared")
def key_of_another_officer(r: Records) -> None:
    r.officer(replace(NEWCOMER, keys=r.officers["staff-1"].keys))


@attack("29", "key-shared")
def revoked_key_passed_on(r: Records) -> None:
    keys = r.officers["staff-1"].keys
    r.revoke("staff-1")
    r.officer(replace(NEWCOMER, keys=keys))


@attack("29", "officer-twice")
def second_record_of_one_person_by_mail(r: Records) -> None:
    r.officer(replace(NEWCOMER, mail=r.officers["staff-1"].mail))


@attack("29", "officer-twice")
def second_record_of_one_person_by_nip(r: Records) -> None:
    nip = "196707011992091001"
    r.officer(replace(r.officers["staff-1"], nip=nip))
    r.officer(replace(NEWCOMER, nip=nip))


@attack("30", "last-administrator")
def last_administrator_revoked(r: Records) -> None:
    r.revoke("admin-1")


@attack("30", "last-administrator")
def last_administrator_leaves(r: Records) -> None:
    admin = r.officers["admin-1"]
    r.officer(replace(admin, posts=(replace(admin.posts[0], ends=date(2026, 12, 31)),)))


@attack("30", "last-administrator")
def only_a_future_administrator_remains(r: Records) -> None:
    r.officer(officer("admin-2", post(ADMINISTRATOR, starts=date(2099, 1, 1))))
    r.revoke("admin-1")


def second_administrator(r: Records) -> None:
    r.officer(officer("admin-2", post(ADMINISTRATOR)))
    r.revoke("admin-1")
    r.officer(NEWCOMER, by="admin-2")


def _officer_change(name: str, code: str, change: Callable[[Officer], Officer]) -> None:
    """An older or re-written file of an officer who has one revoked key and one ended post."""

    def build(r: Records) -> None:
        staff = r.officers["staff-1"]
        ended = replace(staff.posts[0], ends=date(2026, 1, 31))
        revoked = replace(staff.keys[0], revoked=r.clock, reason="hilang")
        second = signed_key(r, "staff-1, second", by="staff-1")
        now = replace(staff, posts=(ended,), keys=(revoked, second))
        r.officer(now)
        r.officer(change(now))

    build.__name__ = name
    attack("list", code, twin=second_administrator)(build)


class PostChange(TypedDict, total=False):
    """What is re-written in a post."""

    role: RoleId
    starts: date
    ends: date | None


class KeyChange(TypedDict, total=False):
    """What is re-written in a key."""

    revoked: datetime | None
    reason: str


def _first_post(**changes: Unpack[PostChange]) -> Callable[[Officer], Officer]:
    return lambda one: replace(one, posts=(replace(one.posts[0], **changes), *one.posts[1:]))


def _first_key(**changes: Unpack[KeyChange]) -> Callable[[Officer], Officer]:
    return lambda one: replace(one, keys=(replace(one.keys[0], **changes), *one.keys[1:]))


for _name, _code, _change in (
    ("revoked_key_alive_again", "key-restored", _first_key(revoked=None, reason="")),
    ("revocation_moved", "key-restored", _first_key(revoked=datetime(2026, 2, 1, tzinfo=UTC))),
    ("key_removed", "key-removed", lambda one: replace(one, keys=one.keys[1:])),
    ("all_keys_removed", "key-removed", lambda one: replace(one, keys=())),
    ("keys_swapped", "key-removed", lambda one: replace(one, keys=one.keys[::-1])),
    ("key_re_dated", "key-removed", lambda one: replace(
        one, keys=(one.keys[0], replace(one.keys[1], added=datetime(2024, 1, 1, tzinfo=UTC))))),
    ("ended_post_prolonged", "post-rewritten", _first_post(ends=date(2027, 1, 1))),
    ("ended_post_open_again", "post-rewritten", _first_post(ends=None)),
    ("ended_post_ended_in_the_past", "post-rewritten", _first_post(ends=date(2025, 12, 31))),
    ("post_begun_earlier", "post-rewritten", _first_post(starts=date(2020, 1, 1))),
    ("post_of_another_role", "post-rewritten", _first_post(role=RoleId("camat"))),
    ("post_removed", "post-rewritten", lambda one: replace(one, posts=())),
    ("key_twice", "admin-form", lambda one: replace(one, keys=(*one.keys, one.keys[0]))),
):  # fmt: skip
    _officer_change(f"officer_with_{_name}", _code, _change)


def _newcomer_until(r: Records, ends: date) -> Officer:
    """Somebody whose post ends on a day, in an office whose day is 5 January 2026."""
    newcomer = officer("baru-1", post("staff", ends=ends))
    r.officer(newcomer)
    return newcomer


def end_brought_forward(r: Records) -> None:
    newcomer = _newcomer_until(r, date(2026, 12, 31))
    for ends in (date(2026, 1, 31), r.clock.date()):
        newcomer = replace(newcomer, posts=(replace(newcomer.posts[0], ends=ends),))
        r.officer(newcomer)
    r.note("baru-1")


@attack("list", "post-rewritten", twin=end_brought_forward)
def end_brought_forward_to_a_day_that_has_passed(r: Records) -> None:
    newcomer = _newcomer_until(r, date(2026, 12, 31))
    yesterday = r.clock.date() - timedelta(days=1)
    r.officer(replace(newcomer, posts=(replace(newcomer.posts[0], ends=yesterday),)))


@attack("list", "post-rewritten")
def end_of_long_ago_brought_forward(r: Records) -> None:
    newcomer = _newcomer_until(r, date(2025, 12, 31))
    r.officer(replace(newcomer, posts=(replace(newcomer.posts[0], ends=date(2025, 6, 30)),)))


@attack("list", "post-rewritten")
def end_brought_forward_and_back_again(r: Records) -> None:
    newcomer = _newcomer_until(r, date(2026, 12, 31))
    for ends in (date(2026, 1, 31), date(2026, 2, 1)):
        r.officer(replace(newcomer, posts=(replace(newcomer.posts[0], ends=ends),)))


def post_withdrawn_and_given_again(r: Records) -> None:
    begins = post("staff", starts=date(2026, 2, 1), ends=date(2027, 2, 28))
    withdrawn = replace(begins, ends=date(2026, 1, 31))
    right = replace(begins, ends=date(2026, 2, 28))
    for posts in ((begins,), (withdrawn,), (withdrawn, right)):
        r.officer(officer("baru-1", *posts))


@attack("list", "authority", twin=post_withdrawn_and_given_again)
def act_by_a_post_that_was_withdrawn(r: Records) -> None:
    begins = post("staff", starts=date(2026, 2, 1))
    r.officer(officer("baru-1", begins))
    r.officer(officer("baru-1", replace(begins, ends=date(2026, 1, 31))))
    r.note("baru-1", at=datetime(2026, 2, 1, 8, tzinfo=UTC))


@attack("list", "admin-form")
def post_that_ends_long_before_it_begins(r: Records) -> None:
    r.officer(officer("baru-1", post("staff", starts=date(2026, 2, 1), ends=date(2026, 1, 30))))


@attack("list", "key-restored")
def older_officer_file_put_back(r: Records) -> None:
    before = r.officers["staff-1"]
    r.revoke("staff-1")
    r.officer(before)


@attack("28", "signers-file")
def signers_that_do_not_follow(r: Records) -> None:
    r.officer(NEWCOMER, extra={}, path=layout.officer_path(OfficerId("baru-1")), unsigned=None)
    r.revoke("staff-1")
    text = r.data(layout.ALLOWED_SIGNERS).replace(b"staff-1@", b"camat-1@")
    third = officer("baru-2", post("staff"))
    r.officer(third, extra=None)
    path = layout.officer_path(BARU_2)
    r.change(path, r.data(path).replace(b'"Baru-2"', b'"Baru Dua"'), signers=text)


@attack("28", "signers-file")
def signers_changed_alone(r: Records) -> None:
    text = r.data(layout.ALLOWED_SIGNERS)
    r.change(layout.ALLOWED_SIGNERS, text.replace(b"staff-1@", b"camat-1@"))


@attack("28", "several-changes")
def two_officers_in_one_commit(r: Records) -> None:
    path = layout.officer_path(KASI_1)
    r.officer(NEWCOMER, extra={path: r.data(path).replace(b'"Kasi-1"', b'"Kasi"')})


@attack("28", "several-changes")
def office_changed_along_with_an_officer(r: Records) -> None:
    office = r.data("office.toml").replace(b'"Kecamatan Ajibarang"', b'"Kecamatan X"')
    r.officer(NEWCOMER, extra={"office.toml": office})


@attack("28", "path")
def officer_under_the_name_of_another(r: Records) -> None:
    r.officer(NEWCOMER, path=layout.officer_path(BARU_2))


@attack("24", "message")
def change_under_another_message(r: Records) -> None:
    r.officer(NEWCOMER, message="Perbaikan ejaan\n")


@attack("28", "message")
def change_in_the_name_of_another_administrator(r: Records) -> None:
    r.officer(officer("admin-2", post(ADMINISTRATOR)))
    r.officer(NEWCOMER, by="admin-1", key=key_of("admin-2"), author="admin-2", committer="admin-2")


@attack("28", "admin-side", twin=joined)
def officer_added_in_a_side_branch(r: Records) -> None:
    side = r.officer(NEWCOMER, on=r.tip)
    r.note("staff-1")
    r.merge(side)


# --- SOPs, calendars, the office ------------------------------------------------------------------


def second_version(r: Records) -> None:
    r.change(SOP_2, r.data(SOP_PATH).replace(b"\nversion = 1", b"\nversion = 2"))


@attack("28", "sop-immutable", twin=second_version)
def sop_version_changed(r: Records) -> None:
    r.change(SOP_PATH, r.data(SOP_PATH).replace(b'"15 Menit"', b'"15 Hari"', 1))


@attack("28", "not-administrator", twin=second_version)
def sop_added_by_the_head(r: Records) -> None:
    r.change(SOP_2, r.data(SOP_PATH).replace(b"\nversion = 1", b"\nversion = 2"), by="camat-1")


@attack("28", "path")
def sop_under_another_version(r: Records) -> None:
    r.change(SOP_2, r.data(SOP_PATH))


@attack("28", "sop-form")
def sop_that_nobody_can_walk(r: Records) -> None:
    data = r.data(SOP_PATH).replace(b"\nversion = 1", b"\nversion = 2")
    r.change(SOP_2, data.replace(b'actor = "camat"', b'actor = "bupati"', 1))


@attack("21", "admin-form")
def sop_that_is_no_toml(r: Records) -> None:
    r.change(SOP_2, b"a" + b".a" * 60_000 + b" = 1\n")


@attack("20", "too-large")
def sop_of_a_megabyte(r: Records) -> None:
    r.change(SOP_2, r.data(SOP_PATH) + b"#" * 1_000_000)


@attack("28", "admin-form")
def calendar_that_is_no_calendar(r: Records) -> None:
    r.change("calendars/2027.toml", b'year = "x"\n')


@attack("28", "path")
def calendar_under_another_year(r: Records) -> None:
    r.change("calendars/2027.toml", r.data("calendars/2026.toml"))


@attack("28", "office-identity")
def office_under_another_id(r: Records) -> None:
    office = r.data("office.toml").replace(b'id = "kecamatan-ajibarang"', b'id = "lain"')
    r.change("office.toml", office)


@attack("28", "admin-form")
def office_that_is_no_office(r: Records) -> None:
    r.change("office.toml", b"format = 1\n")


@attack("22", "admin-form")
def officer_with_an_escape_in_the_name(r: Records) -> None:
    path = layout.officer_path(KASI_1)
    r.change(path, r.data(path).replace(b'"Kasi-1"', b'"\x1b[31mKasi"'))
