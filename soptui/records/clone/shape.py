"""Where the Git directory of a folder is, and what a folder is called that holds no clone."""

from __future__ import annotations

import os
from pathlib import Path

from soptui.domain.message import Message
from soptui.records.clone.refusals import NotRecords
from soptui.records.git.process import GitDirectory
from soptui.records.git.refs import MAIN, read_ref

_BARE = ("HEAD", "objects", "refs", "config")
_SHARED = "commondir"
"""By which a linked worktree names the repository that it belongs to."""


def git_directory(folder: Path) -> Path | None:
    """The Git directory of the clone at `folder`, or None when it is not one."""
    candidate = folder / ".git"
    if candidate.is_file():
        text = candidate.read_text(encoding="utf-8", errors="replace")
        named = text.removeprefix("gitdir: ").rstrip("\n")
        candidate = Path(os.path.normpath(folder / named))
    return candidate if (candidate / "HEAD").is_file() else None


def is_bare(folder: Path) -> bool:
    """Whether the folder itself is a repository, without files to look at, as a hub is."""
    return all((folder / name).exists() for name in _BARE)


def directory_of_clone(root: Path) -> Path:
    """The Git directory of the clone at `root`.

    Raises `NotRecords`, which says what is there instead and the way out.
    """
    found = git_directory(root)
    if found is None and is_bare(root):
        raise NotRecords(
            Message(
                "{path} is a bare repository, as a hub is, and no place to work in. Nothing was "
                "changed. Make a clone of it: soptui join {path} FOLDER",
                path=str(root),
            )
        )
    if found is None:
        raise NotRecords(
            Message(
                "{path} is not a repository of records. Nothing was changed. Make one with soptui "
                "init.",
                path=str(root),
            )
        )
    if (found / _SHARED).is_file():
        raise NotRecords(
            Message(
                "{path} is a linked worktree, and the records are worked with in their own folder "
                "alone. Nothing was changed. Work in {clone}; git worktree remove {path} takes "
                "this one away.",
                path=str(root), clone=str(_owner_of(found)),
            )
        )  # fmt: skip
    if read_ref(GitDirectory.at(found), MAIN) is None:
        raise NotRecords(
            Message(
                "{path} is a Git repository without a branch main, so without records. Nothing was "
                "changed. Name the folder of the records with --records, or join the office with "
                "soptui join, in another folder.",
                path=str(root),
            )
        )
    return found


def _owner_of(worktree: Path) -> Path:
    """The folder of the clone to which the Git directory of a linked worktree belongs."""
    shared = (worktree / _SHARED).read_text(encoding="utf-8", errors="replace").rstrip("\n")
    common = Path(os.path.normpath(worktree / shared))
    return common.parent if common.name == ".git" else common
