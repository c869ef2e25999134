"""One signed commit on the main line: it is on the disk as a whole before its ref moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from soptui.domain.ids import CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer
from soptui.domain.text import safe
from soptui.records.clone.signatory import Sign
from soptui.records.files.commit_message import ident_of
from soptui.records.files.snapshot import Snapshot
from soptui.records.git.commit import build_commit
from soptui.records.git.objects import ObjectWriter
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import MAIN, RefMoved, read_ref, update_ref


def commit_files(
    directory: GitDirectory,
    before: Snapshot,
    files: Mapping[str, bytes],
    *,
    parent: CommitId,
    officer: Officer,
    at: datetime,
    message: str,
    sign: Sign,
) -> CommitId:
    """Put `files`, by path, on top of the commit `parent`, which holds `before`; the new commit.

    Raises `RefMoved` when the main line is no longer at `parent`, `Refusal` when Git cannot move
    it, and what `sign` raises; the main line is as it was then.
    """
    ident = ident_of(officer, at)
    made: dict[str, bytes] = {}
    with ObjectWriter(directory) as writer:
        blobs = {path: writer.write("blob", content) for path, content in files.items()}
        tree = before.shelf.trees.apply(before.root, blobs, made)
        for raw in made.values():
            writer.write("tree", raw)
        # The disk is as slow as the signature, and neither needs the other.
        writer.begin()
        raw = build_commit(
            tree=tree,
            parents=(parent,),
            author=ident,
            committer=ident,
            message=message,
            sign=sign,
        )
        commit = CommitId(writer.write("commit", raw))
        # Whoever was overtaken need not wait for the disk.
        current = read_ref(directory, MAIN)
        if current != parent:
            raise RefMoved(MAIN, current)
        writer.flush()
    try:
        update_ref(directory, MAIN, commit, parent, reason="soptui")
    except GitFailed as failed:
        raise _not_moved(failed) from None
    return commit


def _not_moved(failed: GitFailed) -> Refusal:
    if failed.was_stopped:
        return Refusal(
            Message(
                "Git did not end when it was to record the change, and was stopped. Nothing was "
                "recorded. See whether the disk of the records answers, and try again."
            )
        )
    lines = failed.stderr.strip().splitlines() or ["?"]
    return Refusal(
        Message(
            "Git could not add the change ({reason}). Nothing was recorded. Free some space or ask "
            "the administrator.",
            reason=safe(lines[-1]),
        )
    )
