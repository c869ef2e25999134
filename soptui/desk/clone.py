"""The records on this machine as somebody comes to them: found, verified, sat down at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from soptui.desk.keys import officer_of_key
from soptui.desk.settings.clone_files import DeskFile, load_desk_file, save_desk_file
from soptui.domain.ids import CommitId, OfficerId
from soptui.records.clone.refusals import Untrusted
from soptui.records.clone.repository import Repository

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.domain.findings import Report, TrustRoot

Progress = Callable[[int, int], None]
"""Called with how many commits are verified, of how many."""


class Clone:
    """One clone of the office's records. Close it, or use it as a context manager.

    Whatever reads the records raises `Untrusted` before they are trusted and `Unverified` where no
    state of them is good.
    """

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The clone at exactly this folder. Raises `NotRecords`."""
        return cls(Repository.open(folder))

    @classmethod
    def find(cls, start: Path) -> Self:
        """The clone that holds the folder `start`, searched upward. Raises `NotRecords`."""
        return cls(Repository.discover(start))

    def close(self) -> None:
        """Let go of the records."""
        self.repository.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    # --- what it is ----------------------------------------------------------------------------

    @property
    def root(self) -> Path:
        """The folder of the records."""
        return self.repository.root

    @property
    def genesis(self) -> CommitId:
        """The first commit, by which these records are told from those of other offices."""
        return self.repository.trust.genesis

    @property
    def trust_root(self) -> TrustRoot:
        """What these records are trusted for: their first commit and the key that signed it."""
        return self.repository.trust.root

    @property
    def hub(self) -> str:
        """The address of the hub; empty where there is none."""
        from soptui.records.sharing.remote import remote_of

        return remote_of(self.repository.directory)

    def head(self) -> CommitId:
        """The newest commit of the main line, verified or not."""
        return self.repository.head()

    def verify(self, *, full: bool = False, progress: Progress | None = None) -> Report:
        """Verify what is new or, with `full`, everything; and remember how far all is good."""
        return self.repository.verify(full=full, progress=progress)

    def lost_objects(self) -> list[tuple[str, str]]:
        """The objects of the history that are lost or damaged, each with the code of its fault.

        The next sync then fetches them anew. Looks through all of the history.
        """
        from soptui.records.clone.lost import has_lost_objects, lost_objects, suspect_loss

        repository, head = self.repository, self.head()
        if not has_lost_objects(repository.directory, head):
            return []
        suspect_loss(repository.root)
        return [(fault.oid, fault.code) for fault in lost_objects(repository.reader, head)]

    # --- who sits at it ------------------------------------------------------------------------

    @property
    def seat(self) -> DeskFile:
        """Who usually sits here, and with which key; nobody before the records are trusted."""
        try:
            return load_desk_file(self.root, self.genesis)
        except Untrusted:
            return DeskFile()

    def keep_seat(self, officer_id: OfficerId, key: Path | None) -> None:
        """Remember who sits here from now on. Raises `OSError`."""
        named = str(key.expanduser().absolute()) if key else ""
        save_desk_file(self.root, self.genesis, DeskFile(officer_id, named))

    def officer_at_hand(self, key: Path | None) -> OfficerId:
        """The officer whose registered key is at hand: the one named, in ~/.ssh, or the agent's.

        Raises `Refusal` when there is none.
        """
        return officer_of_key(self.repository.current()[1].registry, key)

    def desk(self, officer_id: OfficerId, key: Path | None = None) -> Desk:
        """The desk of an officer, or of nobody, at which to look only; nothing is read yet."""
        from soptui.desk.desk import Desk

        return Desk(self.repository, officer_id, key=key)
