"""Whether an event's author held the post that it names, and whether those it names exist.

This is asked of the registry and never of the clock: screens and commands ask before signing, the
verifier at the parent's and at the acceptance's state (`docs/record-format.md`, 6). It is kept
apart from the gate, so that the state of a case never changes because somebody left the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, timezone

from soptui.domain.actions.table import RULES
from soptui.domain.case import Case, Closed
from soptui.domain.events import Event, Submit
from soptui.domain.message import Message
from soptui.domain.office import Officer, Post, Registry


def authority(registry: Registry, case: Case, event: Event) -> Closed | None:
    """Why the event's author may not act in the post it names on its day; None when they may.

    `case` is the case as the author had seen it. Whom the event names must exist as well.
    """
    return post_fault(registry, event) or RULES[event.action].parties(
        registry, case, event.details, _day_of(registry, event)
    )


def post_fault(registry: Registry, event: Event) -> Closed | None:
    """Why the event's author did not hold, on its day, the post it names; None when they did."""
    officer = registry.officers.get(event.by)
    if officer is None:
        return Closed("unknown-officer", Message("No officer is registered as {by}.", by=event.by))
    day = _day_of(registry, event)
    if not any(_posts_named(officer, event, day)):
        return Closed(
            "post-not-held",
            Message(
                "{by} does not hold the post of {role} ({capacity}) on {day}.",
                by=event.by,
                role=event.role,
                capacity=event.capacity.value,
                day=day.isoformat(),
            ),
            roles=(event.role,),
        )
    return None


def has_begun(registry: Registry, event: Event, day: date) -> bool:
    """Whether a post by which the event's author acts, on the day it names, had begun on `day`."""
    officer = registry.officers.get(event.by)
    return officer is not None and any(
        post.starts <= day for post in _posts_named(officer, event, _day_of(registry, event))
    )


def _posts_named(officer: Officer, event: Event, day: date) -> Iterator[Post]:
    """The posts, held on `day`, that an event names."""
    unit = event.details.unit if isinstance(event.details, Submit) else ""
    for post in officer.posts_on(day):
        if (post.role, post.capacity) == (event.role, event.capacity) and unit in ("", post.unit):
            yield post


def _day_of(registry: Registry, event: Event) -> date:
    return event.at.astimezone(timezone(timedelta(minutes=registry.office.utc_offset))).date()
