"""Finding out whose desk it is from the key at hand."""

from __future__ import annotations

from pathlib import Path

from soptui.desk.keys import owner_at_hand
from soptui.domain.message import Message
from soptui.domain.office import Registry


def officer_of_key(registry: Registry, configured: Path | None) -> str:
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
