"""What an office lacks before its first case can run, in the order of doing."""

from __future__ import annotations

from collections.abc import Iterator

from soptui.desk.office.starters import starter_names
from soptui.desk.reading import ReadingDesk
from soptui.domain.message import Message
from soptui.domain.sop import Sop


def next_steps(desk: ReadingDesk) -> tuple[Message, ...]:
    """The steps that are left, the first one first; none once a case can begin and be walked."""
    return tuple(_missing(desk))


def _missing(desk: ReadingDesk) -> Iterator[Message]:
    office = desk.office
    sops = desk.sops_in_force()
    if not office.offered_units() and (not sops or any(_asks_sections(sop) for sop in sops)):
        yield Message(
            'Name the sections of the office: soptui office add section ID "TITLE". An office '
            "without sections goes on with the next step."
        )
    if not sops:
        yield Message(
            'Give the office its first SOP: soptui sop new "TITLE" writes a draft to fill in, '
            "soptui sop check FILE finds what is wrong with it, soptui sop add FILE puts it in "
            "force. soptui sop add NAME takes one that comes along: {names}. Roles come from the "
            "SOP, so people come after it.",
            names=", ".join(starter_names()),
        )
        return
    if not office.offered_classifications():
        yield Message(
            "Take over the classification codes that the office files under: soptui office import "
            "permendagri-83-2022 --only CODE, such as 000.8."
        )
    today, registry = desk.now().date(), desk.registry
    for sop in sops:
        missing = [
            role
            for role in sop.roles
            if role.id in {sop.head, *(one.actor for one in sop.all_steps)}
            and next(registry.holders(role.id, today), None) is None
        ]
        if missing:
            yield Message(
                "Nobody holds these posts of the SOP {title} yet: {roles}. Register each person: "
                "soptui officer add ID --name NAME --mail MAIL --post ROLE --public-key FILE, or "
                "give one person another post: soptui officer post ID ROLE.",
                title=sop.identity.title,
                roles=", ".join(f"{role.title} ({role.id})" for role in missing),
            )


def _asks_sections(sop: Sop) -> bool:
    return any(role.several for role in sop.roles)
