"""Ways to a hub that are slow, drop or hang, and scans that are heavy on them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from soptui.desk.views import FileToAttach
from soptui.domain.events import Attach, AttachmentKind
from soptui.domain.ids import CaseId
from tests.support.town import Clone, Town

_LINE = """
import os, subprocess, sys, threading

def main(told, left, times, hangs, pause):
    if "-G" in sys.argv:
        # Git only looks whether this is ssh.
        sys.exit()
    if len(open(told).readlines()) >= times:
        sys.exit("ssh: no route to host")
    came = 0
    command = ["bash", "-c", sys.argv[-1]]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as hub:
        while part := os.read(hub.stdout.fileno(), min(65536, left)):
            os.write(1, part)
            left, came = left - len(part), came + len(part)
            threading.Event().wait(pause)
        if hangs and not left:
            threading.Event().wait()
        hub.kill()
    with open(told, "a") as file:
        print(came, file=file)
"""
"""A program in the place of ssh."""


def scanned(clone: Clone, case: CaseId, folder: Path, size: int) -> str:
    """An act with one scan of so many bytes, which no program can make smaller."""
    path = folder / f"scan-{os.urandom(4).hex()}.bin"
    path.write_bytes(os.urandom(size))
    file = FileToAttach(path, AttachmentKind.SUPPORT, as_is=True)
    return clone.desk.act(case, Attach(), files=(file,)).event


def drop_lines_after(
    town: Town, clone: Clone, size: int, patch: pytest.MonkeyPatch, *, hangs: bool = False
) -> None:
    """Reach the hub by a line that drops whenever so many bytes were sent.

    One that `hangs` takes nothing more then, and does not say so.
    """
    line = town.folder / "line"
    end = "; exec sleep infinity" if hangs else ""
    line.write_text(
        '#!/bin/bash\nc="${@: -1}"\n'
        f'case $c in *receive-pack*) {{ head -c {size}{end}; }} | bash -c "$c" ;;\n'
        '*) exec bash -c "$c" ;; esac\n'
    )
    line.chmod(0o755)
    patch.setenv("GIT_SSH_COMMAND", str(line))
    clone.git("config", "remote.origin.url", f"ssh://kantor{town.hub}")


def line_that_brings(
    town: Town,
    size: int,
    patch: pytest.MonkeyPatch,
    *,
    times: int = 99,
    hangs: bool = False,
    pause: float = 0,
) -> Path:
    """A way to the hub that drops whenever so many bytes came, and is dead after so many times.

    One that `hangs` brings nothing more then, and does not say so. After each part it rests for
    `pause` seconds. What came by it is counted in the file that is returned, a line of bytes for
    each time.
    """
    line, told = town.folder / "line", town.folder / "came"
    told.write_text("")
    how = (str(told), size, times, hangs, pause)
    line.write_text(f"#!{sys.executable}\n{_LINE}main(*{how!r})\n")
    line.chmod(0o755)
    patch.setenv("GIT_SSH_COMMAND", str(line))
    return told


def came_by(told: Path) -> int:
    """How many bytes came by a way, counted in this file."""
    return sum(map(int, told.read_text().split()))
