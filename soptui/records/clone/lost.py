"""Objects that a clone has lost, as after a cut of the power: whether there are, and which.

Whoever meets one says so, and the next sync looks, because an object that nobody asks for is missed
by nobody. An object is known by its hash, so whoever has it can give it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from soptui.domain.ids import CommitId, ObjectId
from soptui.records.git.commit import COMMIT_LIMIT
from soptui.records.git.objects import Kind, ObjectFault, ObjectReader
from soptui.records.git.prefetch import read_ahead
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.trees import MAXIMUM_TREE_BYTES, TreeFault, parse_tree
from soptui.records.platform.private_files import state_path, write_private

_SUSPECTED = ".lost"
_LARGEST: dict[Kind, int] = {
    "commit": COMMIT_LIMIT,
    "tree": MAXIMUM_TREE_BYTES,
    "blob": 1 << 30,
}
_AT_ONCE = 512


def suspect_loss(root: Path) -> None:
    """Remember that an object was missed in the clone at `root`, so that a sync looks."""
    with suppress(OSError):
        write_private(state_path(root, _SUSPECTED), b"", durable=False)


def is_loss_suspected(root: Path) -> bool:
    """Whether an object was missed since a sync has last looked."""
    return state_path(root, _SUSPECTED).exists()


def forget_suspicion(root: Path) -> None:
    """Nothing is missed any more, or nothing can be done about it here."""
    with suppress(OSError):
        state_path(root, _SUSPECTED).unlink(missing_ok=True)


def has_lost_objects(directory: GitDirectory, tip: CommitId) -> bool:
    """Whether the history of `tip` needs an object that is not there, or is no object any more.

    What an object holds is not read: `verify --full` does that.
    """
    try:
        directory.run("rev-list", "--quiet", "--objects", operands=(tip,))
    except GitFailed as failed:
        if failed.was_stopped:
            raise
        return True
    # A power cut leaves files that are empty, which Git takes for there as long as it reads none.
    stored = directory.run(
        "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objecttype)"
    )
    return b" missing\n" in stored


def lost_objects(reader: ObjectReader, tip: CommitId) -> list[ObjectFault]:
    """Every object of the history of `tip` that is lost or damaged, all contents read.

    What only a lost commit or folder leads to is not known, and not among them.
    """
    lost: list[ObjectFault] = []
    seen: set[ObjectId] = set()
    left: list[tuple[Kind, ObjectId]] = [("commit", ObjectId(tip))]
    while left:
        kind = left[-1][0]
        part = _taken(left, kind, seen)
        for oid, content in _contents(reader, part, kind):
            if isinstance(content, ObjectFault):
                lost.append(content)
            elif kind != "blob":
                left += _needed_by(kind, content)
            seen.add(oid)
    return lost


def _taken(
    left: list[tuple[Kind, ObjectId]], kind: Kind, seen: set[ObjectId]
) -> dict[ObjectId, None]:
    """Those of one kind from the end of the list that were not seen yet."""
    part: dict[ObjectId, None] = {}
    while left and left[-1][0] == kind and len(part) < _AT_ONCE:
        oid = left.pop()[1]
        if oid not in seen:
            part[oid] = None
    return part


def _contents(
    reader: ObjectReader, oids: Iterable[ObjectId], kind: Kind
) -> Iterator[tuple[ObjectId, bytes | ObjectFault]]:
    ahead = read_ahead(reader, oids, kind, _LARGEST[kind])
    for oid in oids:
        if oid in ahead:
            yield oid, ahead[oid]
            continue
        try:
            yield oid, reader.read(oid, kind, _LARGEST[kind])
        except ObjectFault as fault:
            yield oid, fault


def _needed_by(kind: Kind, content: bytes) -> Iterator[tuple[Kind, ObjectId]]:
    if kind == "tree":
        with suppress(TreeFault):
            for entry in parse_tree(content):
                yield ("tree" if entry.is_folder else "blob"), entry.oid
        return
    for line in content.partition(b"\n\n")[0].split(b"\n"):
        name, _, value = line.partition(b" ")
        if name in (b"tree", b"parent"):
            yield ("tree" if name == b"tree" else "commit"), ObjectId(value.decode("ascii"))
