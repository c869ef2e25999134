"""Rows that somebody outside the office does: recorded by an officer, and not the office's time."""

from __future__ import annotations

from hashlib import sha256

from soptui.desk.words.names import actor_title, role_titles
from soptui.domain.replace import replace
from soptui.domain.sop import Role, Sop, Step
from soptui.domain.swimlane import lanes
from soptui.domain.time.normtime import parse_norm_time
from tests.support.branching_sop import BRANCHING, HEADER_OF_BRANCHING
from tests.support.case_story import Story
from tests.support.small_office import ROLES, STAFF

APPLICANT = Role("pemohon", "Pemohon", "PMH", outside=True)  # type: ignore[arg-type]


def _handed_over_outside() -> Sop:
    """The branching SOP, whose last row the applicant does and the staff record."""
    *others, last = BRANCHING.steps
    outside = replace(last, stands_for=APPLICANT.id, norm_printed="3 hari")
    return replace(BRANCHING, roles=(*ROLES, APPLICANT), steps=(*others, outside))


SOP = _handed_over_outside()


def _last(sop: Sop) -> Step:
    return sop.steps[-1]


def test_who_records_signs_and_nobody_holds_the_role_outside() -> None:
    story = Story(sops={(SOP.id, 1): SOP}, header=HEADER_OF_BRANCHING).register()
    story.receive().complete(way="Lengkap").receive().approve(way="Langsung")
    assert story.receive("pemohon-1", role="pemohon").code == "not-your-role"
    assert story.receive("staff-1").complete(way="Selesai").code == ""
    assert APPLICANT.id not in role_titles([SOP])
    assert role_titles([SOP])[STAFF] == "Staff"


def test_it_stands_in_the_column_of_who_is_outside() -> None:
    (mark,) = lanes(SOP)[-1].marks
    assert SOP.roles[mark.first] is APPLICANT


def test_people_are_told_for_whom_the_step_is_recorded() -> None:
    assert actor_title(SOP, _last(SOP)).split()[0] == "Staff"
    assert "Pemohon" in actor_title(SOP, _last(SOP))
    assert actor_title(SOP, SOP.steps[0]) == "Kasubbag Perencanaan dan Keuangan"


def test_steps_of_one_printed_row_show_its_number_once() -> None:
    first, second, *rest = SOP.steps
    turns = (first, replace(second, row="1", activity=first.activity), *rest)
    sop = replace(SOP, steps=turns, digest=sha256(b"turns").hexdigest())
    assert [row.printed for row in lanes(sop)] == ["1", "", "3", "4"]
    other = replace(SOP, steps=(first, replace(second, row="1"), *rest))
    assert [row.printed for row in lanes(other)] == ["1", "1", "3", "4"]


def test_the_norm_of_a_printed_row_is_counted_where_it_stands() -> None:
    assert _last(SOP).norm is None
    assert parse_norm_time(_last(SOP).norm_printed) is not None
