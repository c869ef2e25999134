"""The civil servant's number (*Nomor Induk Pegawai*): 18 digits that carry dates.

Birth date (8), year and month of appointment (6), sex (1), serial (3). For a *PPPK* the month's
place holds a code from 21 on (usage of BKN; not confirmed by a primary text).
"""

from __future__ import annotations

import re
from datetime import date

from soptui.domain.message import Message

_NIP = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{4})(\d{2})([12])(\d{3})", re.ASCII)
_EARLIEST_BIRTH = 1900
_CONTRACT_CODES = range(21, 30)
_MONTHS = range(1, 13)


def nip_fault(nip: str) -> Message | None:
    """Why `nip`, written without blanks, cannot be a civil servant's number; None when it can."""
    parts = _NIP.fullmatch(nip)
    if parts is None:
        return Message("The NIP {nip} does not have the form of 18 digits.", nip=nip)
    year, month, day, appointed, appointed_month = (int(part) for part in parts.groups()[:5])
    try:
        born = date(year, month, day)
    except ValueError:
        return Message("The NIP {nip} does not begin with a date of birth.", nip=nip)
    if (
        born.year < _EARLIEST_BIRTH
        or appointed <= born.year
        or (appointed_month not in _MONTHS and appointed_month not in _CONTRACT_CODES)
    ):
        return Message("The NIP {nip} has no possible month of appointment.", nip=nip)
    return None


def nip_parts(nip: str) -> str:
    """A civil servant's number as it is written: 8-6-1-3 digits."""
    if len(nip) != 18:
        return nip
    return " ".join((nip[:8], nip[8:14], nip[14], nip[15:]))
