"""What an administrative commit may change, judged against the registry at its parent.

Nothing that once gave authority is rewritten: keys are only added or revoked, posts only added or
ended, SOP versions only added. Each check raises `Found`.
"""

from __future__ import annotations

from datetime import date

from soptui.domain.office import ADMINISTRATOR, Office, Officer, Registry
from soptui.records.findings import Found


def check_officer_change(registry: Registry, officer: Officer, path: str) -> None:
    """Whether `officer` may take the place of who now has this id, or be added.

    Raises `Found`: `key-removed`, `key-restored`, `key-shared`, `post-rewritten`.
    """
    known = registry.officers.get(officer.id)
    if known is not None:
        _check_keys_kept(known, officer, path)
        _check_posts_kept(known, officer, path)
    taken = {
        key.public
        for other in registry.officers.values()
        if other.id != officer.id
        for key in other.keys
    }
    own = [key.public for key in officer.keys]
    if taken.intersection(own) or len(set(own)) != len(own):
        raise Found("key-shared", path=path)


def check_administrators_remain(officers: Registry) -> None:
    """Whether somebody can still administer. Raises `Found`: `last-administrator`.

    A post that has an end does not count: when it ends, nobody could appoint a successor.
    """
    for officer in officers.officers.values():
        if officer.valid_keys() and any(
            post.role == ADMINISTRATOR and post.ends is None for post in officer.posts
        ):
            return
    raise Found("last-administrator")


def check_office_change(old: Office, new: Office) -> None:
    """Whether the office file may become `new`. Raises `Found`: `office-identity`."""
    if (old.id, old.format) != (new.id, new.format):
        raise Found("office-identity", path="office.toml")


def check_administrator(registry: Registry, officer: Officer, day: date) -> None:
    """Whether `officer` may administer on `day`. Raises `Found`: `not-administrator`."""
    if officer.post_for(ADMINISTRATOR, day) is None:
        raise Found("not-administrator", officer=officer.id)


def _check_keys_kept(known: Officer, officer: Officer, path: str) -> None:
    if len(officer.keys) < len(known.keys):
        raise Found("key-removed", path=path)
    for before, after in zip(known.keys, officer.keys, strict=False):
        if (before.public, before.added) != (after.public, after.added):
            raise Found("key-removed", path=path)
        if before.revoked is not None and before != after:
            raise Found("key-restored", path=path)


def _check_posts_kept(known: Officer, officer: Officer, path: str) -> None:
    if len(officer.posts) < len(known.posts):
        raise Found("post-rewritten", path=path)
    for before, after in zip(known.posts, officer.posts, strict=False):
        same = (before.role, before.capacity, before.unit, before.starts, before.basis) == (
            after.role, after.capacity, after.unit, after.starts, after.basis,
        )  # fmt: skip
        if not same or (before.ends is not None and before.ends != after.ends):
            raise Found("post-rewritten", path=path)
