"""Files of a clone that were edited by hand: which they are, and how they are put back."""

from __future__ import annotations

import os
from pathlib import Path

from soptui.desk.clone import Clone
from soptui.desk.desk import Desk
from soptui.desk.refusals import not_written
from soptui.domain.ids import CaseId
from soptui.domain.message import Message, Refusal
from soptui.records.files import layout


def edited_file(desk: Desk, case_id: CaseId) -> str:
    """The path of a case's file if it was edited by hand, else empty."""
    path = layout.case_path(case_id)
    root = desk.repository.current()[1].root
    return path if desk.repository.worktree.is_edited(root, path) else ""


def edited_files(desk: Desk) -> tuple[str, ...]:
    """Every file of the clone that is not as the records have it."""
    commit, snapshot = desk.repository.current()
    if commit != desk.repository.head():
        return ()
    return desk.repository.worktree.edited(snapshot.root)


def doubtful_settings(clone: Clone) -> tuple[Message, ...]:
    """A sentence for each setting of the clone that runs a program or redirects Git."""
    from soptui.records.clone.config_check import doubtful_settings

    return doubtful_settings(clone.repository.directory)


def restore_file(desk: Desk, named: Path) -> tuple[str, bool]:
    """Put a file back as the records have it; its path in the records, and whether it was edited.

    Raises `Refusal`.
    """
    repository = desk.repository
    relative = os.path.relpath(Path.cwd() / named, repository.root)
    path = str(named) if relative.startswith("..") else Path(relative).as_posix()
    root, worktree = repository.current()[1].root, repository.worktree
    try:
        is_of_records = layout.kind_of(path) is not None
        was_edited = is_of_records and worktree.is_edited(root, path)
        found = is_of_records and worktree.restore(root, path)
    except (IsADirectoryError, NotADirectoryError):
        raise Refusal(
            Message(
                "{path} cannot be put back: a folder is in its place, or a link or a file in that "
                "of a folder above it. Nothing was changed. Move that away, and restore again.",
                path=path,
            )
        ) from None
    except OSError as error:
        raise not_written(error) from None
    if not found:
        raise Refusal(
            Message(
                "The records have no file {path}. Nothing was changed. soptui doctor names the "
                "files that were edited.",
                path=str(named),
            )
        )
    return path, was_edited
