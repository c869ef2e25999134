"""One whole case from the Bupati's letter to the archive, told line by line, and then checked.

One step is late and one piece of work is returned, so that both are seen. Afterwards the verifier
reads the whole history again, and stock Git gives its own opinion.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import datetime, time

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.demo.people import ADMIN, SECTIONS
from soptui.desk.words.acts import info_of_entry
from soptui.domain.case import Visit
from soptui.domain.events import Return
from soptui.domain.receipt import Receipt
from soptui.domain.time.normtime import NormUnit
from soptui.domain.time.timing import Timing, timing_of
from soptui.domain.time.worktime import TimeState, elapsed
from soptui.locale import _, duration, moment, translate
from soptui.records.clone.repository import Repository
from soptui.records.git.stock_git import StockGit

Write = Callable[[str], None]
"""Shows one line."""

_WIDTH = 80
_FIRST_DAY = 18


class Teller:
    """Tells what is done in a case, as it is done."""

    def __init__(self, office: DemoOffice, write: Write) -> None:
        self.actor = Actor(office)
        self._desk = office.desks[ADMIN]
        self._write = write

    def did(self, receipt: Receipt) -> None:
        """Tell of one act: its commit, when, what and who. Raises `LookupError`."""
        entry = self.actor.case.entry(receipt.event)
        if entry is None:
            raise LookupError(receipt.event)
        event = entry.event
        what = _(info_of_entry(entry).label)
        title = self._desk.registry.officers[event.by].posts[0].title
        self._write(f"  {receipt.commit[:10]}  {moment(event.at):<17}  {what:<17.17}  {title:.28}")

    def step(self, number: int) -> None:
        """Head what follows with the step's number, 0 for the registration, and its activity."""
        step = self.actor.case.sop.step(number) if number else self.actor.case.sop.registration
        if step is None:
            raise LookupError(number)
        self._write("")
        again = self.actor.case.round_of(number) - 1
        rework = " " + _("(rework {number})", number=again) if again > 0 else ""
        title = _("Step {number}. {activity}", number=number or "1a", activity=step.activity)
        for line in textwrap.wrap(title + rework, _WIDTH, subsequent_indent="  "):
            self._write(line)

    def measured(self) -> None:
        """Tell how long the step took that was finished last, against its norm."""
        case = self.actor.case
        visit = next(one for one in reversed(case.visits) if one.closed is not None)
        step = case.sop.step(visit.step)
        if step is not None and step.norm is not None and visit.closed is not None:
            timing = timing_of(self._desk.calendar, case.sop, visit, visit.closed)
            late = timing.state is TimeState.LATE
            self._write(
                "  "
                + _(
                    "Norm {norm}, actual {actual}: {state}",
                    norm=step.norm.printed,
                    actual=self._actual(visit, timing),
                    state=_("LATE") if late else _("on time"),
                )
            )

    def _actual(self, visit: Visit, timing: Timing) -> str:
        """The working time of a stay: in days like the norm, unless it was less than a day."""
        if timing.norm is None or timing.norm.unit is NormUnit.MINUTES:
            return duration(seconds=timing.worked)
        if timing.worked >= 1:
            return duration(days=timing.worked)
        start, end = visit.received or visit.sent, visit.closed or visit.sent
        calendar = self._desk.calendar
        return duration(seconds=elapsed(calendar, NormUnit.MINUTES, start, end, visit.holds))


def tell_case(office: DemoOffice, write: Write) -> str:
    """Play a whole case, telling every step; returns its id."""
    told = Teller(office, write)
    actor = told.actor

    def on(ago: int, hour: int, minute: int) -> datetime:
        return office.workday(ago, time(hour, minute))

    def take(step: int, who: str, at: datetime) -> None:
        told.step(step)
        told.did(actor.receive(who, at))

    def finish(who: str, at: datetime) -> None:
        told.did(actor.finish(who, at))
        told.measured()

    received = on(_FIRST_DAY, 8, 0)
    letter = bupati_letter(f"000.8.6/2214/{received.year}", "III", received)
    registered = actor.register("penerima-surat", letter)
    told.step(0)
    told.did(registered)
    take(1, "camat", on(18, 8, 5))
    finish("camat", on(18, 8, 15))
    take(2, "sekretaris", on(18, 8, 30))
    finish("sekretaris", on(18, 8, 42))
    take(3, "kasubbag-pk", on(18, 9, 0))
    due = office.workday(16, time()).date()
    told.did(actor.ask_sections("kasubbag-pk", on(18, 9, 10), SECTIONS, due))
    for ago, unit in zip((17, 17, 16), SECTIONS, strict=True):
        told.did(actor.answer(unit.replace("seksi", "kasi"), on(ago, 9, 30)))
    finish("kasubbag-pk", on(16, 10, 0))
    take(4, "staff-1", on(16, 10, 20))
    finish("staff-1", on(11, 9, 0))
    take(5, "kasubbag-pk", on(11, 9, 30))
    finish("kasubbag-pk", on(7, 10, 0))
    take(6, "sekretaris", on(7, 10, 15))
    note = "Realisasi indikator kedua tidak sama dengan bukti dukung."
    returned = Return(5, "koreksi-angka", note)
    told.did(actor.act("sekretaris", on(6, 8, 30), returned))
    told.measured()
    take(5, "kasubbag-pk", on(6, 8, 45))
    finish("kasubbag-pk", on(5, 10, 0))
    take(6, "sekretaris", on(5, 10, 10))
    finish("sekretaris", on(5, 10, 30))
    take(7, "camat", on(4, 8, 10))
    finish("camat", on(4, 8, 40))
    take(8, "staff-1", on(4, 9, 0))
    finish("staff-1", on(3, 9, 30))
    office.clock.set_to(None)
    return actor.case_id


def check(office: DemoOffice, write: Write) -> bool:
    """Verify everything from the first commit on, tell what was found, and whether all holds."""
    write("")
    with Repository.open(office.repository.root) as repository:
        report = repository.verify(full=True)
    valid, total = report.position, report.commits
    write(_("Verification of the whole history"))
    write("  " + _("Signatures valid: {valid}/{total}", valid=valid, total=total))
    write(
        "  "
        + _(
            "Events: {events}; attachments: {attachments}; findings: {findings}",
            events=report.events,
            attachments=report.attachments,
            findings=len(report.findings),
        )
    )
    for finding in report.findings:
        text = f"{finding.commit[:10]} {finding.code}: {translate(finding.message)}"
        for line in textwrap.wrap(text, _WIDTH - 4):
            write("    " + line)
    stock = StockGit(office.repository.root)
    opinions = (
        ("git fsck --strict", stock.fsck()),
        ("git verify-commit", stock.verify_commits(report.new)),
        ("git status", stock.is_clean()),
    )
    for command, agrees in opinions:
        write(f"  {command}: " + (_("agrees") if agrees else _("objects")))
    held = report.ok and not report.findings and all(agrees for _command, agrees in opinions)
    write("")
    write(_("Everything holds.") if held else _("Something does not hold; see above."))
    return held


def tell(office: DemoOffice, write: Write) -> bool:
    """The whole story: a heading, the case, and the check. Returns whether everything held."""
    write(_("A case of the SOP, from the letter to the archive"))
    desk = office.desks[ADMIN]
    write(_("{office}: {count} officers", office=desk.office.name, count=len(office.desks)))
    tell_case(office, write)
    return check(office, write)
