"""The programs of OpenSSH, asked without a terminal and never waited for without an end."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.message import Message, Refusal

if TYPE_CHECKING:
    from subprocess import Popen

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
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
    }
    environment |= {"LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"}
    try:
        process = _start((program, *arguments), environment)
    except (FileNotFoundError, PermissionError):
        raise SigningRefusal(
            "no-program",
            Message(
                "The program {program} was not found. Nothing was changed. Install OpenSSH.",
                program=program,
            ),
        ) from None
    with process:
        try:
            return _answer(process, stdin, timeout, cancelled)
        except BaseException:
            _end(process)
            raise


def _start(command: tuple[str, ...], environment: dict[str, str]) -> Popen[bytes]:
    """Start a program; Ctrl+C in this moment is heard as soon as there is something to be ended."""
    from subprocess import PIPE, Popen

    pressed: list[int] = []
    is_heard = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if is_heard:
        signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        # A session of its own has no terminal to ask on.
        process = Popen(
            command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment, start_new_session=True
        )
    finally:
        if is_heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
    if pressed:
        with process:
            _end(process)
        raise KeyboardInterrupt
    return process


def _answer(
    process: Popen[bytes], stdin: bytes, timeout: float, cancelled: threading.Event | None
) -> Finished:
    from subprocess import TimeoutExpired

    deadline = time.monotonic() + timeout
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
        except TimeoutExpired:
            if cancelled is not None and cancelled.is_set():
                raise _cancelled() from None
            if time.monotonic() > deadline:
                raise _timed_out(timeout) from None


def _end(process: Popen[bytes]) -> None:
    """End a program and all that it started: a security key is driven by a helper of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _cancelled() -> SigningRefusal:
    return SigningRefusal(
        "cancelled", Message("Signing was cancelled. Nothing was recorded. It can be tried again.")
    )


def _timed_out(seconds: float) -> SigningRefusal:
    return SigningRefusal(
        "timeout",
        Message(
            "No signature came within {seconds} seconds. Nothing was recorded. Touch the security "
            "key or consent in the agent when it asks, and try again. If nothing asks, the agent "
            'does not answer: in the shell, outside soptui, run: eval "$(ssh-agent)" && ssh-add '
            "and start soptui again.",
            seconds=round(seconds),
        ),
    )
