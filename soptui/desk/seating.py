"""Finding out whose desk it is from the key at hand."""

from __future__ import annotations

from pathlib import Path

from soptui.domain.message import Message, Refusal
from soptui.domain.office import Registry


def officer_of_key(registry: Registry, configured: Path | None) -> str:
    """The id of the officer whose registered key is at hand: configured, in ~/.ssh, or the agent.

    Raises `Refusal` when there is none.
    """
    from soptui.records.openssh import SigningRefusal
    from soptui.records.signing import find_signer
    from soptui.records.sshsig import PublicKey

    keys = [
        PublicKey.parse(key.public)
        for officer in registry.officers.values()
        for key in officer.valid_keys()
    ]
    try:
        signer = find_signer(keys, configured)
    except SigningRefusal as refusal:
        raise SigningRefusal(
            refusal.code,
            Message(
                "It is not known whose desk this is: {reason} Name the officer with --officer.",
                reason=refusal.message,
            ),
        ) from None
    owned = registry.owner_of(signer.public_key.text)
    if owned is None:
        raise Refusal(Message("The key belongs to nobody in the records. Nothing was changed."))
    return owned[0].id
