"""Whose registered key is at hand, to sign with and to know them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from soptui.domain.ids import Fingerprint, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer, Registry

if TYPE_CHECKING:
    import threading

    from soptui.records.keys.signing import Signer
    from soptui.records.keys.sshsig import PublicKey

_ALGORITHM = "SHA256:"


def signer_of(
    officer: Officer, configured: Path | None, *, cancelled: threading.Event | None = None
) -> Signer:
    """What signs as an officer: a valid key of theirs, configured, in ~/.ssh, or in the agent.

    An agent that does not answer is waited for until `cancelled` is set. Raises `SigningRefusal`
    when there is none.
    """
    from soptui.records.keys.signing import find_signer
    from soptui.records.keys.sshsig import PublicKey

    keys = [PublicKey.parse(key.public) for key in officer.valid_keys()]
    revoked = _revoked_keys((officer,))
    return find_signer(keys, configured, revoked=revoked, cancelled=cancelled)


def hub_keys(
    address: str, configured: Path | None, officer: Officer | None = None
) -> Sequence[Signer]:
    """The keys by which the hub at `address` may know who comes; none where it asks for none.

    It is the one with which `officer` signs here. While there is no such key, as before the records
    that came with it were fetched, it is the one named, or else all that are at hand.
    """
    from soptui.records.keys.signing import keys_at_hand
    from soptui.records.platform.openssh import SigningRefusal
    from soptui.records.sharing.ssh import Server

    if Server.of(address) is None:
        return ()
    if officer is not None:
        with suppress(SigningRefusal):
            return (signer_of(officer, configured),)
    return keys_at_hand(configured)


def owner_at_hand(registry: Registry, configured: Path | None) -> tuple[OfficerId, Signer]:
    """The id of the officer of whom a valid key is at hand, and what signs with it.

    Raises `SigningRefusal` when there is none.
    """
    from soptui.records.keys.signing import find_signer
    from soptui.records.keys.sshsig import PublicKey

    owners = {
        PublicKey.parse(key.public): officer.id
        for officer in registry.officers.values()
        for key in officer.valid_keys()
    }
    signer = find_signer(owners, configured, revoked=_revoked_keys(registry.officers.values()))
    return owners[signer.public_key], signer


def _revoked_keys(officers: Iterable[Officer]) -> frozenset[PublicKey]:
    from soptui.records.keys.sshsig import PublicKey

    return frozenset(
        PublicKey.parse(key.public)
        for officer in officers
        for key in officer.keys
        if key.revoked is not None
    )


def fingerprint_of(public: str) -> Fingerprint:
    """The fingerprint of a public key, given as OpenSSH's one line of a registered key."""
    from soptui.records.keys.sshsig import PublicKey

    return PublicKey.parse(public).fingerprint


def key_at_hand(officer: Officer, configured: Path | None) -> tuple[str, Message | None]:
    """The fingerprint of the key with which an officer signs here; if none, empty and why."""
    from soptui.records.platform.openssh import SigningRefusal

    try:
        return signer_of(officer, configured).public_key.fingerprint, None
    except SigningRefusal as refusal:
        return "", refusal.message


def is_locked(refusal: Refusal | None) -> bool:
    """Whether a signature was refused because the key waits for its passphrase in an agent."""
    from soptui.records.platform.openssh import SigningRefusal

    return isinstance(refusal, SigningRefusal) and refusal.code == "key-locked"


def why_only_reading(refusal: Refusal) -> Message:
    """What to say to somebody who is no officer here, because of what refused them a desk.

    Whoever has no key, as an auditor, needs none to read.
    """
    from soptui.records.platform.openssh import SigningRefusal

    if isinstance(refusal, SigningRefusal) and refusal.code == "no-key":
        return Message(
            "No SSH key is at hand, so everything can be read here and nothing recorded. Only who "
            "is to record something needs a key that an administrator has registered."
        )
    return refusal.message


def same_fingerprint(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two fingerprints are of one key, however they were copied from paper."""
    return _bare(one) == _bare(other)


def _bare(fingerprint: Fingerprint) -> str:
    return fingerprint.strip().removeprefix(_ALGORITHM)


def officer_of_key(registry: Registry, configured: Path | None) -> OfficerId:
    """The id of the officer whose registered key is at hand: configured, in ~/.ssh, or the agent.

    Raises `Refusal` when there is none.
    """
    from soptui.records.platform.openssh import SigningRefusal

    try:
        return owner_at_hand(registry, configured)[0]
    except SigningRefusal as refusal:
        raise SigningRefusal(
            refusal.code,
            Message(
                "It is not known whose desk this is: {reason} Name the officer with --officer.",
                reason=refusal.message,
            ),
        ) from None
