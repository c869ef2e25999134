"""What officers usually do at each step, so that a plan only has to say who and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from soptui.demo.office import DemoOffice
from soptui.demo.papers import write_pdf, write_table
from soptui.desk import FileToAttach
from soptui.domain.case import Case
from soptui.domain.events import (
    Approve,
    Archive,
    AttachmentKind,
    Complete,
    Datum,
    Details,
    Dispose,
    Letter,
    Receive,
    Request,
    Submit,
    Urgency,
)
from soptui.domain.ids import NO_CASE, UnitId
from soptui.domain.office import Retention
from soptui.domain.receipt import Receipt
from soptui.domain.sop import StepKind

INDICATORS = {
    "seksi-pemerintahan": ("Desa tertib administrasi", "persen", "90", "86"),
    "seksi-pemberdayaan-masyarakat": ("Desa dengan BUMDes aktif", "desa", "12", "11"),
    "seksi-kesejahteraan-rakyat": ("Usulan bantuan yang diverifikasi", "berkas", "240", "238"),
}
"""What each section reports: indicator, unit, target, actual."""

_INSTRUCTIONS = {
    "camat": ("siapkan-bahan", "koordinasikan"),
    "sekretaris": ("tindak-lanjuti", "laporkan"),
}
_NOTES = {
    "camat": "Siapkan bahan pengukuran kinerja, koordinasikan dengan seksi.",
    "sekretaris": "Tindak lanjuti; kumpulkan data dari kasi dan kasubbag.",
}


class Actor:
    """Acts in one case at a time for whichever officer of the office is named.

    Moments are aware. Raises as the desk does, which no plan of the demonstration should bring
    about.
    """

    def __init__(self, office: DemoOffice) -> None:
        self.office = office
        self.case_id = NO_CASE

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.office.desks["camat"].case(self.case_id)

    def act(self, who: str, at: datetime, details: Details, *files: FileToAttach) -> Receipt:
        """Record an act of officer `who` at a moment."""
        self.office.clock.set_to(at)
        return self.office.desks[who].act(self.case_id, details, files=files)

    def register(self, who: str, letter: Letter) -> Receipt:
        """Register a letter with its scan when it was received; the case is acted in from now."""
        self.office.clock.set_to(letter.received)
        scan = FileToAttach(self._scan(letter), AttachmentKind.LETTER)
        receipt = self.office.desks[who].register(letter, files=[scan])
        self.case_id = receipt.case
        return receipt

    def receive(self, who: str, at: datetime) -> Receipt:
        """Take the case in hand."""
        return self.act(who, at, Receive())

    def ask_sections(
        self, who: str, at: datetime, units: tuple[UnitId, ...], due: date | None = None
    ) -> Receipt:
        """Ask sections for the data of the quarter."""
        note = "Mohon data realisasi indikator triwulan beserta bukti dukung."
        return self.act(who, at, Request(units, note, due))

    def answer(self, who: str, at: datetime) -> Receipt:
        """Answer the request made of the officer's own section."""
        unit = self.office.desks[who].posts()[0].unit
        datum = Datum(*INDICATORS[unit])
        rows = (("Indikator", "Satuan", "Target", "Realisasi"), INDICATORS[unit])
        table = write_table(self._paper(f"Data {unit}.csv"), [*rows, (self.case_id,)])
        return self.act(who, at, Submit(unit, data=(datum,)), FileToAttach(table))

    def finish(self, who: str, at: datetime) -> Receipt:
        """Do what the case's step asks, with its output if it has one."""
        details = self._usual(who, at)
        if isinstance(details, Complete):
            return self.act(who, at, details, self._output())
        return self.act(who, at, details)

    def _usual(self, who: str, at: datetime) -> Details:
        case = self.case
        step = case.step
        match step.kind:
            case StepKind.DISPOSE:
                following = case.sop.step_after(step)
                to = (following.actor,) if following else ()
                return Dispose(to, _INSTRUCTIONS[step.actor], _NOTES[step.actor])
            case StepKind.REVIEW | StepKind.APPROVE:
                return Approve(tuple(one.file.sha256 for one in case.current_documents))
            case StepKind.ARCHIVE:
                return self._archive(case, at)
            case _:
                owing = bool(case.open_requests) or not case.requests
                early = "Data cukup dari laporan bulanan." if owing else ""
                application, reference = ("", "")
                if step.number == 5:
                    application, reference = "e-SAKIP", f"Diunggah {at:%d-%m-%Y %H.%M}"
                return Complete(
                    step.requirements, "", application, reference,
                    early if step.kind is StepKind.COLLECT else "",
                )  # fmt: skip

    def _archive(self, case: Case, at: datetime) -> Archive:
        line = self.office.desks["camat"].office.classifications[0]
        kept = line.retention or Retention(0, 0, "permanen")
        subject = case.letter.subject if case.letter else ""
        files = (file for entry in case.entries for file in entry.event.attachments)
        return Archive(
            classification=line.code,
            file_number=f"{line.code}/{case.id[5:]}/{at.year}",
            title=subject,
            items=tuple(dict.fromkeys(file.name for file in files)),
            place="Lemari arsip 1, map Pengukuran Kinerja",
            active_years=kept.active_years,
            inactive_years=kept.inactive_years,
            fate=kept.fate,
            application="e-SAKIP",
            reference=f"Realisasi diinput {at:%d-%m-%Y %H.%M}",
        )

    def _output(self) -> FileToAttach:
        case = self.case
        visit = case.visit
        again = visit.round - 1 if visit else 0
        rework = f" perbaikan {again}" if again else ""
        name = f"{case.step.output} - langkah {case.step.number}{rework}.csv"
        rows = [("Indikator", "Satuan", "Target", "Realisasi"), *INDICATORS.values()]
        table = write_table(self._paper(name), [*rows, (case.id, name)])
        return FileToAttach(table, AttachmentKind.OUTPUT)

    def _scan(self, letter: Letter) -> Path:
        lines = (
            letter.sender.upper(), "", f"Nomor: {letter.number}", f"Hal: {letter.subject}", "",
            letter.summary,
        )  # fmt: skip
        return write_pdf(self._paper(f"Surat {letter.number.replace('/', '-')}.pdf"), lines)

    def _paper(self, name: str) -> Path:
        return self.office.papers / name


def bupati_letter(number: str, quarter: str, received: datetime) -> Letter:
    """The letter with which the Bupati asks for the measurement of a quarter."""
    return Letter(
        number=number,
        date=received.date() - timedelta(days=2),
        received=received,
        sender="Bupati Banyumas",
        subject=f"Pengukuran Data Kinerja Triwulan {quarter} Tahun {received.year}",
        summary="Permintaan pengukuran data kinerja perangkat daerah melalui aplikasi.",
        urgency=Urgency.URGENT,
    )
