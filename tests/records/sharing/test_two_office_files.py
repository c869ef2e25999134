"""Two administrators change the office file at once, offline: nothing of either is lost."""

from __future__ import annotations

from datetime import date

import pytest

from soptui.desk.office.administration import Administration
from soptui.desk.office.office_edits import (
    entry_added,
    entry_removed,
    entry_set,
    field_set,
    sop_withdrawn,
)
from soptui.desk.office.office_file import Edit, OfficeFile
from soptui.domain.ids import OfficerId, RoleId, SopId
from soptui.domain.message import Refusal
from soptui.domain.office import Capacity, Post
from tests.support.town import ADMIN, REGISTRAR, Clone, Town

SOP = SopId("pengukuran-data-kinerja")
FREE = "seksi-pemberdayaan-masyarakat"


def change(clone: Clone, *edits: Edit) -> None:
    for edit in edits:
        OfficeFile(clone.desk, sure=True).change(edit)


def test_the_second_looks_again_and_his_change_joins_the_first(town: Town) -> None:
    admin, other = town.clone(ADMIN), town.clone(ADMIN, "other-desk")
    change(
        admin,
        field_set("name", "Kecamatan Baru"),
        entry_added("section", "seksi-a", "Seksi A", {}),
        entry_set("instruction", "pelajari", "Pelajari", {}),
    )
    change(
        other,
        field_set("address", "Jalan Baru 1"),
        entry_added("section", "seksi-b", "Seksi B", {}),
        entry_removed("section", FREE),
        entry_added("code", "400.7", "Kesehatan", {}),
        entry_added("application", "SIMPUS", "", {}),
    )
    assert admin.sync().ok
    told = other.sync()
    assert len(told.administration) == 5
    assert other.desk.office.address == "Jalan Baru 1"
    assert other.sync(redo_administration=True).ok
    assert admin.sync().ok
    for office in (admin.desk.office, other.desk.office):
        assert (office.name, office.address) == ("Kecamatan Baru", "Jalan Baru 1")
        sections = [unit.id for unit in office.units]
        assert sections[-2:] == ["seksi-a", "seksi-b"]
        assert FREE not in sections
        pelajari = office.instruction("pelajari")
        assert pelajari
        assert pelajari.text == "Pelajari"
        assert office.classifications[-1].code == "400.7"
        assert "SIMPUS" in office.applications
    assert admin.head == other.head
    assert admin.verified().ok


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (field_set("name", "Satu"), field_set("name", "Dua"), "Name: yours Dua, theirs Satu."),
        (
            entry_set("section", FREE, "Seksi Satu", {}),
            entry_set("section", FREE, "Seksi Dua", {}),
            f"section {FREE}: yours Seksi Dua, theirs Seksi Satu.",
        ),
        (
            entry_removed("section", FREE),
            entry_set("section", FREE, "Seksi Dua", {}),
            f"section {FREE}: yours Seksi Dua, theirs -.",
        ),
    ],
)
def test_what_both_changed_is_told_and_neither_is_lost(
    town: Town, first: Edit, second: Edit, said: str
) -> None:
    admin, other = town.clone(ADMIN), town.clone(ADMIN, "other-desk")
    change(admin, first)
    change(other, second)
    assert admin.sync().ok
    before = other.head
    with pytest.raises(Refusal, match="Another administrator changed the same") as refused:
        other.sync(redo_administration=True)
    assert said in str(refused.value)
    assert other.head == before


def test_no_case_begins_under_an_sop_that_is_withdrawn_until_it_is_in_force_again(
    town: Town,
) -> None:
    admin, registrar = town.clone(ADMIN), town.clone(REGISTRAR)
    case = registrar.register()
    change(admin, sop_withdrawn(SOP))
    assert admin.sync().ok
    assert registrar.sync().ok
    with pytest.raises(Refusal, match="is withdrawn"):
        registrar.register()
    assert registrar.desk.closed_to_register() is not None
    registrar.note(case, "Jalan terus.")
    assert registrar.sync().ok
    assert admin.sync().ok
    change(admin, sop_withdrawn(SOP, back=True))
    assert admin.sync().ok
    assert registrar.sync().ok
    assert registrar.register() != case
    assert registrar.verified().ok


def test_a_case_begun_before_its_sop_was_withdrawn_is_kept_when_changes_are_done_again(
    town: Town,
) -> None:
    admin, other = town.clone(ADMIN), town.clone(ADMIN, "other-desk")
    registrar = Post(RoleId("staff-penerima-surat"), Capacity.DEFINITIVE, "Staf", date(2026, 1, 1))
    Administration(admin.desk).add_post(OfficerId(ADMIN), registrar)
    for clone in (admin, other):
        assert clone.sync().ok
    change(admin, sop_withdrawn(SOP))
    assert admin.sync().ok
    case = other.register()
    change(other, field_set("address", "Jalan Baru 1"))
    assert other.sync().administration
    assert other.sync(redo_administration=True).ok
    assert all(entry.effective for entry in other.desk.case(case).entries)
    assert other.verified().ok
