"""A process that acts in a clone as it is told, to be watched, raced and killed.

Started as `python acting_process.py <records>`. Everything slow to import is loaded before it says
`ready`; then each line of standard input is an order, done in a fork of this process, so that
every act begins in the same state and many can be tried quickly. Orders are JSON:

- `officer`, `key`: whose desk it is; `case`: the case to act in, absent to register a letter;
- `act`: `note`, `attach`, `dispose` or `receive`; `text`, `file`: what it carries;
- `stop_at`: end at once before the so-many-th call that changes something outside the process,
  or never; `limit`: the largest file that may be written, in bytes;
- `times`: how often to act.

The answer is a line of JSON: `done` with the ids of the events, or `refused`, or `stopped`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import soptui.records.keys.sshsig
import soptui.records.verify.event  # noqa: F401
from soptui.desk import Desk, FileToAttach
from soptui.domain.events import Attach, Details, Dispose, Letter, Note, Receive
from soptui.domain.ids import RoleId
from soptui.domain.message import Refusal
from soptui.domain.receipt import Receipt
from soptui.records.clone.repository import Repository
from soptui.records.keys.signing import find_signer  # noqa: F401

STOPPED = 77

Function = Callable[..., object]


class Stopper:
    """Ends the process before the n-th call of a function that changes the world outside."""

    def __init__(self, stop_at: int) -> None:
        self._left = stop_at

    def install(self) -> None:
        for name in ("fsync", "replace", "rename", "mkdir", "open", "unlink"):
            _put(os, name, self._watched)
        _put(subprocess.Popen, "__init__", self._watched_twice)

    def _count(self) -> None:
        if self._left == 0:
            os._exit(STOPPED)
        self._left -= 1

    def _watched(self, function: Function) -> Function:
        def call(*arguments: object, **named: object) -> object:
            self._count()
            return function(*arguments, **named)

        return call

    def _watched_twice(self, function: Function) -> Function:
        """Also stops right after the start, while the other program runs on."""

        def call(*arguments: object, **named: object) -> object:
            self._count()
            result = function(*arguments, **named)
            self._count()
            return result

        return call


def _put(owner: object, name: str, watched: Callable[[Function], Function]) -> None:
    setattr(owner, name, watched(getattr(owner, name)))


def act(repository: Repository, order: dict[str, Any], number: int) -> Receipt:
    desk = Desk(
        repository,
        order["officer"],
        clock=lambda: datetime.now(UTC) + timedelta(seconds=number),
        key=Path(order["key"]),
    )
    files = [FileToAttach(Path(order["file"]))] if "file" in order else []
    text = order.get("text", "")
    if "case" not in order:
        letter = Letter(text, desk.now().date(), desk.now(), "Bupati Banyumas", text)
        return desk.register(letter)
    actions: dict[str, Details] = {
        "note": Note(f"{text} {number}"),
        "attach": Attach(text),
        "receive": Receive(),
        "dispose": Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",), text),
    }
    return desk.act(order["case"], actions[order["act"]], files=files)


def acted(root: Path, order: dict[str, Any]) -> dict[str, Any]:
    done: list[str] = []
    try:
        with Repository.open(root) as repository:
            done.extend(act(repository, order, one).event for one in range(order.get("times", 1)))
    except Refusal as refusal:
        return {"done": done, "refused": str(refusal.message)}
    return {"done": done}


def in_a_fork(root: Path, order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        # One group, so that a test can kill the act and leave what it has started running.
        answer: dict[str, Any]
        try:
            if "limit" in order:
                resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"],) * 2)
            if "stop_at" in order:
                Stopper(order["stop_at"]).install()
            answer = acted(root, order)
        except BaseException:  # noqa: BLE001 (a fork must never go on as its parent)
            answer = {"crashed": traceback.format_exc()}
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    say({"pid": child})
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if told:
        return dict(json.loads(told))
    return {"stopped": os.waitstatus_to_exitcode(status)}


def say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    root = Path(sys.argv[1])
    say({"ready": True})
    for line in sys.stdin:
        say(in_a_fork(root, json.loads(line)))


if __name__ == "__main__":
    main()
