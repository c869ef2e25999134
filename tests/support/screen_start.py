"""What is told on the terminal before the screen covers it."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.programs import SOPTUI

_ALTERNATE = b"\x1b[?1049h"
"""With which a program begins to use the whole screen."""


def told_before_the_screen(root: Path, env: Mapping[str, str]) -> str:
    """What the screen of the records at `root` waits with until a key is pressed."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*SOPTUI], cwd=root, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        env=os.environ | {"SOPTUI_LANG": "en", "TERM": "xterm-256color"} | dict(env),
    ) as one:  # fmt: skip
        os.close(slave)
        told = _read_until(master, b"Press a key to go on.")
        assert _ALTERNATE not in told
        _read_until(master, _ALTERNATE, typing=b" ")
        one.terminate()
        with contextlib.suppress(OSError):
            while os.read(master, 4096):
                pass
    os.close(master)
    return " ".join(told.decode().split())


def _read_until(master: int, wanted: bytes, *, typing: bytes = b"") -> bytes:
    """What the terminal was sent, until `wanted` is in it; `typing` until then.

    What is typed before a program waits for a key is dropped.
    """
    told = b""
    while wanted not in told:
        if typing and not select.select([master], [], [], 0.2)[0]:
            os.write(master, typing)
        else:
            told += os.read(master, 4096)
    return told
