"""Talking to the office's hub: fetch and push through Git, by SSH or a path of this machine.

Git runs as everywhere here, without the settings of user, machine and clone; only the user's own
`GIT_SSH_COMMAND` and ssh configuration are kept, because they say how the hub is reached
(`soptui.records.sharing.ssh`). What the clone's configuration says of addresses or of remotes leads
nowhere else. Nothing is asked on the terminal. A path of this machine is opened only if it is one's
own, or named as safe (`soptui.records.git.ownership`). What the other side says is made safe before
anyone sees it.
"""

from __future__ import annotations

import os
import re
import secrets
import selectors
import signal
import threading
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.text import safe
from soptui.records.git.locks import break_stale_lock
from soptui.records.git.ownership import safe_folders
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import INCOMING, MAIN, read_ref
from soptui.records.platform.limits import MOST_MEMORY, TooMuch, bounded, is_exhausted
from soptui.records.sharing.result import DamagedClone
from soptui.records.sharing.ssh import (
    OFFERED_AT_ONCE,
    LineDropped,
    Unreachable,
    key_files,
    refused_by_ssh,
    ssh_command,
    took_no_key,
)

if TYPE_CHECKING:
    from soptui.records.keys.signing import Signer

LONGEST_SECONDS = 1800.0
_POLL_SECONDS = 0.1
_MOST_TALK = 64 * 1024
_SETTINGS = (
    "protocol.allow=never",
    "protocol.ssh.allow=always",
    "protocol.https.allow=always",
    "protocol.file.allow=always",
    "fetch.fsckObjects=true",
    "core.bigFileThreshold=32m",
    "push.gpgSign=false",
    "credential.helper=",
)
_URL = re.compile(
    r"ssh://[A-Za-z0-9_.@:\[\]-]+/[^\s\x00-\x1f]*|https://[^\s\x00-\x1f]+"
    r"|(?!-)[A-Za-z0-9_.@-]+:(?!/?/)?[^\s\x00-\x1f]+|file:///[^\x00-\x1f]+|/[^\x00-\x1f]*"
)
_LOST_RACE = re.compile(
    r"fetch first|non-fast-forward|stale info|failed to update ref|cannot lock ref"
    r"|incorrect old value|reference already exists|failed to lock"
)
_DAMAGE = re.compile(
    r"bad object|bad tree object|unable to read|object file .+ is empty|loose object .+ is corrupt"
    r"|missing (?:blob|tree|commit) object|unable to (?:unpack|parse)|could not parse"
    r"|invalid sha1 pointer|packfile .+ (?:cannot be|is corrupt|does not match)"
)

_SAYS_LITTLE = re.compile(
    r"^(?:remote: )?(?:From|To|Enumerating|Counting|Compressing|Writing|Delta|Total|Receiving"
    r"|Resolving|Unpacking)\b|Could not read from remote|and the repository exists|hung up"
)

_UNDER_WAY = re.compile(r"^(?:Receiving|Unpacking|Writing|remote: Enumerating) objects")
_ENDED_BY_HUB = re.compile(r"^remote: (?:fatal|error): ")

Progress = Callable[[str], None]
"""Called with a line of Git's talk, safe to show."""


class Cancelled(Exception):
    """The caller gave up waiting; nothing of the clone was changed."""


class Pushed(StrEnum):
    """How a push ended."""

    ACCEPTED = "accepted"
    LOST_RACE = "lost-race"
    REFUSED = "refused"


class Answer(Struct, frozen=True):
    """The hub's answer to a push, with what it said, line by line."""

    pushed: Pushed
    talk: tuple[str, ...] = ()


def is_remote_address(text: str) -> bool:
    """Whether `text` can name a hub: ssh, https, `host:path`, or an absolute path."""
    return _URL.fullmatch(text) is not None


def remote_of(directory: GitDirectory) -> str:
    """The hub's address in the clone's configuration; empty when there is none."""
    try:
        output = directory.run("config", "--local", "--get", "remote.origin.url")
    except GitFailed:
        return ""
    address = output.decode("utf-8", "replace").rstrip("\n")
    return address if is_remote_address(address) else ""


class Remote:
    """The hub at `address`, for the repository `directory`.

    `signers` are the keys by which the hub may know who comes; without any, ssh looks for its own.
    """

    def __init__(
        self,
        directory: GitDirectory,
        address: str,
        *,
        signers: Sequence[Signer] = (),
        progress: Progress | None = None,
        cancelled: threading.Event | None = None,
    ) -> None:
        if not is_remote_address(address):
            raise Refusal(
                Message(
                    "{address} is not the address of a hub. Nothing was changed. Give "
                    "ssh://user@host/path or an absolute path.",
                    address=address,
                )
            )
        self._directory = directory
        self._address = address
        # Those that the hub did not take are dropped, so that they are not offered again.
        self._signers = list(signers)
        self._progress = progress
        self._cancelled = cancelled or threading.Event()

    def of(self, directory: GitDirectory) -> Remote:
        """The same hub, for another repository."""
        return Remote(
            directory, self._address,
            signers=self._signers, progress=self._progress, cancelled=self._cancelled,
        )  # fmt: skip

    def fetch(self, commit: CommitId = NO_COMMIT) -> CommitId | None:
        """The hub's newest commit, or an earlier one that is named, with all that it needs.

        It is not verified; None while the hub is empty. Raises `Unreachable`, among them
        `LineDropped`, `NotOwn`, `TooMuch`, `Cancelled`, and `DamagedClone` when it is not the hub
        that stops it.
        """
        return self._fetch(commit or MAIN)

    def fetch_commits(self) -> CommitId | None:
        """As `fetch`, but commits alone, without what they hold, for a scratch repository."""
        return self._fetch(MAIN, "--filter=tree:0")

    def _fetch(self, wanted: str, *more: str) -> CommitId | None:
        # Only syncs write this ref, and one of a clone runs at a time.
        break_stale_lock(self._directory, INCOMING, seconds=0)
        packs = self._directory.objects / "pack"
        unfinished = set(packs.glob("tmp_*"))
        finished = self._run(
            "fetch", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--progress",
            *more, operands=(f"+{wanted}:{INCOMING}",), is_bounded=True,
        )  # fmt: skip
        if finished.code == 0:
            return read_ref(self._directory, INCOMING)
        if any("couldn't find remote ref" in line for line in finished.talk):
            return None
        if is_exhausted(finished.code, "\n".join(finished.talk)):
            # Git leaves what it had written by then, and it may be much.
            for left in set(packs.glob("tmp_*")) - unfinished:
                left.unlink(missing_ok=True)
            raise TooMuch
        _refuse_damage(finished.talk)
        raise self._unreachable(finished.talk)

    def push(self, commit: CommitId) -> Answer:
        """Offer `commit` as the hub's newest. Raises as `fetch` does."""
        finished = self._run(
            "push", "--porcelain", "--no-verify", "--progress", operands=(f"{commit}:{MAIN}",)
        )
        lines = finished.output.decode("utf-8", "replace").splitlines()
        verdict = next((line for line in lines if f":{MAIN}\t" in line), None)
        if verdict is None:
            _refuse_damage(finished.talk)
            raise self._unreachable(finished.talk)
        if not verdict.startswith("!"):
            return Answer(Pushed.ACCEPTED)
        if "unpacker error" in verdict and any("early EOF" in line for line in finished.talk):
            raise LineDropped("early EOF")
        denied = any("Permission denied" in line for line in finished.talk)
        lost = not denied and _LOST_RACE.search(verdict)
        talk = tuple(
            line.removeprefix("remote: ").strip()
            for line in finished.talk
            if line.startswith("remote: ") and line.removeprefix("remote: ").strip()
        )
        return Answer(Pushed.LOST_RACE if lost else Pushed.REFUSED, talk or (safe(verdict),))

    def _unreachable(self, talk: Sequence[str]) -> Unreachable:
        if any(_UNDER_WAY.search(line) for line in talk) and not _ended_by_hub(talk):
            return LineDropped(_reason(talk))
        return refused_by_ssh(talk, self._address, self._offered) or Unreachable(_reason(talk))

    @property
    def _offered(self) -> Sequence[Signer]:
        return self._signers[:OFFERED_AT_ONCE]

    def _run(self, *words: str, operands: Sequence[str], is_bounded: bool = False) -> _Finished:
        finished = self._once(*words, operands=operands, is_bounded=is_bounded)
        while len(self._signers) > OFFERED_AT_ONCE and took_no_key(finished.talk):
            del self._signers[:OFFERED_AT_ONCE]
            finished = self._once(*words, operands=operands, is_bounded=is_bounded)
        return finished

    def _once(self, *words: str, operands: Sequence[str], is_bounded: bool) -> _Finished:
        import subprocess

        # A name that no configuration can have foreseen, so that it has nothing to say of it.
        name = f"soptui-{secrets.token_hex(16)}"
        given = (*_SETTINGS, f"remote.{name}.url={self._address}")
        settings = [word for setting in given for word in ("-c", setting)]
        git = self._directory.command()
        command = (*git, *settings, *words, "--", name, *operands)
        process = subprocess.Popen(
            bounded(command, self._directory.path, MOST_MEMORY) if is_bounded else command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment(),
            start_new_session=True,
        )
        try:
            with process:
                if process.stdout is None or process.stderr is None:
                    raise ValueError("the process has no pipes")
                output, talk = self._listen(process.stdout, process.stderr)
        except BaseException:
            # The whole group: ssh and the programs that Git started go with it.
            _end(process.pid)
            raise
        return _Finished(process.returncode, output, tuple(talk))

    def _listen(self, output: IO[bytes], talk: IO[bytes]) -> tuple[bytes, list[str]]:
        deadline = time.monotonic() + LONGEST_SECONDS
        collected = {output: b"", talk: b""}
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            selector.register(talk, selectors.EVENT_READ)
            while selector.get_map():
                if self._cancelled.is_set():
                    raise Cancelled
                if time.monotonic() > deadline:
                    raise Unreachable("timeout")
                for key, _ in selector.select(_POLL_SECONDS):
                    part = os.read(key.fd, 65536)
                    stream = output if key.fileobj is output else talk
                    if not part:
                        selector.unregister(stream)
                    collected[stream] = (collected[stream] + part)[-_MOST_TALK:]
                    if stream is talk and part and self._progress is not None:
                        self._progress(_lines(part)[-1] if _lines(part) else "")
        return collected[output], _lines(collected[talk])

    def _environment(self) -> dict[str, str]:
        environment = self._directory.environment()
        keys = key_files(self._offered, self._directory.own_folder)
        environment["GIT_SSH_COMMAND"] = ssh_command([*keys])
        local = self._address
        if local.startswith("file://"):
            # Git reads the rest of an address of this form percent-decoded.
            local = unquote(local.removeprefix("file://"))
        folders = safe_folders(self._directory, local) if local.startswith("/") else ()
        settings = _settings_file(self._directory, self._address, folders)
        environment["GIT_CONFIG_GLOBAL"] = str(settings)
        return environment


class _Finished(Struct, frozen=True):
    code: int
    output: bytes
    talk: tuple[str, ...]


def _settings_file(directory: GitDirectory, address: str, folders: Sequence[str]) -> Path:
    """A settings file for Git in the place of the user's.

    It keeps `address` as it is: of the `url.*.insteadOf` that fit an address Git follows the
    longest, and of equals the first that it reads, which is this one. It also hands on which
    repositories the machine and the user call safe, because the Git that serves a hub of this
    machine is given nothing by way of arguments or variables.
    """
    folder = directory.own_folder
    folder.mkdir(exist_ok=True)
    path = folder / "hub.gitconfig"
    quoted = _quoted(address)
    content = f"[url {quoted}]\n\tinsteadOf = {quoted}\n\tpushInsteadOf = {quoted}\n[safe]\n"
    content += "".join(f"\tdirectory = {_quoted(named)}\n" for named in folders)
    try:
        if path.read_text(encoding="utf-8") == content:
            return path
    except (OSError, ValueError):
        pass
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    temporary.write_text(content, encoding="utf-8")
    temporary.replace(path)
    return path


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _lines(talk: bytes) -> list[str]:
    text = talk.decode("utf-8", "replace").replace("\r", "\n")
    return [safe(line.rstrip()) for line in text.split("\n") if line.strip()]


def _refuse_damage(talk: Sequence[str]) -> None:
    """Raise `DamagedClone` where Git speaks of objects of this clone, and not the other side."""
    for line in talk:
        if _DAMAGE.search(line) and not line.startswith("remote:"):
            raise DamagedClone(line.removeprefix("fatal: ").removeprefix("error: "))


def _ended_by_hub(talk: Sequence[str]) -> bool:
    """Whether the hub itself gave up, for which another try over the line is no help."""
    return any(_ENDED_BY_HUB.search(line) for line in talk)


def _reason(talk: Sequence[str]) -> str:
    """The line of Git's or ssh's talk that says most."""
    for sign in ("ssh: ", "remote: fatal: ", "remote: error: ", "fatal: ", "error: ", ""):
        for line in talk:
            if line.startswith(sign) and not _SAYS_LITTLE.search(line):
                return line.removeprefix(sign).rstrip(".")
    return "?"


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
