"""What can be forged about a commit, an event and a case: keyword arguments of `Records`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict

from soptui.domain.events import Attachment, AttachmentKind
from soptui.domain.ids import CaseId, EventId
from soptui.domain.office import Capacity
from tests.attacks.keys import TestKey

Mend = Callable[[bytes], bytes]

Content = bytes | tuple[str, str] | None
"""What a commit makes of a file: its bytes, a mode with an id, or None for a file that goes."""

Contents = tuple[tuple[AttachmentKind, bytes], ...]
"""The files that an event brings along."""


class ForgedCommit(TypedDict, total=False):
    """What is forged about a commit; see `Records.commit`."""

    parents: tuple[str, ...]
    at: datetime
    committed: datetime
    author: str
    committer: str
    key: TestKey
    tree: str
    sign: Callable[[TestKey, bytes], bytes]
    unsigned: Mend | None
    signed: Mend


class ForgedAct(ForgedCommit, total=False):
    """What is forged about the commit of an event; see `Records.add`."""

    block: Mend
    extra: Mapping[str, Content]
    message: Callable[[str], str]
    signer: str


class ForgedChange(ForgedCommit, total=False):
    """What is forged about an administrative change; see `Records.change`."""

    by: str
    extra: Mapping[str, Content] | None
    message: str
    lost_key: bool


class Stamp(TypedDict, total=False):
    """What an event's envelope says instead of the truth."""

    step: int
    round: int
    at: datetime
    after: EventId
    attachments: tuple[Attachment, ...]


class Envelope(Stamp, total=False):
    """What an event's envelope says; see `Records.event`."""

    role: str
    capacity: Capacity


class ForgedHeader(TypedDict, total=False):
    """What the head of a case's file says instead of the truth."""

    sop_version: int
    sop_sha256: str


class Doing(Envelope, total=False):
    """How an act is done; see `Records.act`."""

    case: CaseId
    on: str | None
    files: Contents
    forged: ForgedAct
