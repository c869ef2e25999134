from __future__ import annotations

import base64
import hashlib
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypedDict

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soptui.records.keys.sshsig import (
    PublicKey,
    SignatureFault,
    SshSignature,
    parse_signature,
    verify,
)
from tests.support.ssh_keys import KeyFile

MESSAGE = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\ndisposisi\n"
PLAIN = b"ssh-ed25519"
HARDWARE = b"sk-ssh-ed25519@openssh.com"

shares_files = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def armoured(blob: bytes, width: int = 70) -> bytes:
    text = base64.b64encode(blob)
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return b"\n".join(
        [b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""]
    )


def blob_of(armour: bytes) -> bytes:
    return base64.b64decode(b"".join(armour.split(b"\n")[1:-2]))


class Spelling(TypedDict, total=False):
    """What a signature may have otherwise than it should; see `sealed`."""

    namespace: bytes
    reserved: bytes
    algorithm: bytes
    kind: bytes
    version: int
    after_value: bytes
    after_key: bytes


def sealed(
    private: Ed25519PrivateKey,
    message: bytes,
    *,
    namespace: bytes = b"git",
    reserved: bytes = b"",
    algorithm: bytes = b"sha512",
    kind: bytes = PLAIN,
    version: int = 1,
    after_value: bytes = b"",
    after_key: bytes = b"",
) -> bytes:
    """A signature that is mathematically right, in whatever spelling the test wants."""
    digest = hashlib.new(algorithm.decode().lower(), message).digest()
    data = b"SSHSIG" + b"".join(map(string, (namespace, reserved, algorithm, digest)))
    point = private.public_key().public_bytes_raw()
    inner = string(kind) + string(private.sign(data)) + after_value
    parts = (string(PLAIN) + string(point) + after_key, namespace, reserved, algorithm, inner)
    return b"SSHSIG" + version.to_bytes(4, "big") + b"".join(map(string, parts))


def touched(
    private: Ed25519PrivateKey,
    message: bytes,
    *,
    flags: int = 1,
    counter: int = 7,
    application: bytes = b"ssh:",
) -> bytes:
    """What a security key makes, which signs digests together with its flags and counter."""
    data = b"SSHSIG" + b"".join(
        map(string, (b"git", b"", b"sha512", hashlib.sha512(message).digest()))
    )
    touch = flags.to_bytes(1, "big") + counter.to_bytes(4, "big")
    signed = hashlib.sha256(application).digest() + touch + hashlib.sha256(data).digest()
    point = private.public_key().public_bytes_raw()
    key = string(HARDWARE) + string(point) + string(application)
    inner = string(HARDWARE) + string(private.sign(signed)) + touch
    return b"SSHSIG\0\0\0\1" + b"".join(map(string, (key, b"git", b"", b"sha512", inner)))


def stock_verify(folder: Path, signature: bytes, message: bytes, key: PublicKey) -> bool:
    """The verdict of the real ssh-keygen."""
    (folder / "allowed").write_text(f'camat namespaces="git" {key.text}\n')
    (folder / "signature").write_bytes(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "camat", "-n", "git"]
    verdict = subprocess.run(
        [*command, "-s", "signature"], input=message, cwd=folder, capture_output=True, check=False
    )
    return verdict.returncode == 0


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(SignatureFault) as caught:
        act()
    return caught.value.code


def test_a_signature_by_ssh_keygen_names_its_key(key: KeyFile) -> None:
    armour = key.sign(MESSAGE)
    signature = parse_signature(armour)
    assert verify(signature, MESSAGE, "git") == key.public_key
    assert signature.armour() == armour


def test_another_message_is_forged(key: KeyFile) -> None:
    signature = parse_signature(key.sign(MESSAGE))
    assert code_of(lambda: verify(signature, MESSAGE + b"!", "git")) == "forged"


def test_a_signature_counts_only_in_its_namespace(key: KeyFile) -> None:
    signature = parse_signature(key.sign(MESSAGE, "checkpoint@soptui"))
    assert verify(signature, MESSAGE, "checkpoint@soptui") == key.public_key
    assert code_of(lambda: verify(signature, MESSAGE, "git")) == "namespace"


def test_a_weaker_hash_is_refused(key: KeyFile) -> None:
    armour = key.sign(MESSAGE, "git", "-O", "hashalg=sha256")
    assert code_of(lambda: parse_signature(armour)) == "hash"


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_other_kinds_of_key_are_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    bits = {"rsa": "1024", "ecdsa": "256"}[kind]  # a longer one takes seconds to make
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-f", path], check=True)
    line = path.with_suffix(".pub").read_text()
    assert code_of(lambda: PublicKey.parse(line)) == "key-type"


def test_a_public_key_drops_its_comment_and_has_the_fingerprint_of_ssh_keygen(
    key: KeyFile,
) -> None:
    line = Path(f"{key.path}.pub").read_text()
    assert PublicKey.parse(line).text == " ".join(line.split()[:2])
    printed = subprocess.run(
        ["ssh-keygen", "-l", "-f", key.path], capture_output=True, text=True, check=True
    )
    assert key.public_key.fingerprint == printed.stdout.split()[1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kind, text: kind,
        lambda kind, text: f"{kind}  {text}",
        lambda kind, text: f" {kind} {text}",
        lambda kind, text: f"{kind}\t{text}",
        lambda kind, text: f"{kind} {text[:20]}\n{text[20:]}",
        lambda kind, text: f"{kind} {text}=",
        lambda kind, text: f"{kind} {text[:-4]}",
        lambda kind, text: f"{kind} {text}AAAA",
        lambda kind, text: f"sk-{kind}@openssh.com {text}",
        lambda kind, text: f"{kind} {text}\n{kind} {text}",
        lambda kind, text: f"{kind} é{text}",
        lambda kind, text: "",
    ],
)
def test_a_public_key_has_one_spelling(key: KeyFile, spoil: Callable[[str, str], str]) -> None:
    kind, text = key.public_key.text.split()
    assert code_of(lambda: PublicKey.parse(spoil(kind, text))) == "key-form"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda armour: b"note\n" + armour,
        lambda armour: armour + b"trailing\n",
        lambda armour: armour + b"\n",
        lambda armour: armour + armour,
        lambda armour: armour[:-1],
        lambda armour: armour.replace(b"\n", b"\r\n"),
        lambda armour: armour.replace(b"\n", b" \n"),
        lambda armour: armour.replace(b"SSH", b"PGP"),
        lambda armour: armoured(blob_of(armour), width=64),
        lambda armour: armoured(blob_of(armour), width=1000),
        lambda armour: armour.replace(b"=\n-", b"\n-"),
        lambda armour: armour + b" " * 5000,
        lambda armour: b"",
    ],
)
def test_an_armour_has_one_spelling(key: KeyFile, spoil: Callable[[bytes], bytes]) -> None:
    armour = spoil(key.sign(MESSAGE))
    assert code_of(lambda: parse_signature(armour)) == "armour"


def test_unused_bits_of_the_base64_carry_nothing(key: KeyFile) -> None:
    """The last digit before the padding has bits that decoding drops."""
    armour = key.sign(MESSAGE)
    place = armour.index(b"=") - 1
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    digit = alphabet[alphabet.index(armour[place]) + 1]
    changed = armour[:place] + bytes([digit]) + armour[place + 1 :]
    assert blob_of(changed) == blob_of(armour)
    assert code_of(lambda: parse_signature(changed)) == "armour"


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ({"reserved": b"x"}, "form"),
        ({"version": 2}, "form"),
        ({"kind": b"ssh-rsa"}, "form"),
        ({"kind": HARDWARE}, "form"),
        ({"after_value": b"\0"}, "form"),
        ({"after_key": b"\0"}, "key-form"),
        ({"algorithm": b"SHA512"}, "hash"),
        ({"algorithm": b"sha256"}, "hash"),
        ({"algorithm": b"md5"}, "hash"),
        ({"namespace": b""}, "namespace"),
        ({"namespace": b"git\0"}, "namespace"),
        ({"namespace": "gït".encode()}, "namespace"),
    ],
)
def test_a_signature_that_holds_is_refused_when_it_is_spelled_otherwise(
    spelling: Spelling, code: str
) -> None:
    blob = sealed(Ed25519PrivateKey.generate(), MESSAGE, **spelling)
    assert code_of(lambda: parse_signature(armoured(blob))) == code


def test_bytes_after_the_signature_are_refused() -> None:
    blob = sealed(Ed25519PrivateKey.generate(), MESSAGE)
    assert code_of(lambda: parse_signature(armoured(blob + b"\0"))) == "form"
    assert code_of(lambda: parse_signature(armoured(blob[:-1]))) == "form"


def test_a_security_key_must_have_been_touched() -> None:
    private = Ed25519PrivateKey.generate()
    signature = parse_signature(armoured(touched(private, MESSAGE)))
    assert (signature.flags, signature.counter) == (1, 7)
    assert verify(signature, MESSAGE, "git").is_hardware
    untouched = armoured(touched(private, MESSAGE, flags=4))
    assert code_of(lambda: parse_signature(untouched)) == "presence"


@pytest.mark.parametrize("application", [b"", b"https://example.org", b"ssh:\n"])
def test_a_security_key_made_for_something_else_is_refused(application: bytes) -> None:
    blob = touched(Ed25519PrivateKey.generate(), MESSAGE, application=application)
    assert code_of(lambda: parse_signature(armoured(blob))) == "key-form"


def test_a_key_that_verifies_what_nobody_signed_is_refused() -> None:
    """Under a point of small order, "the neutral point and zero" signs one message in eight."""
    field = 2**255 - 19
    eighth = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    odd = int.from_bytes(eighth, "little")
    coordinates = (0, 1, field - 1, odd, field - odd)
    forged = (1).to_bytes(32, "little") + bytes(32)
    for coordinate in coordinates:
        point = coordinate.to_bytes(32, "little")
        assert any(holds(point, forged, bytes([number])) for number in range(256))
        blob = string(PLAIN) + string(point)
        assert code_of(partial(PublicKey.of_blob, blob)) == "key-weak"
    beyond = string(PLAIN) + string((field + 1).to_bytes(32, "little"))
    assert code_of(lambda: PublicKey.of_blob(beyond)) == "key-weak"


def holds(point: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(point).verify(signature, message)
    except Exception:  # noqa: BLE001
        return False
    return True


@given(
    message=st.binary(max_size=300), counter=st.integers(0, 2**32 - 1), flags=st.integers(0, 255)
)
@settings(parent=shares_files, max_examples=25)
def test_what_is_accepted_ssh_keygen_accepts_too(
    tmp_path: Path, message: bytes, counter: int, flags: int
) -> None:
    private = Ed25519PrivateKey.generate()
    for blob in (
        sealed(private, message),
        touched(private, message, counter=counter, flags=flags | 1),
    ):
        armour = armoured(blob)
        signer = verify(parse_signature(armour), message, "git")
        assert stock_verify(tmp_path, armour, message, signer)


@given(data=st.data())
@settings(parent=shares_files, max_examples=400)
def test_one_changed_byte_is_never_accepted(key: KeyFile, data: st.DataObject) -> None:
    armour = data.draw(st.sampled_from(_samples(key)))
    place = data.draw(st.integers(0, len(armour) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != armour[place]))
    changed = armour[:place] + bytes([byte]) + armour[place + 1 :]
    code_of(lambda: verify(parse_signature(changed), MESSAGE, "git"))


@given(data=st.data())
@settings(parent=shares_files, max_examples=400)
def test_one_changed_byte_inside_the_armour_is_never_accepted(
    key: KeyFile, data: st.DataObject
) -> None:
    blob = blob_of(data.draw(st.sampled_from(_samples(key))))
    place = data.draw(st.integers(0, len(blob) - 1))
    replacement = data.draw(
        st.binary(max_size=2).filter(lambda new: new != blob[place : place + 1])
    )
    changed = armoured(blob[:place] + replacement + blob[place + 1 :])
    code_of(lambda: verify(parse_signature(changed), MESSAGE, "git"))


_made: dict[Path, list[bytes]] = {}


def _samples(key: KeyFile) -> list[bytes]:
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    if key.path not in _made:
        _made[key.path] = [key.sign(MESSAGE), armoured(touched(private, MESSAGE))]
    return _made[key.path]


@given(junk=st.binary(max_size=400))
def test_any_bytes_are_a_fault_and_nothing_else(junk: bytes) -> None:
    code_of(lambda: parse_signature(junk))
    code_of(lambda: parse_signature(armoured(junk)))
    code_of(lambda: parse_signature(armoured(b"SSHSIG\0\0\0\1" + junk)))
    code_of(lambda: PublicKey.of_blob(junk))


@given(line=st.text())
def test_any_text_is_a_fault_and_not_a_key(line: str) -> None:
    code_of(lambda: PublicKey.parse(line))
    code_of(lambda: PublicKey.parse(f"ssh-ed25519 {line}"))


def test_a_signature_spells_itself_as_ssh_keygen_does(key: KeyFile) -> None:
    parsed = parse_signature(key.sign(MESSAGE))
    again = SshSignature(parsed.key, parsed.namespace, parsed.value)
    assert again.armour() == key.sign(MESSAGE)
