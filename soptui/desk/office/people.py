"""What the office's roles are called, posts in them, and who could act where one cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from soptui.domain.appointments import doubts_of
from soptui.domain.case import Closed
from soptui.domain.message import N_, Message, Refusal
from soptui.domain.office import ADMINISTRATOR, Capacity, Office, Officer, Post, Registry
from soptui.domain.sop import Sop
from soptui.domain.text import tidy
from soptui.locale import _, translate
from soptui.records.files import layout

if TYPE_CHECKING:
    from soptui.desk.reading import ReadingDesk

_NOT_WHO_CAN = {
    "answers-missing": N_("Not answered yet: {who}."),
    "asked-already": N_("Not answered yet: {who}."),
    "wrong-addressee": N_("To be addressed: {who}."),
}
"""What those are whom a refusal names, by its code, where they are not who could act."""


def role_titles(sops: Iterable[Sop]) -> dict[str, str]:
    """Every role that can be held, by id, with the title that its SOP prints."""
    titles = {ADMINISTRATOR: "Administrator"}
    for sop in sops:
        titles |= {role.id: role.title for role in sop.roles}
    return titles


def title_of(role: str, titles: Mapping[str, str]) -> str:
    """The title of a role that can be held. Raises `Refusal`, naming those that can."""
    if role not in titles:
        raise Refusal(
            Message(
                "No SOP has a role {role}. Nothing was changed. Roles: {known}.",
                role=role,
                known=", ".join(titles),
            )
        )
    return titles[role]


def person_as_typed(id_: str, name: str, mail: str, nip: str, rank: str) -> Officer:
    """A person in the words that somebody typed, without posts and keys. Raises `Misread`."""
    return Officer(id_, tidy(name), tidy(mail), tidy(nip).replace(" ", ""), tidy(rank))


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


def posts_of(texts: Iterable[str], titles: Mapping[str, str], starts: date) -> tuple[Post, ...]:
    """The definitive posts that `ROLE[:SECTION]` texts name. Raises `Refusal`."""
    named = [text.partition(":") for text in dict.fromkeys(texts)]
    return tuple(
        Post(role, Capacity.DEFINITIVE, title_of(role, titles), starts, unit=unit)
        for role, _separator, unit in named
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


def why_closed(closed: Closed, registry: Registry, today: date, sops: Iterable[Sop]) -> str:
    """Why an action is not open and, where the gate knows, who could: in the reader's language."""
    return f"{translate(closed.reason)} {told_who_can(closed, registry, today, sops)}".rstrip()


def told_who_can(closed: Closed, registry: Registry, today: date, sops: Iterable[Sop]) -> str:
    """Who could act or is still awaited, as a sentence; empty when the gate names nobody."""
    names = "; ".join(who_can(closed, registry, today, sops))
    if not names:
        return ""
    if closed.code in _NOT_WHO_CAN:
        return _(_NOT_WHO_CAN[closed.code], who=names)
    return _("Who can: {who}.", who=names)


def who_can(
    closed: Closed, registry: Registry, today: date, sops: Iterable[Sop]
) -> tuple[str, ...]:
    """Who could act instead, such as "Camat (Camat Contoh)"; empty when the gate names nobody.

    Of a role or a section, those who hold it today; of one that nobody holds, just that. An
    officer who no longer holds the post for it can no more: the head may reassign the case.
    `sops` give the roles their titles.
    """
    officers, titles = registry.officers, role_titles(sops)
    found = []
    for one in closed.officers:
        officer = officers.get(one)
        name = officer.name if officer else one
        if not closed.post or (officer and officer.post_for(closed.post, today)):
            found.append(name)
        elif closed.head:
            head = titles.get(closed.head, closed.head)
            heads = _with_holders(head, registry.holders(closed.head, today))
            found.append(_by_reassigning(heads, name))
    found += [
        _with_holders(titles.get(role, role), registry.holders(role, today))
        for role in closed.roles
        if not closed.head
    ]
    for unit in closed.units:
        members = [
            officer
            for officer in officers.values()
            if any(post.unit == unit for post in officer.posts_on(today))
        ]
        found.append(_with_holders(registry.office.unit_title(unit), members))
    return tuple(dict.fromkeys(found))


def _by_reassigning(heads: str, former: str) -> str:
    return _(
        "{heads} by Reassign, for {officer} no longer holds the post", heads=heads, officer=former
    )


def _with_holders(title: str, holders: Iterable[Officer]) -> str:
    names = ", ".join(officer.name for officer in holders)
    return f"{title} ({names or _('nobody holds this post today')})"
