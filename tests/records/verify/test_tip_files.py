"""What the newest tree tells of the events before it, as far as it is a tree of records."""

from __future__ import annotations

import pytest

from soptui.domain.ids import ObjectId
from soptui.records.files import layout
from soptui.records.files.snapshot import Snapshot
from soptui.records.git.tree_cache import Trees
from soptui.records.verify.tip_files import TipFiles
from tests.attacks.builder import CASE, Records
from tests.attacks.store import tree_bytes


def told(records: Records, before: Snapshot, root: str, message: str) -> list[str]:
    """The paths that the tree `root` tells the commit with this message to have changed."""
    tip = TipFiles(records.store, Trees(records.store), ObjectId(root))
    tip.prepare([message], before.root)
    guess = tip.guess(before, message)
    return [change.path for change in guess.changes] if guess else []


@pytest.fixture
def records() -> Records:
    records = Records()
    records.walk(4)
    return records


def message_of(records: Records, commit: str) -> str:
    return records.store.objects[commit][1].decode().partition("\n\n")[2]


def test_every_event_of_a_case_is_told_however_many_there_are(records: Records) -> None:
    befores = []
    for _ in range(20):
        before = records.snapshot()
        befores.append((before, records.note("staff-1")))
    root = records.snapshot().root
    for before, commit in befores:
        message = message_of(records, commit)
        assert told(records, before, root, message) == [layout.case_path(CASE)]


def test_all_events_are_told_by_one_look_at_the_tip(records: Records) -> None:
    strange = "x\n\nSop-Case: -\nSop-Event: " + "0" * 64 + "\n"
    steps = [(records.snapshot(), records.note("staff-1")) for _ in range(20)]
    tip = TipFiles(records.store, Trees(records.store), records.snapshot().root)
    for before, commit in steps:
        message = message_of(records, commit)
        tip.prepare([strange, message], before.root)
        guess = tip.guess(before, message)
        assert guess is not None
        assert [change.path for change in guess.changes] == [layout.case_path(CASE)]


def test_an_odd_folder_tells_nothing(records: Records) -> None:
    before = records.snapshot()
    message = message_of(records, records.note("staff-1"))
    root = records.snapshot().root
    assert told(records, before, root, message)
    blob = records.store.add("blob", b"x")
    raw = tree_bytes([("0 x", "100644", blob)]) + records.store.objects[root][1]
    assert not told(records, before, records.store.add("tree", raw), message)
    assert not told(records, before, blob, message)
