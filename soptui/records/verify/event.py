"""The rules for a commit that records one event of one case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

from soptui.domain.actions.contents import files_limit_fault
from soptui.domain.authority import authority, has_begun, post_fault
from soptui.domain.case import Case
from soptui.domain.events import Event
from soptui.domain.findings import Found
from soptui.domain.fold import effect_fault, new_case
from soptui.domain.ids import EventId, ObjectId
from soptui.domain.message import Refusal
from soptui.domain.seen import lesser_views, seen_by_author
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.commit_message import ident_of
from soptui.records.files.layout import Kind
from soptui.records.files.snapshot import CaseFile, Snapshot
from soptui.records.git.objects import ObjectFault
from soptui.records.git.tree_cache import Change
from soptui.records.verify.judged import Judged, day_at


def check_event(judged: Judged) -> Found | None:
    """Raises `Found` when the commit is refused; returns one when it only deserves a warning.

    The case as the commit leaves it is kept on the snapshot's shelf.
    """
    case = _only_case(judged.changes)
    before = judged.before
    file, block = _grown_case(before, case)
    try:
        event = case_file.decode_event(block)
    except Refusal as refusal:
        raise Found("case-form", path=case.path, detail=refusal.message) from None
    event_id = codec.block_id(block)
    if file.case.entry(event_id) is not None:
        raise Found("duplicate-event", path=case.path)
    if event.by != judged.officer.id:
        raise Found("signer", path=case.path, by=event.by, officer=judged.officer.id)
    if judged.commit.author != ident_of(judged.officer, event.at):
        raise Found("time", path=case.path)
    seen = _seen_when_allowed(judged, file.case, event_id, event, case.path)
    _check_begun(judged, event, case.path)
    _check_attachments(judged, event, [change for change in judged.changes if change is not case])
    grown = file.with_event(block, event_id, event, before.sops, takes_effect=seen is file.case)
    before.shelf.keep_case(case.new, grown, instead_of=case.old)
    return _late(judged, event)


def _only_case(changes: Sequence[Change]) -> Change:
    """The one case that the commit changes."""
    cases = [change for change in changes if layout.kind_of(change.path) is Kind.CASE]
    attachments = sum(layout.kind_of(change.path) is Kind.ATTACHMENT for change in changes)
    if len(cases) != 1 or len(changes) != 1 + attachments:
        raise Found("several-changes", paths=", ".join(change.path for change in changes[:4]))
    return cases[0]


def _grown_case(before: Snapshot, change: Change) -> tuple[CaseFile, bytes]:
    """The case before the event, and the one block that the commit appended to its file."""
    try:
        data = before.shelf.reader.read(change.new, "blob", codec.CASE_LIMIT)
    except ObjectFault as fault:
        raise _object_found(fault, change.path) from None
    try:
        if change.old:
            file = before.shelf.case(change.old, before.sops)
        else:
            file = _empty_case(before, codec.split_case(data)[0], change.path)
        if not data.startswith(file.data):
            raise Found("case-rewritten", path=change.path)
        # The old file ends with a line feed and its last line is no header, so that together they
        # are cut where the old file was.
        block = data[len(file.data) :]
        if not block.startswith(codec.BLOCK_START):
            raise Found("case-blocks" if not block else "case-form", path=change.path,
                        count=0, detail="")  # fmt: skip
        count = block.count(codec.BLOCK_START)
    except Refusal as refusal:
        raise Found("case-form", path=change.path, detail=refusal.message) from None
    if count != 1:
        raise Found("case-blocks", path=change.path, count=count)
    return file, block


def _empty_case(before: Snapshot, header: bytes, path: str) -> CaseFile:
    decoded = case_file.decode_header(header)
    case = new_case(decoded, case_file.header_id(header), before.sops)
    if case is None or layout.case_path(decoded.case) != path:
        raise Found("case-header", path=path)
    # Whoever registers does not choose the rules. Offline, the newest is the one that is known.
    if case.sop is not before.newest_sop(decoded.sop):
        raise Found("case-header", path=path)
    if case.sop.id in before.registry.office.withdrawn_sops:
        raise Found("sop-withdrawn", path=path, sop=case.sop.id)
    return CaseFile(header, case)


def _seen_when_allowed(
    judged: Judged, case: Case, event_id: EventId, event: Event, path: str
) -> Case:
    """The case as its author had seen it when the gate allowed the event; raises `Found`."""
    sops, earlier = judged.before.sops, judged.before.shelf.earlier
    seen = seen_by_author(case, event, sops, earlier)
    if seen is None:
        raise Found("unknown-after", path=path)
    try:
        _check_message(judged, seen, event_id, event, path)
        _check_allowed(judged, seen, event, path)
    except Found:
        for less in lesser_views(case, event, sops, earlier):
            with suppress(Found):
                _check_message(judged, less, event_id, event, path)
                _check_allowed(judged, less, event, path)
                return less
        raise
    return seen


def _check_message(judged: Judged, seen: Case, event_id: EventId, event: Event, path: str) -> None:
    """The message follows from the event, and from the SOP as its author had it."""
    message = commit_message.event_message(
        seen.id, event_id, event, judged.genesis, is_review=seen.is_review(event)
    )
    if judged.commit.message != message:
        raise Found("message", path=path)


def _check_allowed(judged: Judged, seen: Case, event: Event, path: str) -> None:
    """The gate, asked about the case as the author had seen it (record format 6, rule 4)."""
    registry = judged.before.registry
    closed = authority(registry, seen, event)
    if closed is not None:
        raise Found("authority", path=path, reason=closed.reason)
    if judged.acceptance is not registry:
        closed = post_fault(judged.acceptance, event)
        if closed is not None:
            raise Found("authority-at-acceptance", path=path, reason=closed.reason)
    closed = effect_fault(seen, event, judged.before.sops) or files_limit_fault(
        event.attachments, registry.office.attachment_limit
    )
    if closed is not None:
        raise Found("not-allowed", path=path, reason=closed.reason)


def _check_begun(judged: Judged, event: Event, path: str) -> None:
    """Nobody acts in a post by dating the act to when it will have begun."""
    latest = judged.latest_before_claim
    if latest is None:
        return
    for registry in (judged.before.registry, judged.acceptance):
        if not has_begun(registry, event, day_at(latest, registry)):
            raise Found("early-post", path=path, officer=event.by)


def _check_attachments(judged: Judged, event: Event, added: Sequence[Change]) -> None:
    named = {layout.attachment_path(file.sha256): file for file in event.attachments}
    for change in added:
        file = named.get(change.path)
        if file is None:
            raise Found("attachment-unnamed", path=change.path)
        if change.old:
            raise Found("attachment-digest", path=change.path)
        content = _content(judged, change.path, change.new, file.name, file.size)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise Found("attachment-digest", path=change.path)
    came = {change.path for change in added}
    for path, file in named.items():
        if path in came:
            continue
        known = judged.before.lookup(path)
        if not known:
            raise Found("attachment-missing", path=path, name=file.name)
        _content(judged, path, known, file.name, file.size)


def _content(judged: Judged, path: str, oid: ObjectId, name: str, size: int) -> bytes:
    """The bytes of an attachment, which must be as many as the event says."""
    try:
        content = judged.after.shelf.reader.read(oid, "blob", size)
    except ObjectFault as fault:
        if fault.code == "size":
            raise Found("attachment-size", path=path, name=name) from None
        raise _object_found(fault, path) from None
    if len(content) != size:
        raise Found("attachment-size", path=path, name=name)
    return content


def _late(judged: Judged, event: Event) -> Found | None:
    """Whether the post named had ended when the event came in, by the time of what it came after.

    That time is a claim too, but of somebody else's.
    """
    posts = [
        post
        for post in judged.officer.posts
        if post.role == event.role and post.capacity is event.capacity
    ]
    if any(post.ends is None for post in posts):
        return None
    try:
        day = day_at(judged.accepted_at, judged.acceptance)
    except Found:
        return None
    if any(post.ends is not None and day <= post.ends for post in posts):
        return None
    return Found("late-post", officer=event.by)


def _object_found(fault: ObjectFault, path: str) -> Found:
    code = "too-large" if fault.code == "size" else "object"
    return Found(code, path=path, detail=f"{path} ({fault.code})")
