"""The rules for a commit that records one event of one case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soptui.domain.case import Case
from soptui.domain.events import Event
from soptui.domain.fold import effect_fault, new_case, seen_by_author
from soptui.domain.message import Refusal
from soptui.domain.office import Officer, Registry
from soptui.domain.rules import authority
from soptui.domain.rules_details import files_limit_fault
from soptui.records import case_file, codec, layout, rendering
from soptui.records.commit import Commit, Ident, name_in_git
from soptui.records.findings import Found
from soptui.records.history import Hint
from soptui.records.objects import ObjectFault
from soptui.records.snapshot import CaseFile, Snapshot


def offset_of(moment: datetime) -> str:
    """The UTC offset of an aware time, as Git writes it: `+HHMM`."""
    text = moment.strftime("%z")
    return text[:5]


def ident_of(officer: Officer, moment: datetime) -> Ident:
    """Author and committer of a commit that `officer` makes at `moment`."""
    return Ident(name_in_git(officer.name), officer.mail, int(moment.timestamp()), offset_of(moment))


def check_event(
    before: Snapshot,
    after: Snapshot,
    hints: Sequence[Hint],
    commit: Commit,
    officer: Officer,
    acceptance: Registry,
    genesis: str,
) -> tuple[CaseFile, int]:
    """The case after the commit, and how many attachments came with it. Raises `Found`."""
    changed = [hint for hint in hints if layout.kind_of(hint.path) is layout.Kind.CASE]
    if len(changed) != 1:
        raise Found("several-changes", paths=", ".join(hint.path for hint in hints[:4]))
    hint = changed[0]
    file, block = _grown_case(before, hint)
    try:
        event = case_file.decode_event(block)
    except Refusal as refusal:
        raise Found("case-form", path=hint.path, detail=refusal.message) from None
    event_id = codec.block_id(block)
    if file.case.entry(event_id) is not None:
        raise Found("duplicate-event", path=hint.path)
    if event.by != officer.id:
        raise Found("signer", path=hint.path, by=event.by, officer=officer.id)
    if commit.author != ident_of(officer, event.at):
        raise Found("time", path=hint.path)
    if commit.message != rendering.event_message(file.case.id, event_id, event, genesis):
        raise Found("message", path=hint.path)
    _check_allowed(before, file.case, event, acceptance, hint.path)
    added = [other for other in hints if other is not hint]
    _check_attachments(before, after, event, added)
    return file.with_block(block, before.sops), len(added)


def _grown_case(before: Snapshot, hint: Hint) -> tuple[CaseFile, bytes]:
    """The case before the event, and the one block that the commit appended to its file."""
    if not hint.new:
        raise Found("deleted", path=hint.path)
    try:
        data = before.shelf.reader.read(hint.new, "blob", codec.CASE_LIMIT)
    except ObjectFault as fault:
        raise Found(_object_code(fault), path=hint.path, detail=fault.code) from None
    try:
        header, blocks = codec.split_case(data)
        if hint.old:
            file = before.shelf.case(hint.old, before.sops)
            if not data.startswith(file.data):
                raise Found("case-rewritten", path=hint.path)
            blocks = blocks[len(file.case.entries) :]
        else:
            file = _empty_case(before, header, hint.path)
    except Refusal as refusal:
        raise Found("case-form", path=hint.path, detail=refusal.message) from None
    if len(blocks) != 1:
        raise Found("case-blocks", path=hint.path, count=len(blocks))
    if file.data + blocks[0] != data:
        raise Found("case-rewritten", path=hint.path)
    return file, blocks[0]


def _empty_case(before: Snapshot, header: bytes, path: str) -> CaseFile:
    decoded = case_file.decode_header(header)
    case = new_case(decoded, case_file.header_id(header), before.sops)
    if case is None or layout.case_path(decoded.case) != path:
        raise Found("case-header", path=path)
    return CaseFile(header, case)


def _check_allowed(
    before: Snapshot, case: Case, event: Event, acceptance: Registry, path: str
) -> None:
    """The gate, asked about the case as the author had seen it (design section 5, rule 3)."""
    seen = seen_by_author(case, event, before.sops)
    if seen is None:
        raise Found("unknown-after", path=path)
    registry = before.registry
    closed = authority(registry, seen, event)
    if closed is not None:
        raise Found("authority", path=path, reason=closed.reason)
    if acceptance is not registry:
        closed = authority(acceptance, seen, event)
        if closed is not None:
            raise Found("authority-at-acceptance", path=path, reason=closed.reason)
    closed = effect_fault(seen, event, before.sops) or files_limit_fault(
        event.attachments, registry.office.attachment_limit
    )
    if closed is not None:
        raise Found("not-allowed", path=path, reason=closed.reason)


def _check_attachments(
    before: Snapshot, after: Snapshot, event: Event, added: Sequence[Hint]
) -> None:
    import hashlib

    named = {layout.attachment_path(file.sha256): file for file in event.attachments}
    for hint in added:
        file = named.get(hint.path)
        if file is None:
            raise Found("attachment-unnamed", path=hint.path)
        if hint.old or not hint.new:
            raise Found(
                "deleted" if hint.old and not hint.new else "attachment-digest", path=hint.path
            )
        try:
            content = after.shelf.reader.read(hint.new, "blob", file.size)
        except ObjectFault as fault:
            if fault.code == "size":
                raise Found("attachment-size", path=hint.path, name=file.name) from None
            raise Found(_object_code(fault), path=hint.path, detail=fault.code) from None
        if len(content) != file.size:
            raise Found("attachment-size", path=hint.path, name=file.name)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise Found("attachment-digest", path=hint.path)
    came = {hint.path for hint in added}
    for path, file in named.items():
        if path not in came and not before.lookup(path):
            raise Found("attachment-missing", path=path, name=file.name)


def _object_code(fault: ObjectFault) -> str:
    return "too-large" if fault.code == "size" else "object"
