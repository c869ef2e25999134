"""A real sshd on loopback, with keys and settings of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.needs import program
from tests.support.programs import path_with
from tests.support.waiting import until


@dataclass(frozen=True)
class Sshd:
    """A running server."""

    folder: Path
    port: int

    @property
    def authorized_keys(self) -> Path:
        return self.folder / "authorized_keys"

    def command(self, key: Path) -> str:
        """What goes into GIT_SSH_COMMAND to come in with this key and no other."""
        return (
            f"ssh -F none -i {key} -oIdentitiesOnly=yes -oBatchMode=yes "
            f"-oStrictHostKeyChecking=yes -oUserKnownHostsFile={self.folder}/known_hosts"
        )

    def stand_in_for_ssh(self, *options: str) -> str:
        """A PATH on which `ssh` knows the server by this folder's known_hosts and by nothing else.

        In the place of the account's own configuration stand these options.
        """
        known = (f"UserKnownHostsFile {self.folder}/known_hosts", "GlobalKnownHostsFile /dev/null")
        own = self.folder / "ssh_config"
        own.write_text("\n".join((*known, *options)) + "\n")
        return path_with(self.folder, "ssh", f'exec {shutil.which("ssh")} -F {own} "$@"')

    def shows_another_key(self) -> None:
        """Let what is known of the server be the key of another one."""
        other = self.folder / "other_key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other], check=True)
        public = other.with_suffix(".pub").read_text().split()[:2]
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {' '.join(public)}\n")

    @property
    def fingerprint(self) -> str:
        """That of the key which the server shows."""
        public = self.folder / "host_key.pub"
        told = subprocess.run(["ssh-keygen", "-lf", public], capture_output=True, check=True)
        return told.stdout.decode().split()[1]

    def url(self, user: str, path: Path) -> str:
        return f"ssh://{user}@127.0.0.1:{self.port}{path}"


@contextmanager
def running_sshd(folder: Path, keys: str = "") -> Iterator[Sshd]:
    """Start a server in `folder`; `keys` is the AuthorizedKeysFile, else one of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    server = Sshd(folder, port)
    host_key = folder / "host_key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host_key], check=True)
    public = host_key.with_suffix(".pub").read_text().split()[:2]
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(public)}\n")
    server.authorized_keys.touch()
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host_key}\nPidFile none\n"
        f"AuthorizedKeysFile {keys or server.authorized_keys}\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
        "PermitUserEnvironment no\nAcceptEnv LANG LC_*\nMaxStartups 100\nLogLevel ERROR\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    command = [program("sshd"), "-D", "-e", "-f", str(folder / "config")]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as process,
    ):
        try:
            until(lambda: _listens(port, process), lambda: f"sshd does not listen at {port}")
            yield server
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "sshd ended"
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True
