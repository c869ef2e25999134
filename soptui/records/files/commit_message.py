"""The message of a commit: a subject line that people read, and trailers that git can search.

The message is a function of what the commit records; the verifier renders it again and compares.
Subjects are in Indonesian whatever language the writer's screen had, so that the same event
always gives the same commit message.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from soptui.domain.events import Action, Event, Return, Submit
from soptui.domain.office import Officer
from soptui.records.git.commit import Ident, name_in_git

_VERBS = {
    Action.REGISTER: "Registrasi surat",
    Action.RECEIVE: "Terima",
    Action.DISPOSE: "Disposisi",
    Action.REQUEST: "Minta data",
    Action.SUBMIT: "Serahkan data",
    Action.COMPLETE: "Selesai",
    Action.APPROVE: "Setujui",
    Action.RETURN: "Kembalikan",
    Action.RECALL: "Tarik kembali",
    Action.REASSIGN: "Alihkan",
    Action.SUSPEND: "Tunda",
    Action.RESUME: "Lanjutkan",
    Action.ATTACH: "Lampirkan",
    Action.NOTE: "Catatan",
    Action.CORRECT: "Koreksi",
    Action.ARCHIVE: "Arsipkan",
    Action.CANCEL: "Batalkan",
    Action.REOPEN: "Buka kembali",
    Action.MIGRATE: "Migrasi SOP",
}


def event_message(case_id: str, event_id: str, event: Event, genesis: str) -> str:
    """The commit message of one event."""
    step = "1a" if event.step == 0 else str(event.step)
    subject = f"{_VERBS[event.action]}: {case_id} langkah {step}"
    if event.round > 1:
        subject += f" perbaikan ke-{event.round - 1}"
    if isinstance(event.details, Return):
        subject += f" ke langkah {event.details.to_step or '1a'}"
    elif isinstance(event.details, Submit):
        subject += f" oleh {event.details.unit}"
    return _with_trailers(
        subject,
        {
            "Sop-Case": case_id,
            "Sop-Event": event_id,
            "Sop-Step": f"{event.step}/{event.round}",
            "Sop-Action": event.action.value,
            "Sop-Actor": event.by,
            "Sop-Role": event.role,
            "Sop-Records": genesis,
        },
    )


def genesis_message(office_id: str, officer: str) -> str:
    """The message of the first commit, which sets up the office's records."""
    return _with_trailers(
        f"Pendirian arsip: {office_id}",
        {"Sop-Change": "genesis", "Sop-Actor": officer},
    )


def change_message(path: str, sha256: str, added: bool, officer: str, genesis: str) -> str:
    """The message of an administrative commit, which adds or changes the file at `path`."""
    return _with_trailers(
        f"{'Tambah' if added else 'Ubah'}: {path}",
        {
            "Sop-Change": path,
            "Sop-Sha256": sha256,
            "Sop-Actor": officer,
            "Sop-Records": genesis,
        },
    )


def merge_message(first: str, second: str, officer: str, genesis: str) -> str:
    """The message of a merge that joins the histories ending in two commits."""
    return _with_trailers(
        f"Gabung: {second[:12]} ke {first[:12]}",
        {"Sop-Change": "merge", "Sop-Actor": officer, "Sop-Records": genesis},
    )


def _with_trailers(subject: str, trailers: dict[str, str]) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in trailers.items())
    return f"{subject}\n\n{lines}"


def offset_of(moment: datetime) -> str:
    """The UTC offset of an aware time, as Git writes it: `+HHMM`."""
    offset = moment.utcoffset()
    return "" if offset is None else _written(offset)


@lru_cache(maxsize=64)
def _written(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


def ident_of(officer: Officer, moment: datetime) -> Ident:
    """Author and committer of a commit that `officer` makes at `moment`."""
    return Ident(
        name_in_git(officer.name), officer.mail, int(moment.timestamp()), offset_of(moment)
    )
