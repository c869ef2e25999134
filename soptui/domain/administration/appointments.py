"""What is unusual about who holds which post: told, never refused; an office may have its reasons.

- A structural post has one definitive holder at a time (the model of Banjarnegara's e-SAKIP,
  `domain.md` 2.4).
- A Plt is appointed for three months and may be extended once by three (SE BKN 2/SE/VII/2019, as
  reported; that SE BKN 1/SE/I/2021 keeps these limits could not be read in it itself).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from soptui.domain.ids import RoleId
from soptui.domain.message import Message
from soptui.domain.office import Capacity, Officer, Post, Registry
from soptui.domain.sop import Sop, StepKind

_ACTING_MONTHS = 3
_LONGEST_ACTING_MONTHS = 6

_LEADING = frozenset({StepKind.DISPOSE, StepKind.COLLECT, StepKind.REVIEW, StepKind.APPROVE})


def structural_roles(sops: Iterable[Sop]) -> frozenset[RoleId]:
    """The roles that one person holds at a time, in a section where several share it.

    They lead others: the head's, those who dispose, collect, review or approve, and those of the
    sections. Staff do the work, and there may be many.
    """
    return frozenset(
        role.id
        for sop in sops
        for role in sop.roles
        if role.several
        or role.id == sop.head
        or any(step.actor == role.id and step.kind in _LEADING for step in sop.steps)
    )


def doubts_of(registry: Registry, sops: Iterable[Sop], today: date) -> tuple[Message, ...]:
    """What is unusual about the posts that are held on `today` or later, by officer."""
    structural = structural_roles(sops)
    return (*_held_twice(registry, structural, today), *_acting_too_long(registry, today))


def _held_twice(
    registry: Registry, structural: frozenset[RoleId], today: date
) -> Iterator[Message]:
    definitive = [
        (officer, post)
        for _, officer in sorted(registry.officers.items())
        for post in officer.posts
        if post.capacity is Capacity.DEFINITIVE and post.role in structural
    ]
    for (one, held), (other, too) in combinations(definitive, 2):
        if one.id == other.id or (held.role, held.unit) != (too.role, too.unit):
            continue
        first = max(held.starts, too.starts)
        if max(first, today) > min(_last_day(held), _last_day(too)):
            continue
        section = registry.office.unit(held.unit)
        yield Message(
            "{one} and {other} both hold the post of {post} definitively from {first} on. Only one "
            "person holds it at a time: end one of the two posts, or appoint a Plt or Plh.",
            one=one.name,
            other=other.name,
            post=f"{held.title} ({section.title})" if section else held.title,
            first=first,
        )


def _acting_too_long(registry: Registry, today: date) -> Iterator[Message]:
    for _, officer in sorted(registry.officers.items()):
        for posts in _runs(officer):
            last = posts[-1]
            if _last_day(last) < today:
                continue
            if _last_day(last) > _months_after(posts[0].starts, _LONGEST_ACTING_MONTHS):
                yield Message(
                    "{name} is {post} from {first} to {last}. A Plt is appointed for 3 months and "
                    "once for 3 more: have a definitive holder, or another Plt, appointed.",
                    name=officer.name,
                    post=f"{last.capacity.prefix}{last.title}",
                    first=posts[0].starts,
                    last=last.ends or "…",
                )
                continue
            for post in posts:
                if _last_day(post) > _months_after(post.starts, _ACTING_MONTHS):
                    yield Message(
                        "{name} is {post} from {first} to {last}. A Plt is appointed for 3 months: "
                        "let the post end then, and record the extension as a post of its own with "
                        "its decision.",
                        name=officer.name,
                        post=f"{post.capacity.prefix}{post.title}",
                        first=post.starts,
                        last=post.ends or "…",
                    )


def _runs(officer: Officer) -> Iterator[list[Post]]:
    """The posts as Plt that follow one another without a day between, for each role and section."""
    acting = sorted(
        (post for post in officer.posts if post.capacity is Capacity.ACTING),
        key=lambda post: (post.role, post.unit, post.starts),
    )
    run: list[Post] = []
    for post in acting:
        follows = (
            run
            and (post.role, post.unit) == (run[-1].role, run[-1].unit)
            and post.starts - timedelta(days=1) <= _last_day(run[-1])
        )
        if run and not follows:
            yield run
            run = []
        run.append(post)
    if run:
        yield run


def _last_day(post: Post) -> date:
    return post.ends or date.max


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
