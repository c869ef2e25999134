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
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
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
    LineHung,
    Unreachable,
    key_files,
    refused_by_ssh,
    ssh_command,
    took_no_key,
)
from soptui.records.sharing.transfer import Finished, Progress, StoodStill, run_transfer

if TYPE_CHECKING:
    from soptui.records.keys.signing import Signer

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
        with self._nothing_left_behind():
            finished = self._run(
                "fetch", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
                "--progress", *more, operands=(f"+{wanted}:{INCOMING}",), is_bounded=True,
            )  # fmt: skip
            if finished.code and is_exhausted(finished.code, "\n".join(finished.talk)):
                raise TooMuch
        if finished.code == 0:
            return read_ref(self._directory, INCOMING)
        if any("couldn't find remote ref" in line for line in finished.talk):
            return None
        _refuse_damage(finished.talk)
        raise self._unreachable(finished.talk)

    @contextmanager
    def _nothing_left_behind(self) -> Iterator[None]:
        """A Git that is killed leaves what it had written by then, and it may be much."""
        packs = self._directory.objects / "pack"
        unfinished = set(packs.glob("tmp_*"))
        try:
            yield
        except BaseException:
            for left in set(packs.glob("tmp_*")) - unfinished:
                left.unlink(missing_ok=True)
            raise

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
        if _is_under_way(talk):
            return LineDropped(_reason(talk))
        return refused_by_ssh(talk, self._address, self._offered) or Unreachable(_reason(talk))

    @property
    def _offered(self) -> Sequence[Signer]:
        return self._signers[:OFFERED_AT_ONCE]

    def _run(self, *words: str, operands: Sequence[str], is_bounded: bool = False) -> Finished:
        finished = self._once(*words, operands=operands, is_bounded=is_bounded)
        while len(self._signers) > OFFERED_AT_ONCE and took_no_key(finished.talk):
            del self._signers[:OFFERED_AT_ONCE]
            finished = self._once(*words, operands=operands, is_bounded=is_bounded)
        return finished

    def _once(self, *words: str, operands: Sequence[str], is_bounded: bool) -> Finished:
        # A name that no configuration can have foreseen, so that it has nothing to say of it.
        name = f"soptui-{secrets.token_hex(16)}"
        given = (*_SETTINGS, f"remote.{name}.url={self._address}")
        settings = [word for setting in given for word in ("-c", setting)]
        git = self._directory.command()
        command = (*git, *settings, *words, "--", name, *operands)
        if is_bounded:
            command = bounded(command, self._directory.path, MOST_MEMORY)
        try:
            return run_transfer(
                command, self._environment(), progress=self._progress, cancelled=self._cancelled
            )
        except StoodStill as still:
            gone = LineHung if _is_under_way(still.talk) else Unreachable
            raise gone("timeout") from None

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


def _refuse_damage(talk: Sequence[str]) -> None:
    """Raise `DamagedClone` where Git speaks of objects of this clone, and not the other side."""
    for line in talk:
        if _DAMAGE.search(line) and not line.startswith("remote:"):
            raise DamagedClone(line.removeprefix("fatal: ").removeprefix("error: "))


def _is_under_way(talk: Sequence[str]) -> bool:
    """Whether records were coming or going, and it was not the hub itself that gave up.

    For what the hub does not bear another try over the line is no help.
    """
    return any(_UNDER_WAY.search(line) for line in talk) and not any(
        _ENDED_BY_HUB.search(line) for line in talk
    )


def _reason(talk: Sequence[str]) -> str:
    """The line of Git's or ssh's talk that says most."""
    for sign in ("ssh: ", "remote: fatal: ", "remote: error: ", "fatal: ", "error: ", ""):
        for line in talk:
            if line.startswith(sign) and not _SAYS_LITTLE.search(line):
                return line.removeprefix(sign).rstrip(".")
    return "?"
