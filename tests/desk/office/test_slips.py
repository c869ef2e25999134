"""A change that is easily a slip is not signed before its officer was told what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from soptui.desk.keys import fingerprint_of
from soptui.desk.office.administration import Administration
from soptui.desk.refusals import Weighty
from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.message import Refusal
from soptui.domain.office import Capacity, Post
from soptui.records.clone.genesis import starter_path
from tests.support.desks import Desks
from tests.support.office_repository import signer_of

CAMAT = RoleId("camat")
CAMAT_1, STAFF_1, SEKRETARIS_1 = map(OfficerId, ("camat-1", "staff-1", "sekretaris-1"))
LAST_DAY = date(2026, 1, 31)
YESTERDAY = date(2026, 1, 4)

Change = Callable[[Administration], object]


def ends(officer: str, role: str, last_day: date = LAST_DAY) -> Change:
    return lambda office: office.end_post(OfficerId(officer), RoleId(role), last_day)


def revokes_key_of(officer: str) -> Change:
    print_ = fingerprint_of(signer_of(officer).public_key.text)
    return lambda office: office.revoke_key(OfficerId(officer), print_, "hilang")


def adds_sop(old: bytes = b"", new: bytes = b"") -> Change:
    path = starter_path() / "sops" / "pengukuran-data-kinerja" / "1.toml"
    text = path.read_bytes().replace(b"\nversion = 1\n", b"\nversion = 2\n")
    assert old in text
    return lambda office: office.add_sop(text.replace(old, new))


def adds_calendar_of_two_days_a_week(office: Administration) -> object:
    text = (starter_path() / "calendars" / "2027.toml").read_text("utf-8")
    return office.add_calendar(text.replace("[1, 2, 3, 4]", "[1]").encode())


@pytest.mark.parametrize(
    ("change", "follows"),
    [
        (ends("camat-1", "camat"), "From 2026-02-01 on the office has no Camat: nothing is disp"),
        (ends("penerima-1", "staff-penerima-surat"), "no letter is registered until"),
        (ends("sekretaris-1", "sekretaris"), "what waits there lies until somebody is appointed"),
        (ends("staff-1", "staff", YESTERDAY), "then ends on 2026-01-04, which has passed"),
        (revokes_key_of("camat-1"), "on the office has no Camat"),
        (revokes_key_of("staff-2"), "has no other key: until one is registered they sign nothing"),
        (adds_sop(), "Version 2 says the same as version 1. No version can be taken back."),
        (adds_sop(b"\ndistinct_from = [5]\n", b"\n"), "then approve it"),
        (adds_calendar_of_two_days_a_week, "working days only. Every deadline moves by it."),
    ],
    ids=(
        "head",
        "registrar",
        "secretary",
        "end in the past",
        "key of the head",
        "key",
        "same",
        "separation",
        "calendar",
    ),
)
def test_what_follows_is_told_and_only_who_is_sure_signs(
    desks: Desks, change: Change, follows: str
) -> None:
    desk = desks["admin-1"]
    before = desk.repository.head()
    with pytest.raises(Weighty) as refused:
        change(Administration(desk))
    assert follows in str(refused.value.message)
    assert desk.repository.head() == before
    change(Administration(desk, sure=True))
    assert desk.repository.head() != before
    assert desk.repository.verify(full=True).ok


def test_where_somebody_stands_in_nothing_is_asked_before_they_end(desks: Desks) -> None:
    office = Administration(desks["admin-1"])
    stand_in = Post(CAMAT, Capacity.DAILY_ACTING, "Camat", date(2026, 1, 1), LAST_DAY, basis="SP 1")
    office.add_post(SEKRETARIS_1, stand_in)
    with pytest.raises(Weighty, match="From 2026-02-01 on the office has no Camat"):
        office.end_post(CAMAT_1, CAMAT, date(2026, 1, 15))
    office.add_post(SEKRETARIS_1, Post(CAMAT, Capacity.DEFINITIVE, "Camat", date(2026, 2, 1)))
    office.end_post(CAMAT_1, CAMAT, date(2026, 1, 15))


def test_one_of_two_who_hold_a_post_may_leave_without_a_question(desks: Desks) -> None:
    Administration(desks["admin-1"]).end_post(STAFF_1, RoleId("staff"), LAST_DAY)


def test_the_last_administrator_leaves_neither_by_post_nor_by_key_however_sure(
    desks: Desks,
) -> None:
    desk = desks["admin-1"]
    before = desk.repository.head()
    for change in (ends("admin-1", "administrator"), revokes_key_of("admin-1")):
        with pytest.raises(Refusal, match="administrator"):
            change(Administration(desk, sure=True))
    assert desk.repository.head() == before


def test_who_revokes_the_key_they_sign_with_is_asked_also_as_one_of_two_administrators(
    desks: Desks,
) -> None:
    administrator = Post(RoleId("administrator"), Capacity.DEFINITIVE, "Admin", date(2026, 1, 1))
    Administration(desks["admin-1"]).add_post(STAFF_1, administrator)
    with pytest.raises(Weighty, match="has no other key: until one is registered they sign"):
        revokes_key_of("admin-1")(Administration(desks["admin-1"]))
