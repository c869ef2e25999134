"""What a case is about and what became of it, in words: its letter, its approvals, its archive."""

from __future__ import annotations

from soptui.desk.words.terms import FATE, SECURITY, URGENCY
from soptui.domain.case import Approval, Case
from soptui.domain.events import Archive, Letter
from soptui.domain.office import Registry
from soptui.locale import _, day, moment


def letter_fields(letter: Letter) -> list[tuple[str, str]]:
    """Label and value of what the mail register says of a letter."""
    return [
        (_("Letter number"), letter.number),
        (_("Letter date"), day(letter.date)),
        (_("Received"), moment(letter.received)),
        (_("Letter from"), letter.sender),
        (_("Subject"), letter.subject),
        (_("Summary"), letter.summary),
        (_("Urgency"), _(URGENCY[letter.urgency])),
        (_("Security class"), _(SECURITY[letter.security])),
    ]


def result_fields(case: Case, registry: Registry) -> list[tuple[str, str]]:
    """Label and value of who was informed, who approved, and what the archive says of the file."""
    titles = {role.id: role.title for role in case.sop.roles}
    found = [(_("Informed"), ", ".join(titles.get(role, role) for role in case.informed))]
    found += [(_("Approved"), _approval_told(one, registry)) for one in case.approvals]
    archive = case.archive
    if archive is not None:
        found += [
            (_("Classification code"), archive.classification),
            (_("File number"), archive.file_number),
            (_("File title"), archive.title),
            (_("Place"), archive.place),
            (_("Retention"), _retention_told(archive)),
            (_("File list"), "; ".join(archive.items)),
        ]
    return found


def _approval_told(approval: Approval, registry: Registry) -> str:
    officer = registry.officers.get(approval.by)
    told = f"{officer.name if officer else approval.by} · {moment(approval.at)}"
    return _("{approval} (void)", approval=told) if approval.voided_by else told


def _retention_told(archive: Archive) -> str:
    """How long the file is kept, and what becomes of it then."""
    return _(
        "{active} years active, {inactive} inactive, then {fate}",
        active=archive.active_years,
        inactive=archive.inactive_years,
        fate=_(FATE[archive.fate]).lower() if archive.fate in FATE else archive.fate,
    )
