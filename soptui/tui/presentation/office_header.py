"""What each header says of the office: what needs the person, and whose desk it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from soptui.desk.words.names import post_title
from soptui.domain.office import Officer, Post
from soptui.locale import _, clock
from soptui.tui.design.header import Header, Need, Part
from soptui.tui.text.phrases import brief_day, brief_moment

if TYPE_CHECKING:
    from soptui.desk.sharing.attention import Attention
    from soptui.tui.presentation.facts import Facts


def office_header(
    parts: Sequence[Part],
    facts: Facts | None,
    attention: Attention | None,
    *,
    read_only: bool = False,
) -> Header:
    """The header of a screen that is about these `parts`; what is not known yet is left out."""
    if facts is None:
        return Header(tuple(parts), tuple(_read_only(read_only)))
    needs = (
        *_read_only(read_only),
        *((Need(_("clock wrong"), _("clock!"), "bad"),) if facts.clock_fault else ()),
        *(_needs(attention, facts.now) if attention is not None else ()),
    )
    return Header(
        tuple(parts),
        needs,
        person=facts.officer.name if facts.officer else "",
        role=_roles(facts.officer, facts.posts),
        office=facts.registry.office.name,
        time=brief_moment(facts.now, facts.now),
    )


def _read_only(read_only: bool) -> Iterator[Need]:
    if read_only:
        mark = _("READ ONLY")
        yield Need(mark, mark)


def _roles(officer: Officer | None, posts: Sequence[Post]) -> str:
    return ", ".join(map(post_title, posts)) if officer is not None else ""


def _needs(attention: Attention, now: datetime) -> Iterator[Need]:
    """What is to be known: of the key first, for without it nothing more can be signed."""
    match attention.key.value:
        case "locked":
            yield Need(_("key locked"), _("key locked"), "bad")
        case "missing":
            yield Need(_("no key"), _("no key"), "bad")
    if attention.unsent:
        yield Need(_("unsent {count}", count=attention.unsent), f"^{attention.unsent}")
    if since := attention.offline_since:
        when = clock(since) if since.date() == now.date() else brief_day(since, now)
        yield Need(_("offline since {when}", when=when), _("offline"))
