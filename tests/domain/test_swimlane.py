"""The flowchart derived from an SOP."""

from __future__ import annotations

import pytest

from soptui.domain.replace import replace
from soptui.domain.sop import Sop, Symbol
from soptui.domain.swimlane import Flow, LaneRow, Mark, lanes
from tests.support.starter_sop import seed_sop

MAIL_CLERK, STAFF, SUBSECTION, SECTIONS, SECRETARY, HEAD = range(6)


@pytest.fixture(scope="module")
def seed() -> Sop:
    return seed_sop()


@pytest.fixture(scope="module")
def rows(seed: Sop) -> tuple[LaneRow, ...]:
    return lanes(seed)


def test_the_chart_begins_with_the_registration_in_row_1(rows: tuple[LaneRow, ...]) -> None:
    assert rows[0].marks == (
        Mark(Symbol.CAPSULE, MAIL_CLERK, MAIL_CLERK),
        Mark(Symbol.BOX, HEAD, HEAD),
    )
    assert rows[0].helpers == ()


def test_the_chart_ends_with_a_capsule_that_leads_nowhere(rows: tuple[LaneRow, ...]) -> None:
    assert rows[-1].marks == (Mark(Symbol.CAPSULE, STAFF, STAFF),)
    assert rows[-1].onward is None


def test_who_collects_and_who_is_asked_share_one_symbol(rows: tuple[LaneRow, ...]) -> None:
    assert rows[2].marks == (Mark(Symbol.BOX, SUBSECTION, SECTIONS),)
    assert rows[2].helpers == (STAFF,)


def test_columns_that_are_no_neighbours_share_no_symbol(seed: Sop) -> None:
    apart = replace(seed, roles=(seed.roles[3], *seed.roles[:3], *seed.roles[4:]))
    row = lanes(apart)[2]
    assert row.marks == (Mark(Symbol.BOX, 3, 3),)
    assert row.helpers == (0, 2)


def test_each_row_leads_to_the_actor_of_the_next(rows: tuple[LaneRow, ...]) -> None:
    assert [row.onward for row in rows[:-1]] == [
        Flow(2, SECRETARY),
        Flow(3, SUBSECTION),
        Flow(4, STAFF),
        Flow(5, SUBSECTION),
        Flow(6, SECRETARY),
        Flow(7, HEAD),
        Flow(8, STAFF),
    ]


def test_only_decisions_have_ways_for_no_and_each_is_there(rows: tuple[LaneRow, ...]) -> None:
    ways = {row.number: row.back for row in rows if row.back}
    assert ways == {
        6: (Flow(5, SUBSECTION),),
        7: (Flow(6, SECRETARY), Flow(5, SUBSECTION)),
    }
    assert {row.number for row in rows if row.marks[-1].symbol is Symbol.DIAMOND} == set(ways)


def test_the_flow_over_the_page_break_passes_through_connectors(rows: tuple[LaneRow, ...]) -> None:
    assert [row.number for row in rows if row.connector_below] == [6]
    assert [row.number for row in rows if row.connector_above] == [7]


def test_an_sop_with_unknown_roles_is_drawn_as_far_as_it_goes(seed: Sop) -> None:
    rows = lanes(replace(seed, roles=seed.roles[:2]))
    assert len(rows) == len(seed.steps)
    assert [bool(row.marks) for row in rows] == [
        True, False, False, True, False, False, False, True,
    ]  # fmt: skip
    assert lanes(replace(seed, steps=())) == ()
