"""What stock Git says of a clone, started as a person would start it in the clone's folder.

The clone's own settings count here, unlike in the rest of the records: they are what makes stock
Git check signatures against the `allowed_signers` that the records carry. Settings of the user and
the machine are left out, so that the answer is about the clone.
"""

from __future__ import annotations

import os
from pathlib import Path

from soptui.domain.ids import CommitId
from soptui.records.git.process import is_full_id

_COMMITS_AT_ONCE = 500


class StockGit:
    """Asks the `git` on the path about the clone at `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def fsck(self) -> bool:
        """Whether `git fsck --strict` finds every object and link sound."""
        return self._succeeds("fsck", "--strict", "--no-dangling", "--no-progress")

    def verify_commits(self, tip: CommitId) -> bool:
        """Whether `git verify-commit` accepts each commit up to `tip`.

        Raises `ValueError` for what is not a full id.
        """
        if not is_full_id(tip):
            raise ValueError(tip)
        listed, commits = self._run("rev-list", tip)
        ids = commits.split()
        return listed and all(
            self._succeeds("verify-commit", *ids[start : start + _COMMITS_AT_ONCE])
            for start in range(0, len(ids), _COMMITS_AT_ONCE)
        )

    def is_clean(self) -> bool:
        """Whether `git status` finds working tree and index as committed."""
        asked, differences = self._run("status", "--porcelain")
        return asked and not differences

    def _succeeds(self, *words: str) -> bool:
        return self._run(*words)[0]

    def _run(self, *words: str) -> tuple[bool, str]:
        import subprocess

        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ("git", "-C", str(self._root), *words),
            env=kept | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0, done.stdout.decode("utf-8", "replace")
