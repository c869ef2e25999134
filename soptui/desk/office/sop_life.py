"""An SOP from its draft to the day when no case begins under it any more."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from soptui.desk.office.founding import id_from
from soptui.desk.reading import ReadingDesk
from soptui.desk.refusals import no_sop
from soptui.domain.case_filter import CaseFilter
from soptui.domain.ids import SopId
from soptui.domain.message import Message, Misread
from soptui.domain.text import tidy_line
from soptui.locale import language
from soptui.records.clone.genesis import draft_text
from soptui.records.files import layout


class Usage(Struct, frozen=True):
    """What uses a version of an SOP: how many cases run under it, and how many are closed."""

    version: int
    running: int
    closed: int
    newest: bool
    withdrawn: bool


def usage_of(desk: ReadingDesk, sop_id: SopId) -> tuple[Usage, ...]:
    """What uses each version of an SOP, the newest first. Raises `Refusal` when there is none."""
    versions = [sop.version for sop in desk.sop_versions(sop_id)]
    if not versions:
        raise no_sop(sop_id)
    withdrawn = sop_id in desk.office.withdrawn_sops
    found = []
    for version in sorted(versions, reverse=True):
        wanted = CaseFilter(versions=((sop_id, version),))
        running = desk.cases(CaseFilter(versions=wanted.versions, is_open=True)).count
        closed = desk.cases(wanted).count - running
        found.append(Usage(version, running, closed, version == max(versions), withdrawn))
    return tuple(found)


def draft_of(title: str, office: str, sop_id: str = "") -> tuple[SopId, str]:
    """A commented draft of an SOP, in the reader's language, with its id. Raises `Refusal`."""
    title, office = tidy_line(title), tidy_line(office)
    chosen = tidy_line(sop_id) or id_from(title)
    if not title or not layout.is_slug(chosen):
        raise Misread(
            Message(
                "No id follows from the title {title}. Give one with --id, in small letters, "
                "digits and hyphens.",
                title=title or "-",
            )
        )
    text = draft_text("sop-id" if language() == "id" else "sop-en")
    for mark, value in (("@ID@", chosen), ("@TITLE@", title), ("@OFFICE@", office)):
        text = text.replace(mark, value.replace("\\", "\\\\").replace('"', '\\"'))
    return SopId(chosen), text


def draft_path(path: Path | None, sop_id: SopId) -> Path:
    """Where a draft is written: the named file, else one called by the SOP, here."""
    return path or Path(f"{sop_id}.toml")
