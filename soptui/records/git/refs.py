"""Refs: read in process, moved by Git under its own lock, by compare-and-swap only."""

from __future__ import annotations

from soptui.domain.ids import CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.text import safe
from soptui.records.git.locks import break_stale_lock, held_lock
from soptui.records.git.objects import sync_directory
from soptui.records.git.process import GitDirectory, GitFailed, is_full_id, is_ref_name
from soptui.records.platform.plain_file import NotPlain, TooLarge, read_plain

MAIN = "refs/heads/main"
"""The main line, the only branch that the records have."""

TRACKING = "refs/remotes/origin/main"
"""What Git's own commands know of the hub's main line."""

INCOMING = "refs/soptui/incoming"
"""Where what was fetched waits until it is verified; no stock command looks there."""

ASIDE = "refs/soptui/aside/"
"""Under which own work is kept that was set aside."""

MOVE_SECONDS = 20.0
"""How long Git may take to move a ref, waiting for locks included."""

_ABSENT = "0" * 40
_DEEPEST_SYMBOLIC = 5
_LONGEST = 4096
_LONGEST_LIST = 64 * 1024 * 1024


class RefMoved(Exception):
    """The ref no longer has the value that the change started from; nothing was changed.

    `current` is what it has now, None when it is gone.
    """

    def __init__(self, name: str, current: str | None) -> None:
        super().__init__(name, current)
        self.name = name
        self.current = current


def read_ref(directory: GitDirectory, name: str) -> CommitId | None:
    """The object id at the ref `name`, or None when there is no such ref.

    A symbolic ref, such as `HEAD`, is followed. Raises `Refusal` when the ref is damaged and
    `ValueError` for a name that is not a whole ref name.
    """
    if not is_ref_name(name):
        raise ValueError(f"not a ref name: {name!r}")
    followed = name
    for _ in range(_DEEPEST_SYMBOLIC):
        try:
            content = read_plain(directory.path / followed, _LONGEST)
            value = content.decode("ascii").rstrip("\n")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return _packed(directory, followed)
        except (NotPlain, TooLarge, UnicodeDecodeError):
            break
        if is_full_id(value):
            return CommitId(value)
        followed = value.removeprefix("ref: ")
        if followed == value or not is_ref_name(followed):
            break
    raise Refusal(
        Message(
            "The reference {name} of the repository is damaged. Nothing was changed. Restore it "
            "from its reflog or from a copy.",
            name=safe(name),
        )
    )


def stamp_of(directory: GitDirectory, name: str) -> tuple[tuple[int, int, int], ...]:
    """What differs once the ref `name` was moved, read off its files without opening them."""
    stamps = []
    for file in (name, "packed-refs"):
        try:
            found = (directory.path / file).stat()
        except OSError:
            stamps.append((0, 0, 0))
        else:
            stamps.append((found.st_mtime_ns, found.st_ino, found.st_size))
    return tuple(stamps)


def update_ref(
    directory: GitDirectory, name: str, new: CommitId, old: CommitId | None, *, reason: str
) -> None:
    """Move the ref `name` from `old` to the object `new`; `old` None means that it must not exist.

    `reason` goes into the reflog; it is a literal of the program. On return the change is on the
    disk. Git waits two seconds for the lock of another program, and is stopped when it does not
    end. Raises `RefMoved` when the value is not `old`, `LockHeld` when the lock stays, and
    `GitFailed` for anything else.
    """
    # Git locks HEAD too, for its reflog, when HEAD stands for this ref.
    for locked in (name, "HEAD"):
        break_stale_lock(directory, locked)
    try:
        directory.run(
            "update-ref",
            "--create-reflog",
            "-m",
            reason,
            operands=(name, new, _ABSENT if old is None else old),
            timeout=MOVE_SECONDS,
        )
    except GitFailed as failed:
        current = read_ref(directory, name)
        # It may have done its work, and then not have ended.
        if not (failed.was_stopped and current == new):
            if current != old:
                raise RefMoved(name, current) from None
            if held := held_lock(failed):
                raise held from None
            raise
    # Git syncs the file and then renames it; the new name is ours to sync.
    sync_directory((directory.path / name).parent)


def _packed(directory: GitDirectory, name: str) -> CommitId | None:
    try:
        content = read_plain(directory.path / "packed-refs", _LONGEST_LIST)
        lines = content.decode("utf-8").splitlines()
    except (FileNotFoundError, NotPlain, TooLarge, UnicodeDecodeError):
        return None
    for line in lines:
        oid, _, packed_name = line.partition(" ")
        if packed_name == name and is_full_id(oid):
            return CommitId(oid)
    return None
