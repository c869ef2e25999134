"""Signing with a person's SSH key, through `ssh-keygen`, so that no private key is ever read here.

`ssh-keygen -Y sign` knows key files, agents and security keys, and asks the agent first. It runs
without a terminal: a question on the screen (a passphrase, a PIN) would scribble over the
interface and hang, so it becomes a refusal that says what to do.
"""

from __future__ import annotations

import base64
import os
import tempfile
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from soptui.domain.ids import Fingerprint
from soptui.domain.message import Message
from soptui.domain.system_fault import reason_of
from soptui.domain.text import safe
from soptui.records.keys.sshsig import PublicKey, SignatureFault, parse_signature, verify
from soptui.records.platform.openssh import SigningRefusal, run

TOUCH_SECONDS = 60.0
"""How long a signature may take: a security key waits for a touch, an agent for a consent."""

_QUESTION_SECONDS = 10.0
_KEY_NAMES = ("id_ed25519", "id_ed25519_sk")


class Signer(Struct, frozen=True):
    """Makes signatures with one key: the file at `key_path`, or a key that only the agent holds.

    `key_path` may be that of a private key, on which `ssh-keygen` still asks the agent first.
    """

    public_key: PublicKey
    key_path: Path | None

    def sign(
        self,
        payload: bytes,
        namespace: str = "git",
        *,
        timeout: float = TOUCH_SECONDS,
        cancelled: threading.Event | None = None,
    ) -> bytes:
        """The armoured signature of `payload`, already verified against `public_key`.

        Waits up to `timeout` seconds, and stops early once `cancelled` is set. Raises
        `SigningRefusal`.
        """
        if self.key_path is not None:
            arguments: tuple[str, ...] = ("-Y", "sign", "-n", namespace)
            arguments += ("-f", str(self.key_path.absolute()))
            made = run("ssh-keygen", arguments, payload, timeout, cancelled)
        else:
            with tempfile.TemporaryDirectory(prefix="soptui-") as directory:
                public_path = Path(directory, "key.pub")
                public_path.write_text(f"{self.public_key.text}\n", encoding="ascii")
                arguments = ("-Y", "sign", "-U", "-n", namespace, "-f", str(public_path))
                made = run("ssh-keygen", arguments, payload, timeout, cancelled)
        if made.code != 0:
            raise self._refusal(made.talk)
        try:
            signature = parse_signature(made.output)
            signed_by = verify(signature, payload, namespace)
        except SignatureFault as fault:
            raise SigningRefusal(
                "failed",
                Message(
                    "ssh-keygen made a signature that does not hold ({code}). Nothing was "
                    "recorded. Check the OpenSSH installation.",
                    code=fault.code,
                ),
            ) from None
        if signed_by != self.public_key:
            raise _wrong_key(self.key_path, signed_by.fingerprint)
        return made.output

    def is_locked(self) -> bool:
        """Whether the key waits for a passphrase that no agent has been told.

        Nothing is signed for that. Raises `SigningRefusal` where OpenSSH does not answer.
        """
        if self.key_path is None or self.public_key in (_agent_keys() or ()):
            return False
        # An empty passphrase opens only what has none; what a security key holds is not asked.
        arguments = ("-y", "-P", "", "-f", str(self.key_path.absolute()))
        answer = run("ssh-keygen", arguments, b"", _QUESTION_SECONDS)
        return answer.code != 0 and "passphrase" in answer.talk

    def _refusal(self, talk: str) -> SigningRefusal:
        """The refusal that ssh-keygen's `talk`, of OpenSSH 8.2 to 10, stands for."""
        if "agent socket" in talk or "connecting to agent" in talk:
            return _agent_unreachable()
        if self.key_path is None or "No private key found for public key" in talk:
            return SigningRefusal(
                "key-missing",
                Message(
                    "The agent does not hold the key {fingerprint}. Nothing was recorded. Load "
                    "it with ssh-add and try again.",
                    fingerprint=self.public_key.fingerprint,
                ),
            )
        if "doesn't match" in talk:
            return _wrong_key(self.key_path, self.public_key.fingerprint)
        shown = safe(str(self.key_path))
        if "passphrase" in talk or "PIN" in talk:
            if "SSH_AUTH_SOCK" not in os.environ:
                return _locked_without_agent(shown)
            return SigningRefusal(
                "key-locked",
                Message(
                    "The key {path} is locked by a passphrase or a PIN. Nothing was recorded. "
                    "Run: ssh-add {path} and try again.",
                    path=shown,
                ),
            )
        if "too open" in talk:
            return SigningRefusal(
                "key-unsafe",
                Message(
                    "Others may read the key {path}, so SSH does not use it. Nothing was "
                    "recorded. Run: chmod 600 {path} and try again.",
                    path=shown,
                ),
            )
        if not _is_there(self.key_path):
            return _key_missing(self.key_path)
        return SigningRefusal(
            "failed",
            Message(
                "ssh-keygen could not sign: {reason}. Nothing was recorded. Let soptui doctor look "
                "at the key, and try again.",
                reason=_last(talk),
            ),
        )


def find_signer(
    registered: Collection[PublicKey],
    configured: Path | None = None,
    *,
    revoked: Collection[PublicKey] = (),
    cancelled: threading.Event | None = None,
) -> Signer:
    """The signer whose public key is among `registered`.

    `configured`, when given, decides alone. Otherwise the usual files in `~/.ssh` and the keys of
    the agent are looked at; of several that are registered, one that the agent holds comes first,
    because it asks for no passphrase. An agent that does not answer is waited for until `cancelled`
    is set. Raises `SigningRefusal`, which tells a key that is among `revoked` from one that was
    never registered.
    """
    if configured is not None:
        return _configured_signer(registered, configured.expanduser(), revoked)
    found: dict[PublicKey, Path | None] = {}
    unreadable: SigningRefusal | None = None
    for path in _usual_paths():
        try:
            found[public_key_of(path)] = path
        except SigningRefusal as refusal:
            unreadable = refusal
    agent_keys = _agent_keys(cancelled)
    for key in agent_keys or ():
        found.setdefault(key, None)
    usable = sorted(
        (key for key in found if key in registered), key=lambda key: key not in (agent_keys or ())
    )
    if usable:
        return Signer(usable[0], found[usable[0]])
    if found:
        known = next((key for key in found if key in revoked), None)
        raise _not_usable(known or next(iter(found)), revoked)
    if unreadable is not None:
        raise unreadable
    if agent_keys is None and "SSH_AUTH_SOCK" in os.environ:
        raise _agent_unreachable()
    raise SigningRefusal(
        "no-key",
        Message(
            "No SSH key was found: neither in ~/.ssh nor in the agent. Nothing was changed. Make "
            "a key and have an administrator register it."
        ),
    )


def keys_at_hand(configured: Path | None = None) -> list[Signer]:
    """Every key with which one could sign: the one named, else those in `~/.ssh` and the agent.

    What cannot be read is left out.
    """
    if configured is not None:
        with suppress(SigningRefusal):
            return [_signer_at(configured.expanduser())]
        return []
    found: dict[PublicKey, Path | None] = {}
    for path in _usual_paths():
        with suppress(SigningRefusal):
            found[public_key_of(path)] = path
    for key in _agent_keys() or ():
        found.setdefault(key, None)
    return [Signer(key, path) for key, path in found.items()]


def make_key(path: Path, comment: str, passphrase: str = "") -> PublicKey:
    """A new Ed25519 key at `path` and `path`.pub; the public key is returned.

    The passphrase goes to `ssh-keygen` on its standard input, where no other user can see it.
    Never writes over a file. Raises `SigningRefusal`.
    """
    path = path.expanduser().absolute()
    public_path = _public_path(path)
    for existing in (path, public_path):
        if _is_there(existing):
            raise SigningRefusal(
                "key-exists",
                Message(
                    "There is already a file {path}. It was left as it is. Choose another name.",
                    path=safe(str(existing)),
                ),
            )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _not_made(path, reason_of(error)) from None
    arguments = ("-q", "-t", "ed25519", "-C", comment, "-f", str(path))
    passphrase_twice = f"{passphrase}\n{passphrase}\n".encode()
    made = run("ssh-keygen", arguments, passphrase_twice, _QUESTION_SECONDS)
    if made.code != 0:
        raise _not_made(path, _last(made.talk))
    return _public_key_in(public_path)


def _configured_signer(
    registered: Collection[PublicKey], path: Path, revoked: Collection[PublicKey]
) -> Signer:
    signer = _signer_at(path)
    if signer.public_key not in registered:
        raise _not_usable(signer.public_key, revoked)
    return signer


def _signer_at(path: Path) -> Signer:
    """The key of a named file, which may be the public half of one that only the agent holds."""
    if path.suffix == ".pub" and _is_there(path) and not _is_there(path.with_suffix("")):
        return Signer(_public_key_in(path), None)
    path = path.with_suffix("") if path.suffix == ".pub" else path
    if not _is_there(path):
        raise _key_missing(path)
    return Signer(public_key_of(path), path)


def _usual_paths() -> list[Path]:
    paths = (Path.home() / ".ssh" / name for name in _KEY_NAMES)
    return [path for path in paths if _is_there(path)]


def public_key_of(path: Path) -> PublicKey:
    """The public half of the private key at `path`: its .pub file, or what ssh-keygen tells.

    Raises `SigningRefusal`.
    """
    public_path = _public_path(path)
    if _is_there(public_path):
        return _public_key_in(public_path)
    # The public half stands unlocked in a locked file too, and ssh-keygen exports it.
    arguments = ("-e", "-m", "RFC4716", "-f", str(path.absolute()))
    answer = run("ssh-keygen", arguments, b"", _QUESTION_SECONDS)
    lines = answer.output.decode("utf-8", "replace").splitlines()
    body = "".join(line for line in lines if ":" not in line and not line.startswith("----"))
    try:
        return PublicKey.of_blob(base64.b64decode(body))
    except (ValueError, SignatureFault):
        raise _unreadable(path) from None


def _agent_keys(cancelled: threading.Event | None = None) -> list[PublicKey] | None:
    """The Ed25519 keys that the agent holds; None when no agent answers."""
    if "SSH_AUTH_SOCK" not in os.environ:
        return None
    answer = run("ssh-add", ("-L",), b"", _QUESTION_SECONDS, cancelled)
    # ssh-add ends with 1 when the agent holds nothing, and with 2 when there is no agent.
    if answer.code not in (0, 1):
        return None
    keys = []
    for line in answer.output.decode("utf-8", "replace").splitlines() if answer.code == 0 else ():
        try:
            keys.append(PublicKey.parse(line))
        except SignatureFault:
            continue
    return keys


def _is_there(path: Path) -> bool:
    # Unlike Path.exists, this is merely False in a folder that may not be entered.
    return os.path.exists(path)  # noqa: PTH110


def _public_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.pub")


def _public_key_in(path: Path) -> PublicKey:
    try:
        return PublicKey.parse(path.read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, SignatureFault):
        raise _unreadable(path) from None


def _last(talk: str) -> str:
    lines = talk.strip().splitlines() or ["?"]
    return safe(lines[-1])


def _agent_unreachable() -> SigningRefusal:
    return SigningRefusal(
        "agent-unreachable",
        Message(
            "The SSH agent cannot be reached. Nothing was recorded. In the shell, outside soptui, "
            'run: eval "$(ssh-agent)" && ssh-add and start soptui again.'
        ),
    )


def _locked_without_agent(path: str) -> SigningRefusal:
    return SigningRefusal(
        "key-locked",
        Message(
            "The key {path} is locked by a passphrase or a PIN, and no SSH agent runs that could "
            "open it. Nothing was recorded. In the shell, outside soptui, run: "
            'eval "$(ssh-agent)" && ssh-add {path} and start soptui again.',
            path=path,
        ),
    )


def _key_missing(path: Path) -> SigningRefusal:
    return SigningRefusal(
        "key-missing",
        Message(
            "There is no key file {path}. Nothing was recorded. Correct the key in the settings, "
            "or put the file back.",
            path=safe(str(path)),
        ),
    )


def _unreadable(path: Path) -> SigningRefusal:
    return SigningRefusal(
        "key-unreadable",
        Message(
            "{path} is not an Ed25519 key of OpenSSH. Nothing was changed. Choose another key, or "
            "make one.",
            path=safe(str(path)),
        ),
    )


def _not_made(path: Path, reason: str | Message) -> SigningRefusal:
    return SigningRefusal(
        "failed",
        Message(
            "The key {path} could not be made: {reason}. Nothing was changed. Choose another "
            "place.",
            path=safe(str(path)),
            reason=reason,
        ),
    )


def _not_usable(key: PublicKey, revoked: Collection[PublicKey]) -> SigningRefusal:
    if key in revoked:
        return SigningRefusal(
            "key-revoked",
            Message(
                "The key {fingerprint} was revoked and signs nothing any more, for good. Nothing "
                "was changed. Use another key, or have an administrator register a new one.",
                fingerprint=key.fingerprint,
            ),
        )
    return SigningRefusal(
        "not-registered",
        Message(
            "The key {fingerprint} is not registered for you. Nothing was changed. Ask an "
            "administrator to register it, or choose another key.",
            fingerprint=key.fingerprint,
        ),
    )


def _wrong_key(path: Path | None, fingerprint: Fingerprint) -> SigningRefusal:
    return SigningRefusal(
        "wrong-key",
        Message(
            "The private key of {path} does not belong to the public key {fingerprint} beside it. "
            "Nothing was recorded. Put the matching .pub file back, or choose another key.",
            path=safe(str(path or "ssh-agent")),
            fingerprint=fingerprint,
        ),
    )
