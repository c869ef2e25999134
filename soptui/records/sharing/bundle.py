"""Records on a flash disk: one bundle file, written whole, and read as if an enemy had made it.

Nothing on the disk is ever opened as a repository. An import copies the file, reads its few lines
of header itself, and gives the pack to Git in a scratch repository, which checks every object;
then the verifier decides, and the history joins by the same way as from the hub. Whatever is
wrong, nothing of the clone was changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from soptui.domain.findings import Report
from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.system_fault import reason_of
from soptui.records.clone.repository import Repository
from soptui.records.clone.signatory import Signatory
from soptui.records.git.history import History
from soptui.records.git.locks import break_stale_lock
from soptui.records.git.objects import ObjectReader, sync_directory
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import INCOMING, MAIN, update_ref
from soptui.records.platform.limits import MOST_MEMORY, TooMuch, memory_for
from soptui.records.platform.plain_file import open_plain
from soptui.records.sharing.result import Choices, Result
from soptui.records.sharing.scratch import scratch_folder, scratch_repository
from soptui.records.sharing.sync import join_lines
from soptui.records.verify.walk import seconds_now, verify

LARGEST_FILE = 2 * 1024 * 1024 * 1024
"""Size limit of a bundle that is read, in bytes."""

_SIGNATURE = b"# v2 git bundle\n"
_LONGEST_HEADER = 64 * 1024
_NEEDED = re.compile(rb"-([0-9a-f]{40})(?: [^\n]*)?\n")
_TIP = re.compile(rf"([0-9a-f]{{40}}) {MAIN}\n".encode())
_PART = 1024 * 1024


class BadFile(Refusal):
    """The file on the disk is torn, damaged, hostile, or no bundle of records."""


class Exported(Struct, frozen=True):
    """What was written: the file, its size in bytes, the newest commit in it, and how many."""

    path: Path
    size: int
    tip: CommitId
    commits: int


def export_bundle(repository: Repository, path: Path, *, since: CommitId = NO_COMMIT) -> Exported:
    """Write the verified records to one file, all of them or what came after commit `since`.

    The file appears whole or not at all. Raises `Refusal` when there is nothing to write, and
    `OSError`.
    """
    tip, _ = repository.sound()
    try:
        commits = repository.history.count(since, tip)
    except GitFailed:
        raise Refusal(
            Message(
                "The records do not have the commit {id}. Nothing was written. soptui audit shows "
                "all commits.",
                id=since,
            )
        ) from None
    if not commits:
        raise Refusal(
            Message(
                "There is nothing newer to write. Nothing was written. Name no commit, and all is "
                "written."
            )
        )
    path = path.absolute()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        repository.directory.run(
            "bundle",
            "create",
            "--quiet",
            "--version=2",
            operands=[temporary, MAIN, *([f"^{since}"] if since else [])],
        )
        _sync_file(temporary)
        temporary.replace(path)
    except GitFailed as failed:
        raise OSError(failed.stderr.strip().splitlines()[-1] if failed.stderr else "git") from None
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)
    return Exported(path, path.stat().st_size, tip, commits)


def import_bundle(
    repository: Repository, signatory: Signatory, path: Path, *, choices: Choices | None = None
) -> Result:
    """Join what the file at `path` holds to the records.

    Raises `BadFile`, and whatever `sync.join_lines` raises; nothing was changed then.
    """
    with unpacked(path, repository.directory) as (scratch, tip):
        report = _verified(repository, scratch, tip)
        if not report.ok:
            return Result(findings=report.errors)
        break_stale_lock(repository.directory, INCOMING, seconds=0)
        repository.directory.run(
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
            operands=(scratch.path, f"+{MAIN}:{INCOMING}"), memory=MOST_MEMORY,
        )  # fmt: skip
        return join_lines(repository, signatory, tip, choices=choices)


@contextmanager
def unpacked(path: Path, clone: GitDirectory) -> Iterator[tuple[GitDirectory, CommitId]]:
    """A scratch repository with what the bundle at `path` holds on its main line, and its tip.

    Every object was checked by Git and none by the verifier. `clone` has the objects that the
    bundle builds on, and room for the while. Raises `BadFile` and `OSError`.
    """
    with scratch_folder(clone) as folder:
        copy = folder / "file"
        _copy(path, copy)
        with copy.open("rb") as file:
            tip, needed = _header(file)
            scratch = scratch_repository(folder, clone)
            _index(scratch, file, needed)
        try:
            scratch.run("rev-list", "--objects", "--quiet", operands=(tip,), memory=MOST_MEMORY)
            update_ref(scratch, MAIN, tip, None, reason="soptui disk import")
        except TooMuch:
            raise _too_much() from None
        except GitFailed:
            raise _bad("objects") from None
        yield scratch, tip


def _verified(repository: Repository, scratch: GitDirectory, tip: CommitId) -> Report:
    """What the verifier says of the file's history, before any of it enters the clone."""
    trust = repository.trust
    history = History(scratch)
    old = history.fork_point(tip, trust.tip) if trust.tip else NO_COMMIT
    position = history.position_of(old) if old else 0
    with ObjectReader(scratch) as reader:
        return verify(
            history, reader, trust.root,
            old=old, old_position=position, new=tip, now=seconds_now(),
        )  # fmt: skip


def _copy(path: Path, copy: Path) -> None:
    """The file as it is now: what is read twice from a disk need not be the same twice."""
    try:
        with open_plain(path) as source, copy.open("wb") as target:
            if os.fstat(source.fileno()).st_size > LARGEST_FILE:
                raise _bad("size")
            left = LARGEST_FILE
            while part := source.read(min(_PART, left + 1)):
                left -= len(part)
                if left < 0:
                    raise _bad("size")
                target.write(part)
    except OSError as error:
        raise BadFile(
            Message(
                "The file {path} cannot be read ({reason}). Nothing was changed. Name the "
                "file that soptui disk export has written.",
                path=str(path),
                reason=reason_of(error),
            )
        ) from None


def _header(file: IO[bytes]) -> tuple[CommitId, list[str]]:
    """The tip of the main line, and the commits that the reader must have. Leaves `file` there."""
    if file.readline(len(_SIGNATURE)) != _SIGNATURE:
        raise _bad("form")
    needed: list[str] = []
    tips: list[str] = []
    while file.tell() < _LONGEST_HEADER:
        line = file.readline(_LONGEST_HEADER)
        if line == b"\n":
            if len(tips) != 1:
                raise _bad("form")
            return CommitId(tips[0]), needed
        if (match := _NEEDED.fullmatch(line)) and not tips:
            needed.append(match[1].decode())
        elif match := _TIP.fullmatch(line):
            tips.append(match[1].decode())
        else:
            break
    raise _bad("form")


def _index(scratch: GitDirectory, file: IO[bytes], needed: list[str]) -> None:
    for commit in needed:
        try:
            scratch.run("cat-file", "-e", operands=(commit,))
        except GitFailed:
            raise BadFile(
                Message(
                    "The file goes on from records that are not here yet (commit {id}). Nothing "
                    "was changed. Import an earlier file first, or ask for one with everything.",
                    id=commit[:12],
                )
            ) from None
    # Git reads the file itself, from here on.
    os.lseek(file.fileno(), file.tell(), os.SEEK_SET)
    try:
        scratch.run(
            "-c", "core.bigFileThreshold=32m", "index-pack", "--strict", "--stdin", "--fix-thin",
            stdin=file, memory=memory_for(os.fstat(file.fileno()).st_size),
        )  # fmt: skip
    except TooMuch:
        raise _too_much() from None
    except GitFailed:
        raise _bad("objects") from None


def _bad(code: str) -> BadFile:
    return BadFile(
        Message(
            "The file is not a whole and sound file of records ({code}). Nothing was changed. Ask "
            "for the file again.",
            code=code,
        )
    )


def _too_much() -> BadFile:
    return BadFile(
        Message(
            "The file takes more memory or time to read than records of an office do, so it was "
            "not read. Nothing was changed. Do not use it, and tell the administrator."
        )
    )


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
