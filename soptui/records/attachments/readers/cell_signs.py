"""Numbers in the signs of Indonesian offices: thousands parted by a point, decimals by a comma."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

_TO_INDONESIAN = str.maketrans({",": ".", ".": ","})
_SIGNIFICANT = 10
"""Digits that a cell without a format shows of a number with decimals."""
_MOST_DIGITS = 30
_EXACT = Context(prec=15, rounding=ROUND_HALF_UP)


def general(value: Decimal) -> str:
    """A number as a cell without a format shows it: no thousands, few decimals."""
    rounded = _EXACT.plus(value)
    if rounded != rounded.to_integral_value():
        rounded = Context(prec=_SIGNIFICANT, rounding=ROUND_HALF_UP).plus(rounded)
    if rounded and not -_SIGNIFICANT < rounded.adjusted() < _MOST_DIGITS:
        return f"{rounded.normalize():E}".translate(_TO_INDONESIAN)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_TO_INDONESIAN)


def with_indonesian_signs(text: str, value: Decimal) -> str:
    """What another program showed of a number, its English signs changed for Indonesian ones.

    Which signs it used follows from the value; a text that fits no reading stays as it is.
    """
    found = re.search(r"[0-9][0-9.,]*", text)
    if found is None:
        return text
    amount = abs(value) * (100 if "%" in text else 1)
    if _reads_as(found[0].translate(_TO_INDONESIAN), amount):
        return text
    if not _reads_as(found[0], amount):
        return text
    return text[: found.start()] + found[0].translate(_TO_INDONESIAN) + text[found.end() :]


def _reads_as(text: str, amount: Decimal) -> bool:
    """Whether an English number of these digits is `amount`, rounded to its decimals."""
    whole, _, decimals = text.partition(".")
    groups = whole.split(",")
    if any(len(group) != 3 for group in groups[1:]) or "," in decimals:
        return False
    try:
        number = Decimal(f"{''.join(groups)}.{decimals or '0'}")
    except InvalidOperation:
        return False
    return abs(number - amount) * 2 <= Decimal(1).scaleb(-len(decimals))
