from __future__ import annotations

import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from soptui.records.keys.signing import Signer, find_signer, make_key
from soptui.records.keys.sshsig import parse_signature, verify
from soptui.records.platform.openssh import SigningRefusal
from tests.support.ssh_keys import Agent, KeyFile, NewKey

PAYLOAD = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\ndisposisi\n"


def refusal_of(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(SigningRefusal) as caught:
        act()
    return caught.value.code, str(caught.value.message)


def usual(home: Path, name: str = "id_ed25519") -> Path:
    return home / ".ssh" / name


@pytest.mark.parametrize("namespace", ["git", "checkpoint@soptui"])
def test_a_key_file_signs(key: KeyFile, namespace: str) -> None:
    armour = Signer(key.public_key, key.path).sign(PAYLOAD, namespace)
    assert verify(parse_signature(armour), PAYLOAD, namespace) == key.public_key


def test_a_locked_key_in_the_agent_signs(new_key: NewKey, agent: Agent) -> None:
    key = new_key(passphrase="lima kata sandi")
    agent.add(key, passphrase="lima kata sandi")
    armour = find_signer([key.public_key], key.path).sign(PAYLOAD)
    assert verify(parse_signature(armour), PAYLOAD, "git") == key.public_key


def test_a_locked_key_without_agent_is_refused_at_once(new_key: NewKey) -> None:
    key = new_key(passphrase="lima kata sandi")
    signer = find_signer([key.public_key], key.path)
    code, sentence = refusal_of(lambda: signer.sign(PAYLOAD))
    assert code == "key-locked"
    assert f'eval "$(ssh-agent)" && ssh-add {key.path}' in sentence


def test_a_locked_key_beside_an_agent_wants_only_to_be_loaded(
    new_key: NewKey, agent: Agent
) -> None:
    key = new_key(passphrase="lima kata sandi")
    signer = find_signer([key.public_key], key.path)
    code, sentence = refusal_of(lambda: signer.sign(PAYLOAD))
    assert code == "key-locked"
    assert f"Run: ssh-add {key.path}" in sentence
    assert "eval" not in sentence


def test_the_first_line_of_the_payload_is_no_passphrase(new_key: NewKey) -> None:
    """ssh-keygen would read a passphrase from where the payload comes; the result is checked."""
    key = new_key(passphrase="tree of words")
    signer = Signer(key.public_key, key.path)
    assert refusal_of(lambda: signer.sign(b"tree of words\nrest\n"))[0] in {"key-locked", "failed"}


def test_a_key_that_only_the_agent_holds_signs_and_leaves_no_file(
    new_key: NewKey, agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    agent.add(key)
    key.path.unlink()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    signer = find_signer([key.public_key])
    assert signer == Signer(key.public_key, None)
    assert verify(parse_signature(signer.sign(PAYLOAD)), PAYLOAD, "git") == key.public_key
    assert list(scratch.iterdir()) == []


def test_a_configured_public_file_means_the_key_in_the_agent(new_key: NewKey, agent: Agent) -> None:
    key = new_key()
    agent.add(key)
    key.path.unlink()
    signer = find_signer([key.public_key], Path(f"{key.path}.pub"))
    assert signer == Signer(key.public_key, None)


def test_a_configured_public_file_beside_its_private_one_means_the_latter(key: KeyFile) -> None:
    signer = find_signer([key.public_key], Path(f"{key.path}.pub"))
    assert signer == Signer(key.public_key, key.path)


@pytest.mark.parametrize("name", ["id_ed25519", "id_ed25519_sk"])
def test_the_usual_files_are_found(new_key: NewKey, home: Path, name: str) -> None:
    key = new_key(usual(home, name))
    assert find_signer([key.public_key]) == Signer(key.public_key, key.path)


@pytest.mark.parametrize("passphrase", ["", "lima kata sandi"])
def test_a_private_file_alone_is_enough(new_key: NewKey, home: Path, passphrase: str) -> None:
    key = new_key(usual(home), passphrase=passphrase)
    Path(f"{key.path}.pub").unlink()
    assert find_signer([key.public_key]) == Signer(key.public_key, key.path)


def test_the_registered_key_is_picked_among_several(
    new_key: NewKey, home: Path, agent: Agent
) -> None:
    new_key(usual(home))
    registered = new_key(usual(home, "id_ed25519_sk"))
    agent.add(new_key())
    assert find_signer([registered.public_key]) == Signer(registered.public_key, registered.path)


def test_of_two_registered_keys_the_one_in_the_agent_comes_first(
    new_key: NewKey, home: Path, agent: Agent
) -> None:
    locked = new_key(usual(home), passphrase="lima kata sandi")
    held = new_key()
    agent.add(held)
    assert find_signer([locked.public_key, held.public_key]) == Signer(held.public_key, None)


def test_a_damaged_file_does_not_hide_the_key_in_the_agent(
    new_key: NewKey, home: Path, agent: Agent
) -> None:
    usual(home).parent.mkdir()
    usual(home).write_text("not a key\n")
    held = new_key()
    agent.add(held)
    assert find_signer([held.public_key]) == Signer(held.public_key, None)


def test_no_key_at_all(key: KeyFile) -> None:
    assert refusal_of(lambda: find_signer([key.public_key]))[0] == "no-key"


def test_an_agent_that_holds_nothing_is_no_key(key: KeyFile, agent: Agent) -> None:
    assert refusal_of(lambda: find_signer([key.public_key]))[0] == "no-key"


def test_a_damaged_file_alone_is_named(key: KeyFile, home: Path) -> None:
    usual(home).parent.mkdir()
    usual(home).write_text("not a key\n")
    code, sentence = refusal_of(lambda: find_signer([key.public_key]))
    assert code == "key-unreadable"
    assert str(usual(home)) in sentence


def test_the_configured_file_is_missing(key: KeyFile, tmp_path: Path) -> None:
    code, sentence = refusal_of(lambda: find_signer([key.public_key], tmp_path / "gone"))
    assert code == "key-missing"
    assert str(tmp_path / "gone") in sentence


def test_the_file_goes_missing_before_signing(new_key: NewKey) -> None:
    key = new_key()
    signer = find_signer([key.public_key], key.path)
    key.path.unlink()
    Path(f"{key.path}.pub").unlink()
    assert refusal_of(lambda: signer.sign(PAYLOAD))[0] == "key-missing"


@pytest.mark.parametrize("is_configured", [True, False])
def test_an_unregistered_key_is_named_by_its_fingerprint(
    new_key: NewKey, key: KeyFile, home: Path, is_configured: bool
) -> None:
    own = new_key(usual(home))
    configured = own.path if is_configured else None
    code, sentence = refusal_of(lambda: find_signer([key.public_key], configured))
    assert code == "not-registered"
    assert own.public_key.fingerprint in sentence


@pytest.mark.parametrize("is_configured", [True, False])
def test_a_revoked_key_is_told_from_one_that_was_never_registered(
    new_key: NewKey, key: KeyFile, home: Path, is_configured: bool
) -> None:
    own = new_key(usual(home))
    configured = own.path if is_configured else None
    code, sentence = refusal_of(
        lambda: find_signer([key.public_key], configured, revoked=[own.public_key])
    )
    assert code == "key-revoked"
    assert own.public_key.fingerprint in sentence
    assert "for good" in sentence


def test_an_unregistered_key_in_the_agent_is_named_too(
    new_key: NewKey, key: KeyFile, agent: Agent
) -> None:
    held = new_key()
    agent.add(held)
    code, sentence = refusal_of(lambda: find_signer([key.public_key]))
    assert (code, held.public_key.fingerprint in sentence) == ("not-registered", True)


def test_the_agent_cannot_be_reached(
    key: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nobody"))
    assert refusal_of(lambda: find_signer([key.public_key]))[0] == "agent-unreachable"
    signer = Signer(key.public_key, None)
    assert refusal_of(lambda: signer.sign(PAYLOAD))[0] == "agent-unreachable"


def test_without_any_agent_a_key_of_the_agent_cannot_sign(key: KeyFile) -> None:
    signer = Signer(key.public_key, None)
    assert refusal_of(lambda: signer.sign(PAYLOAD))[0] == "agent-unreachable"


def test_an_unreachable_agent_does_not_keep_a_key_file_from_signing(
    key: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nobody"))
    assert find_signer([key.public_key], key.path).sign(PAYLOAD)


def test_the_agent_has_lost_the_key(key: KeyFile, agent: Agent) -> None:
    code, sentence = refusal_of(lambda: Signer(key.public_key, None).sign(PAYLOAD))
    assert code == "key-missing"
    assert key.public_key.fingerprint in sentence


def test_the_public_file_of_another_key_is_noticed(new_key: NewKey) -> None:
    own, other = new_key(), new_key()
    shutil.copy(f"{other.path}.pub", f"{own.path}.pub")
    signer = find_signer([other.public_key], own.path)
    assert refusal_of(lambda: signer.sign(PAYLOAD))[0] == "wrong-key"


def test_a_signature_by_another_key_is_not_handed_out(new_key: NewKey, key: KeyFile) -> None:
    signer = Signer(new_key().public_key, key.path)
    assert refusal_of(lambda: signer.sign(PAYLOAD))[0] == "wrong-key"


def test_a_key_that_others_may_read_is_refused(new_key: NewKey) -> None:
    key = new_key()
    key.path.chmod(0o644)
    code, sentence = refusal_of(lambda: Signer(key.public_key, key.path).sign(PAYLOAD))
    assert code == "key-unsafe"
    assert f"chmod 600 {key.path}" in sentence


def test_openssh_is_not_installed(
    key: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    signer = Signer(key.public_key, key.path)
    assert refusal_of(lambda: signer.sign(PAYLOAD))[0] == "no-program"


@contextmanager
def question(agent: Agent) -> Iterator[Path]:
    """Makes the agent ask for consent; the question waits until somebody writes to the pipe."""
    asked, answer = agent.folder / "asked", agent.folder / "yes-or-no"
    os.mkfifo(asked)
    os.mkfifo(answer)
    consent = agent.folder / "consent"
    consent.write_text(f"#!/bin/sh\necho asked > {asked}\nread reply < {answer}\nexit $reply\n")
    consent.chmod(0o700)
    yield asked


@pytest.mark.parametrize(("reply", "signs"), [("0", True), ("1", False)])
def test_the_agent_may_ask_for_consent(
    new_key: NewKey, agent: Agent, reply: str, signs: bool
) -> None:
    key = new_key()
    agent.add(key, "-c")
    outcome: list[object] = []
    with question(agent) as asked:
        thread = threading.Thread(target=lambda: outcome.append(attempt(key)))
        thread.start()
        asked.read_text()
        (agent.folder / "yes-or-no").write_text(f"{reply}\n")
        thread.join()
    assert (outcome == ["signed"]) is signs
    assert signs or outcome == ["failed"]


def test_waiting_for_consent_can_be_cancelled(new_key: NewKey, agent: Agent) -> None:
    key = new_key()
    agent.add(key, "-c")
    cancelled = threading.Event()
    outcome: list[object] = []
    with question(agent) as asked:
        thread = threading.Thread(target=lambda: outcome.append(attempt(key, cancelled=cancelled)))
        thread.start()
        asked.read_text()
        cancelled.set()
        thread.join()
        (agent.folder / "yes-or-no").write_text("1\n")
    assert outcome == ["cancelled"]


def test_waiting_for_consent_has_an_end(new_key: NewKey, agent: Agent) -> None:
    key = new_key()
    agent.add(key, "-c")
    outcome: list[object] = []
    with question(agent) as asked:
        thread = threading.Thread(target=lambda: outcome.append(attempt(key, timeout=0.2)))
        thread.start()
        asked.read_text()
        thread.join()
        (agent.folder / "yes-or-no").write_text("1\n")
    assert outcome == ["timeout"]


def attempt(
    key: KeyFile, *, timeout: float = 60.0, cancelled: threading.Event | None = None
) -> str:
    try:
        Signer(key.public_key, key.path).sign(PAYLOAD, timeout=timeout, cancelled=cancelled)
    except SigningRefusal as refusal:
        return refusal.code
    return "signed"


@pytest.mark.parametrize("passphrase", ["", "lima kata sandi"])
def test_a_new_key_signs_after_its_passphrase(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "keys" / "id_ed25519"
    public_key = make_key(path, "camat@ajibarang", passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Path(f"{path}.pub").read_text() == f"{public_key.text} camat@ajibarang\n"
    opened = subprocess.run(
        ["ssh-keygen", "-y", "-P", passphrase, "-f", path], capture_output=True, check=False
    )
    assert opened.returncode == 0
    if passphrase:
        assert attempt(KeyFile(path, public_key)) == "key-locked"
    else:
        assert attempt(KeyFile(path, public_key)) == "signed"


@pytest.mark.parametrize("suffix", ["", ".pub"])
def test_a_new_key_never_replaces_a_file(tmp_path: Path, suffix: str) -> None:
    existing = tmp_path / f"id_ed25519{suffix}"
    existing.write_text("precious")
    code, _ = refusal_of(lambda: make_key(tmp_path / "id_ed25519", "comment", "y"))
    assert (code, existing.read_text()) == ("key-exists", "precious")


def test_a_new_key_in_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _ = refusal_of(lambda: make_key(tmp_path / "file" / "key", "comment"))
    assert code == "failed"
