"""Fetching the hub's line so that what has come of it stays, whenever the line drops.

Git takes what it fetches whole or not at all: over a line that drops, a first sync of everything
never arrives. So once one broke off, the hub is asked for its commits alone, which are small, and
then for its line in parts. Each part ends at a commit of the main line, with all that this needs,
and is kept under the private ref; the next one goes on from there, in this sync or in a later one.
A part that does not arrive is asked for by halves, at once or, where the line hung, by the next
sync. Nothing of it is shown or believed before the verifier has seen the line to its end.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from soptui.domain.ids import CommitId
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import INCOMING, MAIN, TRACKING, RefMoved, read_ref, update_ref
from soptui.records.platform.private_files import write_private
from soptui.records.sharing.remote import Remote
from soptui.records.sharing.scratch import scratch_folder, scratch_repository
from soptui.records.sharing.ssh import LineDropped, LineHung

_WORKED_BEFORE_LONGER = 3
"""After how many parts in a row the next one is twice as long."""

_OBJECTS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}|pack/pack-[0-9a-f]{40}\.(?:pack|idx|rev)")
_ALL = 1 << 30
_NOTE = "commits-in-a-part"


def fetch_line(remote: Remote, directory: GitDirectory) -> CommitId | None:
    """The hub's newest commit, with all that it needs in `directory`; None while the hub is empty.

    Raises as `Remote.fetch`; what had come by then stays.
    """
    note = directory.own_folder / _NOTE
    if not has_begun(directory):
        try:
            return remote.fetch()
        except LineDropped as dropped:
            _remember(note, _ALL)
            if isinstance(dropped, LineHung):
                raise
    tip = _fetched_in_parts(remote, directory, note)
    note.unlink(missing_ok=True)
    return tip


def has_begun(directory: GitDirectory) -> bool:
    """Whether a line dropped while `fetch_line` brought it, so that a part may have come."""
    return (directory.own_folder / _NOTE).exists()


def _fetched_in_parts(remote: Remote, directory: GitDirectory, note: Path) -> CommitId | None:
    line = _missing(remote, directory)
    if line is None:
        return None
    length, worked = min(_remembered(note), max(1, (len(line) - 1) // 2)), 0
    begun = 0
    while begun < len(line):
        end = min(begun + length, len(line))
        try:
            remote.fetch(line[end - 1])
        except LineDropped as dropped:
            if length == 1:
                raise
            length, worked = max(1, min(length, end - begun) // 2), 0
            _remember(note, length)
            if isinstance(dropped, LineHung):
                raise
            continue
        begun, worked = end, worked + 1
        if worked == _WORKED_BEFORE_LONGER:
            length, worked = 2 * length, 0
    return line[-1]


def _missing(remote: Remote, directory: GitDirectory) -> list[CommitId] | None:
    """The hub's main line, the oldest first, as far as it is not here; its tip in any case.

    None while the hub is empty.
    """
    with scratch_folder(directory) as folder:
        scratch = scratch_repository(folder, directory)
        known = []
        for place, name in enumerate((INCOMING, MAIN, TRACKING)):
            commit = read_ref(directory, name)
            # One that was lost here is no help, and the way to it is fetched anew.
            with suppress(GitFailed):
                if commit is not None:
                    scratch.run("update-ref", operands=(f"refs/known/{place}", commit))
                    known.append(commit)
        tip = remote.of(scratch).fetch_commits()
        if tip is None:
            return None
        without = [f"^{commit}" for commit in known]
        listed = scratch.run(
            "rev-list", "--first-parent", "--reverse", operands=(tip, *without)
        ).decode("ascii")
    return [*map(CommitId, listed.splitlines())] or [tip]


def take_over(folders: Sequence[Path], directory: GitDirectory) -> None:
    """Move what came into the clones that earlier tries left in `folders`, which then are gone.

    It is objects alone, and how far the line had come: no setting or program of theirs is taken.
    """
    for folder in folders:
        if folder.stat().st_uid != os.geteuid():
            continue
        for found in sorted(folder.glob("*/.git/objects/*/*")):
            name = found.relative_to(found.parents[1])
            if _OBJECTS.fullmatch(str(name)) and found.is_file() and not found.is_symlink():
                target = directory.objects / name
                target.parent.mkdir(exist_ok=True)
                found.replace(target)
        for clone in folder.glob("*/.git"):
            commit = read_ref(GitDirectory.at(clone), INCOMING)
            with suppress(GitFailed, RefMoved):
                if commit is not None:
                    update_ref(directory, INCOMING, commit, None, reason="soptui join")
            _remember(directory.own_folder / _NOTE, _remembered(clone / "soptui" / _NOTE))
        shutil.rmtree(folder, ignore_errors=True)


def _remembered(note: Path) -> int:
    try:
        return max(1, int(note.read_text(encoding="ascii")))
    except (OSError, ValueError):
        return _ALL


def _remember(note: Path, length: int) -> None:
    write_private(note, str(length).encode("ascii"), durable=False)
