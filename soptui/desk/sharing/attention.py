"""What an officer should know wherever they are: what is not sent yet, and why, and of their key.

Told without asking the hub, and without signing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.message import Message

if TYPE_CHECKING:
    from soptui.desk.desk import Desk


class KeyState(StrEnum):
    """Whether the officer's key can sign now; `LOCKED` waits for its passphrase in an agent."""

    READY = "ready"
    LOCKED = "locked"
    MISSING = "missing"


class Attention(Struct, frozen=True):
    """How many commits the hub lacks, since when it does not answer, and the state of the key."""

    unsent: int = 0
    offline_since: datetime | None = None
    key: KeyState = KeyState.READY


def attention_of(desk: Desk, key: KeyState = KeyState.READY) -> Attention:
    """What is to be known at a desk, the state of whose key is known already.

    Reads records: for a thread. Raises `Untrusted`.
    """
    from soptui.records.sharing.remote import remote_of
    from soptui.records.sharing.state import load_contact

    repository = desk.repository
    if not remote_of(repository.directory):
        return Attention(key=key)
    contact = load_contact(repository)
    since = contact.offline_since
    offline = datetime.fromisoformat(since).astimezone(desk.now().tzinfo) if since else None
    return Attention(contact.ahead(repository), offline, key)


def key_state_of(desk: Desk) -> KeyState:
    """Whether the key of the desk's officer can sign now; of who only reads, ready.

    Starts programs: for a thread.
    """
    from soptui.desk.keys import signer_of
    from soptui.records.platform.openssh import SigningRefusal

    officer = desk.registry.officers.get(desk.officer_id)
    if officer is None or desk.read_only:
        return KeyState.READY
    try:
        return KeyState.LOCKED if signer_of(officer, desk.key).is_locked() else KeyState.READY
    except SigningRefusal:
        return KeyState.MISSING


def fault_of_key(desk: Desk) -> Message | None:
    """Why the key of the desk's officer cannot sign now, and what opens it; None where it can.

    Starts programs.
    """
    from soptui.desk.keys import key_at_hand

    match key_state_of(desk):
        case KeyState.LOCKED:
            return Message(
                "Your key is locked. Everything can be read, and nothing can be signed: leave, "
                "open the key with ssh-add, and start again."
            )
        case KeyState.MISSING:
            return key_at_hand(desk.officer, desk.key)[1]
        case _:
            return None
