"""A small office and its SOP, which has the shape of the office's first one (domain.md 6)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from soptui.domain.case import CaseHeader
from soptui.domain.ids import CaseId, EventId, RoleId, SopId, UnitId
from soptui.domain.office import (
    ADMINISTRATOR,
    Capacity,
    Instruction,
    Office,
    Officer,
    Post,
    Registry,
    Unit,
)
from soptui.domain.replace import replace
from soptui.domain.sop import Identity, ReturnEdge, ReturnReason, Role, Sop, Sops, Step, StepKind
from tests.support.office_parts import officer_with, post

HEAD_ID = EventId(sha256(b"the header of the case").hexdigest())

REGISTRAR = RoleId("staff-penerima-surat")
STAFF = RoleId("staff")
PLANNER = RoleId("kasubbag-pk")
SECTION = RoleId("kasubbag-seksi-lain")
SECRETARY = RoleId("sekretaris")
HEAD = RoleId("camat")

IDENTITY = Identity(
    title="Pengukuran Data Kinerja",
    number="1/SOP",
    agency="Kecamatan Ajibarang",
    address="Jalan Raya Ajibarang No 02",
    created=None,
    revised=None,
    effective=None,
    review_due=None,
    endorsed_by=None,
)

ROLES = (
    Role(REGISTRAR, "Staff Penerima Surat", "SPS"),
    Role(STAFF, "Staff", "STF"),
    Role(PLANNER, "Kasubbag Perencanaan dan Keuangan", "KPK"),
    Role(SECTION, "Kasubag dan Seksi Lainnya", "KSL", several=True),
    Role(SECRETARY, "Sekretaris", "SEK"),
    Role(HEAD, "Camat", "CMT"),
)

REASONS = (
    ReturnReason("surat-kurang", "Surat tidak lengkap"),
    ReturnReason("mohon-arahan", "Mohon arahan"),
    ReturnReason("data-kurang", "Data belum lengkap"),
    ReturnReason("koreksi", "Koreksi angka atau redaksi"),
    ReturnReason("aplikasi", "Aplikasi menolak"),
)


def _steps() -> tuple[Step, ...]:
    def edges(reason: str, *targets: int) -> tuple[ReturnEdge, ...]:
        return tuple(ReturnEdge(target, (reason,)) for target in targets)

    return (
        Step(
            1,
            "Mendisposisi ke Sekretaris",
            StepKind.DISPOSE,
            HEAD,
            returns=edges("surat-kurang", 0),
        ),
        Step(
            2,
            "Mendisposisi ke Kasubbag",
            StepKind.DISPOSE,
            SECRETARY,
            returns=edges("mohon-arahan", 1),
        ),
        Step(
            3,
            "Mengumpulkan data",
            StepKind.COLLECT,
            PLANNER,
            involved=(SECTION,),
            requirements=("Disposisi Sekretaris",),
            output="Bahan",
            returns=edges("mohon-arahan", 2),
        ),
        Step(
            4,
            "Menyiapkan data",
            StepKind.WORK,
            STAFF,
            output="Draft",
            returns=edges("data-kurang", 3),
        ),
        Step(
            5,
            "Mengolah data",
            StepKind.WORK,
            PLANNER,
            output="Konsep",
            returns=edges("data-kurang", 4, 3),
        ),
        Step(
            6,
            "Meneruskan konsep",
            StepKind.REVIEW,
            SECRETARY,
            returns=edges("koreksi", 5),
            distinct_from=(5,),
        ),
        Step(
            7,
            "Menyetujui konsep",
            StepKind.APPROVE,
            HEAD,
            returns=edges("koreksi", 6, 5),
            distinct_from=(5,),
        ),
        Step(8, "Mengarsipkan", StepKind.ARCHIVE, STAFF, returns=edges("aplikasi", 7, 5)),
    )


def sop_of(version: int, steps: Sequence[Step]) -> Sop:
    """An SOP version with these steps; everything else is the same in all."""
    return Sop(
        id=SopId("pengukuran"),
        version=version,
        identity=IDENTITY,
        head=HEAD,
        roles=ROLES,
        registration=Step(0, "Mencatat surat", StepKind.REGISTER, REGISTRAR),
        steps=tuple(steps),
        return_reasons=REASONS,
        digest=sha256(f"version {version}".encode()).hexdigest(),
    )


def _merged_steps() -> tuple[Step, ...]:
    """The second version: the staff's step 4 falls together with 5, and 6 to 8 become 5 to 7."""
    one, two, three, _, five, six, seven, eight = _steps()
    return (
        one,
        two,
        three,
        replace(five, number=4, returns=(ReturnEdge(3, ("data-kurang",)),)),
        replace(six, number=5, returns=(ReturnEdge(4, ("koreksi",)),), distinct_from=(4,)),
        replace(seven, number=6, returns=(ReturnEdge(5, ("koreksi",)),), distinct_from=(4,)),
        replace(
            eight, number=7, returns=(ReturnEdge(6, ("aplikasi",)), ReturnEdge(4, ("aplikasi",)))
        ),
    )


SOP = sop_of(1, _steps())
MERGED = sop_of(2, _merged_steps())
MERGED_MAPPING = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (7, 6), (8, 7))
SOPS: Sops = {(SOP.id, 1): SOP, (MERGED.id, 2): MERGED}
HEADER = CaseHeader(1, CaseId("2026-k7m3qd9x"), SOP.id, 1, SOP.digest)


def officer(name: str, *posts: Post) -> Officer:
    """An officer with a key, whose id is also their name."""
    return officer_with(name, name, *posts)


OFFICERS = (
    officer("penerima-1", post(REGISTRAR)),
    officer("staff-1", post(STAFF)),
    officer("staff-2", post(STAFF)),
    officer("kasubbag-1", post(PLANNER), post(SECRETARY, Capacity.ACTING)),
    officer("kasubbag-2", post(PLANNER, Capacity.ACTING)),
    officer("kasi-1", post(SECTION, unit="pemerintahan")),
    officer("kasi-2", post(SECTION, unit="kesra")),
    officer("kasi-3", post(SECTION, unit="ketentraman")),
    officer("sekretaris-1", post(SECRETARY), post(HEAD, Capacity.DAILY_ACTING)),
    officer("camat-1", post(HEAD)),
    officer("admin-1", post(ADMINISTRATOR)),
)
UNITS = {"pemerintahan": "kasi-1", "kesra": "kasi-2", "ketentraman": "kasi-3"}
OFFICE = Office(
    format=1,
    id="ajibarang",
    name="Kecamatan Ajibarang",
    regency="Kabupaten Banyumas",
    address="Jalan Raya Ajibarang No 02",
    utc_offset=420,
    attachment_limit=1_000_000,
    units=tuple(Unit(UnitId(unit), unit.title()) for unit in UNITS),
    instructions=(Instruction(1, "tindak-lanjuti", "Untuk ditindaklanjuti"),),
)
REGISTRY = Registry(OFFICE, {one.id: one for one in OFFICERS})

USUAL = {
    REGISTRAR: "penerima-1",
    STAFF: "staff-1",
    PLANNER: "kasubbag-1",
    SECRETARY: "sekretaris-1",
    HEAD: "camat-1",
}
"""Who holds each role definitively, and so acts when a story names nobody."""
