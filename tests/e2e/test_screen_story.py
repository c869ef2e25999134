"""A case from letter to archive, by six officers at six screens, with the keyboard alone."""

from __future__ import annotations

import subprocess

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.case import Status
from soptui.domain.events import Action
from tests.e2e.acting import assert_sound, the_only_case
from tests.e2e.officer import OfficerAtScreen, desk_options
from tests.e2e.papers import Papers
from tests.e2e.terminal import Tmux
from tests.support.programs import SOPTUI

pytestmark = pytest.mark.slow

SUBJECT = "Pengukuran Kinerja TW IV"
SECTION = "kasi-pemerintahan"
OFFICERS = ("penerima-surat", "camat", "sekretaris", "kasubbag-pk", SECTION, "staff-1")


@pytest.fixture
def at(tmux: Tmux, office: DemoOffice) -> dict[str, OfficerAtScreen]:
    """Six officers, each at a screen of their own."""
    return {who: OfficerAtScreen.sits_down(tmux, office, who) for who in OFFICERS}


def test_six_officers_walk_a_case_from_the_letter_to_the_archive(
    office: DemoOffice, at: dict[str, OfficerAtScreen]
) -> None:
    papers = Papers(office)
    registrar, camat, secretary, head, section, staff = (at[who] for who in OFFICERS)
    for officer in at.values():
        officer.goes_to("tray")

    registrar.does(
        Action.REGISTER,
        number="000.8.6/2401/2026", date="kemarin", sender="Bupati Banyumas", subject=SUBJECT,
        summary="Mohon data melalui aplikasi.", urgency="Segera", file=papers.letter(SUBJECT),
    )  # fmt: skip

    camat.finds(SUBJECT, step=1)
    camat.receives()
    camat.does(
        Action.DISPOSE,
        instructions=("Koordinasi", "Untuk ditindak"),
        note="Koordinasikan dengan seksi.",
    )

    secretary.finds(SUBJECT, step=2)
    secretary.receives()
    secretary.does(Action.DISPOSE, instructions=("Proses lebih",), note="Kumpulkan data.")

    head.finds(SUBJECT, step=3)
    head.receives()
    head.opens(SUBJECT)
    others = ("Seksi Pemberdayaan", "Seksi Kesejahteraan")
    head.does(Action.REQUEST, units=others, note="Mohon data realisasi.", due="+2 hari kerja")

    section.finds(SUBJECT, step=3)
    section.does(
        Action.SUBMIT, data="Desa tertib | persen | 90 | 86", file=papers.table("bukti.csv", "86")
    )

    head.finishes_step(papers.table("bahan.csv", "86"))
    staff.finds(SUBJECT, step=4)
    staff.receives()
    staff.finishes_step(papers.table("draft.csv", "86"))
    head.finds(SUBJECT, step=5)
    head.receives()
    head.finishes_step(papers.table("konsep.csv", "68"), reference="Unggah 1/2026")

    secretary.finds(SUBJECT, step=6)
    secretary.receives()
    secretary.does(Action.RETURN, reason="Koreksi", note="Angka tidak sama dengan bukti.")

    head.finds(SUBJECT, step=5)
    head.receives()
    head.finishes_step(papers.table("konsep-benar.csv", "86"), reference="Unggah 2/2026")

    secretary.finds(SUBJECT, step=6)
    secretary.receives()
    secretary.does(Action.APPROVE)
    camat.finds(SUBJECT, step=7)
    camat.receives()
    camat.does(Action.APPROVE, note="Setuju.")

    staff.finds(SUBJECT, step=8)
    staff.receives()
    last = staff.does(
        Action.ARCHIVE,
        file_number="000.8.6.3/12/2026", place="Lemari 1, map 3", reference="Input 30/2026",
    )  # fmt: skip

    case = the_only_case(office)
    assert case.status is Status.DONE
    assert [visit.step for visit in case.visits] == [0, 1, 2, 3, 4, 5, 6, 5, 6, 7, 8]
    assert all(entry.effective for entry in case.entries)
    assert office.repository.head().startswith(last)
    assert_sound(office)
    verified = soptui(office, "camat", "verify")
    assert verified.returncode == 0, verified.stderr


def soptui(office: DemoOffice, who: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of soptui at an officer's desk."""
    return subprocess.run(
        (*SOPTUI, *words, *desk_options(office, who)),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
