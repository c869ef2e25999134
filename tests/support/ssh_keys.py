"""SSH keys and agents, made at run time by the real OpenSSH and gone after the test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from soptui.records.keys.sshsig import PublicKey


@dataclass(frozen=True)
class KeyFile:
    """A key pair made by the real ssh-keygen."""

    path: Path
    public_key: PublicKey

    def sign(self, message: bytes, namespace: str = "git", *options: str) -> bytes:
        """What the real ssh-keygen writes."""
        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(self.path), *options]
        return subprocess.run(command, input=message, capture_output=True, check=True).stdout


@dataclass(frozen=True)
class Agent:
    """A running ssh-agent."""

    folder: Path

    def add(self, key: KeyFile, *options: str, passphrase: str = "") -> None:
        answer = self.folder / "answer"
        answer.write_text(f"#!/bin/sh\necho '{passphrase}'\n")
        answer.chmod(0o700)
        subprocess.run(
            ["ssh-add", "-q", *options, key.path],
            env=os.environ | {"SSH_ASKPASS": str(answer), "SSH_ASKPASS_REQUIRE": "force"},
            stdin=subprocess.DEVNULL,
            check=True,
        )


NewKey = Callable[..., KeyFile]


@pytest.fixture(scope="session")
def new_key(tmp_path_factory: pytest.TempPathFactory) -> NewKey:
    """Makes a key pair: `new_key()`, `new_key(path)`, `new_key(path, passphrase=...)`."""

    def make(path: Path | None = None, passphrase: str = "") -> KeyFile:
        path = path or tmp_path_factory.mktemp("key") / "key"
        path.parent.mkdir(exist_ok=True)
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "a comment", "-f", path],
            check=True,
        )
        return KeyFile(path, PublicKey.parse(Path(f"{path}.pub").read_text()))

    return make


@pytest.fixture(scope="session")
def key(new_key: NewKey) -> KeyFile:
    """One key pair, shared by the tests that only sign with it."""
    return new_key()


@pytest.fixture
def agent(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Agent]:
    """A running ssh-agent that `SSH_AUTH_SOCK` names; it asks consent through `folder`/consent."""
    folder = tmp_path_factory.mktemp("agent")
    socket = folder / "socket"
    environment = os.environ | {
        "SSH_ASKPASS": str(folder / "consent"),
        "SSH_ASKPASS_REQUIRE": "force",
    }
    command = ["ssh-agent", "-D", "-a", str(socket)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield Agent(folder)
        process.terminate()
