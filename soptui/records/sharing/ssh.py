"""How ssh is told who comes to the hub, and what its refusals mean.

The hub knows officers by the keys with which they sign. So the officer's own key is offered, and
none that an agent or `~/.ssh` holds besides: a server hangs up after a few that it does not know.
Where ssh does not know the server, or meets another than before, its own words fill a screen and
name no way out; here the fingerprint is found out and the step is said.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from soptui.domain.message import Message, Refusal
from soptui.records.keys.signing import Signer
from soptui.records.platform.openssh import SigningRefusal, run
from soptui.records.platform.private_files import write_private

OFFERED_AT_ONCE = 5
"""How many keys one connection offers: sshd hangs up at the sixth that it does not know."""

_CONNECT_SECONDS = 15
_LOOK_SECONDS = 30.0
_SSH = (
    "ssh", "-oBatchMode=yes", f"-oConnectTimeout={_CONNECT_SECONDS}",
    "-oServerAliveInterval=15", "-oServerAliveCountMax=3",
)  # fmt: skip
_ADDRESS = re.compile(
    r"ssh://(?P<login>(?:[^@/]+@)?)(?P<host>\[[^\]]+\]|[^:/@]+)(?::(?P<port>[0-9]+))?/.*"
    r"|(?P<short>[^:/]+):.*"
)
_USUAL_PORT = "22"
_NOT_KNOWN = "Host key verification failed"
_CHANGED = "REMOTE HOST IDENTIFICATION HAS CHANGED"
_NOT_TAKEN = re.compile(r"Permission denied \(.*\)|Too many authentication failures")
_SHOWN = re.compile(r"Server host key: \S+ (SHA256:\S+)")
_KNOWN_IN = re.compile(r"Offending .*key in (\S+?):[0-9]+")


class Unreachable(Refusal):
    """The hub could not be reached, or did not serve us; `reason` is Git's or ssh's word for it."""

    def __init__(self, reason: str, message: Message | None = None) -> None:
        super().__init__(
            message
            or Message("The hub cannot be reached ({reason}). Your work is kept.", reason=reason)
        )
        self.reason = reason


class LineDropped(Unreachable):
    """The line broke off while records came or went; what had come or gone whole stays."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            Message(
                "The line to the hub dropped ({reason}). Your work is kept. What came or went "
                "before stays, and the next sync goes on with the rest.",
                reason=reason,
            ),
        )


class LineHung(LineDropped):
    """As `LineDropped`, but nothing said so: it took long to notice, and would again."""


class KeyNotTaken(Unreachable):
    """The hub's server knows none of the keys that were offered."""


class Server(Struct, frozen=True):
    """Where ssh goes for a hub: its words for the command line, and its name in known_hosts."""

    words: tuple[str, ...]
    known_as: str

    @classmethod
    def of(cls, address: str) -> Server | None:
        """The server of a hub's address; None where no ssh leads to it."""
        found = _ADDRESS.fullmatch(address)
        if found is None or address.startswith(("/", "file:", "https:")):
            return None
        if found["short"]:
            return cls((found["short"],), found["short"].rpartition("@")[2])
        host, port = found["host"].strip("[]"), found["port"] or _USUAL_PORT
        words = () if port == _USUAL_PORT else ("-p", port)
        known_as = host if port == _USUAL_PORT else f"[{host}]:{port}"
        return cls((*words, f"{found['login']}{host}"), known_as)


def ssh_command(offered: Sequence[Path] = ()) -> str:
    """The command line of ssh that offers these keys alone, or what it finds itself where none.

    What the person has set as `GIT_SSH_COMMAND` stays as it is.
    """
    own = os.environ.get("GIT_SSH_COMMAND")
    if own:
        return own
    # As an option, because -i wants the name as it is first, and then with its percents doubled.
    keys = [f'-oIdentityFile="{str(path).replace("%", "%%")}"' for path in offered]
    return shlex.join((*_SSH, *(("-oIdentitiesOnly=yes",) if keys else ()), *keys))


def key_files(signers: Sequence[Signer], folder: Path) -> Iterator[Path]:
    """A file for each key as ssh wants it: the private one, or the public half of an agent's.

    Such a half is written into `folder`. Raises `OSError`.
    """
    for signer in signers:
        if signer.key_path is not None:
            yield signer.key_path.absolute()
            continue
        line = f"{signer.public_key.text}\n".encode("ascii")
        path = folder / f"key-{hashlib.sha256(line).hexdigest()[:16]}.pub"
        if not path.exists() or path.read_bytes() != line:
            write_private(path, line, durable=False)
        yield path


def took_no_key(talk: Sequence[str]) -> bool:
    """Whether the server knows none of the keys that were offered."""
    return any(_NOT_TAKEN.search(line) for line in talk)


def refused_by_ssh(
    talk: Sequence[str], address: str, signers: Sequence[Signer]
) -> Unreachable | None:
    """What ssh's refusal means and what to do about it; None where it refused nothing."""
    server = Server.of(address)
    if server is None:
        return None
    if any(_NOT_KNOWN in line for line in talk):
        return _unknown_server(talk, server)
    refusal = next((found[0] for line in talk if (found := _NOT_TAKEN.search(line))), "")
    return _key_not_taken(refusal, signers) if refusal else None


def _unknown_server(talk: Sequence[str], server: Server) -> Unreachable:
    login = shlex.join(("ssh", *server.words))
    shown = _fingerprint(server)
    if not any(_CHANGED in line for line in talk):
        message = Message(
            "This account does not know the hub's server yet: {server} shows the host key "
            "{fingerprint}. Nothing was sent; your work is kept. Ask its keeper for that "
            "fingerprint. If it is the same, run: {login} and answer yes; then try again.",
            server=server.known_as, fingerprint=shown, login=login,
        )  # fmt: skip
        return Unreachable(_NOT_KNOWN, message)
    known_in = next((found[1] for line in talk if (found := _KNOWN_IN.search(line))), "")
    file = ("-f", known_in) if known_in else ()
    message = Message(
        "The hub's server {server} shows another host key than before: {fingerprint}. It was set "
        "up anew, or somebody stands in between. Nothing was sent; your work is kept. Ask its "
        "keeper. Only if the fingerprint is theirs, run: {forget} then: {login} and answer yes.",
        server=server.known_as, fingerprint=shown, login=login,
        forget=shlex.join(("ssh-keygen", *file, "-R", server.known_as)),
    )  # fmt: skip
    return Unreachable(_NOT_KNOWN, message)


def _fingerprint(server: Server) -> str:
    """The fingerprint of the host key that the server shows; a question mark if none comes."""
    program, *options = shlex.split(ssh_command())
    if Path(program).name != "ssh":
        return "?"
    try:
        looked = run(program, (*options, "-v", *server.words, "true"), b"", _LOOK_SECONDS)
    except SigningRefusal:
        return "?"
    # On the way through other servers, the last one is that which ssh did not go past.
    shown: list[str] = _SHOWN.findall(looked.talk)
    return shown[-1] if shown else "?"


def _key_not_taken(reason: str, signers: Sequence[Signer]) -> KeyNotTaken:
    return KeyNotTaken(
        reason,
        Message(
            "The hub's server takes none of the keys offered ({fingerprints}). Your work is kept. "
            "An administrator registers the key, syncs, and renews the hub's keys. Is yours "
            "another one, name it with --key; is it locked, open it with ssh-add.",
            fingerprints=", ".join(one.public_key.fingerprint for one in signers) or reason,
        ),
    )
