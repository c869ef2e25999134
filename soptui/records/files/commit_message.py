"""The message of a commit: a subject line that people read, and trailers that git can search.

The message is a function of what the commit records; the verifier writes it again and compares.
Subjects are in Indonesian whatever language the writer's screen had, so that the same event
always gives the same commit message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from soptui.domain.events import Action, Event, Return, Submit
from soptui.domain.ids import (
    NO_CASE,
    NO_COMMIT,
    NO_EVENT,
    NO_ROLE,
    NOBODY,
    CaseId,
    CommitId,
    EventId,
    OfficerId,
    RoleId,
)
from soptui.domain.office import Officer
from soptui.domain.sop import FILING, REGISTRATION
from soptui.records.files import layout
from soptui.records.files.layout import Kind
from soptui.records.git.commit import Ident, name_in_git

VERBS = {
    Action.REGISTER: "Catat surat",
    Action.RECEIVE: "Terima",
    Action.DISPOSE: "Disposisi",
    Action.REQUEST: "Minta data",
    Action.SUBMIT: "Sampaikan data",
    Action.COMPLETE: "Selesaikan",
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
    Action.MIGRATE: "Ganti versi SOP",
}
"""How the subject line of each action begins: its label on the screen, in Indonesian."""

_PLACES = {REGISTRATION: "1a", FILING: "A"}
"""What stands for a step that is no row of the SOP's table."""

REVIEW = "Periksa (paraf)"
"""How the subject line of an approval begins at a step of kind `review`, which approves nothing."""

_FILES: Mapping[Kind | None, str] = {
    Kind.OFFICER: "pegawai",
    Kind.SOP: "versi SOP",
    Kind.CALENDAR: "kalender",
    Kind.REGISTER: "register indikator",
    Kind.OFFICE: "data kantor",
}
"""What an administrative change adds or changes."""


class Trailers(NamedTuple):
    """What the trailers of a commit message say, in their order; what a message lacks is empty.

    An event has `case`, `event`, `stay` (step and round, such as `3/1`), `action` and `role`, and
    `officer` is who acted. Any other commit has `change`: the path that it changes, with the
    file's `sha256`, or `genesis`, or `merge`. `genesis` is the first commit of the records, so that
    a commit says whose it is.
    """

    case: CaseId = NO_CASE
    event: EventId = NO_EVENT
    stay: str = ""
    action: str = ""
    change: str = ""
    sha256: str = ""
    officer: OfficerId = NOBODY
    role: RoleId = NO_ROLE
    genesis: CommitId = NO_COMMIT

    @property
    def step(self) -> int:
        """The step of an event; 0 where there is none."""
        return self._part_of_stay(1)

    @property
    def round(self) -> int:
        """The round of an event; 0 where there is none."""
        return self._part_of_stay(2)

    def _part_of_stay(self, part: int) -> int:
        found = _STAY.fullmatch(self.stay)
        return int(found[part]) if found else 0


_NAMES = {
    "case": "Sop-Case",
    "event": "Sop-Event",
    "stay": "Sop-Step",
    "action": "Sop-Action",
    "change": "Sop-Change",
    "sha256": "Sop-Sha256",
    "officer": "Sop-Actor",
    "role": "Sop-Role",
    "genesis": "Sop-Records",
}
"""The trailer of each field of `Trailers`."""

_PREFIX = "Sop-"
_STAY = re.compile(r"([0-9]{1,3})/([0-9]{1,6})")


def event_message(
    case_id: CaseId,
    event_id: EventId,
    event: Event,
    genesis: CommitId,
    *,
    is_review: bool = False,
) -> str:
    """The commit message of one event.

    `is_review`: it approves at a step that its author saw as one of kind `review`.
    """
    step = _PLACES.get(event.step, str(event.step))
    word = REVIEW if is_review else VERBS[event.action]
    subject = f"{word}: {case_id} langkah {step}"
    if event.round > 1:
        subject += f" perbaikan ke-{event.round - 1}"
    if isinstance(event.details, Return):
        subject += f" ke langkah {event.details.to_step or '1a'}"
    elif isinstance(event.details, Submit):
        subject += f" oleh {event.details.unit}"
    return _message(
        subject,
        Trailers(
            case=case_id,
            event=event_id,
            stay=f"{event.step}/{event.round}",
            action=event.action.value,
            officer=event.by,
            role=event.role,
            genesis=genesis,
        ),
    )


def genesis_message(office_id: str, officer: OfficerId) -> str:
    """The message of the first commit, which sets up the office's records."""
    trailers = Trailers(change="genesis", officer=officer)
    return _message(f"Pendirian catatan kantor: {office_id}", trailers)


def change_message(
    path: str,
    sha256: str,
    added: bool,
    officer: OfficerId,
    genesis: CommitId,
    *,
    lost_key: bool = False,
) -> str:
    """The message of an administrative commit, which adds or changes the file at `path`.

    `lost_key`: a person's key takes the place of one that was lost, which stands in the subject,
    because nothing but the administrator's word brought it in.
    """
    trailers = Trailers(change=path, sha256=sha256, officer=officer, genesis=genesis)
    kind = layout.kind_of(path)
    what = _FILES.get(kind, path)
    version = layout.version_in(path)
    named = layout.id_in(path) + (f" {version}" if version else "")
    subject = f"{'Tambah' if added else 'Ubah'} {what}{': ' if named else ''}{named}"
    end = ", pengganti kunci yang hilang" if lost_key else ""
    return _message(subject + end, trailers)


def merge_message(first: CommitId, second: CommitId, officer: OfficerId, genesis: CommitId) -> str:
    """The message of a merge that joins the histories ending in two commits."""
    trailers = Trailers(change="merge", officer=officer, genesis=genesis)
    return _message(f"Gabung catatan kantor: {second[:12]} ke {first[:12]}", trailers)


def trailers_of(message: str) -> Trailers:
    """What the trailers of a message say, which is but a claim while the commit is unverified."""
    values = {}
    for line in message.split("\n"):
        # Sliced, because every commit of a verification comes by here.
        if line[:4] == _PREFIX:
            name, _, value = line.partition(": ")
            values[name] = value
    return Trailers._make([values.get(name, "") for name in _NAMES.values()])


def trailer_line(field: str, value: str) -> str:
    """The line of a message that has `value` in a field of `Trailers`, to search for."""
    return f"{_NAMES[field]}: {value}"


def trailer_format(*fields: str) -> str:
    """What makes Git write the values of these fields of `Trailers` in one line, with blanks."""
    return " ".join(f"%(trailers:key={_NAMES[field]},valueonly,separator=%x20)" for field in fields)


def _message(subject: str, trailers: Trailers) -> str:
    named = zip(_NAMES.values(), trailers, strict=True)
    lines = [f"{name}: {value}\n" for name, value in named if value]
    return f"{subject}\n\n{''.join(lines)}"


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
