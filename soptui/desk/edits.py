"""Files of a clone that were edited by hand: which they are, and how they are put back."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

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


class EditedFiles(Struct, frozen=True):
    """The files of a clone that are not as the records have them, by path.

    Nobody edited those of `line_ends`: they differ by CRLF for LF alone, as where `core.autocrlf`
    was set when Git wrote them.
    """

    by_hand: tuple[str, ...] = ()
    line_ends: tuple[str, ...] = ()


LINE_ENDS_OPTION = "--line-ends"
"""With what `soptui restore` puts back whatever differs by its line ends alone."""


def edited_files(desk: Desk) -> EditedFiles:
    """Every file of the clone that is not as the records have it."""
    commit, snapshot = desk.repository.current()
    if commit != desk.repository.head():
        return EditedFiles()
    worktree, root = desk.repository.worktree, snapshot.root
    by_hand: list[str] = []
    line_ends: list[str] = []
    for path in worktree.edited(root):
        (line_ends if worktree.has_other_line_ends(root, path) else by_hand).append(path)
    return EditedFiles(tuple(by_hand), tuple(line_ends))


def line_ends_warning(paths: tuple[str, ...]) -> Message:
    """What to say of files whose line ends alone differ."""
    return Message(
        "{count} files have other line ends than the records (CRLF), as with core.autocrlf; nobody "
        "edited them. soptui restore {option} puts them all back.",
        count=len(paths),
        option=LINE_ENDS_OPTION,
    )


def restore_line_ends(desk: Desk) -> tuple[str, ...]:
    """Put back every file that differs by its line ends alone; their paths. Raises `Refusal`."""
    worktree, root = desk.repository.worktree, desk.repository.current()[1].root
    paths = edited_files(desk).line_ends
    try:
        for path in paths:
            worktree.restore(root, path)
    except OSError as error:
        raise not_written(error) from None
    return paths


def doubtful_settings(clone: Clone) -> tuple[Message, ...]:
    """A sentence for each setting of the clone that runs a program or redirects Git."""
    from soptui.records.clone.config_check import doubtful_settings

    return doubtful_settings(clone.repository.directory)


def standing_faults(clone: Clone) -> tuple[Message, ...]:
    """A sentence for whatever keeps Git by hand from the main line, as a stopped rebase does."""
    from soptui.records.clone.standing import standing_faults

    return standing_faults(clone.repository.directory)


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
