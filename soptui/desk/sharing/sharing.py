"""Sharing the records: with the hub, on a flash disk, with new colleagues, and with an auditor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.files import read_named
from soptui.desk.keys import hub_keys, signer_of
from soptui.desk.office.administration import Administration
from soptui.desk.refusals import READ_ONLY, NotOpen
from soptui.desk.sharing import registrations, without_effect
from soptui.domain.ids import CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer, Post
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.records.clone.repository import Repository
from soptui.records.git.locks import LockHeld
from soptui.records.git.objects import ObjectFault
from soptui.records.sharing.result import Choices, Result, WithoutEffect

if TYPE_CHECKING:
    from soptui.desk.clone import Clone
    from soptui.domain.checkpoint import Checkpoint, Standing
    from soptui.records.keys.signing import Signer
    from soptui.records.sharing.bundle import Exported

CHECKPOINT_AGE = timedelta(days=30)
"""After so long a new checkpoint should be signed, lest a hub shows an old state unnoticed."""

_LARGEST_CHECKPOINT = 64 * 1024
"""In bytes. A checkpoint has less; a QR code below it takes the rest."""

__all__ = ["Choices", "Result", "Sharing", "SharingState", "WithoutEffect"]


class SharingState(Struct, frozen=True):
    """How the clone stands to the hub, told without asking the hub.

    `hub` is its address, empty for records without one; `ahead` counts the commits that it does
    not have; `behind` those that it was seen to hold and that were not taken in, None where it
    was never seen. `verified` is the place of the verified tip on the main line. `answered` is
    when it last answered, `offline_since` when it first did not, `went_back` when it was found to
    have gone back or to be rewritten, until that is mended, and `checkpoint` the time of the
    highest checkpoint that was seen here.
    """

    hub: str
    ahead: int
    behind: int | None
    verified: int
    answered: datetime | None
    offline_since: datetime | None
    offline: str
    went_back: datetime | None
    checkpoint: datetime | None

    def has_old_checkpoint(self, now: datetime) -> bool:
        """Whether the last checkpoint is so old that a new one should be signed."""
        return self.checkpoint is not None and now - self.checkpoint > CHECKPOINT_AGE


class Sharing:
    """What the officer of a desk shares. Every method may be called in a thread of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- the hub --------------------------------------------------------------------------------

    def state(self) -> SharingState:
        """How the clone stands to the hub. Raises `Untrusted`."""
        from soptui.records.sharing.checkpoint import last_checkpoint_of
        from soptui.records.sharing.remote import remote_of
        from soptui.records.sharing.state import load_contact

        repository = self._desk.repository
        contact = load_contact(repository)
        hub = remote_of(repository.directory)
        trust = repository.recall()
        seen = last_checkpoint_of(repository)
        return SharingState(
            hub=hub,
            ahead=contact.ahead(repository) if hub else 0,
            behind=contact.behind(repository) if hub else None,
            verified=trust.position,
            answered=_moment(contact.answered),
            offline_since=_moment(contact.offline_since),
            offline=contact.offline,
            went_back=_moment(contact.went_back) if hub and contact.lacks(repository) else None,
            checkpoint=seen.at if seen else None,
        )

    def sync(
        self,
        *,
        choices: Choices | None = None,
        progress: Callable[[str], None] | None = None,
        cancelled: threading.Event | None = None,
    ) -> Result:
        """Bring clone and hub to one history.

        Never blocks the desk: it opens the clone for itself. Raises `Refusal`, among them `Busy`,
        and `transfer.Cancelled` once `cancelled` is set; nothing was changed then.
        """
        from soptui.records.sharing.remote import Remote, remote_of
        from soptui.records.sharing.state import load_contact, save_contact
        from soptui.records.sharing.sync import synchronise

        with self._own_desk() as desk:
            repository = desk.repository
            address = remote_of(repository.directory) or _no_hub()
            remote = Remote(
                repository.directory,
                address,
                signers=hub_keys(address, desk.key, _known_officer(desk)),
                progress=progress,
                cancelled=cancelled,
            )
            before = registrations.before_sync(desk)
            result = synchronise(repository, desk, remote, choices=choices, cancelled=cancelled)
            result = _with_registrations(result, before)
            contact = load_contact(repository).after(result, desk.now())
            save_contact(repository, contact)
            without_effect.remember(desk, result.without_effect)
            return result

    def set_hub(self, address: str) -> None:
        """Name the hub of this clone. Raises `Refusal` when that is no address."""
        from soptui.records.clone.config import prepare
        from soptui.records.sharing.remote import Remote

        Remote(self._desk.repository.directory, address)
        prepare(self._desk.repository.directory, hub=address)

    def settle_in(self) -> None:
        """Let stock Git in this clone sign and join as the officer, so that plain pulls work.

        Who is not registered, or whose key is not at hand, only gets the settings. While another
        program holds their lock, or where they cannot be written, they stay as they are.
        """
        from soptui.records.clone.config import prepare

        directory = self._desk.repository.directory
        # Stock Git can wait for its settings; a sync needs none of them.
        with suppress(LockHeld, OSError):
            try:
                officer, key = self._desk.officer, self._signer().key_path
            except (Refusal, ObjectFault):
                prepare(directory)
            else:
                prepare(directory, officer=officer, key=key)

    # --- the flash disk -------------------------------------------------------------------------

    def export(self, path: Path, *, since: str = "") -> Exported:
        """Write the records to one file; `since` is a commit that the reader has already.

        In a folder the file is called by the office and the day. Raises `Refusal`; there is no new
        file then.
        """
        from soptui.desk.refusals import not_written
        from soptui.records.sharing.bundle import export_bundle

        if path.is_dir():
            desk = self._desk
            part = f"-{since[:7]}" if since else ""
            path /= f"{desk.office.id}-{desk.now():%Y-%m-%d}{part}.bundle"
        try:
            return export_bundle(self._desk.repository, path, since=CommitId(since))
        except OSError as error:
            raise not_written(error) from None

    def take_in(self, path: Path, *, choices: Choices | None = None) -> Result:
        """Join what a file holds to the records. Raises `Refusal`; nothing was changed then."""
        from soptui.records.sharing.bundle import import_bundle

        with self._own_desk() as desk:
            before = registrations.before_sync(desk)
            result = import_bundle(desk.repository, desk, path, choices=choices)
            result = _with_registrations(result, before)
            without_effect.remember(desk, result.without_effect)
            return result

    # --- colleagues -----------------------------------------------------------------------------

    def request(self, data: bytes) -> Officer:
        """Who asks to join, once the request's signature was found good. Raises `Refusal`."""
        from soptui.records.sharing.request import read_request

        return read_request(data, self._desk.repository.trust.root)

    def accept_request(
        self, data: bytes, posts: Sequence[Post] = (), *, lost: bool = False
    ) -> Receipt:
        """Register who asks, with the posts given; whoever is registered gets one more key.

        That key was signed by one that they hold, or, once their fingerprint was compared, takes
        the place of one that they have `lost`. Raises `Refusal` for a bad request, for posts of
        who is registered, for one that says of them what the records do not, and as
        `Administration` does.
        """
        asking = self.request(data)
        administration = Administration(self._desk)
        known = self._desk.registry.officers.get(asking.id)
        if known is not None:
            if _person(known) != _person(asking):
                raise Refusal(
                    Message(
                        "The records know {officer} as {name} <{mail}>, and the request says "
                        "otherwise. Nothing was changed. Ask who made it; they ask again, under an "
                        "id of their own.",
                        officer=known.id,
                        name=known.name,
                        mail=known.mail,
                    )
                )
            if posts:
                raise Refusal(
                    Message(
                        "{officer} is registered already and only gets another key. Nothing was "
                        "changed. Leave the posts out.",
                        officer=asking.id,
                    )
                )
            key = asking.keys[0]
            return administration.add_key(
                asking.id, key.public, signature="" if lost else key.signature, lost=lost
            )
        key = replace(asking.keys[0], added=self._desk.now())
        return administration.add_officer(replace(asking, posts=tuple(posts), keys=(key,)))

    # --- checkpoints ----------------------------------------------------------------------------

    def present_checkpoint(self) -> Checkpoint:
        """How far the records have come, not signed yet."""
        from soptui.records.sharing.checkpoint import checkpoint_of

        desk = self._desk
        return checkpoint_of(desk.repository, desk.officer_id, desk.now())

    def checkpoint(self, shown: Checkpoint | None = None) -> tuple[Checkpoint, bytes]:
        """A signed statement of how far the records have come, and its text; it is kept here.

        `shown` is what the officer has seen and signs, else what holds now. Raises
        `SigningRefusal`.
        """
        from soptui.records.sharing.checkpoint import keep_checkpoint, sign_checkpoint

        signer = self._signer()
        made = shown or self.present_checkpoint()
        data = sign_checkpoint(made, signer)
        keep_checkpoint(self._desk.repository, made, data)
        return made, data

    def checkpoints(self) -> tuple[tuple[Checkpoint, bytes], ...]:
        """Those that were made or seen here with their texts, the highest first."""
        from soptui.records.sharing.checkpoint import checkpoints_of

        return tuple(checkpoints_of(self._desk.repository))

    def examine(self, data: bytes) -> tuple[Checkpoint, Standing]:
        """What a checkpoint says of these records; a confirmed one is kept here.

        Raises `BadCheckpoint`.
        """
        from soptui.domain.checkpoint import Standing
        from soptui.records.sharing.checkpoint import examine_checkpoint, keep_checkpoint

        found, standing = examine_checkpoint(self._desk.repository, data)
        if standing is Standing.CONFIRMED:
            keep_checkpoint(self._desk.repository, found, data)
        return found, standing

    def examine_file(self, path: Path) -> tuple[Checkpoint, Standing]:
        """As `examine`, of a checkpoint in a file that somebody named. Raises `Refusal`."""
        return self.examine(read_named(path, _LARGEST_CHECKPOINT))

    # --- small things -----------------------------------------------------------------------------

    def _signer(self) -> Signer:
        if self._desk.read_only:
            raise NotOpen(READ_ONLY)
        return signer_of(self._desk.officer, self._desk.key)

    @contextmanager
    def _own_desk(self) -> Iterator[Desk]:
        """The same desk at a clone opened anew, for a thread of its own."""
        with Repository.open(self._desk.repository.root) as repository:
            desk = self._desk.at(repository)
            try:
                yield desk
            finally:
                desk.close()


def _with_registrations(result: Result, before: registrations.Before | None) -> Result:
    if before is None or result.findings:
        return result
    return replace(result, twins=before.twins(), renumbered=before.renumbered())


def _known_officer(desk: Desk) -> Officer | None:
    """The officer of a desk; None where the records do not know them, or cannot be read."""
    try:
        return desk.registry.officers.get(desk.officer_id)
    except (Refusal, ObjectFault):
        return None


def _person(officer: Officer) -> tuple[str, ...]:
    return officer.name, officer.mail, officer.nip, officer.rank


def compact_checkpoint(data: bytes) -> str:
    """A signed checkpoint as its QR code holds it."""
    from soptui.records.sharing.checkpoint import compact_form

    return compact_form(data)


def last_checkpoint(clone: Clone) -> Checkpoint | None:
    """The highest checkpoint that was made or seen at this clone's account."""
    from soptui.records.sharing.checkpoint import last_checkpoint_of

    return last_checkpoint_of(clone.repository)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _no_hub() -> str:
    raise Refusal(
        Message(
            "These records have no hub. Nothing was changed. Name one with soptui sync --hub, or "
            "share with soptui disk."
        )
    )
