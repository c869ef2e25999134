"""The office: its people, the posts they hold over time, their keys, and its own lists.

Nothing is ever deleted: a post ends, a key is revoked. So today's registry still tells who held
what on any earlier day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, field

from soptui.domain.ids import (
    NO_COMMIT,
    NO_ROLE,
    NO_UNIT,
    CommitId,
    OfficerId,
    RoleId,
    SopId,
    UnitId,
)
from soptui.domain.sop import Inference

ADMINISTRATOR = RoleId("administrator")
"""The role that keeps the registry, the SOPs and the calendars; no SOP's table prints it."""


FATES = ("permanen", "musnah")
"""*Nasib akhir*: what becomes of a file after its retention, kept for good or destroyed."""


class Capacity(StrEnum):
    """How a post is held (UU 30/2014 art. 14; SE BKN 1/SE/I/2021)."""

    DEFINITIVE = "definitif"
    ACTING = "plt"
    DAILY_ACTING = "plh"
    INTERIM = "pj"

    @property
    def prefix(self) -> str:
        """What stands before the title of who signs: "Plt. ", "Plh. ", "Pj. " or nothing."""
        return "" if self is Capacity.DEFINITIVE else f"{self.value.capitalize()}. "


class Post(Struct, frozen=True):
    """A role held by an officer from a day to a day (both included), and by which decision.

    `unit` names the section for a role that several sections hold. A post that ends on the day
    before its first was withdrawn before it began, and is held on no day.
    """

    role: RoleId
    capacity: Capacity
    title: str
    starts: date
    ends: date | None = None
    unit: UnitId = NO_UNIT
    basis: str = ""

    def held_on(self, day: date) -> bool:
        """Whether the post was held on `day`."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the post was ended before it began."""
        return self.ends is not None and self.ends < self.starts


class Key(Struct, frozen=True):
    """A public key of an officer, in OpenSSH's one-line form without comment.

    Once revoked it stays so. `suspect_from` is the commit from which events by a stolen key are
    listed for review. What brought in a further key of somebody who had one stands with it:
    `signature` by a key that they held, over this one, or that theirs was `lost`.
    """

    public: str
    added: datetime
    revoked: datetime | None = None
    reason: str = ""
    suspect_from: CommitId = NO_COMMIT
    signature: str = ""
    lost: bool = False


class Officer(Struct, frozen=True):
    """A person of the office."""

    id: OfficerId
    name: str
    mail: str
    nip: str = ""
    rank: str = ""
    posts: tuple[Post, ...] = ()
    keys: tuple[Key, ...] = ()

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """The posts held on `day`, definitive ones first."""
        held = [post for post in self.posts if post.held_on(day)]
        return tuple(sorted(held, key=lambda post: post.capacity is not Capacity.DEFINITIVE))

    def post_for(self, role: RoleId, day: date, *, unit: UnitId = NO_UNIT) -> Post | None:
        """The post by which this officer may act as `role` (of `unit`, if given) on `day`."""
        return next(
            (
                post
                for post in self.posts_on(day)
                if post.role == role and (not unit or post.unit == unit)
            ),
            None,
        )

    def valid_keys(self) -> tuple[Key, ...]:
        """The keys that are not revoked."""
        return tuple(key for key in self.keys if key.revoked is None)

    def lost_keys_since(self, before: Officer | None) -> tuple[Key, ...]:
        """The keys that came in the place of lost ones and that the officer `before` lacks."""
        known = {key.public for key in before.keys} if before else set()
        return tuple(key for key in self.keys if key.lost and key.public not in known)


class Unit(Struct, frozen=True):
    """A section (*seksi* or *subbagian*) that may be asked for data; not once it is `withdrawn`."""

    id: UnitId
    title: str
    withdrawn: bool = False


class Instruction(Struct, frozen=True):
    """A numbered line of the disposition sheet ("Dengan hormat harap")."""

    number: int
    code: str
    text: str
    withdrawn: bool = False


class Retention(Struct, frozen=True):
    """How many years a file is kept in use and out of use, and then its `fate` (`FATES`)."""

    active_years: int
    inactive_years: int
    fate: str


class Classification(Struct, frozen=True):
    """An archive code; `retention` is None where the office has none for it yet.

    `source` says where code and retention are from.
    """

    code: str
    title: str
    retention: Retention | None = None
    source: str = ""
    withdrawn: bool = False


class Office(Struct, frozen=True):
    """The office file: identity, limits and pick-lists.

    `utc_offset` is in minutes, `attachment_limit` in bytes. The first classification is the one
    proposed for a file. `regency` and `address` may be empty. `inferred` names the keys that hold
    examples which the office has not confirmed yet. What is withdrawn stays in its list, so that
    what was signed with it can be read, and is offered no more; under SOPs that are withdrawn no
    case begins. Holders of `register_role` sign registers of indicators; without it nobody does.
    """

    format: int
    id: str
    name: str
    regency: str
    address: str
    utc_offset: int
    attachment_limit: int
    week_days: int = 5
    register_role: RoleId = NO_ROLE
    units: tuple[Unit, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    classifications: tuple[Classification, ...] = ()
    applications: tuple[str, ...] = ()
    withdrawn_sops: tuple[SopId, ...] = ()
    inferred: tuple[Inference, ...] = ()

    def unit(self, unit: UnitId) -> Unit | None:
        """The section with this id, or None."""
        return next((candidate for candidate in self.units if candidate.id == unit), None)

    def unit_title(self, unit: UnitId) -> str:
        """The title of the section with this id, else the id."""
        found = self.unit(unit)
        return found.title if found else unit

    def instruction(self, code: str) -> Instruction | None:
        """The instruction with this code, or None."""
        return next((line for line in self.instructions if line.code == code), None)

    def offered_units(self) -> tuple[Unit, ...]:
        """The sections that work goes to: those that are not withdrawn."""
        return tuple(unit for unit in self.units if not unit.withdrawn)

    def offered_instructions(self) -> tuple[Instruction, ...]:
        """The instructions that can be given."""
        return tuple(line for line in self.instructions if not line.withdrawn)

    def offered_classifications(self) -> tuple[Classification, ...]:
        """The codes under which files are put."""
        return tuple(line for line in self.classifications if not line.withdrawn)


class Registry(Struct, frozen=True):
    """The office and its officers as they stand at one commit."""

    office: Office
    officers: Mapping[OfficerId, Officer] = field(default_factory=dict)

    def holders(self, role: RoleId, day: date, *, unit: UnitId = NO_UNIT) -> Iterator[Officer]:
        """The officers who hold `role` (of `unit`, if given) on `day`, by id."""
        for _, officer in sorted(self.officers.items()):
            if officer.post_for(role, day, unit=unit) is not None:
                yield officer

    def owner_of(self, public_key: str) -> tuple[Officer, Key] | None:
        """The officer to whom a public key belongs or belonged, with the key's record."""
        for officer in self.officers.values():
            for key in officer.keys:
                if key.public == public_key:
                    return officer, key
        return None

    def administrators(self, day: date) -> tuple[Officer, ...]:
        """The officers who can administer on `day`: they hold the role and a valid key."""
        return tuple(
            officer for officer in self.holders(ADMINISTRATOR, day) if officer.valid_keys()
        )
