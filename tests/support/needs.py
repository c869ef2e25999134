"""What a test needs of the machine beyond Python, Git and an OpenSSH client: else it is skipped.

The run says at its end how many were, and what to type so that they are not.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable

import pytest

PACKAGES = {"tmux": "tmux", "sshd": "openssh-server"}
"""The programs that some tests need, with the package of Debian that each is in."""

ROOT_ALONE = "root"
"""What the making of accounts and of file systems needs."""

_ELSEWHERE = ("/usr/local/sbin", "/usr/sbin", "/sbin")
_REASON = "needs "


def program(name: str) -> str:
    """The path of a program of `PACKAGES`; the test is skipped where it is not installed."""
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), *_ELSEWHERE)))
    if found is None:
        pytest.skip(f"{_REASON}{name}")
    return found


def root() -> None:
    """Skip the test for whoever is not root."""
    if os.geteuid() != 0:
        pytest.skip(f"{_REASON}{ROOT_ALONE}")


def summary(reasons: Iterable[str]) -> list[str]:
    """What to say of the tests that were skipped, by their reasons; nothing where none was."""
    lacking = Counter(
        reason.partition(_REASON)[2]
        for reason in reasons
        if reason.startswith(f"Skipped: {_REASON}")
    )
    lines = [f"{count} skipped: they need {name}." for name, count in sorted(lacking.items())]
    packages = sorted(PACKAGES[name] for name in lacking if name in PACKAGES)
    if packages:
        lines.append(f"To run them as well: sudo apt-get install {' '.join(packages)}")
    return lines
