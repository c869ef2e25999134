"""The ordinary files of a clone, which follow what was committed.

The records are read from Git's objects, never from these files. They follow the main line for
people and for stock Git: each is replaced only if its content is also kept as an object, so that
nothing edited by hand is ever lost, and whatever was interrupted is made up for the next time.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from soptui.domain.ids import NO_OBJECT, ObjectId
from soptui.records.git.locks import break_stale_lock
from soptui.records.git.objects import ObjectFault, ObjectReader, object_id
from soptui.records.git.process import GitDirectory, GitFailed, is_full_id
from soptui.records.git.refs import MOVE_SECONDS
from soptui.records.git.tree_cache import Trees
from soptui.records.platform.plain_file import read_plain

_LARGEST_FILE = 1024 * 1024 * 1024
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_ODD = ObjectId("?")


class Worktree:
    """The files at `root`, whose repository is `directory`."""

    def __init__(self, root: Path, directory: GitDirectory, reader: ObjectReader) -> None:
        self.root = root
        self._directory = directory
        self._reader = reader
        self._trees = Trees(reader)
        self._folder = directory.own_folder

    def follow(self, tree: ObjectId) -> tuple[str, ...]:
        """Bring files and Git's index from the tree that they last followed to `tree`.

        What an earlier run left undone, killed or kept out by another program's lock, is made up
        for here. Returns the paths that were edited by hand and therefore left as they are. Raises
        `OSError`.
        """
        edited = []
        with self._locked():
            followed = self._followed_tree()
            if followed == tree:
                return ()
            entries = []
            for path, oid in self._outdated(followed, tree):
                entries.append(f"100644 {oid}\t{path}\0")
                if not self._update_file(path, oid):
                    edited.append(path)
            if self._indexed("".join(entries).encode()):
                (self._folder / "followed").write_text(tree, encoding="ascii")
        return tuple(edited)

    def restore(self, tree: ObjectId, path: str) -> bool:
        """Put the file at `path` back as `tree` has it; False if `tree` has none.

        Raises `OSError`; among them `IsADirectoryError` for a folder in its place, and
        `NotADirectoryError` where a folder above is a link or a file.
        """
        oid = self._trees.lookup(tree, path)
        if oid:
            with self._locked():
                self._write(path, oid)
        return bool(oid)

    def is_edited(self, tree: ObjectId, path: str) -> bool:
        """Whether the file at `path` differs from what `tree` holds."""
        return self._oid_at(path) != self._trees.lookup(tree, path)

    def edited(self, tree: ObjectId) -> tuple[str, ...]:
        """The files that differ from what `tree` holds."""
        return tuple(path for path, oid in self._trees.files(tree) if self._oid_at(path) != oid)

    def has_other_line_ends(self, tree: ObjectId, path: str) -> bool:
        """Whether the file at `path` differs from what `tree` holds by CRLF for LF alone."""
        folder, _, name = path.rpartition("/")
        try:
            with self._opened(folder) as parent:
                content = read_plain(name, _LARGEST_FILE, folder=parent, follow_links=False)
        except OSError:
            return False
        signed = self._trees.lookup(tree, path)
        return object_id("blob", content.replace(b"\r\n", b"\n")) == signed

    def _indexed(self, entries: bytes) -> bool:
        """Put entries into Git's index; False when the lock of another program keeps us out.

        Git's own lock stays when it is killed. By the note we know that it was ours, and not that
        of somebody who has an editor open.
        """
        note = self._folder / "indexing"
        was_killed = note.exists()
        if was_killed:
            break_stale_lock(self._directory, "index")
        note.touch()
        try:
            self._directory.run(
                "update-index", "-z", "--index-info", stdin=entries, timeout=MOVE_SECONDS
            )
        except GitFailed:
            if not was_killed:
                note.unlink()
            return False
        note.unlink()
        return True

    def _outdated(self, followed: ObjectId, tree: ObjectId) -> list[tuple[str, ObjectId]]:
        if followed:
            with suppress(ObjectFault):
                changes = self._trees.diff(followed, tree)
                return [(change.path, change.new) for change in changes if change.new]
        return list(self._trees.files(tree))

    def _followed_tree(self) -> ObjectId:
        try:
            tree = (self._folder / "followed").read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return NO_OBJECT
        return ObjectId(tree) if is_full_id(tree) else NO_OBJECT

    def _update_file(self, path: str, oid: ObjectId) -> bool:
        known = self._oid_at(path)
        if known == oid:
            return True
        if known and (known == _ODD or not self._reader.has(known)):
            return False
        self._write(path, oid)
        return True

    def _oid_at(self, path: str) -> ObjectId:
        """The id of what is at `path`: empty if nothing is, `_ODD` if it is no readable file."""
        folder, _, name = path.rpartition("/")
        try:
            with self._opened(folder) as parent:
                content = read_plain(name, _LARGEST_FILE, folder=parent, follow_links=False)
        except FileNotFoundError:
            return NO_OBJECT
        except OSError:
            return _ODD
        return object_id("blob", content)

    def _write(self, path: str, oid: ObjectId) -> None:
        # In Git's directory, where what a crash leaves disturbs nobody and is made anew.
        temporary = self._folder / "file"
        temporary.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
            file.write(self._reader.read(oid, "blob", _LARGEST_FILE))
        folder, _, name = path.rpartition("/")
        with self._opened(folder, make=True) as parent:
            os.rename(temporary, name, dst_dir_fd=parent)

    @contextmanager
    def _opened(self, folder: str, *, make: bool = False) -> Iterator[int]:
        """A folder below the root, reached through no link: that could lead out of the clone."""
        descriptor = os.open(self.root, _FOLDER)
        try:
            for part in folder.split("/") if folder else ():
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(part, dir_fd=descriptor)
                inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = inner
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Two processes that follow at once would leave the older content on top."""
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "follow.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
