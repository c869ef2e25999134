"""A parser that a stranger's file has taken over: it tries all that it must not reach.

It is put in the place of a reader. What it is told comes as the file: a JSON table of what lies
where. It answers with what it got, by name. Since its honest twin runs outside the worker, perhaps
with every right, nothing here changes anything but the process itself and one file.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

AGENT_IDENTITIES = b"\x00\x00\x00\x01\x0b"
SEEN = {"inherited": sorted(set(os.environ) - {"HOME", "LC_CTYPE"}), "home": str(Path.home())}


def read(content: bytes) -> bytes:
    """Try everything, or the one thing that the file names as `only`."""
    told: Mapping[str, str] = json.loads(content)
    if "only" in told:
        ENDLESS[told["only"]]()
    got = dict(SEEN) if SEEN["inherited"] else {}
    for name, attempt in ATTEMPTS.items():
        try:
            found = attempt(told)
        except (OSError, RuntimeError, LookupError, ValueError):
            continue
        if found:
            got[name] = str(found)
    return json.dumps(got).encode()


# --- what is to be reached once -------------------------------------------------------------------


def _agent(path: str) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(path)
        line.sendall(AGENT_IDENTITIES)
        return line.recv(4096)


def _abstract(told: Mapping[str, str]) -> bytes:
    """A socket that lies in no folder, as some agents open it."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect("\0" + told["abstract"])
        return line.recv(16)


def _tcp(told: Mapping[str, str]) -> bytes:
    with socket.socket(socket.AF_INET) as line:
        line.settimeout(5)
        line.connect(("127.0.0.1", int(told["port"])))
        return line.recv(16)


def _datagram(told: Mapping[str, str]) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect(("127.0.0.1", int(told["port"])))
        return True


def _searched(told: Mapping[str, str]) -> list[str]:
    return [str(path) for path in Path("/tmp").glob("ssh-*/agent.*")]


def _written(told: Mapping[str, str]) -> bool:
    return Path(told["written"]).write_text("x") == 1


def _written_at_home(told: Mapping[str, str]) -> bool:
    return Path("written").write_text("x") == 1


def _open_files(told: Mapping[str, str]) -> list[str]:
    found = []
    for number in range(3, 64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(str(Path(f"/proc/self/fd/{number}").readlink()))
    return found


def _started(told: Mapping[str, str]) -> bool:
    return subprocess.run(["/bin/true"], check=False).returncode == 0


def _forked(told: Mapping[str, str]) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _threaded(told: Mapping[str, str]) -> bool:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return True


def _traced(told: Mapping[str, str]) -> bool:
    attach = 0x4206  # PTRACE_SEIZE
    return bool(ctypes.CDLL(None).ptrace(attach, int(told["parent"]), 0, 0) == 0)


def _signalled(told: Mapping[str, str]) -> bool:
    os.kill(int(told["parent"]), 0)
    return True


def _empowered(told: Mapping[str, str]) -> bool:
    """All rights, in a user namespace of its own: what mounting and the like begin with."""
    return bool(ctypes.CDLL(None).unshare(0x10000000) == 0)


def _escaped_root(told: Mapping[str, str]) -> bool:
    """The way out of a changed root that is open to who may change it again."""
    os.chroot(".")
    for _ in range(64):
        os.chdir("..")
    os.chroot(".")
    return bool(list(Path("/").iterdir()))


ATTEMPTS: Mapping[str, Callable[[Mapping[str, str]], object]] = {
    "agent": lambda told: _agent(told["agent"]),
    "agent in the abstract": _abstract,
    "agent named by a variable": lambda told: _agent(os.environ["SSH_AUTH_SOCK"]),
    "agent searched": _searched,
    "network": _tcp,
    "datagrams": _datagram,
    "key": lambda told: Path(told["key"]).read_bytes(),
    "passwords": lambda told: Path("/etc/passwd").read_bytes(),
    "folders": lambda told: list(Path("/").iterdir()),
    "written": _written,
    "written at home": _written_at_home,
    "open files": _open_files,
    "program": _started,
    "fork": _forked,
    "thread": _threaded,
    "trace": _traced,
    "signal": _signalled,
    "library": lambda told: ctypes.CDLL("libcrypto.so.3"),
    # These change the process itself, and nothing beyond it.
    "escape": _escaped_root,
    "power": _empowered,
}
"""What a reader may not do, by name; each returns what it got."""


# --- what has no end ------------------------------------------------------------------------------


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(64 << 20))


def _turn() -> None:
    while True:
        pass


def _wait() -> None:
    while True:
        time.sleep(60)


def _talk() -> None:
    while True:
        os.write(1, b"x" * 65536)


def _crash() -> None:
    ctypes.string_at(0)


def _shout() -> None:
    while True:
        os.write(2, b"x" * 65536)


ENDLESS: Mapping[str, Callable[[], None]] = {
    "eat": _eat,
    "turn": _turn,
    "wait": _wait,
    "talk": _talk,
    "shout": _shout,
    "crash": _crash,
}


if __name__ == "__main__":  # unconfined, as its honest twin
    sys.stdout.buffer.write(read(sys.stdin.buffer.read()))
