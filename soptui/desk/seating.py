"""Finding out whose desk it is from the key at hand, and who could do what is not open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from soptui.domain.case import Closed
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer, Registry

if TYPE_CHECKING:
    from soptui.desk.desk import Desk


def officer_of_key(registry: Registry, configured: Path | None) -> str:
    """The id of the officer whose registered key is at hand: configured, in ~/.ssh, or the agent.

    Raises `Refusal` when there is none.
    """
    from soptui.records.openssh import SigningRefusal
    from soptui.records.signing import find_signer
    from soptui.records.sshsig import PublicKey

    keys = [
        PublicKey.parse(key.public)
        for officer in registry.officers.values()
        for key in officer.valid_keys()
    ]
    try:
        signer = find_signer(keys, configured)
    except SigningRefusal as refusal:
        raise SigningRefusal(
            refusal.code,
            Message(
                "It is not known whose desk this is: {reason} Name the officer with --officer.",
                reason=refusal.message,
            ),
        ) from None
    owned = registry.owner_of(signer.public_key.text)
    if owned is None:
        raise Refusal(Message("The key belongs to nobody in the records. Nothing was changed."))
    return owned[0].id


def who_can(desk: Desk, closed: Closed) -> tuple[str, ...]:
    """Who could act instead, as lines such as "Camat: Camat Contoh (camat-1)".

    Of a role, those who hold it today; of one that nobody holds, just that.
    """
    registry, today = desk.registry, desk.now().date()
    titles = {role.id: role.title for sop in desk.sops() for role in sop.roles}
    lines = [
        _with_holders(titles.get(role, role), list(registry.holders(role, today)))
        for role in closed.roles
    ]
    for unit in closed.units:
        known = registry.office.unit(unit)
        members = [
            officer
            for officer in registry.officers.values()
            if any(post.unit == unit for post in officer.posts_on(today))
        ]
        lines.append(_with_holders(known.title if known else unit, members))
    for officer_id in closed.officers:
        officer = registry.officers.get(officer_id)
        lines.append(_called(officer) if officer else officer_id)
    return tuple(dict.fromkeys(lines))


def _with_holders(title: str, officers: list[Officer]) -> str:
    if not officers:
        from soptui.locale import _

        return _("{title}: nobody holds this post today", title=title)
    return f"{title}: {', '.join(map(_called, officers))}"


def _called(officer: Officer) -> str:
    return f"{officer.name} ({officer.id})"
