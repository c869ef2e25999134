"""The names of attached files: what may be one, and what becomes of a name that may not.

Whoever saves a file may have a system on which a name is a device, a hidden file or a folder, so
that the records hold none that could be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from soptui.domain.message import Message

MOST_BYTES = 255
"""The longest name that file systems keep, in bytes of UTF-8."""

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)", re.IGNORECASE)
_PARTS_PATHS = re.compile(r"[/\\\n]")
_LONGEST_ENDING = 32
_NAMELESS = "file"


def name_fault(name: str) -> Message | None:
    """What is wrong with the name of an attached file, or None when nothing is."""
    if name and name == proper_name(name):
        return None
    return Message(
        "{name} cannot be the name of a file: it must have at most {most} bytes, no slash and no "
        "backslash, no dot at its beginning, no blank or dot at its ends, and not be a device of "
        "Windows such as CON.",
        name=name,
        most=MOST_BYTES,
    )


def proper_name(name: str) -> str:
    """The name itself where it may be one, else the nearest that may; never empty."""
    name = _trimmed(_PARTS_PATHS.sub("_", name))
    if _DEVICE.match(name):
        name = f"_{name}"
    return _cut(name, MOST_BYTES) or _NAMELESS


def distinct_names(names: Iterable[str]) -> list[str]:
    """Proper names for these; of those that differ by case alone the later are numbered."""
    taken: set[str] = set()
    found = []
    for name in map(proper_name, names):
        distinct, number = name, 1
        while distinct.casefold() in taken:
            number += 1
            mark = f" ({number})"
            stem, ending = _parts(name)
            distinct = _cut(stem, MOST_BYTES - _size(mark + ending)) + mark + ending
        taken.add(distinct.casefold())
        found.append(distinct)
    return found


def _trimmed(name: str) -> str:
    """Without blanks at its ends, dots at its end, and dots at its beginning."""
    start, end = 0, len(name)
    while start < end and (name[start] == "." or _is_blank(name[start])):
        start += 1
    while end > start and (name[end - 1] == "." or _is_blank(name[end - 1])):
        end -= 1
    return name[start:end]


def _is_blank(character: str) -> bool:
    return unicodedata.category(character) == "Zs"


def _cut(name: str, most: int) -> str:
    """The name in at most so many bytes, with its ending where that is one."""
    if _size(name) <= most:
        return name
    stem, ending = _parts(name)
    kept = stem.encode()[: most - _size(ending)].decode(errors="ignore")
    return _trimmed(kept) + ending


def _parts(name: str) -> tuple[str, str]:
    """The name before its ending, and the ending with its dot, if it has a short one."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or _size(ending) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def _size(text: str) -> int:
    return len(text.encode())
