"""Who holds which post: what is unusual is told, and what is usual is not."""

from __future__ import annotations

from datetime import date

import pytest

from soptui.domain.administration.appointments import doubts_of, structural_roles
from soptui.domain.ids import UnitId
from soptui.domain.office import Capacity, Officer, Post, Registry, Unit
from soptui.domain.replace import replace
from tests.support.office_parts import officer_with, post
from tests.support.small_office import HEAD, OFFICE, PLANNER, SECRETARY, SECTION, SOP, STAFF

TODAY = date(2026, 1, 5)


def said_of(*officers: Officer) -> list[str]:
    known = Registry(OFFICE, {one.id: one for one in officers})
    return [str(doubt) for doubt in doubts_of(known, (SOP,), TODAY)]


def holder(name: str, *posts: Post) -> Officer:
    return officer_with("ssh-ed25519 A", name, *posts)


def plt(starts: date, ends: date | None) -> Post:
    return post(HEAD, Capacity.ACTING, starts=starts, ends=ends)


def test_those_who_lead_are_structural_and_staff_are_not() -> None:
    assert structural_roles((SOP,)) == {HEAD, SECRETARY, PLANNER, SECTION}


def test_two_heads_at_a_time_are_named_with_the_day() -> None:
    (said,) = said_of(
        holder("camat-1", post(HEAD)), holder("camat-2", post(HEAD, starts=date(2026, 2, 1)))
    )
    assert "Camat-1 and Camat-2 both hold the post of Camat" in said
    assert "2026-02-01" in said


def test_one_head_after_the_other_is_as_it_should_be() -> None:
    assert not said_of(
        holder("camat-1", post(HEAD, ends=date(2026, 1, 31))),
        holder("camat-2", post(HEAD, starts=date(2026, 2, 1))),
    )


def test_two_heads_of_the_past_are_no_matter_any_more() -> None:
    assert not said_of(
        holder("camat-1", post(HEAD, ends=date(2025, 12, 31))), holder("camat-2", post(HEAD))
    )


def test_a_plt_beside_the_definitive_holder_is_no_second_one() -> None:
    acting = plt(date(2026, 1, 1), date(2026, 3, 1))
    assert not said_of(holder("camat-1", post(HEAD)), holder("sekretaris-1", acting))


def test_many_staff_are_usual() -> None:
    assert not said_of(holder("staff-1", post(STAFF)), holder("staff-2", post(STAFF)))


def test_each_section_has_a_head_of_its_own() -> None:
    units = ("seksi-a", "seksi-b")
    kasi = [holder(f"kasi-{unit}", post(SECTION, unit=unit)) for unit in units]
    assert not said_of(*kasi)
    known = Registry(
        replace(OFFICE, units=(Unit(UnitId("seksi-a"), "Seksi A"),)),
        {one.id: one for one in (*kasi, holder("kasi-3", post(SECTION, unit="seksi-a")))},
    )
    (said,) = (str(doubt) for doubt in doubts_of(known, (SOP,), TODAY))
    assert "(Seksi A)" in said


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ([("2025-11-24", "2026-02-24")], ""),
        ([("2025-11-30", "2026-02-28")], ""),
        ([("2025-11-24", "2026-02-25")], "for 3 months: let the post end"),
        ([("2025-11-24", "2028-01-01")], "once for 3 more"),
        ([("2025-11-24", "2026-02-24"), ("2026-02-25", "2026-05-24")], ""),
        ([("2025-11-24", "2026-02-24"), ("2026-02-25", "2026-05-25")], "once for 3 more"),
        ([("2025-05-24", "2025-08-24"), ("2025-11-24", "2026-02-24")], ""),
        ([("2025-01-01", "2026-01-04")], ""),
        ([("2025-11-24", None)], "to …"),
    ],
)
def test_a_plt_is_appointed_for_three_months_and_once_for_three_more(
    periods: list[tuple[str, str | None]], said: str
) -> None:
    posts = [
        plt(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for first, last in periods
    ]
    found = said_of(holder("sekretaris-1", post(SECRETARY), *posts))
    assert len(found) == bool(said)
    assert said in "".join(found)
