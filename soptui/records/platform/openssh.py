"""The programs of OpenSSH, asked without a terminal and never waited for without an end."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress

from msgspec import Struct

from soptui.domain.message import Message, Refusal

_POLL_SECONDS = 0.05


class SigningRefusal(Refusal):
    """No signature was made; `code` is stable, one of:

    `no-key`, `key-missing`, `key-unreadable`, `key-unsafe` (others may read the file),
    `key-locked`, `key-revoked`, `not-registered`, `agent-unreachable`, `wrong-key`, `no-program`,
    `timeout`, `cancelled`, `key-exists`, `failed`.
    """

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code


class Finished(Struct, frozen=True):
    """How a program ended: its exit code, its output, and what it said."""

    code: int
    output: bytes
    talk: str


def run(
    program: str,
    arguments: tuple[str, ...],
    stdin: bytes,
    timeout: float,
    cancelled: threading.Event | None = None,
) -> Finished:
    """What `program` answers to the bytes `stdin`, without a terminal to ask on.

    Raises `SigningRefusal` when it is not installed, takes more than `timeout` seconds, or
    `cancelled` is set meanwhile.
    """
    import subprocess

    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
    }
    environment |= {"LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"}
    try:
        # A session of its own has no terminal to ask on.
        process = subprocess.Popen(
            (program, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except (FileNotFoundError, PermissionError):
        raise SigningRefusal(
            "no-program",
            Message(
                "The program {program} was not found. Nothing was changed. Install OpenSSH.",
                program=program,
            ),
        ) from None
    deadline = time.monotonic() + timeout
    with process:
        # Not through communicate: where that times out before its first write, on a busy machine,
        # it never sends what it was given. A payload fits into the pipe.
        if process.stdin is not None:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(stdin)
            process.stdin = None
        while True:
            try:
                output, talk = process.communicate(timeout=_POLL_SECONDS)
                return Finished(process.returncode, output, talk.decode("utf-8", "replace"))
            except subprocess.TimeoutExpired:
                pass
            except KeyboardInterrupt:
                os.killpg(process.pid, signal.SIGKILL)
                raise
            was_cancelled = cancelled is not None and cancelled.is_set()
            if was_cancelled or time.monotonic() > deadline:
                # The whole group, because a security key is driven by a helper of ssh-keygen.
                os.killpg(process.pid, signal.SIGKILL)
                raise _cancelled() if was_cancelled else _timed_out(timeout)


def _cancelled() -> SigningRefusal:
    return SigningRefusal(
        "cancelled", Message("Signing was cancelled. Nothing was recorded. It can be tried again.")
    )


def _timed_out(seconds: float) -> SigningRefusal:
    return SigningRefusal(
        "timeout",
        Message(
            "No signature came within {seconds} seconds. Nothing was recorded. Touch the security "
            "key or consent in the agent when it asks, and try again.",
            seconds=round(seconds),
        ),
    )
