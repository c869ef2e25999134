"""The settings of a repository: read, and written only where they differ.

Git itself writes them, through a lock and a file that takes the old one's place whole, so that a
kill at any instant leaves the old settings or the new ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from soptui.records.git.locks import break_stale_lock, held_lock
from soptui.records.git.process import GitDirectory, GitFailed

_FILE = "config"


def read_settings(directory: GitDirectory) -> dict[str, list[str]]:
    """The values of each setting, as the repository's own file gives them, in its order.

    The section and the last part of a name are in lower case, as Git writes them.
    """
    listed = directory.run("config", "--local", "--no-includes", "--list", "-z")
    settings: dict[str, list[str]] = {}
    for entry in listed.decode("utf-8", "replace").split("\0")[:-1]:
        name, _, value = entry.partition("\n")
        settings.setdefault(name, []).append(value)
    return settings


def write_settings(directory: GitDirectory, settings: Mapping[str, str]) -> None:
    """Give each setting this one value.

    What has it already is not written again, and where all have theirs nothing is locked. Raises
    `LockHeld` while another program writes, and `OSError`.
    """
    found = read_settings(directory)
    for name, value in settings.items():
        if found.get(_as_listed(name)) == [value]:
            continue
        break_stale_lock(directory, _FILE)
        try:
            directory.run("config", "--local", "--replace-all", name, value)
        except GitFailed as failed:
            raise held_lock(failed) or OSError(failed.stderr.strip()) from None


def _as_listed(name: str) -> str:
    section, _, key = name.rpartition(".")
    first, dot, rest = section.partition(".")
    return f"{first.lower()}{dot}{rest}.{key.lower()}"
