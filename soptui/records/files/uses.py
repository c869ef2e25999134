"""Who names an entry of the office file's lists: posts, registers, what was signed in cases."""

from __future__ import annotations

from collections.abc import Collection

from soptui.domain.administration.office_parts import (
    SECTION,
    Entry,
    named_by_event,
    named_by_officer,
)
from soptui.records.files import case as case_file
from soptui.records.files import codec, layout
from soptui.records.files.snapshot import Snapshot


def uses_of(snapshot: Snapshot, wanted: Collection[Entry]) -> dict[Entry, tuple[str, ...]]:
    """For each of the entries that something names, the ids of the officers and cases that do.

    Of a register that does it is the path.

    Cases are read only where an entry's id stands in their file at all. Raises as snapshots do.
    """
    found: dict[Entry, dict[str, None]] = {}
    for _, officer in sorted(snapshot.registry.officers.items()):
        for entry in named_by_officer(officer):
            if entry in wanted:
                found.setdefault(entry, {})[officer.id] = None
    for register in snapshot.registers():
        lines, indicators = register.lines, register.indicators
        owners = [line.owner for line in lines] + [one.owner for one in indicators]
        for owner in owners:
            entry = (SECTION.word, owner)
            if entry in wanted:
                name = layout.register_path(register.year, register.version)
                found.setdefault(entry, {})[name] = None
    ids = [f'"{entry_id}"'.encode() for _, entry_id in wanted]
    cases = sorted(snapshot.case_ids()) if ids else []
    contents = snapshot.shelf.reader.read_many((oid for _, oid in cases), "blob", codec.CASE_LIMIT)
    for (case_id, _), data in zip(cases, contents, strict=True):
        if not any(one in data for one in ids):
            continue
        for block in codec.split_case(data)[1]:
            for entry in named_by_event(case_file.decode_event(block).details):
                if entry in wanted:
                    found.setdefault(entry, {})[case_id] = None
    return {entry: tuple(users) for entry, users in found.items()}
