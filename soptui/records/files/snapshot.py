"""The records as they stand at one tree: office, officers, SOPs, calendars, registers, cases.

A `Shelf` keeps what was read by its content's id, so that snapshots of neighbouring commits share
all that did not change between them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.case import Case
from soptui.domain.events import Event
from soptui.domain.fold import apply, fold, new_case, take_effect
from soptui.domain.ids import NO_OBJECT, CaseId, EventId, ObjectId, OfficerId, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer, Registry
from soptui.domain.seen import Earlier
from soptui.domain.sop import Sop
from soptui.records.files import case as case_file
from soptui.records.files import codec, layout
from soptui.records.git.objects import Reads, object_id
from soptui.records.git.tree_cache import Trees

if TYPE_CHECKING:
    from soptui.domain.measure.register import Register
    from soptui.domain.time.calendar import Calendar

_KEPT_CASE_BYTES = 24 * 1024 * 1024
_KEPT_REGISTRIES = 64
_KEPT_SNAPSHOTS = 64


class MissingRecord(Refusal):
    """The records do not hold what was asked for."""


class CaseFile(Struct, frozen=True):
    """A case with the bytes it was folded from."""

    data: bytes
    case: Case

    def with_block(self, block: bytes, sops: Mapping[tuple[SopId, int], Sop]) -> CaseFile:
        """The file after one more block. Raises `CaseFault` or the codec's fault."""
        event = case_file.decode_event(block)
        return self.with_event(block, codec.block_id(block), event, sops)

    def with_event(
        self,
        block: bytes,
        event_id: EventId,
        event: Event,
        sops: Mapping[tuple[SopId, int], Sop],
        *,
        takes_effect: bool = False,
    ) -> CaseFile:
        """The file after one more block, which holds `event`.

        `takes_effect` when it is known already that it does.
        """
        step = take_effect if takes_effect else apply
        return CaseFile(self.data + block, step(self.case, event_id, event, sops))


class Shelf:
    """What was read from an object store, kept by content id.

    Whatever reads raises `ObjectFault`, `TreeFault`, and a `Refusal` for a file that is damaged.
    `verified` when only cases of verified commits will be read.
    """

    def __init__(self, reader: Reads, *, verified: bool = False) -> None:
        self.reader = reader
        self._verified = verified
        self.trees = Trees(reader)
        self._registries: OrderedDict[tuple[str, str], Registry] = OrderedDict()
        self._sops: OrderedDict[str, Mapping[tuple[SopId, int], Sop]] = OrderedDict()
        self._calendars: dict[str, tuple[Calendar, ...]] = {}
        self._registers: dict[str, Register] = {}
        self._officers: dict[str, Officer] = {}
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()
        self._cases: OrderedDict[ObjectId, CaseFile] = OrderedDict()
        self._case_bytes = 0
        self.earlier = Earlier()

    def snapshot(self, root: ObjectId) -> Snapshot:
        """The records at the tree `root`."""
        known = self._snapshots.get(root)
        if known is None:
            known = self._snapshots[root] = Snapshot(self, root)
            if len(self._snapshots) > _KEPT_SNAPSHOTS:
                self._snapshots.popitem(last=False)
        return known

    def file(self, oid: ObjectId) -> bytes:
        """The bytes of an office, officer, SOP, calendar, register or signers file."""
        return self.reader.read(oid, "blob", codec.DOCUMENT_LIMIT)

    def registry(self, office: ObjectId, officers: ObjectId) -> Registry:
        """The registry made of the office file and the officers' folder with these ids."""
        known = self._registries.get((office, officers))
        if known is None:
            known = self._read_registry(office, officers)
            self._registries[office, officers] = known
            if len(self._registries) > _KEPT_REGISTRIES:
                self._registries.popitem(last=False)
        return known

    def sops(self, folder: ObjectId) -> Mapping[tuple[SopId, int], Sop]:
        """Every SOP version in the folder with this id."""
        known = self._sops.get(folder)
        if known is None:
            known = dict(self._read_sops(folder)) if folder else {}
            self._sops[folder] = known
        return known

    def calendars(self, folder: ObjectId) -> tuple[Calendar, ...]:
        """Every calendar in the folder with this id, by year."""
        known = self._calendars.get(folder)
        if known is None:
            known = tuple(self._read_calendars(folder)) if folder else ()
            self._calendars[folder] = known
        return known

    def register(self, oid: ObjectId) -> Register:
        """The register of indicators in the file with this content id."""
        known = self._registers.get(oid)
        if known is None:
            from soptui.records.files.register import read_register

            known = self._registers[oid] = read_register(self.file(oid))
        return known

    def keep_case(self, oid: ObjectId, file: CaseFile, *, instead_of: ObjectId = NO_OBJECT) -> None:
        """Remember a case by the id of its file's content, and forget an older state of it."""
        self._forget_case(instead_of)
        self._forget_case(oid)
        self._cases[oid] = file
        self._case_bytes += len(file.data)
        while self._case_bytes > _KEPT_CASE_BYTES and len(self._cases) > 1:
            self._forget_case(next(iter(self._cases)))

    def _forget_case(self, oid: ObjectId) -> None:
        dropped = self._cases.pop(oid, None)
        if dropped is not None:
            self._case_bytes -= len(dropped.data)

    def case(self, oid: ObjectId, sops: Mapping[tuple[SopId, int], Sop]) -> CaseFile:
        """The case in the file with this content id. Raises a `Refusal` when it is damaged."""
        known = self._cases.get(oid)
        if known is None:
            data = self.reader.read(oid, "blob", codec.CASE_LIMIT)
            known = read_case(data, sops, verified=self._verified)
            self.keep_case(oid, known)
        return known

    def known_case(self, oid: ObjectId) -> CaseFile | None:
        """The case in the file with this content id, if it was read or made before."""
        return self._cases.get(oid)

    def case_of(self, data: bytes, sops: Mapping[tuple[SopId, int], Sop]) -> CaseFile:
        """The case in these bytes. Raises a `Refusal` when they are damaged."""
        oid = object_id("blob", data)
        known = self._cases.get(oid)
        if known is None:
            known = read_case(data, sops, verified=self._verified)
            self.keep_case(oid, known)
        return known

    def _read_registry(self, office: ObjectId, officers: ObjectId) -> Registry:
        from soptui.records.files.office import office_from_document, officer_from_document

        listed = dict(self.trees.files(officers)) if officers else {}
        unread = list(dict.fromkeys(oid for oid in listed.values() if oid not in self._officers))
        contents = self.reader.read_many(unread, "blob", codec.DOCUMENT_LIMIT)
        for oid, data in zip(unread, contents, strict=True):
            self._officers[oid] = officer_from_document(codec.parse_document(data))
        people = {
            OfficerId(name.removesuffix(".toml")): self._officers[oid]
            for name, oid in listed.items()
        }
        return Registry(office_from_document(codec.parse_document(self.file(office))), people)

    def _read_sops(self, folder: ObjectId) -> Iterator[tuple[tuple[SopId, int], Sop]]:
        for _, oid in self.trees.files(folder):
            sop = read_sop(self.file(oid))
            yield (sop.id, sop.version), sop

    def _read_calendars(self, folder: ObjectId) -> Iterator[Calendar]:
        from soptui.records.files.calendar import calendar_from_document

        for _, oid in self.trees.files(folder):
            yield calendar_from_document(codec.parse_document(self.file(oid)))


def read_sop(data: bytes) -> Sop:
    """The SOP in a file's bytes. Raises a `Refusal` when it is not in form."""
    import hashlib

    from soptui.records.files.sop import sop_from_document

    return sop_from_document(codec.parse_document(data), hashlib.sha256(data).hexdigest())


def read_case(
    data: bytes, sops: Mapping[tuple[SopId, int], Sop], *, verified: bool = False
) -> CaseFile:
    """The case in a file's bytes. Raises a `Refusal` when the file is damaged.

    Of a file that was `verified`, the gate need not be asked again about events each of which
    builds on the one before: the verifier asked it about each of them in just that case.
    """
    header, blocks = codec.split_case(data)
    case = new_case(case_file.decode_header(header), case_file.header_id(header), sops)
    if case is None:
        raise MissingRecord(
            Message(
                "The records lack the SOP under which this case runs. Nothing was changed. soptui "
                "verify --full tells more."
            )
        )
    for position, block in enumerate(blocks):
        event = case_file.decode_event(block)
        if not verified or event.after != case.last_id:
            rest = blocks[position + 1 :]
            events = ((codec.block_id(one), case_file.decode_event(one)) for one in rest)
            case = apply(case, codec.block_id(block), event, sops)
            return CaseFile(data, fold(case, events, sops))
        case = take_effect(case, codec.block_id(block), event, sops)
    return CaseFile(data, case)


class Snapshot(Struct, frozen=True, dict=True):
    """The records at one tree, named by its id."""

    shelf: Shelf
    root: ObjectId

    def lookup(self, path: str) -> ObjectId:
        """The id of what is at `path`; empty when nothing is."""
        return self.shelf.trees.lookup(self.root, path)

    @cached_property
    def registry(self) -> Registry:
        """The office and its officers. Raises `MissingRecord`, and as `Shelf` does."""
        top = self.shelf.trees.top(self.root)
        office = top.get(layout.OFFICE, NO_OBJECT)
        if not office:
            raise MissingRecord(
                Message(
                    "The records have no office file. Nothing was changed. soptui verify --full "
                    "tells more."
                )
            )
        return self.shelf.registry(office, top.get("officers", NO_OBJECT))

    @cached_property
    def sops(self) -> Mapping[tuple[SopId, int], Sop]:
        """Every SOP version, by id and version."""
        return self.shelf.sops(self.shelf.trees.top(self.root).get("sops", NO_OBJECT))

    def newest_sop(self, sop_id: SopId) -> Sop | None:
        """The highest version of an SOP, or None."""
        versions = [sop for (name, _), sop in self.sops.items() if name == sop_id]
        return max(versions, key=lambda sop: sop.version, default=None)

    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars, by year."""
        return self.shelf.calendars(self.lookup("calendars"))

    def register(self, year: int, version: int) -> Register | None:
        """This version of the year's register of indicators, or None."""
        oid = self.lookup(layout.register_path(year, version))
        return self.shelf.register(oid) if oid else None

    def registers(self) -> tuple[Register, ...]:
        """Every register of indicators, by year and version."""
        folder = self.lookup("registers")
        found = (
            [self.shelf.register(oid) for _, oid in self.shelf.trees.files(folder)]
            if folder
            else []
        )
        return tuple(sorted(found, key=lambda one: (one.year, one.version)))

    def case_ids(self) -> Iterator[tuple[CaseId, ObjectId]]:
        """Every case's id, with the id of its file's content."""
        folder = self.lookup("cases")
        for path, oid in self.shelf.trees.files(folder) if folder else ():
            yield layout.case_of_path(path), oid

    def case_file(self, case_id: CaseId) -> CaseFile | None:
        """A case with its bytes, or None. Raises a `Refusal` when its file is damaged."""
        if not layout.is_case_id(case_id):
            return None
        oid = self.lookup(layout.case_path(case_id))
        return self.shelf.case(oid, self.sops) if oid else None
