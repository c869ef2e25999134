"""Numbers put into the places of a format: thousands parted by a point, decimals by a comma."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from soptui.records.attachments.readers.cell_sections import Section, Token, tidied

_MOST_PLACES = 30
_PRECISION = 100


class _Layout(Struct, frozen=True):
    """Where in a section the digits go: places before and after the point, and in the power.

    `scale` is the power of ten by which a number is shown; `point` and `power` are where those
    tokens stand, behind all others where there are none.
    """

    whole: tuple[int, ...]
    decimals: tuple[int, ...]
    powers: tuple[int, ...]
    point: int
    power: int
    scale: int
    is_grouped: bool


def number_shown(value: Decimal, section: Section) -> str:
    """The number in the places of a section."""
    layout = _layout_of(section)
    amount, exponent = _scaled(abs(value), layout, has_power=layout.power < len(section.tokens))
    digits, _, rest = f"{amount:f}".partition(".")
    made = _filled(section.tokens, layout.whole, digits.lstrip("0"))
    if layout.is_grouped:
        made |= _grouped({at: made[at] for at in layout.whole})
    kept = max(
        (
            n
            for n, at in enumerate(layout.decimals, 1)
            if section.tokens[at].text == "0" or rest[n - 1] != "0"
        ),
        default=0,
    )
    made |= {at: rest[n] if n < kept else "" for n, at in enumerate(layout.decimals)}
    made |= _filled(section.tokens, layout.powers, str(abs(exponent)))
    if layout.point < len(section.tokens):
        made[layout.point] = "," if kept else ""
    sign = "-" if value < 0 and amount else ""
    return tidied(sign + "".join(_written(section.tokens, made, exponent)))


@lru_cache(maxsize=256)
def _layout_of(section: Section) -> _Layout:
    tokens = section.tokens
    end = len(tokens)
    places = [at for at, token in enumerate(tokens) if token.kind == "place"]
    point = next((at for at, token in enumerate(tokens) if token.text == "."), end)
    power = next((at for at, token in enumerate(tokens) if token.kind == "power"), end)
    whole = tuple(at for at in places if at < min(point, power))
    commas = [at for at, token in enumerate(tokens) if (token.kind, token.text) == ("sign", ",")]
    percents = sum((token.kind, token.text) == ("sign", "%") for token in tokens)
    last = whole[-1] if whole else point
    return _Layout(
        whole=whole,
        decimals=tuple(at for at in places if point < at < power)[:_MOST_PLACES],
        powers=tuple(at for at in places if at > power),
        point=point,
        power=power,
        scale=2 * percents - 3 * sum(at > last for at in commas),
        is_grouped=bool(whole) and any(whole[0] < at < last for at in commas),
    )


def _scaled(amount: Decimal, layout: _Layout, *, has_power: bool) -> tuple[Decimal, int]:
    """The number that is shown, rounded to its decimals, and the power of ten beside it."""
    unit = Decimal(1).scaleb(-len(layout.decimals))
    exponent = 0
    with localcontext(prec=_PRECISION):
        amount = amount.scaleb(layout.scale)
        if has_power and amount:
            period = max(1, len(layout.whole))
            exponent = amount.adjusted() // period * period
            if amount.scaleb(-exponent).quantize(unit, rounding=ROUND_HALF_UP) >= 10**period:
                exponent += period
            amount = amount.scaleb(-exponent)
        return amount.quantize(unit, rounding=ROUND_HALF_UP), exponent


def _filled(tokens: Sequence[Token], places: Sequence[int], digits: str) -> dict[int, str]:
    """Digits in their places, the last in the last, all that are left over in the first."""
    if not places:
        return {}
    least = next((len(places) - n for n, at in enumerate(places) if tokens[at].text == "0"), 0)
    digits = digits.rjust(least, "0")
    over = max(0, len(digits) - len(places))
    parts = [digits[: over + 1], *digits[over + 1 :]]
    parts = [""] * (len(places) - len(parts)) + parts
    return dict(zip(places, parts, strict=True))


def _grouped(parts: Mapping[int, str]) -> dict[int, str]:
    """The same with a point after each digit that has a multiple of three behind it."""
    follow = sum(map(len, parts.values()))
    made = {}
    for at, part in parts.items():
        made[at] = ""
        for digit in part:
            follow -= 1
            made[at] += digit + ("." if follow and follow % 3 == 0 else "")
    return made


def _written(tokens: Sequence[Token], made: Mapping[int, str], exponent: int) -> Iterator[str]:
    for at, token in enumerate(tokens):
        if at in made:
            yield made[at]
        elif token.kind == "literal" or token.text == "%":
            yield token.text
        elif token.kind == "power":
            yield "E" + ("-" if exponent < 0 else token.text[1].strip("-"))


def fraction_shown(value: Decimal, section: Section) -> str:
    """The number as a fraction, as near as the section has places for."""
    bar = next(at for at, token in enumerate(section.tokens) if token.text == "/")
    below = section.tokens[bar + 1 :]
    exact = Fraction(abs(value))
    named = "".join(token.text for token in below if token.text.isdigit())
    if named.strip("0"):
        unit = int(named)
        amount = int(exact * unit + Fraction(1, 2))
    else:
        places = sum(token.kind == "place" for token in below)
        near = exact.limit_denominator(10 ** min(max(places, 1), 4) - 1)
        amount, unit = near.numerator, near.denominator
    groups = "".join("#" if token.kind == "place" else " " for token in section.tokens[:bar])
    whole, amount = divmod(amount, unit) if len(groups.split()) > 1 else (0, amount)
    parts = [str(whole)] if whole or not amount else []
    if amount:
        parts.append(f"{amount}/{unit}")
    return ("-" if value < 0 and (whole or amount) else "") + " ".join(parts)
