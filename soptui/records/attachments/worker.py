"""Reading a stranger's file in a process of its own that can reach nothing.

An attachment comes from somebody else, and what reads it is native code: no file may stop the
screen, eat the memory, run on for ever, or use the keys of whoever looks at it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from soptui.records.attachments.confinement import MOST_OUTPUT, MOST_SECONDS
from soptui.records.platform.processes import isolated

TOO_MUCH = 3
"""The exit code of a worker that came to the end of its memory."""

OUT_OF_REACH = frozenset({"files", "network", "processes"})
"""What no reader may reach."""

_WORKER = "soptui.records.attachments.worker_process"
_SECONDS = MOST_SECONDS + 5


class WorkerFailed(Exception):
    """The file could not be read; `took_too_much` time or memory, or is not as it should be."""

    def __init__(self, *, took_too_much: bool) -> None:
        super().__init__()
        self.took_too_much = took_too_much


def read_apart(
    reader: str, content: bytes, *words: str, libraries: Sequence[str] = ("soptui",)
) -> bytes:
    """What `read(content, *words)` of the module `reader` returns, asked in a process shut in.

    The process inherits no variable and no open file; its home, and its current folder, is an
    empty one. It can load `libraries` and nothing else that is not Python's own. Raises
    `WorkerFailed`. May take seconds.
    """
    import subprocess

    command = (*isolated(_WORKER, *libraries), reader, *words)
    with (
        tempfile.TemporaryDirectory(prefix="soptui-") as home,
        _unnamed_file() as given,
        _unnamed_file() as answer,
    ):
        Path(home).chmod(0o500)
        given.write(content)
        given.seek(0)
        with subprocess.Popen(
            command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, cwd=home,
            env={"HOME": home}, start_new_session=True,
        ) as process:  # fmt: skip
            try:
                code = process.wait(_SECONDS)
            except BaseException as error:
                process.kill()
                if isinstance(error, subprocess.TimeoutExpired):
                    raise WorkerFailed(took_too_much=True) from None
                raise
        if code != 0:
            raise WorkerFailed(took_too_much=code == TOO_MUCH or _was_stopped(code))
        answer.seek(0)
        return answer.read(MOST_OUTPUT)


def reached() -> frozenset[str]:
    """What of `OUT_OF_REACH` a worker reaches on this system all the same, found out by trying.

    Raises `WorkerFailed` where no worker can be had.
    """
    return frozenset(read_apart("soptui.records.attachments.readers.probe", b"").decode().split())


def _was_stopped(code: int) -> bool:
    import signal

    return code in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)


def _unnamed_file() -> IO[bytes]:
    """A file in memory where there are such: a secret letter must not touch the disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("soptui"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)
