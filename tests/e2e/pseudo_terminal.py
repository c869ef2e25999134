"""A program on a pseudo-terminal whose every byte is read, where what is sent is to be counted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from typing import Self

_DEADLINE = 60.0
_QUIET = 1.0
_WATCHED = 3.0
_QUESTIONS = {b"\x1b[c": b"\x1b[?62;c", b"\x1b[6n": b"\x1b[1;1R"}
"""What programs ask of a terminal, with its answers."""


class PseudoTerminal:
    """Plays a terminal of 80x24 for one program, and ends it in the end."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(environment),
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._kept = b""
        """What was read while something was sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        os.close(self._master)
        self._process.send_signal(signal.SIGHUP)
        self._process.wait()

    def read_until(self, *texts: str) -> bytes:
        """Read until the program has written all of `texts`, in any order; all that was read."""
        seen, self._kept = self._kept, b""
        while any(text.encode() not in seen for text in texts):
            more = self._read(_DEADLINE)
            assert more, f"not all of {texts!r} are in {seen!r}"
            seen += more
        return seen

    def type(self, text: str) -> None:
        """Type text."""
        os.write(self._master, text.encode())

    def send(self, data: bytes) -> None:
        """Send bytes, whatever they are; what is written meanwhile is read, as a terminal does."""
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], _DEADLINE)
            assert readable or writable, "the program neither reads nor writes"
            if readable:
                self._kept += os.read(self._master, 1 << 16)
            if writable:
                data = data[os.write(self._master, data[:1024]) :]

    def read_to_the_end(self) -> bytes:
        """What is written until the program ends."""
        seen = b""
        while True:
            try:
                more = self._read(_DEADLINE)
            except OSError:  # what Linux says where the other side is closed
                return seen
            seen += more

    def status(self) -> int:
        """With what the program ended."""
        return self._process.wait()

    def read_until_quiet(self) -> None:
        """Read until nothing more comes by itself."""
        while self._read(_QUIET):
            pass

    def read_for_a_while(self) -> bytes:
        """What is written in the next seconds."""
        return self._read(_WATCHED)

    def _read(self, patience: float) -> bytes:
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return b""
        found = os.read(self._master, 1 << 16)
        for question, answer in _QUESTIONS.items():
            if question in found:
                os.write(self._master, answer)
        return found
