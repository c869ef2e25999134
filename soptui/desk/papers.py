"""Papers to be read beside a form: the document that is decided on, what changed in it, the letter.

A paper says what it is made of; its text is read apart, in a thread, for that may take seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.files import text_of_file
from soptui.desk.forms.paths import newest_files, recent_folders
from soptui.desk.words.names import officer_name
from soptui.domain.case import Case
from soptui.domain.events import Action, Attachment
from soptui.domain.message import Message, Refusal
from soptui.domain.review import Reviewed, reviewed_documents
from soptui.domain.size import Size
from soptui.locale import _, moment, size, translate

_LABELLED = re.compile(r"[^\W\d_][^\W\d_./ ]*(?: ?[^\W\d_./]+){0,3}\s*:\s+(\S.*)")
_MOST_SCANS = 3
_AROUND = 2
"""Lines that stay as they are around what changed."""


class PaperKind(StrEnum):
    """What a paper is to the form."""

    DOCUMENT = "document"
    CHANGES = "changes"
    LETTER = "letter"
    SCAN = "scan"


class Paper(Struct, frozen=True):
    """Something to be read beside a form.

    `files` are attachments of the case, one below the other; of changes the document as it is now,
    and `before` as it was in the `round` before. `path` is a file on this machine, `is_proposed`
    while nobody has attached it.
    """

    kind: PaperKind
    files: tuple[Attachment, ...] = ()
    before: tuple[Attachment, ...] = ()
    round: int = 0
    path: str = ""
    is_proposed: bool = False


class PaperLine(Struct, frozen=True):
    """A line of a paper: text of a file, or something said of it; the sign of a change before it.

    `sign` is `+`, `-`, or empty. A heading names the file below it.
    """

    text: str
    sign: str = ""
    is_heading: bool = False
    is_said: bool = False


_READ_WITH = {
    Action.APPROVE: (PaperKind.DOCUMENT, PaperKind.CHANGES, PaperKind.LETTER),
    Action.RETURN: (PaperKind.DOCUMENT, PaperKind.CHANGES, PaperKind.LETTER),
    Action.DISPOSE: (PaperKind.LETTER,),
}
"""What is read before an act is signed, the most telling first. Figures come in as a kind."""


def papers_for(action: Action, case: Case | None) -> tuple[Paper, ...]:
    """The papers to be read beside the form of an act; none where there is nothing to read."""
    if case is None:
        return ()
    found = (paper for kind in _READ_WITH.get(action, ()) for paper in _MADE[kind](case))
    return tuple(found)


def _document(case: Case) -> Iterator[Paper]:
    files = tuple(one.document.file for one in reviewed_documents(case))
    if files:
        yield Paper(PaperKind.DOCUMENT, files)


def _changes(case: Case) -> Iterator[Paper]:
    pairs = [
        (one.document, one.before) for one in reviewed_documents(case) if one.before is not None
    ]
    if pairs:
        yield Paper(
            PaperKind.CHANGES,
            tuple(document.file for document, _before in pairs),
            tuple(before.file for _document, before in pairs),
            pairs[0][1].round,
        )


def _letter(case: Case) -> Iterator[Paper]:
    registered = [one for one in case.entries if one.event.action is Action.REGISTER]
    files = registered[-1].event.attachments if registered else ()
    if files:
        yield Paper(PaperKind.LETTER, files)


_MADE = {
    PaperKind.DOCUMENT: _document,
    PaperKind.CHANGES: _changes,
    PaperKind.LETTER: _letter,
}


def scans_beside(paths: Sequence[str]) -> tuple[Paper, ...]:
    """The files that are named in a form or, while there are none, the newest of the last folder.

    The newest is a proposal: it goes along only once somebody attaches it.
    """
    if paths:
        return tuple(Paper(PaperKind.SCAN, path=path) for path in paths)
    folders = recent_folders()[:1]
    newest = (path for folder in folders for path in newest_files(folder, _MOST_SCANS))
    return tuple(Paper(PaperKind.SCAN, path=str(path), is_proposed=True) for path in newest)


# --- what is said of a document without reading it ------------------------------------------------


def document_line(desk: Desk, one: Reviewed) -> str:
    """A document with its size, who made it and when."""
    file, entry = one.document.file, one.entry
    told = [file.name, size(Size(file.size))]
    if entry is not None:
        told += [officer_name(desk.registry, entry.event.by), moment(entry.event.at)]
    return " · ".join(told)


def same_notice(one: Reviewed) -> str:
    """That a document is the very file of an earlier round; empty where it is another."""
    if not one.same_round:
        return ""
    version = version_name(one.same_round)
    return _("The SAME file as {version}, which was returned (!)", version=version)


def version_name(round_: int) -> str:
    """The output of a round of a step: the first version, or which rework it was."""
    return _("rework {count}", count=round_ - 1) if round_ > 1 else _("the first version")


def value_of(text: str) -> str:
    """What a line of a letter says, without the label that it begins with: `Nomor : 12` is `12`."""
    found = _LABELLED.match(text.strip())
    return found[1] if found else " ".join(text.split())


# --- reading, in a thread -------------------------------------------------------------------------


def read_paper(desk: Desk, paper: Paper) -> tuple[PaperLine, ...]:
    """The lines of a paper. Never raises for a file that has no text: it says why."""
    if paper.kind is PaperKind.CHANGES:
        return tuple(_changed(desk, paper))
    if paper.path:
        return tuple(_text_lines(_scanned(desk, paper.path)))
    return tuple(_files(desk, paper.files))


def _files(desk: Desk, files: Sequence[Attachment]) -> Iterator[PaperLine]:
    for place, file in enumerate(files):
        if place:
            yield PaperLine("")
        yield PaperLine(f"{file.name} · {size(Size(file.size))}", is_heading=True)
        yield from _text_lines(_attached(desk, file))


def _attached(desk: Desk, file: Attachment) -> str | Message:
    try:
        return desk.attachment_text(file.sha256).text
    except Refusal as refusal:
        return refusal.message


def _scanned(desk: Desk, path: str) -> str | Message:
    try:
        return text_of_file(Path(path).expanduser(), desk.office.attachment_limit).text
    except Refusal as refusal:
        return refusal.message


def _text_lines(text: str | Message) -> Iterator[PaperLine]:
    if isinstance(text, Message):
        yield PaperLine(translate(text), is_said=True)
        return
    yield from (PaperLine(line) for line in text.rstrip().split("\n"))


def _changed(desk: Desk, paper: Paper) -> Iterator[PaperLine]:
    for file, before in zip(paper.files, paper.before, strict=True):
        yield PaperLine(file.name, is_heading=True)
        if file.sha256 == before.sha256:
            yield PaperLine(
                _("The very same file as {version}.", version=version_name(paper.round)),
                is_said=True,
            )
            continue
        new, old = _attached(desk, file), _attached(desk, before)
        if isinstance(new, Message) or isinstance(old, Message):
            yield from _text_lines(new if isinstance(new, Message) else old)
            continue
        yield from _difference(old, new)


def _difference(old: str, new: str) -> Iterator[PaperLine]:
    lines = list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=_AROUND))
    if not lines:
        yield PaperLine(_("The files differ, but their texts are the same."), is_said=True)
    for line in lines[2:]:
        if line.startswith("@@"):
            yield PaperLine("...", is_said=True)
        else:
            sign = line[0].strip()
            yield PaperLine(line[1:], sign=sign)
