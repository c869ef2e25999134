"""The preview of what is about to be signed: in plain words, then its exact lines and files."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from soptui.desk.views import Shown
from soptui.desk.words.terms import FILE_KIND
from soptui.domain.events import (
    Attachment,
)
from soptui.domain.message import Message
from soptui.domain.text import safe
from soptui.locale import _
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap
from soptui.tui.text.phrases import size_of


class PreviewPart(Struct, frozen=True):
    """What would be appended to one case, or the reason why nothing would.

    `title` names the case where there are several; `text` says in plain sentences what is signed.
    """

    shown: Shown | None = None
    title: str = ""
    text: str = ""
    reason: Message | None = None


def preview_lines(
    parts: Sequence[PreviewPart], files: Sequence[Attachment], width: int
) -> list[Line]:
    """What will be signed: of every part in plain words and its exact lines, then the files."""
    made: list[Line] = []
    for part in parts:
        if part.title:
            made += [*([BLANK] if made else []), *wrap(part.title, width, "bold")]
        if part.reason is not None:
            made += wrap(_("Not signed: {reason}", reason=part.reason), width, "warn")
        if part.shown is None:
            continue
        if part.text:
            made += [*wrap(part.text, width), BLANK]
        for one in safe(part.shown.lines.decode("utf-8")).strip("\n").split("\n"):
            made += wrap(one, width, "head" if one.startswith("[") else "plain", indent="    ")
    made.append(BLANK)
    if not files:
        return [*made, line(Span(_("No files go along."), "dim"))]
    made.append(line(Span(_("Files that go along:"), "head")))
    for file in files:
        made.append(
            line(
                f"+ {file.name}", Span(f"  {_(FILE_KIND[file.kind])}, {size_of(file.size)}", "dim")
            )
        )
        made += wrap(f"  sha256 {file.sha256}", width, "dim", indent="    ")
    return made
