"""Files edited by hand, and the beginning of the records: what keeps a clone as it should be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soptui.desk.desk import Desk
from soptui.desk.keys import same_fingerprint
from soptui.desk.refusals import not_written
from soptui.domain.message import Message, Refusal
from soptui.records.clone.repository import Repository, Untrusted
from soptui.records.files import layout
from soptui.records.git.commit import COMMIT_LIMIT
from soptui.records.verify.findings import Found, Report
from soptui.records.verify.identity import read_signed

_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first commit of a clone's records, and the key that signed it."""

    commit: str
    fingerprint: str
    name: str
    mail: str
    at: datetime | None
    trusted: bool


def edited_file(desk: Desk, case_id: str) -> str:
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


def doubtful_settings(repository: Repository) -> tuple[Message, ...]:
    """A sentence for each setting of the clone that runs a program or redirects Git."""
    from soptui.records.clone.config_check import doubtful_settings

    return doubtful_settings(repository.directory)


def restore(desk: Desk, named: Path) -> tuple[str, bool]:
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


def beginning_of(repository: Repository) -> Beginning:
    """The first commit of the main line. Raises `Refusal` when nobody's signature is on it."""
    output = repository.directory.run(
        "rev-list", "--first-parent", "--max-parents=0", operands=(repository.head(),)
    )
    commit = output.decode("ascii").split()[-1]
    try:
        signed = read_signed(commit, repository.reader.read(commit, "commit", COMMIT_LIMIT))
    except Found as found:
        raise Refusal(
            Message(
                "These are no records that soptui can trust: {reason} Nothing was changed. Ask the "
                "administrator for the office's own.",
                reason=found.message,
            )
        ) from None
    author = signed.commit.author
    return Beginning(
        commit,
        signed.key.fingerprint,
        author.name,
        author.mail,
        author.moment,
        _is_trusted(repository, commit),
    )


def accept(repository: Repository, fingerprint: str) -> Report:
    """Trust the records from their first commit on, if its signer's key has this fingerprint.

    Verifies them at once. Raises `Refusal` when the fingerprint is another one.
    """
    beginning = beginning_of(repository)
    if not same_fingerprint(fingerprint, beginning.fingerprint):
        raise Refusal(
            Message(
                "These records were begun with another key: {found}. Nothing was changed. Do not "
                "use them before you have asked the administrator.",
                found=beginning.fingerprint,
            )
        )
    if not beginning.trusted:
        repository.pin(beginning.commit, beginning.fingerprint)
    report = repository.verify(full=True)
    if report.ok:
        repository.follow()
    return report


def main_line_commit(repository: Repository, text: str) -> tuple[str, int]:
    """The commit of the main line whose id begins with `text`, and its place, the first being 1.

    Raises `Refusal` when there is none, or several.
    """
    output = repository.directory.run(
        "rev-list", "--first-parent", "--reverse", operands=(repository.head(),)
    )
    commits = output.decode("ascii").split()
    wanted = text.strip().lower()
    found = [place for place, commit in enumerate(commits, 1) if commit.startswith(wanted)]
    if len(found) != 1 or len(wanted) < _SHORTEST_ID:
        raise Refusal(
            Message(
                "{commit} does not name one commit of the main line. Nothing was changed. Write "
                "more of its id; soptui audit shows all commits.",
                commit=text,
            )
        )
    return commits[found[0] - 1], found[0]


def _is_trusted(repository: Repository, commit: str) -> bool:
    try:
        return repository.trust.genesis == commit
    except Untrusted:
        return False
