"""People and posts as an administrator types them, and what is refused or doubtful in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from soptui.domain.administration.appointments import doubts_of
from soptui.domain.ids import OfficerId, RoleId, UnitId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import ADMINISTRATOR, Capacity, Office, Officer, Post, Registry
from soptui.domain.sop import Sop
from soptui.domain.text import tidy_line
from soptui.records.files import layout

if TYPE_CHECKING:
    from soptui.desk.reading import ReadingDesk

_LIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u043a\u043c\u0442\u0456\u0458\u0455\u03bf\u03b1\u03c1\u03bd\u03ba\u03b9\u013101i|",
    "aeopcyxkmtljsoapvkllolll",
)
"""Cyrillic and Greek letters, digits and signs that look like Latin letters, small ones."""


def title_of(role: RoleId, titles: Mapping[RoleId, str]) -> str:
    """The title of a role that can be held. Raises `Refusal`, naming those that can."""
    if role not in titles and titles.keys() <= {ADMINISTRATOR}:
        raise Refusal(
            Message(
                "The office has no SOP yet, and roles are those of its SOPs. Nothing was changed. "
                "Put an SOP in force first: soptui sop add FILE"
            )
        )
    if role not in titles:
        raise Refusal(
            Message(
                "No SOP has a role {role}. Nothing was changed. Roles: {known}.",
                role=role,
                known=", ".join(titles),
            )
        )
    return titles[role]


def lookalikes(registry: Registry, asking: Officer) -> list[str]:
    """The officers whose id, name or mail reads like that of somebody who asks to join.

    As a person reads it: titles, capitals and blanks do not count, nor which of the signs that look
    alike was typed. Each as name, id and mail; without the asking person's own id.
    """
    signs = _signs_of(asking)
    return [
        f"{one.name} ({one.id}, {one.mail})"
        for _, one in sorted(registry.officers.items())
        if one.id != asking.id and signs & _signs_of(one)
    ]


def _signs_of(officer: Officer) -> set[str]:
    """The marks by which a person is read in a list, each as its kind and what it looks like."""
    return {
        f"id {look_of(officer.id)}",
        f"name {look_of(_without_titles(officer.name))}",
        f"mail {look_of(officer.mail)}",
    }


def look_of(text: str) -> str:
    """What a text looks like: without capitals, accents, blanks and marks, one sign for likes."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LIKES)
    return "".join(sign for sign in plain if sign.isalnum())


def _without_titles(name: str) -> str:
    """A name without what stands behind a comma, or is cut short before it, such as "Drs."."""
    words = name.partition(",")[0].split()
    return " ".join(word for word in words if not word.endswith(".")) or name


def person_as_typed(id_: OfficerId, name: str, mail: str, nip: str, rank: str) -> Officer:
    """A person in the words that somebody typed, without posts and keys. Raises `Misread`."""
    return Officer(
        id_, tidy_line(name), tidy_line(mail), tidy_line(nip).replace(" ", ""), tidy_line(rank)
    )


@contextmanager
def as_typed() -> Iterator[None]:
    """Turns the fault of a record that is only being made into one of what somebody typed."""
    from soptui.records.files.tables import RecordFault

    try:
        yield
    except RecordFault as fault:
        raise Refusal(
            Message(
                "{fault} Nothing was changed. Correct what you gave, and try again.",
                fault=fault.fault,
            )
        ) from None


def posts_of(texts: Iterable[str], titles: Mapping[RoleId, str], starts: date) -> tuple[Post, ...]:
    """The definitive posts that `ROLE[:SECTION]` texts name. Raises `Refusal`."""
    named = [text.partition(":") for text in dict.fromkeys(texts)]
    return tuple(
        Post(role, Capacity.DEFINITIVE, title_of(role, titles), starts, unit=UnitId(unit))
        for name, _separator, unit in named
        for role in [RoleId(name)]
    )


def refuse_reserved(id_: str) -> None:
    """Raises `Refusal` for an id of an officer or SOP of which Windows could have no file.

    A rule for what is newly signed: records that have such an id stay as good as they are.
    """
    if layout.is_reserved(id_):
        raise Refusal(
            Message(
                "Windows keeps the name {id} for a device, so a clone there could not hold its "
                "file. Nothing was changed. Choose another id.",
                id=id_,
            )
        )


def refuse_wrong_section(posts: Iterable[Post], office: Office, sops: Iterable[Sop]) -> None:
    """Raises `Refusal` for a post in a section that the office does not have, or in none.

    Only of a role that several sections hold must the section be named; nobody could be asked for
    data or send any without it. A rule for what is newly signed: older records stay as they are.
    """
    shared = {role.id for sop in sops for role in sop.roles if role.several}
    sections = ", ".join(unit.id for unit in office.units)
    for post in posts:
        if post.unit and office.unit(post.unit) is None:
            raise Refusal(
                Message(
                    "The office has no section {section}. Nothing was changed. Sections: {known}.",
                    section=post.unit,
                    known=sections,
                )
            )
        if post.role in shared and not post.unit:
            raise Refusal(
                Message(
                    "Several sections hold the post of {role}. Nothing was changed. Name the "
                    "section: {known}.",
                    role=post.role,
                    known=sections,
                )
            )


def doubts(desk: ReadingDesk) -> tuple[Message, ...]:
    """What is unusual about who holds which post now or later; nothing that is refused."""
    return doubts_of(desk.registry, desk.sops(), desk.now().date())
