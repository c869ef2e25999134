"""What soptui says of a history or a case, in the words in which the independent reader says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from soptui.domain.case import Case, CaseHeader, SectionRequest, Visit
from soptui.domain.events import Correct, Event, Migrate
from soptui.domain.fold import fold, new_case
from soptui.domain.ids import EventId, SopId
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.records.files import case as case_file
from soptui.records.files import codec
from soptui.records.files.sop import sop_from_document, sop_to_document


def state_of(case: Case) -> dict[str, Any]:
    """The state of a case as the reader gives it."""
    return {
        "status": case.status.value,
        "sop_version": case.sop.version,
        "visits": [_visit(visit) for visit in case.visits],
        "requests": [_request(request) for request in case.requests],
        "documents": [
            {"sha256": one.file.sha256, "step": one.step, "round": one.round, "event": one.event}
            for one in case.documents
        ],
        "in_force": [one.file.sha256 for one in case.current_documents],
        "approvals": [
            {
                "step": one.step,
                "documents": list(one.documents),
                "in_force": not one.voided_by,
                "event": one.event,
            }
            for one in case.approvals
        ],
        "effective": [entry.effective for entry in case.entries],
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "step": visit.step,
        "round": visit.round,
        "sender": visit.sender,
        "assignee": visit.assignee,
        "received": visit.received is not None,
        "owner": visit.owner,
        "closed_by": visit.outcome.value if visit.outcome else "",
    }


def _request(request: SectionRequest) -> dict[str, Any]:
    if request.answered is not None:
        state = "answered"
    else:
        state = "withdrawn" if request.withdrawn else "open"
    return {"unit": request.unit, "step": request.step, "round": request.round, "state": state}


def written_sop(sop: Sop) -> tuple[Sop, bytes]:
    """An SOP that was made in memory, as its file has it, with the bytes of that file."""
    data = codec.emit_document(sop_to_document(sop))
    return sop_from_document(codec.parse_document(data), sha256(data).hexdigest()), data


def written_case(
    events: Sequence[tuple[EventId, Event]], sop: Sop, sops: Iterable[Sop], header: CaseHeader
) -> tuple[bytes, Case, dict[tuple[str, int], bytes]]:
    """The file of a case that was made in memory, the case, and the files of its SOP versions.

    Events in memory have any ids; here each gets that of its block, wherever it is named.
    """
    written = {(one.id, one.version): written_sop(one) for one in sops}
    digests = {key: known.digest for key, (known, _) in written.items()}
    head = replace(header, sop_sha256=digests[sop.id, sop.version])
    data = case_file.encode_header(head)
    head_id = case_file.header_id(data)
    known_sops: Mapping[tuple[SopId, int], Sop] = {key: one for key, (one, _) in written.items()}
    case = new_case(head, head_id, known_sops)
    assert case is not None
    ids: dict[EventId, EventId] = {}
    for old_id, event in events:
        there = _with_ids(event, ids, head_id, digests)
        block = case_file.encode_event(there)
        ids[old_id] = codec.block_id(block)
        case = fold(case, [(ids[old_id], there)], known_sops)
        data += block
    return data, case, {key: content for key, (_, content) in written.items()}


def _with_ids(
    event: Event,
    ids: Mapping[EventId, EventId],
    head_id: EventId,
    digests: Mapping[tuple[SopId, int], str],
) -> Event:
    details = event.details
    if isinstance(details, Correct):
        details = replace(details, event=ids.get(details.event, details.event))
    elif isinstance(details, Migrate):
        known = {version: digest for (_, version), digest in digests.items()}
        digest = known.get(details.sop_version, details.sop_sha256)
        details = replace(details, sop_sha256=digest)
    return replace(event, after=ids.get(event.after, head_id), details=details)
