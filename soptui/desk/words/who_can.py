"""Why something was refused, and who could do it instead, as a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from soptui.desk.refusals import NotOpen
from soptui.desk.words.names import role_titles
from soptui.domain.case import Closed
from soptui.domain.message import N_, Refusal
from soptui.domain.office import Officer, Registry
from soptui.domain.sop import Sop
from soptui.locale import _, translate

_NOT_WHO_CAN = {
    "answers-missing": N_("Not answered yet: {who}."),
    "asked-already": N_("Not answered yet: {who}."),
    "wrong-addressee": N_("To be addressed: {who}."),
}
"""What those are whom a refusal names, by its code, where they are not who could act."""


def sentence_of(refusal: Refusal, registry: Registry, today: date, sops: Iterable[Sop]) -> str:
    """What a refusal says and, when the gate refused, who could: in the reader's language."""
    if isinstance(refusal, NotOpen):
        return why_closed(refusal.closed, registry, today, sops)
    return translate(refusal.message)


def why_closed(closed: Closed, registry: Registry, today: date, sops: Iterable[Sop]) -> str:
    """Why an action is not open and, where the gate knows, who could: in the reader's language."""
    return f"{translate(closed.reason)} {who_can_sentence(closed, registry, today, sops)}".rstrip()


def who_can_sentence(closed: Closed, registry: Registry, today: date, sops: Iterable[Sop]) -> str:
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
