"""The cases of the demonstration office: what came in, how far it got, and how fast.

Days are working days ago. All acts lie in the morning, so that they are within working hours in
Ramadan and on Fridays too; acts of all cases are recorded in the order of their times, as in life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

from msgspec import Struct

from soptui.demo.acting import Actor
from soptui.demo.office import DemoOffice
from soptui.demo.people import SECTIONS
from soptui.domain.events import Cancel, Details, Letter, Note, Return, Suspend, Urgency
from soptui.domain.ids import UnitId
from soptui.domain.time.worktime import TimeState, time_state

_HANDS = {
    1: "camat", 2: "sekretaris", 3: "kasubbag-pk", 4: "staff-1", 5: "kasubbag-pk",
    6: "sekretaris", 7: "camat", 8: "staff-1",
}  # fmt: skip
_FINISHED_AT = {
    0: time(8, 0), 1: time(8, 15), 2: time(8, 40), 3: time(9, 40), 4: time(10, 0),
    5: time(10, 15), 6: time(10, 30), 7: time(10, 40), 8: time(10, 50),
}  # fmt: skip
_RECEIPT_AFTER = timedelta(minutes=5)
_LAST_AT = time(10, 55)

_BUPATI = "Bupati Banyumas"
_BAPPEDA = "Bappedalitbang Kabupaten Banyumas"
_INSPECTORATE = "Inspektorat Daerah Kabupaten Banyumas"
_SETDA = "Sekretariat Daerah Kabupaten Banyumas"

Act = tuple[datetime, Callable[[], object]]
"""When something is done, and the doing of it."""


class Plan(Struct, frozen=True):
    """A case: the letter, and on which days its registration (0) and each step were finished.

    `received` is the day on which the next step was received, None while it waits. `asked` are
    the sections asked for data at step 3, of which `answering` have answered. `last` is a final
    act: by whom, on which day, what.
    """

    number: str
    sender: str
    subject: str
    finished: tuple[int, ...]
    received: int | None = None
    asked: tuple[UnitId, ...] = ()
    answering: int = 0
    last: tuple[str, int, Details] | None = None
    urgency: Urgency = Urgency.ORDINARY


def play_cases(office: DemoOffice) -> None:
    """Let every case happen."""
    lives = [_life(office, plan) for plan in _plans(_day_due_soon(office))]
    for moment, do in sorted((act for life in lives for act in life), key=lambda act: act[0]):
        office.clock.set_to(moment)
        do()


def _plans(due_soon: int) -> tuple[Plan, ...]:
    return (
        Plan(
            "000.8.6/2214/2026", _BUPATI, "Pengukuran Data Kinerja Triwulan III",
            finished=(24, 24, 24, 20, 18, 14, 13, 13, 12), asked=SECTIONS[:2], answering=2,
            urgency=Urgency.URGENT,
        ),
        Plan(
            "000.7.2.8/871/2026", _BAPPEDA, "Laporan Capaian Indikator Kinerja Kunci",
            finished=(10, 10, 10, 9), received=9,
        ),
        Plan(
            "700/455/2026", _INSPECTORATE, "Permintaan Data Evaluasi SAKIP",
            finished=(due_soon + 6, due_soon + 6, due_soon + 5, due_soon + 3, due_soon),
            received=due_soon,
        ),
        Plan(
            "000.8.6/2390/2026", _BUPATI, "Pengukuran Data Kinerja Bulan Berjalan",
            finished=(3, 3, 3), received=3, asked=SECTIONS, answering=1, urgency=Urgency.URGENT,
        ),
        Plan(
            "005/1021/2026", _SETDA, "Rekonsiliasi Data Kinerja Kecamatan",
            finished=(9, 9, 9, 7, 5, 2, 1), received=1,
        ),
        Plan(
            "000.7.2.7/640/2026", _BAPPEDA, "Penyelarasan Target Perjanjian Kinerja",
            finished=(16, 16, 16, 13, 11), received=11,
            last=("kasubbag-pk", 9, Suspend("Menunggu pembukaan kembali aplikasi e-SAKIP.")),
        ),
        Plan(
            "000.8.6/2275/2026", _BUPATI, "Perbaikan Data Kinerja s.d. Triwulan III",
            finished=(12, 12, 12, 10, 7, 2), received=2,
            last=(
                "sekretaris", 1,
                Return(5, "koreksi-angka", "Realisasi indikator kedua berbeda dengan lampiran."),
            ),
        ),
        Plan(
            "045.2/118/2026", _SETDA, "Pengisian Kuesioner Layanan Kecamatan",
            finished=(8, 8),
            last=("camat", 7, Cancel("Ditangani langsung oleh Sekretariat Daerah.")),
        ),
        Plan(
            "000.8.3/512/2026", _SETDA, "Monitoring Pelaksanaan SOP Semester II",
            finished=(2, 2), received=1,
            last=("sekretaris", 1, Note("Menunggu arahan lisan Camat.")),
        ),
        Plan(
            "000.8.6/2401/2026", _BUPATI, "Pengukuran Data Kinerja Triwulan IV",
            finished=(1,), urgency=Urgency.MOST_URGENT,
        ),
        Plan("000.7.2.10/77/2026", _BAPPEDA, "Evaluasi Renja Kecamatan", finished=(1, 1)),
    )  # fmt: skip


def _life(office: DemoOffice, plan: Plan) -> Iterator[Act]:
    """The acts of a case, each to be done at its time."""
    actor = Actor(office)
    registered = office.workday(plan.finished[0], _FINISHED_AT[0])
    yield registered, partial(actor.register, "penerima-surat", _letter(plan, registered))
    for step, ago in enumerate(plan.finished[1:], 1):
        received = _handed(office, plan, step)
        yield received, partial(actor.receive, _HANDS[step], received)
        finished = office.workday(ago, _FINISHED_AT[step])
        if step == 3:
            yield from _collecting(actor, plan, received, ago)
        yield finished, partial(actor.finish, _HANDS[step], finished)
    step = len(plan.finished)
    if plan.received is not None:
        received = office.workday(plan.received, _FINISHED_AT[step - 1]) + _RECEIPT_AFTER
        yield received, partial(actor.receive, _HANDS[step], received)
        if step == 3:
            yield from _collecting(actor, plan, received, plan.received)
    if plan.last is not None:
        who, ago, details = plan.last
        moment = office.workday(ago, _LAST_AT)
        yield moment, partial(actor.act, who, moment, details)


def _handed(office: DemoOffice, plan: Plan, step: int) -> datetime:
    """When a step was received that is finished by now."""
    return office.workday(plan.finished[step - 1], _FINISHED_AT[step - 1]) + _RECEIPT_AFTER


def _collecting(actor: Actor, plan: Plan, received: datetime, until: int) -> Iterator[Act]:
    if not plan.asked:
        return
    asked = received + _RECEIPT_AFTER
    today = actor.office.workday(0, time()).date()
    yield asked, partial(actor.ask_sections, "kasubbag-pk", asked, plan.asked, today)
    for place, unit in enumerate(plan.asked[: plan.answering]):
        answered = actor.office.workday(until, time(9, 10 + 5 * place))
        yield answered, partial(actor.answer, unit.replace("seksi", "kasi"), answered)


def _letter(plan: Plan, received: datetime) -> Letter:
    return Letter(
        number=plan.number,
        date=received.date() - timedelta(days=2),
        received=received,
        sender=plan.sender,
        subject=f"{plan.subject} Tahun {received.year}",
        summary="Mohon data disampaikan melalui aplikasi beserta bukti dukung.",
        urgency=plan.urgency,
    )


def _day_due_soon(office: DemoOffice) -> int:
    """The working day on which step 5 must have been received to be due soon at present."""
    desk = office.desks["camat"]
    step = desk.sops()[0].step(5)
    if step is None or step.norm is None:
        raise ValueError("the starter SOP has a fifth step with a norm")
    now = office.clock.real()
    for ago in range(1, 30):
        received = office.workday(ago, _FINISHED_AT[4]) + _RECEIPT_AFTER
        if time_state(desk.calendar, step.norm, received, now) is TimeState.DUE_SOON:
            return ago
    raise ValueError("no day within reach is due soon")
