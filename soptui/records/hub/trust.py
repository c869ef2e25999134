"""What a hub trusts from outside its records, and the tips that its hook has accepted."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import MsgspecError, Struct, json

from soptui.domain.findings import TrustRoot
from soptui.domain.ids import CommitId, Fingerprint
from soptui.domain.message import Message, Refusal
from soptui.records.git.process import GitDirectory
from soptui.records.verify.version import VERSION

_KEPT_TIPS = 64

MEBIBYTE = 1024 * 1024


class NotAHub(Refusal):
    """There is no hub at this path."""


class HubTrust(Struct, frozen=True):
    """What a hub trusts from outside its records, and whom it lets in while it is empty.

    `first_key` is the founder's public key; once there are records, their officers' keys count.
    `language` is what refusals are written in; empty for Indonesian and English both. `limit` is
    how much one push may bring, in bytes.
    """

    genesis: CommitId
    signer: Fingerprint
    first_key: str = ""
    language: str = ""
    limit: int = 64 * MEBIBYTE

    @property
    def root(self) -> TrustRoot:
        """The root for the verifier."""
        return TrustRoot(self.genesis, self.signer)


class _Accepted(Struct, frozen=True):
    """What is remembered of a tip: by which verifier, from which first commit on, and its place."""

    verifier: int
    genesis: str
    position: int


def open_hub(path: Path) -> tuple[GitDirectory, HubTrust]:
    """The hub at `path` and what it trusts. Raises `NotAHub`."""
    try:
        trust = json.decode((path / "soptui" / "hub.json").read_bytes(), type=HubTrust)
    except (OSError, MsgspecError):
        raise NotAHub(
            Message(
                "{path} is not a hub of soptui. Nothing was changed. Make one with soptui hub "
                "init.",
                path=str(path),
            )
        ) from None
    return GitDirectory.at(path), trust


def remembered_position(path: Path, trust: HubTrust, tip: CommitId) -> int:
    """The place on the main line of a tip that the hook has accepted; 0 when it is not known."""
    try:
        noted = json.decode((path / "soptui" / "verified" / tip).read_bytes(), type=_Accepted)
    except (OSError, MsgspecError):
        # Whatever stands there, the history can be verified again.
        return 0
    known = (noted.verifier, noted.genesis) == (VERSION, trust.genesis)
    return noted.position if known else 0


def remember_tip(path: Path, trust: HubTrust, tip: CommitId, position: int) -> None:
    """Remember an accepted tip. That it cannot be written costs time later, nothing else."""
    folder = path / "soptui" / "verified"
    noted = _Accepted(VERSION, trust.genesis, position)
    temporary = folder / f".{tip}.{os.getpid()}"
    try:
        temporary.write_bytes(json.encode(noted))
        temporary.replace(folder / tip)
        _forget_old(folder)
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    found = [(entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder)]
    if len(found) > 2 * _KEPT_TIPS:
        for _, path in sorted(found)[:-_KEPT_TIPS]:
            Path(path).unlink(missing_ok=True)
