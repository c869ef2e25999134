"""The commit object: its header grammar, what was signed, and how a signed one is built.

A commit of the records has exactly the headers tree, parent (none, one or two), author,
committer, gpgsig, in this order and nothing else. Git itself tolerates more (a second signature,
an `encoding`, text behind a NUL), and each of those would let a commit show one thing and say
another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone

from msgspec import Struct

from soptui.domain.ids import CommitId, ObjectId
from soptui.records.git.objects import Reads

COMMIT_LIMIT = 16 * 1024
"""Size limit of a commit object, in bytes."""

_ID = rb"[0-9a-f]{40}"
_NAME = rb"[^\x00-\x20<>\x7f](?:[^\x00-\x1f<>\x7f]*[^\x00-\x20<>\x7f])?"
_MAIL = rb"[^\x00-\x20<>\x7f]+"
_WHEN = rb"(?:0|[1-9][0-9]{0,11}) (?!-0000)[+-](?:0[0-9]|1[0-4])[0-5][0-9]"
_IDENTITY_BYTES = rb"%b <%b> %b" % (_NAME, _MAIL, _WHEN)
_OBJECT = re.compile(
    rb"tree (%b)\n((?:parent %b\n){0,2})author (%b)\ncommitter (%b)\n"
    rb"(?:gpgsig ([^\n]+\n(?: [^\n]*\n)*))?\n" % (_ID, _ID, _IDENTITY_BYTES, _IDENTITY_BYTES)
)
_IDENTITY = re.compile(r"(.+) <(.+)> ([0-9]+) ([+-][0-9]{4})")
_SIGNATURE_HEADER = b"\ngpgsig "


class CommitFault(Exception):
    """Why bytes are not a commit of the records; `code` is stable, one of:

    `nul`, `encoding` (not UTF-8), `header` (another header, order or spelling), `parents` (the
    same parent twice), `unsigned`, `rebuild` (the parts do not spell the same bytes).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_STRIPPED_BY_GIT = "".join(map(chr, range(33))) + ".,:;<>\"\\'"


def name_in_git(name: str) -> str:
    """A person's name as stock Git would write it: without crud such as a full stop at its ends."""
    return name.strip(_STRIPPED_BY_GIT)


class Ident(Struct, frozen=True):
    """Who and when, as Git writes it: `seconds` since 1970 UTC, `offset` as `+HHMM`.

    Both are claims of whoever wrote the commit. Name and mail hold no control character and no
    angle bracket; a name neither begins nor ends with a space, a mail has none.
    """

    name: str
    mail: str
    seconds: int
    offset: str

    def __str__(self) -> str:
        return f"{self.name} <{self.mail}> {self.seconds} {self.offset}"

    @property
    def moment(self) -> datetime | None:
        """The time that is claimed, at its own offset; None when no calendar has it."""
        minutes = 60 * int(self.offset[1:3]) + int(self.offset[3:])
        sign = -1 if self.offset.startswith("-") else 1
        try:
            zone = timezone(timedelta(minutes=sign * minutes))
            return datetime.fromtimestamp(self.seconds, zone)
        except (OverflowError, OSError, ValueError):
            return None


class Commit(Struct, frozen=True):
    """A commit object taken apart. `signature` is the armour as `ssh-keygen` wrote it."""

    tree: ObjectId
    parents: tuple[CommitId, ...]
    author: Ident
    committer: Ident
    signature: bytes
    message: str


def parse_commit(raw: bytes) -> Commit:
    """The commit in `raw`, which is the object's content; raises `CommitFault` and nothing else.

    `rebuild` of what is returned gives `raw` again.
    """
    matched = _matched(raw)
    tree, parent_lines, author_line, committer_line, indented = matched.groups()
    if indented is None:
        raise CommitFault("unsigned")
    parents = tuple(parent_lines.decode().replace("parent ", "").split())
    if len(parents) == 2 and parents[0] == parents[1]:
        raise CommitFault("parents")
    try:
        author = _ident(author_line.decode())
        commit = Commit(
            tree=ObjectId(tree.decode()),
            parents=parents,
            author=author,
            committer=(
                author if committer_line == author_line else _ident(committer_line.decode())
            ),
            signature=indented.replace(b"\n ", b"\n"),
            message=raw[matched.end() :].decode(),
        )
    except UnicodeDecodeError:
        raise CommitFault("encoding") from None
    if rebuild(commit) != raw:
        raise CommitFault("rebuild")
    return commit


def commit_bytes(reader: Reads, commit: CommitId) -> bytes:
    """The content of the commit with this id. Raises `ObjectFault`."""
    return reader.read(commit, "commit", COMMIT_LIMIT)


def read_commit(reader: Reads, commit: CommitId) -> Commit:
    """The commit with this id. Raises `ObjectFault`, and `CommitFault` for an odd one."""
    return parse_commit(commit_bytes(reader, commit))


def rebuild(commit: Commit) -> bytes:
    """The object's content that `commit` spells."""
    unsigned = _unsigned(
        commit.tree, commit.parents, commit.author, commit.committer, commit.message
    )
    return _with_signature(unsigned, commit.signature)


def payload(raw: bytes) -> bytes:
    """What was signed: `raw` without its signature header.

    Raises `CommitFault` when there is none. Give it bytes that `parse_commit` has accepted.
    """
    start = raw.find(_SIGNATURE_HEADER) + 1
    end = raw.find(b"\n\n") + 1
    if not 0 < start < end:
        raise CommitFault("unsigned")
    return raw[:start] + raw[end:]


def build_commit(
    *,
    tree: ObjectId,
    parents: Sequence[CommitId],
    author: Ident,
    committer: Ident,
    message: str,
    sign: Callable[[bytes], bytes],
) -> bytes:
    """The content of a signed commit object.

    `sign` gets the bytes to be signed and returns the armour. Raises what `sign` raises, and
    `CommitFault` when the commit would not be read back as it was meant; a name with an angle
    bracket, for example, is refused before anything is signed.
    """
    try:
        unsigned = _unsigned(tree, tuple(parents), author, committer, message)
    except UnicodeEncodeError:
        raise CommitFault("encoding") from None
    _matched(unsigned)
    raw = _with_signature(unsigned, sign(unsigned))
    if payload(raw) != unsigned or parse_commit(raw).message != message:
        raise CommitFault("rebuild")
    return raw


def _matched(raw: bytes) -> re.Match[bytes]:
    if b"\0" in raw:
        raise CommitFault("nul")
    matched = _OBJECT.match(raw)
    if matched is None:
        raise CommitFault("header")
    return matched


def _ident(line: str) -> Ident:
    matched = _IDENTITY.fullmatch(line)
    if matched is None:
        raise CommitFault("header")
    name, mail, seconds, offset = matched.groups()
    return Ident(name, mail, int(seconds), offset)


def _unsigned(
    tree: ObjectId, parents: tuple[CommitId, ...], author: Ident, committer: Ident, message: str
) -> bytes:
    parent_lines = "".join([f"parent {parent}\n" for parent in parents])
    return (
        f"tree {tree}\n{parent_lines}author {author}\ncommitter {committer}\n\n{message}".encode()
    )


def _with_signature(unsigned: bytes, signature: bytes) -> bytes:
    end = unsigned.index(b"\n\n") + 1
    indented = signature.rstrip(b"\n").replace(b"\n", b"\n ")
    return b"".join((unsigned[:end], b"gpgsig ", indented, b"\n", unsigned[end:]))
