"""An SOP with ways in the small office: forward past rows, back, and early to the end.

1 work  (kasubbag)  Lengkap 2, Ditolak the end
2 review (sekretaris)  Perlu persetujuan 3, Langsung 4; may be returned to 1
3 approve (camat)  to 4; may be returned to 1
4 work  (staff)  Masih ada 1, Selesai the end
filing (staff)
"""

from __future__ import annotations

from hashlib import sha256

from soptui.domain.case import CaseHeader
from soptui.domain.ids import SopId
from soptui.domain.replace import replace
from soptui.domain.sop import END, Endorsement, PartialDate, ReturnEdge, Step, StepKind, Way
from tests.support.case_story import Story
from tests.support.small_office import HEAD, HEADER, PLANNER, SECRETARY, SOP, STAFF

BACK = (ReturnEdge(1, ("koreksi",)),)

BRANCHING = replace(
    SOP,
    id=SopId("bercabang"),
    identity=replace(
        SOP.identity,
        title="Pelayanan Permohonan",
        effective=PartialDate(2026, 1, 1),
        endorsed_by=Endorsement("Camat", "Camat Contoh", "", ""),
    ),
    digest=sha256(b"bercabang").hexdigest(),
    filed_by=STAFF,
    steps=(
        Step(
            1,
            "Memeriksa berkas",
            StepKind.WORK,
            PLANNER,
            output="Draft",
            ways=(Way(2, "Lengkap"), Way(END, "Ditolak")),
        ),
        Step(
            2,
            "Meneliti draft",
            StepKind.REVIEW,
            SECRETARY,
            ways=(Way(3, "Perlu persetujuan"), Way(4, "Langsung")),
            returns=BACK,
        ),
        Step(3, "Menyetujui", StepKind.APPROVE, HEAD, returns=BACK),
        Step(
            4,
            "Menyerahkan",
            StepKind.WORK,
            STAFF,
            ways=(Way(1, "Masih ada"), Way(END, "Selesai")),
        ),
    ),
)
SOPS_WITH_WAYS = {(BRANCHING.id, 1): BRANCHING}
HEADER_OF_BRANCHING: CaseHeader = replace(HEADER, sop=BRANCHING.id, sop_sha256=BRANCHING.digest)


def branching_story() -> Story:
    """A case that is registered and waits at step 1."""
    return Story(sops=SOPS_WITH_WAYS, header=HEADER_OF_BRANCHING).register()
