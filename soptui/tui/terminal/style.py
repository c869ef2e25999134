"""From one style to the next in as few bytes as a terminal takes (SGR, ECMA-48 section 8.3.117)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_ENDS = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28",
    "9": "29", "21": "24", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""What ends each attribute; some end two."""

_DRAWN = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""Attributes that are seen where nothing is written: lines, frames, and ground for colour."""

_DEFAULT_COLOUR, _DEFAULT_GROUND = "39", "49"
_INDEXED, _DIRECT = "5", "2"


class _Look(Struct, frozen=True):
    """What the parameters of an SGR sequence set, from a plain terminal."""

    attributes: frozenset[str]
    colour: str = ""
    ground: str = ""


@lru_cache(maxsize=4096)
def change(old: str, new: str) -> str:
    """The parameters of the shortest SGR sequence that turns style `old` into `new`."""
    whole = f"0;{new}" if old and new else new
    before, after = _look(old), _look(new)
    if before is None or after is None:
        return whole
    ended = sorted({_ENDS[one] for one in before.attributes - after.attributes})
    # What ends one attribute may end another that is to stay.
    stay = {one for one in before.attributes & after.attributes if _ENDS[one] not in ended}
    parts = [*ended, *sorted(after.attributes - stay)]
    if after.colour != before.colour:
        parts.append(after.colour or _DEFAULT_COLOUR)
    if after.ground != before.ground:
        parts.append(after.ground or _DEFAULT_GROUND)
    return min(whole, ";".join(parts), key=len) if parts else whole


@lru_cache(maxsize=1024)
def seen_on_blank(style: str) -> str:
    """What of a style is seen on a blank: its ground, or all of it where it draws something."""
    look = _look(style)
    return style if look is None or look.attributes & _DRAWN else look.ground


@lru_cache(maxsize=1024)
def is_erasable(style: str) -> bool:
    """Whether a blank of that style is what erasing leaves in a terminal that keeps the ground."""
    look = _look(style)
    return look is not None and not look.attributes and not look.colour


@lru_cache(maxsize=1024)
def _look(style: str) -> _Look | None:
    """What a style sets; None when it has a parameter that is not known here."""
    attributes = set()
    colour = ground = ""
    for parameter in _parameters(style):
        first = parameter.partition(";")[0]
        if parameter in _ENDS:
            attributes.add(parameter)
        elif first == "38" or 30 <= int(first) <= 37 or 90 <= int(first) <= 97:
            colour = parameter
        elif first == "48" or 40 <= int(first) <= 47 or 100 <= int(first) <= 107:
            ground = parameter
        elif first == _DEFAULT_COLOUR:
            colour = ""
        elif first == _DEFAULT_GROUND:
            ground = ""
        else:
            return None
    return _Look(frozenset(attributes), colour, ground)


def _parameters(style: str) -> Iterator[str]:
    """The parameters of a style, those of one colour together."""
    words = style.split(";") if style else []
    while words:
        long = {_INDEXED: 3, _DIRECT: 5}.get(words[1] if len(words) > 1 else "", 1)
        count = long if words[0] in ("38", "48") else 1
        yield ";".join(words[:count])
        del words[:count]
