"""Who signed a commit: one canonical signature, by a key that belongs to exactly one officer."""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.findings import Found
from soptui.domain.ids import CommitId
from soptui.domain.office import Officer, Registry
from soptui.records.git.commit import (
    Commit,
    CommitFault,
    commit_bytes,
    name_in_git,
    parse_commit,
    payload,
)
from soptui.records.git.objects import Reads
from soptui.records.keys.sshsig import PublicKey, SignatureFault, parse_signature, verify

NAMESPACE = "git"


class SignedCommit(Struct, frozen=True):
    """A commit whose signature holds; whose key it is, is another question."""

    id: CommitId
    commit: Commit
    key: PublicKey


def read_signed(reader: Reads, commit: CommitId) -> SignedCommit:
    """The commit with this id, and the key that signed it. Raises `Found` and `ObjectFault`."""
    return check_signature(commit, commit_bytes(reader, commit))


def check_signature(commit_id: CommitId, raw: bytes) -> SignedCommit:
    """The commit in `raw`, and the key that signed it. Raises `Found`."""
    try:
        commit = parse_commit(raw)
        signed = payload(raw)
    except CommitFault as fault:
        if fault.code == "unsigned":
            raise Found("unsigned") from None
        raise Found("commit-form", detail=fault.code) from None
    try:
        key = verify(parse_signature(commit.signature), signed, NAMESPACE)
    except SignatureFault as fault:
        raise Found("signature", detail=fault.code) from None
    return SignedCommit(commit_id, commit, key)


def check_signer(signed: SignedCommit, parent: Registry, acceptance: Registry) -> Officer:
    """The officer who signed, judged at the parent's state and at the acceptance's.

    Raises `Found`: `unknown-key`, `revoked-key`, `revoked-at-acceptance`, `author`.
    """
    owned = parent.owner_of(signed.key.text)
    if owned is None:
        raise Found("unknown-key", fingerprint=signed.key.fingerprint)
    officer, key = owned
    if key.revoked is not None:
        raise Found("revoked-key", officer=officer.id)
    if acceptance is not parent:
        accepted = acceptance.owner_of(signed.key.text)
        if accepted is None or accepted[0].id != officer.id or accepted[1].revoked is not None:
            raise Found("revoked-at-acceptance", officer=officer.id)
    # The committer's time is no matter: a plain rebase of one's own commits sets it anew.
    expected = (name_in_git(officer.name), officer.mail)
    for person in (signed.commit.author, signed.commit.committer):
        if (person.name, person.mail) != expected:
            raise Found("author", officer=officer.id)
    return officer
