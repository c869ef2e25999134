"""Running Git on one repository, so that nothing but our own arguments decides what it does.

Settings of the user and the machine are shut out, and those settings of the repository that could
run a program or bend what is read are overridden. Only full object ids, whole ref names and
absolute paths are passed as operands, and no shell reads them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from soptui.domain.message import Message, Refusal
from soptui.records.platform.limits import TooMuch, bounded, is_exhausted

if TYPE_CHECKING:
    from subprocess import Popen

_ID = r"[0-9a-f]{40}"
_REF = r"(?:HEAD|refs(?:/(?!\.)(?!\S*\.lock(?:/|\Z))[A-Za-z0-9_.][A-Za-z0-9_.-]*)+)"
_FULL_ID = re.compile(_ID)
_REF_NAME = re.compile(_REF)
_OPERAND = re.compile(rf"\^?(?:{_ID}|{_REF})|{_ID}\.\.{_ID}|\+?{_REF}:{_REF}")

_SETTINGS = (
    "core.alternateRefsCommand=true",
    "core.commitGraph=false",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.useReplaceRefs=false",
    "core.logAllRefUpdates=always",
    "core.filesRefLockTimeout=2000",
    "core.packedRefsTimeout=2000",
    "core.fsync=all",
    "protocol.ext.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
)
_LONGEST_SECONDS = 600.0
"""No question about a history of any size takes Git so long."""

# What Git itself tells a hook about objects that are not yet accepted.
_QUARANTINE = (
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
)


STOPPED = -1
"""The code of a Git that was stopped."""

# Not that an object is unknown: many are asked for that may well not be here.
_DAMAGE = re.compile(
    r"revision walk setup failed|failed to traverse|(?:unable to|could not) (?:read|parse|unpack)"
    r"|object file .+ is empty|is corrupt|missing (?:blob|tree|commit) object|bad tree object",
    re.IGNORECASE,
)


class GitFailed(Exception):
    """Git ended with another code than 0.

    `stderr` is what it said, as it said it; the other side of a connection may have written it.
    """

    def __init__(self, command: str, code: int, stderr: str) -> None:
        super().__init__(f"git {command} ended with {code}: {stderr!r}")
        self.command = command
        self.code = code
        self.stderr = stderr

    @property
    def last_words(self) -> str:
        """The last line of what it said; a question mark where it said nothing."""
        return (self.stderr.strip().splitlines() or ["?"])[-1]

    @property
    def tells_of_damage(self) -> bool:
        """Whether an object that others lead to is lost or damaged."""
        return _DAMAGE.search(self.stderr) is not None

    @property
    def was_stopped(self) -> bool:
        """Whether it did not end by itself in the time that it had."""
        return self.code == STOPPED


def is_full_id(text: str) -> bool:
    """Whether `text` is the full id of an object: 40 lower-case hexadecimal digits."""
    return _FULL_ID.fullmatch(text) is not None


def is_ref_name(text: str) -> bool:
    """Whether `text` is `HEAD` or a whole ref name of plain ASCII, such as `refs/heads/main`."""
    return _REF_NAME.fullmatch(text) is not None and ".." not in text


class GitDirectory(Struct, frozen=True):
    """The `.git` directory of a repository, or a bare repository, at an absolute `path`.

    `quarantine` holds Git's variables for objects that a push brought and nobody has accepted
    yet; it is empty outside a hook. `when_lost` is called where an object is lost or damaged,
    before it is told.
    """

    path: Path
    quarantine: Mapping[str, str]
    when_lost: Callable[[], None] | None = None

    @classmethod
    def at(cls, path: Path) -> GitDirectory:
        """The repository whose Git directory is `path`."""
        return cls(path.absolute(), {})

    @classmethod
    def of_hook(cls) -> GitDirectory:
        """The repository that started this process as its hook, pushed objects included."""
        found = {name: os.environ[name] for name in _QUARANTINE if name in os.environ}
        return cls(Path(os.environ.get("GIT_DIR", ".")).absolute(), found)

    @property
    def objects(self) -> Path:
        """The directory into which new objects go."""
        return Path(self.path, self.quarantine.get("GIT_OBJECT_DIRECTORY", "objects"))

    @property
    def own_folder(self) -> Path:
        """Where soptui keeps what is its own, and no part of the repository."""
        return self.path / "soptui"

    def run(
        self,
        *words: str,
        operands: Sequence[str | Path] = (),
        stdin: bytes | IO[bytes] = b"",
        timeout: float | None = None,
        memory: int = 0,
    ) -> bytes:
        """What `git <words> <operands>` writes to its standard output.

        `words` are literals of the program; whatever comes from elsewhere is an operand: a full
        id, `<id>..<id>`, `^<id>`, a ref name, a refspec of two ref names, or an absolute path.
        `stdin` is what Git reads, or an open file, from where it stands. `timeout` is in seconds;
        without one, what moves much data takes its time, and all else ten minutes at most.
        With `memory`, in bytes, Git runs within that and the other bounds of `records.limits`.
        Raises `GitFailed`, `TooMuch` for one that came to its bounds, `ValueError` for an operand
        of another form, and `Refusal` when Git is not installed.
        """
        import subprocess

        given = stdin if isinstance(stdin, bytes) else None
        source = None if isinstance(stdin, bytes) else stdin
        process = self._start(words, operands, source=source, memory=memory)

        with process:
            try:
                limit = timeout or (None if memory else _LONGEST_SECONDS)
                output, talk = process.communicate(given, timeout=limit)
            except subprocess.TimeoutExpired:
                process.kill()
                raise GitFailed(words[0], STOPPED, "timeout") from None
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            said = talk.decode("utf-8", "replace")
            if memory and is_exhausted(process.returncode, said):
                raise TooMuch
            failed = GitFailed(words[0], process.returncode, said)
            if failed.tells_of_damage:
                self.tell_lost()
            raise failed
        return output

    def tell_lost(self) -> None:
        """An object was found lost or damaged: say so to whom it may concern."""
        if self.when_lost is not None:
            self.when_lost()

    def start(
        self, *words: str, operands: Sequence[str | Path] = (), keep_talk: bool = True
    ) -> Popen[bytes]:
        """A running `git <words> <operands>` with pipes; for the arguments and errors see `run`.

        Without `keep_talk` what Git writes to its standard error is dropped.
        """
        return self._start(words, operands, keep_talk=keep_talk)

    def _start(
        self,
        words: Sequence[str],
        operands: Sequence[str | Path],
        *,
        keep_talk: bool = True,
        source: IO[bytes] | None = None,
        memory: int = 0,
    ) -> Popen[bytes]:
        import subprocess

        command = (*self.command(), *words, *(_checked(operand) for operand in operands))
        try:
            return subprocess.Popen(
                bounded(command, self.path, memory) if memory else command,
                stdin=source or subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if keep_talk else subprocess.DEVNULL,
                env=self.environment(),
            )
        except FileNotFoundError:
            raise Refusal(
                Message("The program git was not found. Nothing was changed. Install Git.")
            ) from None

    def batch(self, *, sizes_only: bool = False) -> Popen[bytes]:
        """A running `git cat-file --batch`, or `--batch-check` for types and sizes only."""
        mode = "--batch-check" if sizes_only else "--batch"
        return self.start("cat-file", mode, keep_talk=False)

    def command(self) -> list[str]:
        """`git` with the repository and the settings that shut out those of the repository."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        return ["git", f"--git-dir={self.path}", *settings]

    def environment(self) -> dict[str, str]:
        """The variables under which Git runs: none of the user's own for Git, no question asked."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return kept | {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_NO_REPLACE_OBJECTS": "1",
            # A missing object must not make Git run what the repository names as its remote.
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C",
            **self.quarantine,
        }


def _checked(operand: str | Path) -> str:
    if isinstance(operand, Path):
        if not operand.is_absolute():
            raise ValueError(f"not an absolute path: {operand}")
        return str(operand)
    if _OPERAND.fullmatch(operand) is None or (".." in operand and "/" in operand):
        raise ValueError(f"not a full id or ref name: {operand!r}")
    return operand
