"""What a case is about and what became of it, in words: its letter, its approvals, its archive."""

from __future__ import annotations

from soptui.desk.actions.labels import LABELS
from soptui.desk.words.event import shown
from soptui.desk.words.terms import FATE
from soptui.domain.case import Approval, Case
from soptui.domain.events import Archive, Letter
from soptui.domain.office import Registry
from soptui.locale import _, day, moment


def letter_field(letter: Letter, name: str) -> tuple[str, str]:
    """Label and value of one field of a letter, in the reader's language."""
    return _(LABELS[name]), shown(name, getattr(letter, name))


def letter_fields(letter: Letter) -> list[tuple[str, str]]:
    """Label and value of what the mail register says of a letter."""
    return [letter_field(letter, name) for name in letter.__struct_fields__]


def sop_text(case: Case) -> str:
    """The title and the version of a case's SOP, and which one the case began under."""
    title, version = case.sop.identity.title, case.sop.version
    if not case.migrations:
        return f"{title} (v{version})"
    return _(
        "{title} (v{version}; begun under v{first}, migrated on {days})",
        title=title, version=version, first=case.header.sop_version,
        days=", ".join(day(entry.event.at.date()) for entry in case.migrations),
    )  # fmt: skip


def result_fields(case: Case, registry: Registry) -> list[tuple[str, str]]:
    """Label and value of who was informed, who approved, and what the archive says of the file."""
    titles = {role.id: role.title for role in case.sop.roles}
    found = [(_("Informed"), ", ".join(titles.get(role, role) for role in case.informed))]
    found += [(_("Approved"), _approval_text(one, registry)) for one in case.approvals]
    archive = case.archive
    if archive is not None:
        names = ("classification", "file_number", "title", "place")
        found += [(_(LABELS[name]), getattr(archive, name)) for name in names]
        found += [
            (_("Retention"), _retention_text(archive)),
            (_(LABELS["items"]), "; ".join(archive.items)),
        ]
    return found


def _approval_text(approval: Approval, registry: Registry) -> str:
    officer = registry.officers.get(approval.by)
    text = f"{officer.name if officer else approval.by} · {moment(approval.at)}"
    return _("{approval} (void)", approval=text) if approval.voided_by else text


def _retention_text(archive: Archive) -> str:
    """How long the file is kept, and what becomes of it then."""
    return _(
        "{active} years active, {inactive} inactive, then {fate}",
        active=archive.active_years,
        inactive=archive.inactive_years,
        fate=_(FATE[archive.fate]).lower() if archive.fate in FATE else archive.fate,
    )
