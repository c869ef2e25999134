"""The period that a case measures: a quarter (*triwulan*) of a year."""

from __future__ import annotations

import re

from msgspec import Struct

from soptui.domain.message import Message, Misread

QUARTERS = (1, 2, 3, 4)
_NUMERALS = ("I", "II", "III", "IV")
_PERIOD = re.compile(r"([12][0-9]{3})-tw([1-4])")


class Period(Struct, frozen=True, order=True):
    """A quarter, 1 to 4, of a year."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year:04}-tw{self.quarter}"

    @property
    def title(self) -> str:
        """How people write it: "TW IV 2026"."""
        return f"{quarter_name(self.quarter)} {self.year}"

    @property
    def earlier_quarters(self) -> tuple[int, ...]:
        """The quarters of the year before this one."""
        return QUARTERS[: self.quarter - 1]


def quarter_name(quarter: int) -> str:
    """How people write a quarter: "TW II"."""
    return f"TW {_NUMERALS[quarter - 1]}"


def parse_period(text: str) -> Period:
    """The period that records write as "2026-tw4". Raises `Misread`."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise Misread(Message("{text} is not a period such as 2026-tw4.", text=text))
    return Period(int(match[1]), int(match[2]))
