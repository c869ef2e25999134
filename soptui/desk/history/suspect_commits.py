"""Which commits the revocation of a stolen key leaves to be reviewed."""

from __future__ import annotations

from soptui.domain.ids import CommitId
from soptui.records.clone.repository import Repository
from soptui.records.git.commit import CommitFault
from soptui.records.git.objects import ObjectFault


class SuspectCommits:
    """The commits from some commit on, for each of the commits that revocations name.

    They are that commit and all on which it does not build: also what was made beside it, because
    a thief may sign on any commit, however old. Of a commit that the records lack, they are all.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._from: dict[str, frozenset[str]] = {}

    def covers(self, commit: CommitId, suspect_from: CommitId) -> bool:
        """Whether `commit` is of those from `suspect_from` on; never, if that is empty."""
        if not suspect_from:
            return False
        if suspect_from not in self._from:
            self._from[suspect_from] = self._commits_from(suspect_from)
        return commit in self._from[suspect_from]

    def _commits_from(self, commit: CommitId) -> frozenset[CommitId]:
        repository = self._repository
        try:
            before = repository.commit(commit).parents
        except (ObjectFault, CommitFault):
            before = ()
        return frozenset(repository.history.ids(repository.head(), without=before))
