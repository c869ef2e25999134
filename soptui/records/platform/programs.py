"""Which programs this machine has, and what they say of themselves."""

from __future__ import annotations

import os

_SECONDS = 5.0


def version_of(program: str, *words: str) -> str:
    """The first line that `program` tells of its version; empty when it is not installed."""
    import shutil
    import subprocess

    if shutil.which(program) is None:
        return ""
    try:
        answer = subprocess.run(
            (program, *words),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    text = (answer.stdout or answer.stderr).decode("utf-8", "replace")
    return text.strip().splitlines()[0] if text.strip() else program


def agent_answers() -> bool:
    """Whether an SSH agent can be reached."""
    import subprocess

    if "SSH_AUTH_SOCK" not in os.environ:
        return False
    try:
        answer = subprocess.run(
            ("ssh-add", "-l"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    # ssh-add ends with 2 when there is no agent, with 1 when it holds no key.
    return answer.returncode in (0, 1)
