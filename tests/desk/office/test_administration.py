"""An administrator's changes are signed commits, and nothing that once gave authority is lost."""

from __future__ import annotations

from datetime import date

import pytest

from soptui.desk.keys import officer_of_key
from soptui.desk.office.administration import Administration
from soptui.domain.ids import OfficerId, RoleId, UnitId
from soptui.domain.message import Refusal
from soptui.domain.office import Capacity, Officer, Post
from soptui.domain.replace import replace
from soptui.records.clone.genesis import starter_path
from soptui.records.platform.openssh import SigningRefusal
from tests.support.desks import Desks
from tests.support.office_repository import officer_of, signer_of

CAMAT = RoleId("camat")
STAFF = RoleId("staff")

ADMIN_1 = OfficerId("admin-1")
SEKRETARIS_1 = OfficerId("sekretaris-1")
STAFF_2 = OfficerId("staff-2")


@pytest.fixture
def administration(desks: Desks) -> Administration:
    return Administration(desks["admin-1"], sure=True)


def test_a_new_officer_can_sign_at_once(desks: Desks, administration: Administration) -> None:
    administration.add_officer(officer_of("staff-9", "staff"))
    assert desks["staff-9"].roles() == ("staff",)
    desks["staff-9"].signing()(b"x")
    assert desks.office.repository.verify(full=True).ok


def test_a_deputy_acts_for_a_period(desks: Desks, administration: Administration) -> None:
    deputy = Post(
        CAMAT,
        Capacity.DAILY_ACTING,
        "Plh. Camat",
        date(2026, 1, 1),
        date(2026, 1, 31),
        basis="SP 1",
    )
    administration.add_post(SEKRETARIS_1, deputy)
    assert set(desks["sekretaris-1"].roles()) == {"sekretaris", "camat"}
    desks.office.tick(24 * 40)
    assert set(desks["sekretaris-1"].roles()) == {"sekretaris"}


def test_a_post_ends_and_is_remembered(desks: Desks, administration: Administration) -> None:
    administration.end_post(STAFF_2, STAFF, date(2026, 1, 4))
    assert desks["staff-2"].roles() == ()
    assert len(desks["staff-2"].officer.posts) == 1
    with pytest.raises(Refusal):
        administration.end_post(STAFF_2, STAFF, date(2026, 1, 4))


ACTING = Post(CAMAT, Capacity.ACTING, "Camat", date(2026, 1, 1), date(2027, 2, 24), basis="SP 1")


def test_an_acting_post_ends_earlier_than_was_set(
    desks: Desks, administration: Administration
) -> None:
    administration.add_post(SEKRETARIS_1, ACTING)
    today = desks["admin-1"].now().date()
    for last in (date(2026, 2, 24), today):
        administration.end_post(SEKRETARIS_1, CAMAT, last)
        assert desks["sekretaris-1"].officer.posts[-1].ends == last
    assert set(desks["sekretaris-1"].roles()) == {"sekretaris", "camat"}
    desks.office.tick(24)
    assert desks["sekretaris-1"].roles() == ("sekretaris",)
    assert desks.office.repository.verify(full=True).ok
    with pytest.raises(Refusal, match="has ended already"):
        administration.end_post(SEKRETARIS_1, CAMAT, today)


def test_an_end_that_is_set_comes_neither_later_nor_in_the_past(
    desks: Desks, administration: Administration
) -> None:
    administration.add_post(SEKRETARIS_1, ACTING)
    with pytest.raises(Refusal, match=r"not prolonged.*--from 25/02/2027"):
        administration.end_post(SEKRETARIS_1, CAMAT, date(2027, 2, 25))
    with pytest.raises(Refusal, match="days that have passed"):
        administration.end_post(SEKRETARIS_1, CAMAT, date(2026, 1, 4))
    with pytest.raises(Refusal, match="before the first"):
        administration.end_post(SEKRETARIS_1, CAMAT, date(2025, 12, 31))
    assert desks["sekretaris-1"].officer.posts[-1] == ACTING


def test_a_post_that_has_yet_to_begin_is_withdrawn_and_given_again(
    desks: Desks, administration: Administration
) -> None:
    begins = replace(ACTING, starts=date(2026, 2, 1))
    administration.add_post(SEKRETARIS_1, begins)
    administration.end_post(SEKRETARIS_1, CAMAT, desks["admin-1"].now().date())
    withdrawn = desks["sekretaris-1"].officer.posts[-1]
    assert withdrawn.is_withdrawn
    administration.add_post(SEKRETARIS_1, replace(begins, ends=date(2026, 2, 24)))
    assert desks["sekretaris-1"].officer.posts[-2] == withdrawn
    desks.office.tick(24 * 30)
    assert set(desks["sekretaris-1"].roles()) == {"sekretaris", "camat"}
    assert desks.office.repository.verify(full=True).ok


def test_which_of_several_posts_ends_is_told_by_its_first_day(
    desks: Desks, administration: Administration
) -> None:
    later = replace(ACTING, starts=date(2026, 2, 1))
    administration.add_post(SEKRETARIS_1, ACTING)
    administration.add_post(SEKRETARIS_1, later)
    last = date(2026, 2, 2)
    with pytest.raises(Refusal, match="01/01/2026, 01/02/2026"):
        administration.end_post(SEKRETARIS_1, CAMAT, last)
    administration.end_post(SEKRETARIS_1, CAMAT, last, starts=later.starts)
    assert desks["sekretaris-1"].officer.posts[-2:] == (ACTING, replace(later, ends=last))


def test_a_post_is_not_given_the_wrong_way_round(administration: Administration) -> None:
    with pytest.raises(Refusal, match=r"before the first, .*--from"):
        administration.add_post(SEKRETARIS_1, replace(ACTING, ends=date(2025, 12, 31)))


def test_the_section_of_a_post_that_ends_is_named_only_where_there_are_several(
    desks: Desks, administration: Administration
) -> None:
    role, last = "kasubbag-seksi-lain", date(2026, 1, 4)
    first, second = ("seksi-pemerintahan", "seksi-kesejahteraan-rakyat")
    for unit in (first, second):
        post = Post(RoleId(role), Capacity.DEFINITIVE, "Kasi", date(2026, 1, 1), unit=UnitId(unit))
        administration.add_post(STAFF_2, post)
    with pytest.raises(Refusal) as refused:
        administration.end_post(STAFF_2, RoleId(role), last)
    assert first in str(refused.value.message)
    assert second in str(refused.value.message)
    administration.end_post(STAFF_2, RoleId(role), last, unit=UnitId(first))
    administration.end_post(STAFF_2, RoleId(role), last)
    posts = [post for post in desks["staff-2"].officer.posts if post.role == role]
    assert [post.ends for post in posts] == [last, last]


def test_a_revoked_key_signs_no_more(desks: Desks, administration: Administration) -> None:
    fingerprint = signer_of("staff-2").public_key.fingerprint
    administration.revoke_key(STAFF_2, fingerprint, "hilang")
    with pytest.raises(SigningRefusal) as refused:
        desks["staff-2"].signing()
    assert refused.value.code == "key-revoked"
    with pytest.raises(SigningRefusal) as refused:
        officer_of_key(desks["staff-2"].registry, signer_of("staff-2").key_path)
    assert refused.value.code == "key-revoked"
    with pytest.raises(Refusal):
        administration.add_key(STAFF_2, signer_of("staff-2").public_key.text)
    with pytest.raises(Refusal):
        administration.add_key(OfficerId("staff-1"), signer_of("staff-2").public_key.text)


def test_the_last_administrator_stays(administration: Administration) -> None:
    fingerprint = signer_of("admin-1").public_key.fingerprint
    with pytest.raises(Refusal):
        administration.end_post(ADMIN_1, RoleId("administrator"), date(2026, 12, 31))
    with pytest.raises(Refusal):
        administration.revoke_key(ADMIN_1, fingerprint, "hilang")


def test_others_may_change_nothing(desks: Desks) -> None:
    with pytest.raises(Refusal) as refused:
        Administration(desks["camat-1"]).add_officer(Officer(OfficerId("x-1"), "X", "x@y.z"))
    assert "admin-1" in str(refused.value.message)


def test_an_sop_with_errors_is_not_put_in_force(administration: Administration) -> None:
    text = (starter_path() / "sops" / "pengukuran-data-kinerja" / "1.toml").read_bytes()
    with pytest.raises(Refusal):
        administration.add_sop(text)
    broken = text.replace(b"\nversion = 1\n", b"\nversion = 2\n")
    with pytest.raises(Refusal):
        administration.add_sop(broken.replace(b'actor = "camat"', b'actor = "bupati"'))
    assert administration.add_sop(broken).commit


def test_an_id_of_which_windows_could_have_no_file_is_only_refused_anew(
    desks: Desks, administration: Administration
) -> None:
    text = (starter_path() / "sops" / "pengukuran-data-kinerja" / "1.toml").read_bytes()
    for name in ("nul", "com1"):
        with pytest.raises(Refusal, match=f"the name {name}"):
            administration.add_sop(text.replace(b'"pengukuran-data-kinerja"', f'"{name}"'.encode()))
    # What an earlier program let in stays good.
    desks.office.hire(officer_of("con", "staff"))
    assert desks.office.repository.verify(full=True).ok
    administration.add_post(
        OfficerId("con"), Post(STAFF, Capacity.DEFINITIVE, "Staf", date(2026, 1, 2))
    )


def test_a_calendar_in_any_spelling_is_made_canonical(
    desks: Desks, administration: Administration
) -> None:
    text = (starter_path() / "calendars" / "2027.toml").read_text()
    administration.add_calendar(("# comment\n" + text.replace("07:15:00", "07:00:00")).encode())
    assert desks.office.repository.verify(full=True).ok
    with pytest.raises(Refusal):
        administration.add_calendar(b"not = [toml")


def test_what_the_records_hold_already_is_not_signed_again(
    desks: Desks, administration: Administration
) -> None:
    before = desks.office.tip
    with pytest.raises(Refusal, match=r"already, in calendars/2027\.toml"):
        administration.add_calendar((starter_path() / "calendars" / "2027.toml").read_bytes())
    assert desks.office.repository.head() == before
    assert desks.office.repository.verify(full=True).ok
