"""One commit in full: what it says, which lines it added to which files, and its raw bytes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.history.trail import CommitLine, Trail
from soptui.domain.ids import CommitId, ObjectId
from soptui.domain.text import safe
from soptui.records.files import codec, layout
from soptui.records.files.layout import Kind
from soptui.records.git.commit import CommitFault, parse_commit
from soptui.records.git.objects import ObjectFault
from soptui.records.git.trees import TreeFault

_MOST_FILES = 100


class ChangedFile(Struct, frozen=True):
    """A file that a commit changes.

    `lines` are those added (`+`) and taken away (`-`), with the sign before each; an attachment
    has none. `size` is in bytes, None when the file is not there.
    """

    path: str
    is_new: bool
    size: int | None
    lines: tuple[str, ...] = ()


class CommitView(Struct, frozen=True):
    """A commit with its parents, what it changes against the first of them, and its raw text.

    `more` counts files that are left out of a large merge.
    """

    line: CommitLine
    parents: tuple[CommitId, ...]
    files: tuple[ChangedFile, ...]
    raw: str
    more: int = 0


def view_commit(desk: Desk, trail: Trail, commit: CommitId) -> CommitView:
    """Everything there is to say of a commit of the trail. Never fails on damage: it shows it."""
    line = trail.line(commit)
    try:
        raw = trail.raw(commit)
    except ObjectFault:
        return CommitView(line, (), (), "")
    text = safe(raw.decode("utf-8", "backslashreplace"))
    try:
        parsed = parse_commit(raw)
        found = list(desk.repository.changes(parsed))
    except (CommitFault, ObjectFault, TreeFault):
        return CommitView(line, (), (), text)
    files = tuple(_changed(desk, one.path, one.old, one.new) for one in found[:_MOST_FILES])
    return CommitView(line, parsed.parents, files, text, max(0, len(found) - _MOST_FILES))


def _changed(desk: Desk, path: str, old: ObjectId, new: ObjectId) -> ChangedFile:
    kind = layout.kind_of(path)
    if kind is Kind.ATTACHMENT:
        content = _read(desk, new, desk.office.attachment_limit)
        return ChangedFile(path, not old, None if content is None else len(content))
    limit = codec.CASE_LIMIT if kind is Kind.CASE else codec.DOCUMENT_LIMIT
    before, after = _read(desk, old, limit) or b"", _read(desk, new, limit)
    if after is None:
        return ChangedFile(path, not old, None)
    return ChangedFile(path, not old, len(after), tuple(_difference(before, after)))


def _read(desk: Desk, oid: ObjectId, limit: int) -> bytes | None:
    if not oid:
        return None
    try:
        return desk.repository.reader.read(oid, "blob", limit)
    except ObjectFault:
        return None


def _difference(before: bytes, after: bytes) -> Iterator[str]:
    if after.startswith(before):
        for line in _lines(after[len(before) :]):
            yield f"+{line}"
        return
    from difflib import unified_diff

    changed = unified_diff(_lines(before), _lines(after), n=0, lineterm="")
    for line in list(changed)[2:]:
        if line.startswith(("+", "-")):
            yield line


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8", "backslashreplace")
    return [safe(line) for line in text.removesuffix("\n").split("\n")]
