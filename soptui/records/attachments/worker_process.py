"""The process in which `worker` reads a stranger's file: `READER WORDS`, the file on its input.

The reader is a module with a function `read(content, *words)` that returns bytes. All that it may
need must be loaded with it: nothing can be loaded once the process is shut in.
"""

from __future__ import annotations

import sys
from importlib import import_module

from soptui.records.attachments import confinement
from soptui.records.attachments.worker import TOO_MUCH


def main() -> int:
    """Read the file and answer; the exit code."""
    confinement.limit()
    read = import_module(sys.argv[1]).read
    content = sys.stdin.buffer.read()
    confinement.shut_in()
    try:
        sys.stdout.buffer.write(read(content, *sys.argv[2:]))
        sys.stdout.buffer.flush()
    except MemoryError:
        return TOO_MUCH
    return 0
