"""Which post an administrator means who lets one end, and when it can."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from soptui.domain.ids import NO_UNIT, RoleId, UnitId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer, Post
from soptui.domain.replace import replace


def with_post_ended(
    officer: Officer,
    role: RoleId,
    last_day: date,
    today: date,
    *,
    unit: UnitId = NO_UNIT,
    starts: date | None = None,
) -> Officer:
    """The officer, whose post of `role` ends with `last_day`.

    A post that has not begun and would not begin by then is withdrawn: it ends on the day before
    its first. Raises `Refusal` when no such post still runs or is to come, when several can be
    meant, and when the day is not one to which an end may be moved.
    """
    post = _meant(officer, role, today, unit, starts)
    if last_day < post.starts:
        if post.starts <= today:
            raise ends_before_it_begins(post.starts)
        last_day = post.starts - timedelta(days=1)
    if post.ends is not None:
        _refuse_unless_earlier(officer, post, post.ends, last_day, today)
    ended = replace(post, ends=last_day)
    return replace(officer, posts=tuple(ended if one is post else one for one in officer.posts))


def ends_before_it_begins(starts: date) -> Refusal:
    """What to say of a last day that comes before the first."""
    return Refusal(
        Message(
            "The last day comes before the first, {starts}. Nothing was changed. Correct --from "
            "or --until.",
            starts=starts,
        )
    )


def _meant(officer: Officer, role: RoleId, today: date, unit: UnitId, starts: date | None) -> Post:
    held = [post for post in officer.posts if post.role == role and unit in ("", post.unit)]
    going = [post for post in held if post.ends is None or post.ends >= today]
    going = [post for post in going if not post.is_withdrawn]
    found = [post for post in going if starts in (None, post.starts)]
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(officer, role, found)
    if not going and held:
        raise Refusal(
            Message(
                "The post of {role} of {officer} has ended already. Nothing was changed. soptui "
                "officer show {officer} lists the posts.",
                officer=officer.id,
                role=role,
            )
        )
    raise Refusal(
        Message(
            "{officer} holds no such post of {role}. Nothing was changed. soptui officer show "
            "{officer} lists the posts.",
            officer=officer.id,
            role=role,
        )
    )


def _several(officer: Officer, role: RoleId, found: Sequence[Post]) -> Refusal:
    if len({post.unit for post in found}) > 1:
        return Refusal(
            Message(
                "{officer} holds the post of {role} in several sections. Nothing was changed. Name "
                "one: {sections}.",
                officer=officer.id,
                role=role,
                sections=", ".join(dict.fromkeys(post.unit or "-" for post in found)),
            )
        )
    return Refusal(
        Message(
            "{officer} holds the post of {role} several times. Nothing was changed. Name one by "
            "its first day (--from): {days}.",
            officer=officer.id,
            role=role,
            days=", ".join(f"{post.starts:%d/%m/%Y}" for post in found),
        )
    )


def _refuse_unless_earlier(
    officer: Officer, post: Post, ends: date, last_day: date, today: date
) -> None:
    if last_day >= ends:
        raise Refusal(
            Message(
                "The post ends on {ends} already, and is not prolonged. Nothing was changed. "
                "Whoever goes on is appointed anew: soptui officer post {officer} {role} --from "
                "{next}.",
                ends=ends,
                officer=officer.id,
                role=post.role,
                next=f"{ends + timedelta(days=1):%d/%m/%Y}",
            )
        )
    if last_day < today:
        raise Refusal(
            Message(
                "A post that has an end cannot be ended for days that have passed. Nothing was "
                "changed. Give today or a later day (--until)."
            )
        )
