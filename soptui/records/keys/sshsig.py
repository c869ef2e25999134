"""SSH signatures, read so strictly that one signature has exactly one spelling.

The format is OpenSSH's PROTOCOL.sshsig; key blobs are those of RFC 8709 and PROTOCOL.u2f. A
signature is accepted only in the very bytes that `ssh-keygen -Y sign` writes: whoever lacks the
key cannot make a second object out of a signed one by re-wrapping or extending its armour.

Nothing here asks Git or `ssh-keygen`; verification runs in process, because two subprocesses for
each commit make a long history unverifiable in practice.
"""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from soptui.domain.ids import Fingerprint
from soptui.domain.message import Message

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAXIMUM_ARMOUR_BYTES = 4096
"""Longest armour that is looked at; a real one is about 300 bytes."""

_PLAIN_TYPE = b"ssh-ed25519"
_HARDWARE_TYPE = b"sk-ssh-ed25519@openssh.com"
_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_HASH = b"sha512"
_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"-----END SSH SIGNATURE-----\n"
_LINE = 70
_VALUE = 64
_USER_PRESENT = 0x01
_PRINTABLE = frozenset(range(0x21, 0x7F))

# A point of small order verifies signatures that nobody made. These are the y coordinates of all
# of them; together with the refusal of y >= p they cover every encoding.
_FIELD = 2**255 - 19
_EIGHTH = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_WEAK_COORDINATES = frozenset({0, 1, _FIELD - 1, _EIGHTH, _FIELD - _EIGHTH})


class SignatureFault(Exception):
    """Why a signature or a public key is refused; `code` is stable, one of:

    `key-form`, `key-type`, `key-weak` (of small order), `armour`, `form` (the blob inside),
    `hash`, `namespace`, `presence` (a security key signed without being touched), `forged` (the
    signature is not of this message by this key).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def reason(self) -> Message:
        """What is wrong with a signature, as a clause for people."""
        if self.code in ("armour", "form"):
            return Message("its signature is not whole")
        return Message("its signature does not hold")


class PublicKey(Struct, frozen=True):
    """An Ed25519 public key, plain or of a security key, known by its wire form `blob`.

    Make one with `PublicKey.parse` or `PublicKey.of_blob`, which check it.
    """

    blob: bytes

    @classmethod
    def parse(cls, line: str) -> PublicKey:
        """The key in one line as a `.pub` file has it; a comment after it is dropped.

        Raises `SignatureFault` unless the type and the base64 are spelled canonically.
        """
        fields = line.removesuffix("\n").split(" ", 2)
        if len(fields) < 2 or "\n" in line[:-1]:
            raise SignatureFault("key-form")
        try:
            blob = binascii.a2b_base64(fields[1], strict_mode=True)
        except ValueError:
            raise SignatureFault("key-form") from None
        key = cls.of_blob(blob)
        if key.text != f"{fields[0]} {fields[1]}":
            raise SignatureFault("key-form")
        return key

    @classmethod
    def of_blob(cls, blob: bytes) -> PublicKey:
        """The key with this wire form; raises `SignatureFault`."""
        return _parts_of(blob).key

    @property
    def text(self) -> str:
        """The canonical line without comment: type, space, base64."""
        kind = _HARDWARE_TYPE if self.is_hardware else _PLAIN_TYPE
        return f"{kind.decode()} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> Fingerprint:
        """`SHA256:...`, as `ssh-keygen -l` prints it."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest())
        return Fingerprint("SHA256:" + digest.decode().rstrip("="))

    @property
    def is_hardware(self) -> bool:
        """Whether the private half lives in a security key, so that signing waits for a touch."""
        return self.blob.startswith(_string(_HARDWARE_TYPE))


class SshSignature(Struct, frozen=True):
    """A well-formed signature; it says nothing yet until `verify` has accepted it.

    `flags` and `counter` are those of a security key, None for a plain key.
    """

    key: PublicKey
    namespace: str
    value: bytes
    flags: int | None = None
    counter: int | None = None

    def armour(self) -> bytes:
        """The one spelling of this signature, as `ssh-keygen` writes it."""
        if self.flags is None or self.counter is None:
            inner = _string(_PLAIN_TYPE) + _string(self.value)
        else:
            inner = b"".join((_string(_HARDWARE_TYPE), _string(self.value), self._touch()))
        return armoured(
            b"".join(
                (
                    _MAGIC,
                    _VERSION,
                    _string(self.key.blob),
                    _string(self.namespace.encode()),
                    _string(b""),
                    _string(_HASH),
                    _string(inner),
                )
            )
        )

    def _signed_bytes(self, message: bytes) -> bytes:
        data = b"".join(
            (
                _MAGIC,
                _string(self.namespace.encode()),
                _string(b""),
                _string(_HASH),
                _string(hashlib.sha512(message).digest()),
            )
        )
        application = _parts_of(self.key.blob).application
        if application is None:
            return data
        return b"".join(
            (hashlib.sha256(application).digest(), self._touch(), hashlib.sha256(data).digest())
        )

    def _touch(self) -> bytes:
        return (self.flags or 0).to_bytes(1, "big") + (self.counter or 0).to_bytes(4, "big")


def parse_signature(armour: bytes) -> SshSignature:
    """The signature in `armour`; raises `SignatureFault` and nothing else.

    What is returned spells back to `armour`, byte for byte.
    """
    if not (
        len(armour) <= MAXIMUM_ARMOUR_BYTES
        and armour.startswith(_BEGIN)
        and armour.endswith(b"\n" + _END)
    ):
        raise SignatureFault("armour")
    text = armour[len(_BEGIN) : -len(_END)].replace(b"\n", b"")
    try:
        blob = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        raise SignatureFault("armour") from None
    # A blob that was read to its end, field by field, is itself the one spelling of what it says.
    if armoured(blob) != armour:
        raise SignatureFault("armour")
    like = _plain_like(blob[:-_VALUE])
    if like is not None:
        return SshSignature(like.key, like.namespace, blob[-_VALUE:])
    return _signature_of(blob)


def verify(signature: SshSignature, message: bytes, namespace: str) -> PublicKey:
    """The key that made `signature` over `message` in `namespace`.

    Raises `SignatureFault`. Whose key it is, and what its owner may do, is for the caller.
    """
    if signature.namespace != namespace:
        raise SignatureFault("namespace")
    from cryptography.exceptions import InvalidSignature

    try:
        _loaded(signature.key.blob).verify(signature.value, signature._signed_bytes(message))
    except InvalidSignature:
        raise SignatureFault("forged") from None
    return signature.key


class _KeyParts(Struct, frozen=True):
    key: PublicKey
    point: bytes
    application: bytes | None


class _Fields:
    """Reads the length-prefixed fields of a blob from its start."""

    __slots__ = ("blob", "code", "position")

    def __init__(self, blob: bytes, code: str) -> None:
        self.blob = blob
        self.code = code
        self.position = 0

    def take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self.blob):
            self.refuse()
        taken = self.blob[self.position : end]
        self.position = end
        return taken

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def end(self) -> None:
        if self.position != len(self.blob):
            self.refuse()

    def refuse(self) -> NoReturn:
        raise SignatureFault(self.code)


@functools.lru_cache(maxsize=4096)
def _parts_of(blob: bytes) -> _KeyParts:
    fields = _Fields(blob, "key-form")
    kind = fields.string()
    if kind not in (_PLAIN_TYPE, _HARDWARE_TYPE):
        raise SignatureFault("key-type")
    point = fields.string()
    application = fields.string() if kind == _HARDWARE_TYPE else None
    fields.end()
    if len(point) != 32:
        raise SignatureFault("key-form")
    if application is not None and not (
        application.startswith(b"ssh:") and _PRINTABLE.issuperset(application)
    ):
        raise SignatureFault("key-form")
    coordinate = int.from_bytes(point, "little") & (2**255 - 1)
    if coordinate >= _FIELD or coordinate in _WEAK_COORDINATES:
        raise SignatureFault("key-weak")
    return _KeyParts(PublicKey(blob), point, application)


@functools.lru_cache(maxsize=4096)
def _loaded(blob: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(_parts_of(blob).point)


def armoured(blob: bytes) -> bytes:
    """The armour of a signature's blob, as `ssh-keygen` writes it."""
    text = base64.b64encode(blob)
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return b"".join((_BEGIN, b"\n".join(lines), b"\n", _END))


@functools.lru_cache(maxsize=1024)
def _plain_like(head: bytes) -> SshSignature | None:
    """A signature that begins so and ends in the value: all by one plain key begin alike.

    None when there is none, or it is a security key's, which ends in more than the value.
    """
    try:
        signature = _signature_of(head + bytes(_VALUE))
    except SignatureFault:
        return None
    return signature if signature.flags is None else None


def _signature_of(blob: bytes) -> SshSignature:
    fields = _Fields(blob, "form")
    if fields.take(6) != _MAGIC or fields.take(4) != _VERSION:
        raise SignatureFault("form")
    key = PublicKey.of_blob(fields.string())
    namespace = fields.string()
    reserved = fields.string()
    algorithm = fields.string()
    inner = _Fields(fields.string(), "form")
    fields.end()
    if not namespace or not _PRINTABLE.issuperset(namespace):
        raise SignatureFault("namespace")
    if reserved:
        raise SignatureFault("form")
    if algorithm != _HASH:
        raise SignatureFault("hash")
    if inner.string() != (_HARDWARE_TYPE if key.is_hardware else _PLAIN_TYPE):
        raise SignatureFault("form")
    value = inner.string()
    if len(value) != _VALUE:
        raise SignatureFault("form")
    flags = counter = None
    if key.is_hardware:
        flags = inner.take(1)[0]
        counter = int.from_bytes(inner.take(4), "big")
        if not flags & _USER_PRESENT:
            raise SignatureFault("presence")
    inner.end()
    return SshSignature(key, namespace.decode(), value, flags, counter)


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data
