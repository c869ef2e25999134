"""What would follow from an administrator's change that is easily a slip: asked about, not refused.

An office that has no head from tomorrow on finds out when letters lie. Nothing here is a rule of
the records: an office may have its reasons, and says so before it signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from soptui.domain.ids import NO_UNIT, RoleId, UnitId
from soptui.domain.message import Message
from soptui.domain.office import ADMINISTRATOR, Officer, Registry
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.domain.time.calendar import Calendar

_FEWEST_WORKING_DAYS = 200
"""A year of a five-day week has about 240 in Indonesia; one with fewer than this is mistyped."""

Place = tuple[RoleId, UnitId]
"""A role, and of a role that several sections hold also the section."""


def slips_of_posts(
    before: Registry, after: Registry, sops: Iterable[Sop], today: date
) -> tuple[Message, ...]:
    """What follows for posts and keys: who is missing from which day on, and who signs no more."""
    roles = {role: (sop, title) for sop in sops for role, title in _acting_roles(sop)}
    places = sorted({*_places(before, roles), *_places(after, roles)})
    found = []
    for role, unit in places:
        day = _first_day_without(after, role, unit, today)
        had_until = _first_day_without(before, role, unit, today)
        if day is not None and (had_until is None or day < had_until):
            found.append(_missing(after, role, unit, day, roles))
    return (*found, *_ended_before_today(before, after, today), *_keyless(before, after, today))


def slips_of_sop(new: Sop, known: Iterable[Sop]) -> tuple[Message, ...]:
    """What follows for a new version of an SOP that is in force: it is for good."""
    in_force = max(
        (one for one in known if one.id == new.id), key=lambda one: one.version, default=None
    )
    if in_force is None:
        return ()
    found = []
    if _said(new) == _said(in_force):
        found.append(
            Message(
                "Version {new} says the same as version {old}. No version can be taken back.",
                new=new.version,
                old=in_force.version,
            )
        )
    kept = {step.number: step.distinct_from for step in new.steps}
    dropped = [
        str(step.number)
        for step in in_force.steps
        if set(step.distinct_from) - set(kept.get(step.number, ()))
    ]
    if dropped:
        found.append(
            Message(
                "Steps that want another person than an earlier step did no longer want that: "
                "{steps}. Who wrote a document may then approve it.",
                steps=", ".join(dropped),
            )
        )
    return tuple(found)


def slips_of_calendar(new: Calendar, working_days: int) -> tuple[Message, ...]:
    """What follows for the deadlines of a year with so many working days."""
    if working_days >= _FEWEST_WORKING_DAYS:
        return ()
    return (
        Message(
            "By this calendar {year} has {days} working days only. Every deadline moves by it.",
            year=new.year,
            days=working_days,
        ),
    )


def _said(sop: Sop) -> Sop:
    return replace(sop, version=0, digest="")


def _acting_roles(sop: Sop) -> Iterator[tuple[RoleId, str]]:
    acting = {sop.head, *(step.actor for step in sop.all_steps)}
    for role in sop.roles:
        if role.id in acting or role.several:
            yield role.id, role.title


def _places(registry: Registry, roles: Iterable[RoleId]) -> Iterator[Place]:
    wanted = {*roles, ADMINISTRATOR}
    for officer in registry.officers.values():
        for post in officer.posts:
            if post.role in wanted:
                yield post.role, post.unit


def _first_day_without(registry: Registry, role: RoleId, unit: UnitId, today: date) -> date | None:
    """The first day from today on when nobody who can sign holds the role, if there is one."""
    posts = [post for one in _signers(registry) for post in one.posts if post.role == role]
    ends = {post.ends for post in posts if post.ends is not None and post.ends >= today}
    for day in sorted({today, *(end + timedelta(days=1) for end in ends)}):
        if not any(post.held_on(day) and unit in (NO_UNIT, post.unit) for post in posts):
            return day
    return None


def _signers(registry: Registry) -> Iterator[Officer]:
    return (one for one in registry.officers.values() if one.valid_keys())


def _missing(
    registry: Registry,
    role: RoleId,
    unit: UnitId,
    day: date,
    roles: dict[RoleId, tuple[Sop, str]],
) -> Message:
    if role == ADMINISTRATOR:
        return Message(
            "From {day} on nobody can administer: appoint people, register keys, add SOPs.",
            day=day,
        )
    sop, title = roles[role]
    section = registry.office.unit(unit)
    post = f"{title} ({section.title})" if section else title
    if role == sop.head:
        return Message(
            "From {day} on the office has no {post}: nothing is disposed, approved, cancelled or "
            "reopened until somebody is appointed, also as Plt or Plh.",
            day=day,
            post=post,
        )
    if role == sop.registration.actor:
        return Message(
            "From {day} on the office has no {post}: no letter is registered until somebody is "
            "appointed.",
            day=day,
            post=post,
        )
    return Message(
        "From {day} on the office has no {post}: what waits there lies until somebody is "
        "appointed.",
        day=day,
        post=post,
    )


def _ended_before_today(before: Registry, after: Registry, today: date) -> Iterator[Message]:
    for officer in after.officers.values():
        was = before.officers.get(officer.id)
        open_ = {(post.role, post.unit, post.starts) for post in (was.posts if was else ())
                 if post.ends is None}  # fmt: skip
        for post in officer.posts:
            if post.ends is None or post.ends >= today:
                continue
            if (post.role, post.unit, post.starts) in open_:
                yield Message(
                    "The post of {name} as {post} then ends on {day}, which has passed: what they "
                    "signed in it since and have not shared yet is refused. That cannot be taken "
                    "back.",
                    name=officer.name,
                    post=f"{post.capacity.prefix}{post.title}",
                    day=post.ends,
                )


def _keyless(before: Registry, after: Registry, today: date) -> Iterator[Message]:
    for officer in after.officers.values():
        was = before.officers.get(officer.id)
        lost = was is not None and was.valid_keys() and not officer.valid_keys()
        if lost and any(post.ends is None or post.ends >= today for post in officer.posts):
            yield Message(
                "{name} has no other key: until one is registered they sign nothing.",
                name=officer.name,
            )
