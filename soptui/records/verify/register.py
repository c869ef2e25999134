"""The rules for a commit that adds a register of indicators."""

from __future__ import annotations

import hashlib

from soptui.domain.findings import Found
from soptui.domain.measure.finding import Severity
from soptui.domain.measure.register import Register
from soptui.domain.measure.register_check.check import check_register as findings_of
from soptui.domain.measure.register_check.succession import findings_of_succession
from soptui.domain.message import Message, Refusal
from soptui.records.files import layout
from soptui.records.files.change_message import message_of_change
from soptui.records.files.layout import Kind
from soptui.records.files.register import read_register
from soptui.records.files.snapshot import Snapshot
from soptui.records.git.objects import ObjectFault
from soptui.records.git.tree_cache import Change
from soptui.records.verify.admin_rules import day_of_keeper
from soptui.records.verify.judged import Judged


def check_register(judged: Judged) -> None:
    """One new register with its scan, by who signs registers. Raises `Found`."""
    before, changes = judged.before, judged.changes
    registers = [one for one in changes if layout.kind_of(one.path) is Kind.REGISTER]
    others = [one for one in changes if one not in registers]
    attached = [one for one in others if layout.kind_of(one.path) is Kind.ATTACHMENT]
    if len(registers) != 1 or len(attached) != len(others):
        raise Found("several-changes", paths=", ".join(change.path for change in changes[:4]))
    (change,) = registers
    role = before.registry.office.register_role
    if not role:
        raise Found("register-role", path=change.path, officer=judged.officer.id)
    day_of_keeper(judged, role, "register-role")
    if change.old:
        raise Found("register-immutable", path=change.path)
    data, register = _read(judged, change)
    message = message_of_change(before, change.path, data, judged.officer.id, judged.genesis)
    if judged.commit.message != message:
        raise Found("message", path=change.path)
    fault = register_fault(before, register)
    if fault is not None:
        raise Found("register-form", path=change.path, detail=fault)
    _check_scan(judged, register, attached)


def register_fault(before: Snapshot, register: Register) -> Message | None:
    """The first reason why this register cannot be added to the records, or None."""
    sections = {unit.id for unit in before.registry.office.offered_units()}
    found = list(findings_of(register, sections))
    if register.version > 1:
        old = before.register(register.year, register.version - 1)
        if old is None:
            return Message(
                "After version {version} of {year} comes version {next}.",
                version=_newest(before, register.year),
                year=register.year,
                next=_newest(before, register.year) + 1,
            )
        found += findings_of_succession(register, old)
    return next((one.message for one in found if one.severity is Severity.ERROR), None)


def _newest(before: Snapshot, year: int) -> int:
    """The highest version of the year's register; 0 where there is none."""
    return max((one.version for one in before.registers() if one.year == year), default=0)


def _read(judged: Judged, change: Change) -> tuple[bytes, Register]:
    """The register's bytes and what they say, which must fit the path."""
    try:
        data = judged.after.shelf.file(change.new)
    except ObjectFault as fault:
        code = "too-large" if fault.code == "size" else "object"
        raise Found(code, path=change.path, detail=f"{change.path} ({fault.code})") from None
    try:
        register = read_register(data)
    except Refusal as refusal:
        raise Found("admin-form", path=change.path, detail=refusal.message) from None
    if layout.register_path(register.year, register.version) != change.path:
        raise Found("path", path=change.path)
    return data, register


def _check_scan(judged: Judged, register: Register, attached: list[Change]) -> None:
    """The signed agreement is in the records, and nothing else came along."""
    path = layout.attachment_path(register.basis_sha256)
    for change in attached:
        if change.path != path:
            raise Found("attachment-unnamed", path=change.path)
    oid = judged.after.lookup(path)
    if not oid:
        raise Found("attachment-missing", path=path, name=register.basis_sha256[:12])
    if not attached:
        return
    if attached[0].old:
        raise Found("attachment-digest", path=path)
    limit = judged.before.registry.office.attachment_limit
    try:
        content = judged.after.shelf.reader.read(oid, "blob", limit)
    except ObjectFault as fault:
        code = "attachment-size" if fault.code == "size" else "object"
        detail = f"{path} ({fault.code})"
        raise Found(code, path=path, name=register.basis_sha256[:12], detail=detail) from None
    if hashlib.sha256(content).hexdigest() != register.basis_sha256:
        raise Found("attachment-digest", path=path)
