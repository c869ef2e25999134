"""What an administrative commit may change, judged against the registry at its parent.

Nothing that once gave authority is rewritten: keys are only added or revoked, posts only added or
ended, an end that was set only brought forward, SOP versions only added. Each check raises `Found`.
"""

from __future__ import annotations

from datetime import date

from soptui.domain.findings import Found
from soptui.domain.ids import NO_ROLE, CommitId, RoleId
from soptui.domain.office import ADMINISTRATOR, Office, Officer, Post, Registry
from soptui.domain.sop import END, REGISTRATION, Sop
from soptui.records.keys.key_proof import key_that_signed
from soptui.records.keys.sshsig import SignatureFault
from soptui.records.verify.judged import Judged, day_at

_KEPT_OF_KEYS = ("public", "added", "signature", "lost")


def check_officer_change(
    registry: Registry, officer: Officer, path: str, day: date, *, genesis: CommitId
) -> None:
    """Whether `officer` may take the place of who now has this id, or be added, on `day`.

    `genesis` is the first commit of the records. Raises `Found`: `key-removed`, `key-restored`,
    `key-shared`, `key-unsigned`, `officer-twice`, `post-rewritten`.
    """
    known = registry.officers.get(officer.id)
    if known is not None:
        _check_keys_kept(known, officer, path)
        _check_posts_kept(known, officer, path, day)
    _check_new_keys(known, officer, path, genesis)
    own = {key.public for key in officer.keys}
    if len(own) != len(officer.keys):
        raise Found("key-shared", path=path)
    for other in registry.officers.values():
        if other.id == officer.id:
            continue
        if not own.isdisjoint(key.public for key in other.keys):
            raise Found("key-shared", path=path)
        # Duties are kept apart by person, so a person has but one record.
        if other.mail == officer.mail or (other.nip and other.nip == officer.nip):
            raise Found("officer-twice", path=path, officer=other.id)


def check_administrators_remain(registry: Registry, day: date) -> None:
    """Whether somebody can administer from `day` on. Raises `Found`: `last-administrator`.

    A post that has an end does not count: when it ends, nobody could appoint a successor.
    """
    for officer in registry.officers.values():
        if officer.valid_keys() and any(
            post.role == ADMINISTRATOR and post.ends is None and post.starts <= day
            for post in officer.posts
        ):
            return
    raise Found("last-administrator")


def check_sop(sop: Sop, path: str) -> None:
    """Whether whatever the SOP names is there, so that a case can be folded under it.

    Raises `Found`: `sop-form`. Whether it is a good SOP, `domain.sop_check` says; that may become
    stricter, and must not make an older history unacceptable.
    """
    roles = {role.id for role in sop.roles}
    reasons = {reason.code for reason in sop.return_reasons}
    numbers = [step.number for step in sop.steps]
    if not numbers or numbers != sorted(set(numbers)) or numbers[0] <= sop.registration.number:
        raise Found("sop-form", path=path, detail="steps")
    outside = {role.id for role in sop.roles if role.outside}
    for role in (sop.head, sop.filed_by or sop.head):
        if role not in roles - outside:
            raise Found("sop-form", path=path, detail=role)
    for step in (sop.registration, *sop.steps):
        named: set[str] = {step.actor, step.column, *step.involved}
        named -= roles
        named |= {step.actor} & outside
        named |= {step.stands_for} - outside - {NO_ROLE}
        for edge in step.returns:
            named.update(reason for reason in edge.reasons if reason not in reasons)
        earlier = {sop.registration.number, *(one for one in numbers if one < step.number)}
        places = {edge.to for edge in step.returns} | set(step.distinct_from)
        named |= {str(number) for number in places - earlier}
        others = {END, *numbers} - ({step.number} - {REGISTRATION})
        named |= {str(way.to) for way in step.ways if way.to not in others}
        if named:
            raise Found("sop-form", path=path, detail=f"{step.number}: {', '.join(sorted(named))}")


def check_office_change(old: Office, new: Office) -> None:
    """Whether the office file may become `new`. Raises `Found`: `office-identity`."""
    if (old.id, old.format) != (new.id, new.format):
        raise Found("office-identity", path="office.toml")


def check_keeper(officer: Officer, role: RoleId, day: date, before: date, code: str) -> None:
    """Whether `officer` may keep the records in `role` on `day`. Raises `Found` with this code.

    `day` is only claimed. Whoever dates back to when they held the post is found by the day
    `before`, on which somebody made what the change builds on: the post must not have ended.
    """
    if not any(
        post.role == role and post.held_on(day) and (post.ends is None or before <= post.ends)
        for post in officer.posts
    ):
        raise Found(code, officer=officer.id)


def day_of_keeper(judged: Judged, role: RoleId, code: str) -> date:
    """The day from which a commit counts whose signer must hold `role`.

    Raises `Found`: `code` where they do not hold it, `early-post` where it has not begun.
    """
    registry, officer = judged.before.registry, judged.officer
    day = day_at(judged.commit.author.seconds, registry)
    check_keeper(officer, role, day, day_at(judged.accepted_at, registry), code)
    latest = judged.latest_before_claim
    if latest is None:
        return day
    # What holds only on the day that the commit claims must not count before that day.
    present = day_at(latest, registry)
    if not any(
        post.role == role and post.held_on(day) and post.starts <= present for post in officer.posts
    ):
        raise Found("early-post", officer=officer.id)
    return present


def check_first_keys(officer: Officer, path: str) -> None:
    """Whether the keys of somebody who had none say nothing of older ones.

    Raises `Found`: `key-unsigned`.
    """
    if any(key.signature or key.lost for key in officer.keys):
        raise Found("key-unsigned", path=path, officer=officer.id)


def _check_new_keys(known: Officer | None, officer: Officer, path: str, genesis: CommitId) -> None:
    """Whether each key that the officer `known` lacks came in as it may.

    The keys with which a person is registered, or the first of somebody who had none, are the
    administrator's word alone. A further one is asked for with a key that the person holds.
    """
    held = known.keys if known else ()
    if not held:
        check_first_keys(officer, path)
        return
    signers = {key.public for key in held if key.revoked is None}
    for key in officer.keys[len(held) :]:
        if key.lost:
            continue
        try:
            signed_by = key_that_signed(key.signature, genesis, officer.id, key.public)
        except SignatureFault:
            raise Found("key-unsigned", path=path, officer=officer.id) from None
        if signed_by.text not in signers:
            raise Found("key-unsigned", path=path, officer=officer.id)


def _check_keys_kept(known: Officer, officer: Officer, path: str) -> None:
    if len(officer.keys) < len(known.keys):
        raise Found("key-removed", path=path)
    for before, after in zip(known.keys, officer.keys, strict=False):
        if any(getattr(before, name) != getattr(after, name) for name in _KEPT_OF_KEYS):
            raise Found("key-removed", path=path)
        if before.revoked is not None and before != after:
            raise Found("key-restored", path=path)


def _check_posts_kept(known: Officer, officer: Officer, path: str, day: date) -> None:
    if len(officer.posts) < len(known.posts):
        raise Found("post-rewritten", path=path)
    for before, after in zip(known.posts, officer.posts, strict=False):
        same = (before.role, before.capacity, before.unit, before.starts, before.basis) == (
            after.role, after.capacity, after.unit, after.starts, after.basis,
        )  # fmt: skip
        if not same or not _may_end(before, after, day):
            raise Found("post-rewritten", path=path)


def _may_end(before: Post, after: Post, day: date) -> bool:
    """Whether a post may from now on end as `after` does.

    An end that was set only comes earlier, so that nobody prolongs a power without a decision of
    its own; and no earlier than `day`, so that the days that have passed stay as they were held.
    """
    if before.ends in (None, after.ends):
        return True
    return after.ends is not None and day <= after.ends < before.ends
