"""The lists of the office file whose entries cases and people name, and what names them.

An entry is told by the word of its list and its own id, as `("section", "seksi-pemerintahan")`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from soptui.domain.events import Archive, Details, Dispose, Request, Submit
from soptui.domain.message import N_
from soptui.domain.office import Office, Officer

Entry = tuple[str, str]
"""The word of a list, and the id of an entry of it."""


class Part(Struct, frozen=True):
    """A list of the office file.

    `word` is what people type for it, `label` what they read; `key` is its name in the file, `id`
    the key by which its entries are told apart, and `text` the one that people read.
    """

    word: str
    label: str
    key: str
    id: str
    text: str


SECTION = Part("section", N_("section"), "units", "id", "title")
INSTRUCTION = Part("instruction", N_("instruction"), "instructions", "code", "text")
CODE = Part("code", N_("classification code"), "classifications", "code", "title")

PARTS: Mapping[str, Part] = {part.word: part for part in (SECTION, INSTRUCTION, CODE)}
"""Every list by its word."""


APPLICATION = "application"
"""The word for the applications, a list of bare names."""

LISTS = (*PARTS, APPLICATION)
"""The words of all lists whose entries can be added and removed."""

FIELDS: Mapping[str, str] = {
    "name": "name",
    "regency": "regency",
    "address": "address",
    "time-zone": "utc_offset",
    "week-days": "week_days",
    "register-role": "register_role",
    "attachment-limit": "attachment_limit",
}
"""The facts of an office that are one value: the key of the file by the word that people type."""


def entries_of(office: Office) -> dict[Entry, Any]:
    """The entries of all lists, in the order of the file."""
    return {
        (part.word, str(getattr(one, part.id))): one
        for part in PARTS.values()
        for one in getattr(office, part.key)
    }


def lost_entries(old: Office, new: Office) -> frozenset[Entry]:
    """The entries of `old` that `new` lacks."""
    return frozenset(entries_of(old)) - frozenset(entries_of(new))


def named_by_officer(officer: Officer) -> Iterator[Entry]:
    """The sections of all posts of a person, also of those that have ended."""
    for post in officer.posts:
        if post.unit:
            yield SECTION.word, post.unit


def named_by_event(details: Details) -> Iterator[Entry]:
    """The entries that an event names."""
    match details:
        case Request():
            yield from ((SECTION.word, unit) for unit in details.units)
        case Submit():
            yield SECTION.word, details.unit
        case Dispose():
            yield from ((INSTRUCTION.word, code) for code in details.instructions)
        case Archive():
            yield CODE.word, details.classification
        case _:
            pass
