"""Checkpoints: an officer's signed statement of how far the records had come.

A checkpoint names the first commit, a place on the main line and the commit there, how many cases
there were, when, and who says so. It leaves the office's machines, on paper or on a disk. Held
later against any clone it exposes a hub that rewrote its history, or that withholds part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from soptui.domain.checkpoint import Checkpoint, Standing
from soptui.domain.ids import CommitId, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.records.clone.repository import Repository
from soptui.records.keys.signing import Signer
from soptui.records.keys.sshsig import SignatureFault, parse_signature, verify
from soptui.records.platform.private_files import state_folder, write_private

NAMESPACE = "checkpoint@soptui"
_ARMOUR = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"-----END SSH SIGNATURE-----\n"
_LARGEST = 8 * 1024
_TEXT = re.compile(
    rb"soptui-checkpoint 1\n"
    rb"records ([0-9a-f]{40})\n"
    rb"position ([1-9][0-9]{0,11})\n"
    rb"commit ([0-9a-f]{40})\n"
    rb"cases (0|[1-9][0-9]{0,11})\n"
    rb"time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{2}:[0-9]{2})\n"
    rb"officer ([a-z][a-z0-9-]{0,31})\n"
)


class BadCheckpoint(Refusal):
    """The text is no checkpoint, or was not signed by the officer that it names."""


def checkpoint_of(repository: Repository, officer: OfficerId, at: datetime) -> Checkpoint:
    """What `officer` can state now: the verified tip.

    In an office with a hub it is of what the hub holds: one's own later work has no settled place
    yet. Raises `Unverified` where the newest records are not good.
    """
    tip, _ = repository.sound()
    trust = repository.trust
    place = (trust.shared, trust.shared_position) if trust.shared else (tip, trust.position)
    return Checkpoint(
        genesis=trust.genesis,
        position=place[1],
        commit=place[0],
        cases=sum(1 for _ in repository.at(place[0]).case_ids()),
        at=at,
        officer=officer,
    )


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The text of a checkpoint with its signature. Raises `SigningRefusal`."""
    text = checkpoint.text()
    return text + signer.sign(text, NAMESPACE)


def compact_form(data: bytes) -> str:
    """A signed checkpoint in as few characters as a QR code of 80 columns holds."""
    text, _, armour = data.partition(_ARMOUR)
    return text.decode("ascii") + "".join(armour.decode("ascii").splitlines()[:-1])


def full_form(data: bytes) -> bytes:
    """The text of a checkpoint alone, also of a compact one; it still has to be found sound."""
    if _ARMOUR in data:
        text, end, _rest = data.partition(_END.rstrip())
        return text + _END if end else data
    if len(data) > _LARGEST:
        return data
    text, line_feed, blob = data.rstrip(b"\n").rpartition(b"\n")
    lines = [blob[start : start + 70] for start in range(0, len(blob), 70)]
    return text + line_feed + b"\n".join((_ARMOUR[:-1], *lines, _END))


def read_checkpoint(data: bytes) -> tuple[Checkpoint, str]:
    """A checkpoint, also in its compact form, and the public key that signed it.

    What follows its last line, as a QR code on the same sheet, is not looked at. Whose key it is,
    the records say: `examine_checkpoint` asks them. Raises `BadCheckpoint`.
    """
    data = full_form(data)
    start = data.find(_ARMOUR)
    fields = _TEXT.fullmatch(data[:start]) if 0 < start < len(data) <= _LARGEST else None
    if fields is None:
        raise _bad(Message("its lines are not whole"))
    try:
        key = verify(parse_signature(data[start:]), data[:start], NAMESPACE)
        at = datetime.fromisoformat(fields[5].decode())
    except SignatureFault as fault:
        raise _bad(fault.reason) from None
    except ValueError:
        raise _bad(Message("its time is none")) from None
    genesis, position, commit, cases, _, officer = (part.decode() for part in fields.groups())
    checkpoint = Checkpoint(
        CommitId(genesis), int(position), CommitId(commit), int(cases), at, OfficerId(officer)
    )
    return checkpoint, key.text


def examine_checkpoint(repository: Repository, data: bytes) -> tuple[Checkpoint, Standing]:
    """What a checkpoint says of these records. Raises `BadCheckpoint`.

    `CONFIRMED`: it stands at its place on the main line. `SIDE_LINE`: these records hold all that
    it states, but on a side that was merged into another main line. `WITHHELD`: the records end
    before it, so something is kept back, or has not come yet.
    `REWRITTEN`: at its place on the main line, these records have another commit.
    """
    checkpoint, key = read_checkpoint(data)
    if checkpoint.genesis != repository.trust.genesis:
        return checkpoint, Standing.OTHER_RECORDS
    tip, snapshot = repository.current()
    standing = _standing(repository, checkpoint, tip)
    owned = snapshot.registry.owner_of(key)
    if owned is None or owned[0].id != checkpoint.officer:
        # The officer may have been registered in what is withheld; nobody else may claim it.
        raise _bad(Message("the key that signed it is not of the officer it names"))
    return checkpoint, standing


def _standing(repository: Repository, checkpoint: Checkpoint, tip: CommitId) -> Standing:
    history = repository.history
    if history.is_on_main_line(checkpoint.commit, tip):
        same = history.position_of(checkpoint.commit) == checkpoint.position
        return Standing.CONFIRMED if same else Standing.REWRITTEN
    if history.is_ancestor(checkpoint.commit, tip):
        # Whoever rewrites the main line can merge the old one in, so that others seem to have
        # decided first. Only where the stated line was never shared by a hub is that honest.
        return Standing.SIDE_LINE
    if checkpoint.position > repository.trust.position:
        return Standing.WITHHELD
    return Standing.REWRITTEN


def keep_checkpoint(repository: Repository, checkpoint: Checkpoint, data: bytes) -> Path:
    """Keep a checkpoint that was seen, outside the records. Raises `OSError`."""
    name = f"{checkpoint.position:012d}-{checkpoint.officer}.txt"
    path = _folder(repository) / name
    write_private(path, full_form(data))
    return path


def checkpoints_of(repository: Repository) -> Iterator[tuple[Checkpoint, bytes]]:
    """The checkpoints that were made or seen here with their texts, the highest first."""
    try:
        paths = sorted(_folder(repository).glob("*.txt"), reverse=True)
    except OSError:
        return
    genesis = repository.trust.genesis
    for path in paths:
        try:
            data = path.read_bytes()
            checkpoint = read_checkpoint(data)[0]
        except (OSError, BadCheckpoint):
            continue
        if checkpoint.genesis == genesis:
            yield checkpoint, data


def last_checkpoint_of(repository: Repository) -> Checkpoint | None:
    """The highest checkpoint that was made or seen here; its `at` tells its age."""
    return next((checkpoint for checkpoint, _ in checkpoints_of(repository)), None)


def _folder(repository: Repository) -> Path:
    return state_folder() / "checkpoints" / repository.trust.genesis


def _bad(reason: Message) -> BadCheckpoint:
    return BadCheckpoint(
        Message(
            "This is not a checkpoint that an officer of these records signed: {reason}. "
            "Nothing was changed. Take the text whole, as soptui checkpoint sign wrote it.",
            reason=reason,
        )
    )
