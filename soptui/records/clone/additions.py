"""What one state of the records has beyond another, and whether others hold all of that."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.domain.ids import CaseId, EventId, ObjectId
from soptui.domain.message import Refusal
from soptui.records.files import codec, layout
from soptui.records.files.layout import Kind
from soptui.records.files.snapshot import Shelf
from soptui.records.git.objects import EMPTY_TREE, ObjectFault
from soptui.records.git.trees import TreeFault


def new_events(
    shelf: Shelf, old_root: ObjectId, new_root: ObjectId
) -> dict[CaseId, tuple[EventId, ...]]:
    """By case, the ids of the events that the tree `new_root` has and the tree `old_root` lacks.

    An empty `old_root` has none. Raises `Refusal`, `ObjectFault` or `TreeFault` on damage.
    """
    found: dict[CaseId, tuple[EventId, ...]] = {}
    for change in shelf.trees.diff(old_root or EMPTY_TREE, new_root):
        if not change.new or layout.kind_of(change.path) is not Kind.CASE:
            continue
        known = frozenset(_blocks(shelf, change.old)) if change.old else frozenset()
        added = [block for block in _blocks(shelf, change.new) if block not in known]
        if added:
            found[layout.case_of_path(change.path)] = tuple(map(codec.block_id, added))
    return found


def keeps_all(
    shelf: Shelf, base_root: ObjectId, old_root: ObjectId, new_roots: Sequence[ObjectId]
) -> bool:
    """Whether all that `old_root` adds to `base_root` is in one of `new_roots` or another.

    That is every event, attachment and administrative file. An empty `base_root` has nothing.
    Damage counts as a loss.
    """
    try:
        for change in shelf.trees.diff(base_root or EMPTY_TREE, old_root):
            now = [shelf.trees.lookup(root, change.path) for root in new_roots]
            if change.new in now or not change.new:
                continue
            if layout.kind_of(change.path) is not Kind.CASE:
                return False
            kept = {block for oid in now if oid for block in _blocks(shelf, oid)}
            if not kept.issuperset(_blocks(shelf, change.new)):
                return False
    except (Refusal, ObjectFault, TreeFault):
        return False
    return True


def _blocks(shelf: Shelf, oid: ObjectId) -> tuple[bytes, ...]:
    return tuple(codec.split_case(shelf.reader.read(oid, "blob", codec.CASE_LIMIT))[1])
