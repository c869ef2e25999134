"""That the owner of an older key wants a new one: its signature over the new public key.

Kept in the officer's file beside the key that it brought in, as one line: the signature without
its armour. It is bound to the records and to the person, so that it proves nothing elsewhere.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from soptui.domain.ids import CommitId, OfficerId
from soptui.records.keys.sshsig import PublicKey, SignatureFault, armoured, parse_signature, verify

if TYPE_CHECKING:
    from soptui.records.keys.signing import Signer

NAMESPACE = "key@soptui"


def sign_key(genesis: CommitId, officer: OfficerId, public: str, signer: Signer) -> str:
    """The signature, in base64, by an older key of `officer` over the line of a new public key.

    `genesis` is the first commit of the records. Raises `SigningRefusal`.
    """
    armour = signer.sign(_statement(genesis, officer, public), NAMESPACE)
    return "".join(armour.decode("ascii").splitlines()[1:-1])


def key_that_signed(
    signature: str, genesis: CommitId, officer: OfficerId, public: str
) -> PublicKey:
    """The key that made a signature of `sign_key`; whose it is, is for the caller.

    Raises `SignatureFault`.
    """
    try:
        armour = armoured(binascii.a2b_base64(signature, strict_mode=True))
    except ValueError:
        raise SignatureFault("armour") from None
    if base64.b64encode(binascii.a2b_base64(signature)).decode("ascii") != signature:
        raise SignatureFault("armour")
    statement = _statement(genesis, officer, public)
    return verify(parse_signature(armour), statement, NAMESPACE)


def _statement(genesis: CommitId, officer: OfficerId, public: str) -> bytes:
    return f"soptui-key 1 {genesis} {officer}\n{public}\n".encode()
