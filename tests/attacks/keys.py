"""Ed25519 keys made at run time, and SSH signatures written here, byte by byte.

Nothing of the product takes part, so that it cannot agree with itself in a mistake.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@dataclass(frozen=True)
class TestKey:
    """A key pair."""

    __test__ = False

    private: Ed25519PrivateKey

    @property
    def blob(self) -> bytes:
        """The public key in wire form."""
        point = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return string(b"ssh-ed25519") + string(point)

    @property
    def line(self) -> str:
        """The public key as an officer's file has it."""
        return f"ssh-ed25519 {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """`SHA256:...`."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"

    def sign(
        self,
        message: bytes,
        *,
        namespace: bytes = b"git",
        digest: str = "sha512",
        reserved: bytes = b"",
        trailing: bytes = b"",
        version: int = 1,
        width: int = 70,
    ) -> bytes:
        """The armoured signature; what is not the default makes one that must be refused."""
        shape = string(namespace) + string(reserved) + string(digest.encode())
        hashed = hashlib.new(digest, message).digest()
        value = self.private.sign(b"SSHSIG" + shape + string(hashed))
        inner = string(b"ssh-ed25519") + string(value)
        head = b"SSHSIG" + version.to_bytes(4, "big") + string(self.blob)
        return armoured(head + shape + string(inner) + trailing, width)

    def write_to(self, path: Path) -> None:
        """Write the pair as files that `ssh-keygen` can use."""
        text = self.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
        path.write_bytes(text)
        path.chmod(0o600)
        path.with_name(path.name + ".pub").write_text(f"{self.line}\n")


@functools.cache
def key_of(name: str) -> TestKey:
    """The key that is so named for the whole run of the tests."""
    return TestKey(Ed25519PrivateKey.generate())


def armoured(blob: bytes, width: int = 70) -> bytes:
    """A signature's blob in its armour."""
    text = base64.b64encode(blob)
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return b"\n".join(
        (b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b"")
    )


def string(data: bytes) -> bytes:
    """A string of the SSH wire format."""
    return len(data).to_bytes(4, "big") + data
