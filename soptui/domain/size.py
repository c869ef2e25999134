"""The size of a file, for sentences that say it as people do and not in bytes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

_BITS = 10
_UNITS = ("B", "KB", "MB", "GB")


class Size(NamedTuple):
    """A number of bytes, at least 0.

    No record of msgspec: the sentences of every command know it, also of those that load none.
    """

    bytes: int

    def in_unit(self) -> tuple[Decimal, str]:
        """The largest unit of which there is one at least, and how many: 25, "MB".

        A unit is 1,024 times the smaller one, as the programs count by which offices see files.
        Tenths are rounded up, so that what passes a limit is never said to be as large as that.
        """
        unit = max(0, min(len(_UNITS) - 1, (self.bytes.bit_length() - 1) // _BITS))
        tenths = -(-self.bytes * 10 // (1 << unit * _BITS))
        return Decimal(tenths) / 10, _UNITS[unit]

    def __str__(self) -> str:
        amount, unit = self.in_unit()
        return f"{amount:f} {unit}"
