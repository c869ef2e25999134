"""Attacks by a further key of a known person: who asked for it, and what speaks for that."""

from __future__ import annotations

from datetime import UTC, datetime

from soptui.domain.office import Key, Officer
from soptui.domain.replace import replace
from tests.attacks.attack import attack
from tests.attacks.attacked_office import officer
from tests.attacks.builder import Records
from tests.attacks.keys import key_of
from tests.support.office_parts import post

NEWCOMER = officer("baru-1", post("staff"))


def new_key(name: str) -> Key:
    return Key(key_of(name).line, datetime(2026, 1, 5, tzinfo=UTC))


def signed_key(
    r: Records,
    name: str,
    *,
    by: str,
    owner: str = "staff-1",
    genesis: str = "",
    namespace: str = "",
) -> Key:
    """A further key of `owner` with the signature over it of the key of `by`."""
    key = new_key(name)
    text = f"soptui-key 1 {genesis or r.genesis} {owner}\n{key.public}\n".encode()
    armour = key_of(by).sign(text, namespace=(namespace or "key@soptui").encode())
    return replace(key, signature="".join(armour.decode().splitlines()[1:-1]))


def with_key(r: Records, key: Key, owner: str = "staff-1") -> Officer:
    known = r.officers[owner]
    return replace(known, keys=(*known.keys, key))


def second_key_signed_by_the_first(r: Records) -> None:
    """Two further keys, each signed by one held before; the newest signs a note."""
    r.officer(with_key(r, signed_key(r, "second", by="staff-1")))
    r.officer(with_key(r, signed_key(r, "third", by="second")))
    r.note("staff-1", forged={"key": key_of("third")})


def key_in_the_place_of_a_lost_one(r: Records) -> None:
    r.revoke("staff-1")
    r.officer(with_key(r, replace(new_key("second"), lost=True)))
    r.note("staff-1", forged={"key": key_of("second")})


def first_key_of_somebody_registered_without(r: Records) -> None:
    r.officer(replace(NEWCOMER, keys=()))
    r.officer(NEWCOMER)
    r.note("baru-1")


@attack("later", "key-unsigned", twin=second_key_signed_by_the_first)
def further_key_that_nothing_speaks_for(r: Records) -> None:
    """A stranger's request, accepted: the key signs as the officer from then on."""
    r.officer(with_key(r, new_key("stranger")))


@attack("later", "key-unsigned", twin=key_in_the_place_of_a_lost_one)
def further_key_after_all_were_revoked(r: Records) -> None:
    r.revoke("staff-1")
    r.officer(with_key(r, new_key("stranger")))


@attack("later", "key-unsigned")
def further_key_signed_by_itself(r: Records) -> None:
    r.officer(with_key(r, signed_key(r, "stranger", by="stranger")))


@attack("later", "key-unsigned")
def further_key_signed_by_the_administrator(r: Records) -> None:
    r.officer(with_key(r, signed_key(r, "stranger", by="admin-1")))


@attack("later", "key-unsigned")
def further_key_signed_by_a_revoked_one(r: Records) -> None:
    r.officer(with_key(r, signed_key(r, "second", by="staff-1")))
    staff = r.officers["staff-1"]
    revoked = replace(staff.keys[0], revoked=r.clock, reason="dicuri")
    r.officer(replace(staff, keys=(revoked, *staff.keys[1:])))
    r.officer(with_key(r, signed_key(r, "stranger", by="staff-1")))


@attack("later", "key-unsigned")
def further_key_signed_by_one_that_comes_with_it(r: Records) -> None:
    staff = r.officers["staff-1"]
    second = signed_key(r, "second", by="staff-1")
    r.officer(replace(staff, keys=(*staff.keys, second, signed_key(r, "third", by="second"))))


@attack("later", "key-unsigned")
def signature_for_the_key_of_somebody_else(r: Records) -> None:
    """The Kasi has signed a new key of theirs; it is given to the staff member."""
    r.officer(with_key(r, signed_key(r, "second", by="staff-1", owner="kasi-1")))


@attack("later", "key-unsigned")
def signature_from_the_records_of_another_office(r: Records) -> None:
    r.officer(with_key(r, signed_key(r, "second", by="staff-1", genesis="1" * 40)))


@attack("later", "key-unsigned")
def signature_made_for_something_else(r: Records) -> None:
    r.officer(with_key(r, signed_key(r, "second", by="staff-1", namespace="git")))


@attack("later", "key-unsigned")
def signature_over_another_key(r: Records) -> None:
    signature = signed_key(r, "second", by="staff-1").signature
    r.officer(with_key(r, replace(new_key("stranger"), signature=signature)))


@attack("later", "key-unsigned")
def signature_that_is_none(r: Records) -> None:
    r.officer(with_key(r, replace(new_key("stranger"), signature="U1NIU0lH")))


@attack("later", "admin-form")
def key_both_signed_for_and_lost(r: Records) -> None:
    key = replace(signed_key(r, "second", by="staff-1"), lost=True)
    r.officer(with_key(r, key))


@attack("later", "message")
def lost_key_that_the_message_keeps_quiet(r: Records) -> None:
    r.officer(with_key(r, replace(new_key("stranger"), lost=True)), lost_key=False)


@attack("later", "key-unsigned", twin=first_key_of_somebody_registered_without)
def first_key_said_to_be_lost(r: Records) -> None:
    r.officer(replace(NEWCOMER, keys=(replace(new_key("baru-1"), lost=True),)))


@attack("later", "key-removed")
def signature_taken_away_later(r: Records) -> None:
    r.officer(with_key(r, signed_key(r, "second", by="staff-1")))
    staff = r.officers["staff-1"]
    lost = replace(staff.keys[1], signature="", lost=True)
    r.officer(replace(staff, keys=(staff.keys[0], lost)))
