"""The request of somebody who wants to join: who they are, and a key that is proven to be theirs.

A small text file: a line with the trust root of the records, the officer's file as it would be
registered, without posts, and a signature over both with the key in it, in a namespace of its own.
An administrator accepts it in one command.
"""

from __future__ import annotations

import re

from soptui.domain.findings import TrustRoot
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer
from soptui.records.files import codec
from soptui.records.files.office import officer_from_document, officer_to_document
from soptui.records.keys.signing import Signer
from soptui.records.keys.sshsig import SignatureFault, parse_signature, verify

NAMESPACE = "request@soptui"
_FIRST_LINE = re.compile(rb"soptui-request 1 ([0-9a-f]{40}) (SHA256:[0-9A-Za-z+/]{43})\n")
_ARMOUR = b"-----BEGIN SSH SIGNATURE-----\n"
_LARGEST = 16 * 1024


class BadRequest(Refusal):
    """The request is damaged, for other records, or not signed by the key that it names."""


def write_request(root: TrustRoot, officer: Officer, signer: Signer) -> bytes:
    """The request of `officer`, who has one key and no posts, to the records that `root` begins.

    Raises `RecordFault` when a field cannot be recorded, and `SigningRefusal`.
    """
    document = officer_to_document(officer)
    officer_from_document(document)
    first = f"soptui-request 1 {root.genesis} {root.signer}\n"
    text = first.encode() + codec.emit_document(document)
    return text + signer.sign(text, NAMESPACE)


def read_request(data: bytes, root: TrustRoot) -> Officer:
    """Who asks, with the key that signed the request. Raises `BadRequest`."""
    start = data.find(_ARMOUR)
    first = _FIRST_LINE.match(data)
    if len(data) > _LARGEST or start < 0 or first is None:
        raise _bad(Message("its lines are not whole"))
    if (first[1].decode(), first[2].decode()) != (root.genesis, root.signer):
        raise _bad(Message("it is for other records"))
    text = data[:start]
    try:
        key = verify(parse_signature(data[start:]), text, NAMESPACE)
        officer = officer_from_document(codec.parse_document(text[first.end() :]))
    except SignatureFault as fault:
        raise _bad(fault.reason) from None
    except Refusal as refusal:
        raise BadRequest(refusal.message) from None
    if officer.posts or [one.public for one in officer.valid_keys()] != [key.text]:
        raise _bad(Message("the key that signed it is not the one it names"))
    return officer


def _bad(reason: Message) -> BadRequest:
    return BadRequest(
        Message(
            "This is not a sound request to join these records: {reason}. Nothing was changed. "
            "Ask for it again.",
            reason=reason,
        )
    )
