"""Registers of indicators: read from what somebody wrote, added by who signs them, in force or not.

A register is in force once the head has approved it in a case, as any document that is approved:
its file is attached there, and the approval names its digest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from soptui.desk.files import take_in
from soptui.desk.office.documents import read_document
from soptui.desk.office.recording import sign_files
from soptui.desk.views import FileToAttach
from soptui.domain.case import Case
from soptui.domain.events import AttachmentKind
from soptui.domain.ids import NO_EVENT, CaseId, EventId
from soptui.domain.measure.finding import Finding, Severity
from soptui.domain.measure.register import Register
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Registry
from soptui.domain.receipt import Receipt
from soptui.records.files import layout

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.desk.reading import ReadingDesk

_UNNAMED = "0" * 64
"""Stands for the agreement's digest in a file that is written before the scan is at hand."""


class InForce(Struct, frozen=True):
    """The approval by which a register is in force."""

    case: CaseId
    event: EventId


def register_in(path: Path) -> Register:
    """The register in a file, in any spelling of TOML. Raises `Refusal`.

    The file may leave out `basis_sha256`, which follows from the scan when the register is added.
    """
    from soptui.records.files.handwritten import read_handwritten
    from soptui.records.files.register import (
        read_register,
        register_from_handwritten,
        write_register,
    )

    tables = read_handwritten(read_document(path))
    tables.setdefault("basis_sha256", _UNNAMED)
    return read_register(write_register(register_from_handwritten(tables)))


def findings_of(desk: ReadingDesk, register: Register) -> tuple[Finding, ...]:
    """All that is wrong or odd about a register to be added, errors first."""
    from soptui.domain.measure.register_check.check import check_register
    from soptui.domain.measure.register_check.succession import findings_of_succession

    sections = {unit.id for unit in desk.office.offered_units()}
    found = check_register(register, sections)
    before = [one for one in registers(desk) if one.year == register.year]
    return (*found, *(findings_of_succession(register, before[-1]) if before else ()))


def registers(desk: ReadingDesk) -> tuple[Register, ...]:
    """Every register of the records, by year and version."""
    return desk.repository.current()[1].registers()


def register_named(desk: ReadingDesk, year: int, version: int | None) -> Register:
    """A version of the year's register, the highest without a number. Raises `Refusal`."""
    known = registers(desk)
    for one in reversed(known):
        if one.year == year and version in (None, one.version):
            return one
    raise Refusal(
        Message(
            "The records have no such register of indicators of {year}. Nothing was changed. "
            "Known: {known}.",
            year=year,
            known=", ".join(f"{one.year} v{one.version}" for one in known) or "-",
        )
    )


def register_tables(register: Register) -> dict[str, Any]:
    """A register as its file has it."""
    from soptui.records.files.register import register_to_document

    return register_to_document(register)


def bytes_of_register(register: Register) -> bytes:
    """The bytes of a register's file, which the head approves by their digest."""
    from soptui.records.files.register import write_register

    return write_register(register)


def in_force(desk: ReadingDesk, register: Register) -> InForce | None:
    """The approval that put a register in force, or None. Reads cases only if one can have it."""
    snapshot = desk.repository.current()[1]
    if not snapshot.lookup(layout.attachment_path(register.digest)):
        return None
    for case_id, _ in snapshot.case_ids():
        file = snapshot.case_file(case_id)
        event = _approval_of(file.case, register.digest) if file else NO_EVENT
        if event:
            return InForce(case_id, event)
    return None


def _approval_of(case: Case, digest: str) -> EventId:
    """The head's approval in force of a document in a case; empty when there is none."""
    for one in case.approvals:
        entry = case.entry(one.event)
        if (
            not one.voided_by
            and digest in one.documents
            and entry is not None
            and entry.event.role == case.sop.head
        ):
            return one.event
    return NO_EVENT


def add_register(desk: Desk, path: Path, agreement: Path) -> Receipt:
    """Sign the register in a file, with the scan of the agreement that it is from.

    Raises `Refusal` when the officer does not sign registers or has no key at hand, when the
    register has errors, and for files that cannot be read; nothing was changed then.
    """
    from soptui.domain.replace import replace

    _refuse_other_than_signers(desk)
    kept = take_in([FileToAttach(agreement, AttachmentKind.SUPPORT)], desk.office.attachment_limit)
    (scan,) = kept.values()
    digest = hashlib.sha256(scan).hexdigest()
    register = register_in(path)
    if register.basis_sha256 not in (_UNNAMED, digest):
        raise Refusal(
            Message(
                "The register names another agreement than {file}. Nothing was changed. Give the "
                "agreement that it names, or leave basis_sha256 out.",
                file=agreement.name,
            )
        )
    register = replace(register, basis_sha256=digest)
    target = layout.register_path(register.year, register.version)
    if desk.repository.current()[1].lookup(target):
        raise Refusal(
            Message(
                "Version {version} of the register of {year} exists and cannot be changed. Nothing "
                "was changed. Give it a higher version.",
                version=register.version,
                year=register.year,
            )
        )
    errors = [one for one in findings_of(desk, register) if one.severity is Severity.ERROR]
    if errors:
        raise Refusal(
            Message(
                "The register has {count} errors, so it was not added: {first} soptui measure "
                "register check lists all.",
                count=len(errors),
                first=errors[0].message,
            )
        )
    data = bytes_of_register(register)

    def files(_: Registry) -> tuple[str, bytes, None]:
        return target, data, None

    return sign_files(desk, files, attached={layout.attachment_path(digest): scan})


def _refuse_other_than_signers(desk: Desk) -> None:
    role = desk.office.register_role
    if not role:
        raise Refusal(
            Message(
                "The office file does not say who signs registers of indicators. Nothing was "
                "changed. An administrator says it: soptui office set register-role ROLE."
            )
        )
    if role in desk.roles():
        return
    holders = desk.registry.holders(role, desk.now().date())
    raise Refusal(
        Message(
            "Only {role} signs registers of indicators. Nothing was changed. Holders: {names}.",
            role=role,
            names=", ".join(one.id for one in holders) or "-",
        )
    )
