"""Several acts in a row that stand behind another's decision: one file, one fold, one index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.domain.events import Note, Recall, Receive, Request
from soptui.domain.ids import CaseId, UnitId
from soptui.records.files import codec, layout
from soptui.records.files.snapshot import read_case
from soptui.records.index.case_scan import Scanner, course_of
from soptui.records.index.index import Index
from soptui.records.index.queries import Queries
from soptui.records.verify.walk import Memory, verify
from tests.attacks.attack import opening
from tests.attacks.attacked_office import UNITS
from tests.attacks.builder import CASE
from tests.attacks.on_rebases import row
from tests.attacks.on_rebases import two_acts_behind_a_decision as rebased
from tests.support.office_index import rebuilt
from tests.support.office_repository import OfficeFixture

ASKS = Request((UnitId("seksi-pemerintahan"),))


@pytest.fixture
def side(office: OfficeFixture, tmp_path: Path) -> Iterator[OfficeFixture]:
    """Another clone, in which the planner received a case and asked a section for data."""
    case_id = office.register()
    office.forward_to(case_id, 3)
    side = office.copy(tmp_path / "side")
    side.act("kasubbag-1", case_id, Receive())
    side.act("kasubbag-1", case_id, ASKS)
    yield side
    side.close()


def the_case(office: OfficeFixture) -> CaseId:
    """The one case that there is."""
    ((case_id, _),) = office.repository.current()[1].case_ids()
    return case_id


def test_a_rebase_and_a_merge_come_to_the_same_file() -> None:
    by_rebase, by_merge = opening(), opening()
    rebased(by_rebase)
    side = row(by_merge, Receive(), Request(UNITS))
    by_merge.act("sekretaris-1", Recall())
    by_merge.merge(side)

    path = layout.case_path(CASE)
    assert by_rebase.verify().ok
    assert by_merge.verify().ok
    assert by_rebase.data(path) == by_merge.data(path)
    case = by_rebase.case()
    assert case is not None
    assert [entry.effective for entry in case.entries[-3:]] == [True, False, False]
    assert case == by_merge.case()


def test_the_verifier_keeps_the_case_as_its_file_folds(
    office: OfficeFixture, side: OfficeFixture
) -> None:
    case_id = the_case(office)
    office.act("sekretaris-1", case_id, Recall())
    moved = office.rebase(case_id, side)
    repository = office.repository
    memory = Memory(repository.reader)
    report = verify(
        repository.history, repository.reader, repository.trust.root,
        new=office.tip, memory=memory,
    )  # fmt: skip
    assert report.ok
    snapshot = repository.current()[1]
    oid = snapshot.lookup(layout.case_path(case_id))
    kept = memory.shelf.known_case(oid)
    assert kept == read_case(repository.reader.read(oid, "blob", codec.CASE_LIMIT), snapshot.sops)
    assert kept is not None
    assert [entry.id for entry in kept.case.entries if not entry.effective] == moved


def test_an_index_kept_up_to_date_is_the_one_made_anew(
    office: OfficeFixture, side: OfficeFixture, index: Index
) -> None:
    case_id = the_case(office)
    index.update()
    office.act("sekretaris-1", case_id, Recall())
    index.update()
    moved = office.rebase(case_id, side)
    index.update()
    assert index.contents() == rebuilt(office)
    entries = office.case(case_id).entries
    assert [entry.id for entry in entries if not entry.effective] == moved
    assert [row.step for row in index.ask(Queries.cases)] == [2]


def test_a_file_with_rebased_acts_is_read_as_its_fold_says(
    office: OfficeFixture, side: OfficeFixture
) -> None:
    case_id = the_case(office)
    office.act("sekretaris-1", case_id, Note("Sebentar."))
    office.rebase(case_id, side)
    snapshot = office.repository.current()[1]
    file = snapshot.case_file(case_id)
    assert file is not None
    assert all(entry.effective for entry in file.case.entries)
    assert Scanner(snapshot.sops).scan(file.data).course == course_of(file.case)
