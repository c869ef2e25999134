"""Officers with Unix accounts of their own reach the hub's server over a real sshd: keys that are
new, lost or in an agent, a server that is unknown or another, a line that drops, a flash disk.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soptui.desk.desk import Desk
from soptui.desk.office.administration import Administration
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.ids import OfficerId
from soptui.records.hub.authorized_keys import authorized_keys
from soptui.records.hub.hub import init_hub
from soptui.records.platform.processes import library_folders
from tests.support.accounts import give, python_for_all, shared_folder, unix_accounts
from tests.support.programs import ROOT
from tests.support.sshd import Sshd, running_sshd
from tests.support.town import ADMIN, HEAD, REGISTRAR, Town, git

pytestmark = pytest.mark.slow

_LINE = """
import os, subprocess, sys
if "-G" in sys.argv:
    sys.exit()
left = {size}
with subprocess.Popen([{ssh!r}, "-i", {key!r}, *sys.argv[1:]], stdout=subprocess.PIPE) as way:
    while part := os.read(way.stdout.fileno(), min(65536, left)):
        os.write(1, part)
        left -= len(part)
    way.kill()
"""
"""A program in the place of ssh whose line drops after so many bytes."""


class Officer:
    """An officer at an account of their own, with records, a home and a key in it."""

    def __init__(self, town: Town, shared: Path, account: str, officer: str) -> None:
        self.account = account
        self.home = shared / account
        self.officer = officer
        self.records = self.home / "arsip"
        self.env: dict[str, str] = {}
        shutil.copytree(town.folder / "origin", self.records)
        self.key = self.takes_key(town.keys.path(officer), "kunci kantor")
        give(self.home, account)

    def takes_key(self, source: Path, name: str) -> Path:
        """A key file in the home, under a name that ssh does not look for."""
        key = self.home / ".ssh" / name
        shutil.copy(source, key)
        key.chmod(0o600)
        shutil.copy(f"{source}.pub", f"{key}.pub")
        give(self.home / ".ssh", self.account)
        return key

    def runs(self, *command: str, code: int = 0) -> str:
        """What a program says that the account runs in its records."""
        own = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **self.env}
        settings = [f"{name}={value}" for name, value in own.items()]
        done = subprocess.run(
            ("runuser", "-u", self.account, "--", "env", "-i", *settings, *command),
            cwd=self.records, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{command}: {said}"
        return " ".join(said.split())

    def takes(self, new: Path, server: Server) -> None:
        """Sign with a new key from now on, and have the old ones revoked."""
        self.key = new
        assert "Came in: 1" in self.soptui("sync") or "Came in: 0" in self.soptui("sync")
        self.soptui("whoami", "--remember", "--key", str(new))
        old = server.town.keys.public(self.officer).fingerprint
        id_ = OfficerId(self.officer)
        server.is_administered(lambda admin: Administration(admin).revoke_key(id_, old, "diganti"))
        assert "Came in: 1" in self.soptui("sync")

    def soptui(self, *words: str, code: int = 0) -> str:
        """What soptui says at this officer's desk, with their key."""
        folders = [str(ROOT), *library_folders("click", "cryptography", "git", "tomlkit")]
        start = f"import sys; sys.path[:0] = {folders!r}; from soptui.cli import main; main()"
        key = "" if self.key == Path() else str(self.key)
        seat = {"SOPTUI_OFFICER": self.officer, "SOPTUI_KEY": key, "SOPTUI_LANG": "en"}
        self.env |= seat
        return self.runs(python_for_all(), "-c", start, *words, code=code)


class Server:
    """The hub behind sshd, in an account of its own."""

    def __init__(self, town: Town, shared: Path, account: str, sshd: Sshd) -> None:
        self.town = town
        self._account = account
        self.hub = shared / "records.git"
        self.sshd = sshd
        self.address = sshd.url(account, self.hub)
        init_hub(self.hub, town.first_trust())
        git(town.folder / "origin", "push", "-q", str(self.hub), "main")
        # The administrator works on the server itself.
        with (Path.home() / ".gitconfig").open("a") as file:
            file.write(f"[safe]\n\tdirectory = {self.hub}\n")
        self.lets_in()

    def is_administered(self, act: Callable[[Desk], object]) -> None:
        """An administrator takes what is new, acts, sends it, and renews the keys."""
        admin = self.town.clone(ADMIN)
        admin.git("config", "remote.origin.url", str(self.hub))
        assert admin.sync().ok
        act(admin.desk)
        assert admin.sync().ok
        self.lets_in()

    def lets_in(self) -> None:
        """Renew the keys, as an administrator does after each change."""
        lines = authorized_keys(self.hub)
        self.sshd.authorized_keys.write_text("\n".join(lines) + "\n")
        give(self.hub, self._account)

    def is_known_to(self, officer: Officer, key: str = "host_key") -> None:
        """Write the server's key where the account's ssh looks."""
        public = (self.sshd.folder / f"{key}.pub").read_text().split()[:2]
        known = officer.home / ".ssh" / "known_hosts"
        known.write_text(f"[127.0.0.1]:{self.sshd.port} {' '.join(public)}\n")
        give(known, officer.account)


@pytest.fixture
def shared() -> Iterator[Path]:
    with shared_folder() as folder:
        yield folder


@pytest.fixture
def accounts(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    with unix_accounts(shared, 3) as names:
        monkeypatch.setattr(sys, "executable", python_for_all())
        yield names


def test_officers_with_accounts_of_their_own_share_over_ssh(
    town: Town, shared: Path, accounts: list[str]
) -> None:
    keeper, *people = accounts
    with running_sshd(shared / "sshd") as sshd:
        server = Server(town, shared, keeper, sshd)
        registrar, head = (
            Officer(town, shared, account, officer)
            for account, officer in zip(people, (REGISTRAR, HEAD), strict=True)
        )
        trust = town.first_trust()
        for one in (registrar, head):
            one.soptui("trust", "accept", trust.genesis, trust.signer)
            # The first contact: nobody knows the server, and its fingerprint is told.
            told = one.soptui("sync", "--hub", server.address, code=1)
            assert sshd.fingerprint in told
            server.is_known_to(one)
            assert "Came in: 0" in one.soptui("sync")

        letter = ("--number", "1/2026", "--date", "2/1/2026", "--sender", "Bupati Contoh")
        registrar.soptui("register", *letter, "--subject", "Undangan")
        assert "Sent to the hub" in registrar.soptui("sync")
        assert "Came in: 1" in head.soptui("sync")

        changes_a_key(server, registrar)
        loses_a_key(server, head)
        comes_with_an_agent_of_seven_keys(registrar)

        # Somebody stands where the server stood.
        sshd.shows_another_key()
        server.is_known_to(head, "other_key")
        told = head.soptui("sync", code=1)
        assert "another host key than before" in told
        assert "@@@" not in told
        server.is_known_to(head)

        fetches_over_a_line_that_drops(registrar, head)

        # By flash disk between two clones that have a hub.
        registrar.soptui("note", "1/2026", "--note", "Lewat diska.")
        disk = registrar.home / "disk.bundle"
        registrar.soptui("disk", "export", str(disk))
        registrar.home.chmod(0o755)
        assert "Came in: 1" in head.soptui("disk", "import", str(disk))
        head.soptui("sync")
        assert "Yours: 0" in registrar.soptui("sync")
        tips = {
            git(folder, "-c", "safe.directory=*", "rev-parse", "refs/heads/main").stdout
            for folder in (server.hub, registrar.records, head.records)
        }
        assert len(tips) == 1
        head.soptui("verify", "--full")


def changes_a_key(server: Server, officer: Officer) -> None:
    """The way of the manual: asked for with the key held, accepted, remembered, the old revoked."""
    new, request = officer.home / ".ssh" / "kunci_baru", officer.home / "permohonan"
    officer.soptui(
        "officer", "key", "request", officer.officer, "--key", str(new), "--passphrase", "",
        "--request", str(request),
    )  # fmt: skip
    server.is_administered(lambda admin: Sharing(admin).accept_request(request.read_bytes()))
    officer.soptui("sync")
    officer.takes(new, server)


def loses_a_key(server: Server, officer: Officer) -> None:
    """The old key is gone, so that nothing but an administrator's word brings the new one in."""
    new = officer.home / ".ssh" / "pengganti"
    officer.runs("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(new))
    officer.key.unlink()
    public = " ".join(Path(f"{new}.pub").read_text().split()[:2])
    id_ = OfficerId(officer.officer)
    server.is_administered(lambda admin: Administration(admin).add_key(id_, public, lost=True))
    officer.takes(new, server)


def comes_with_an_agent_of_seven_keys(officer: Officer) -> None:
    """Six keys of nobody come first, and the officer's own is in no file any more."""
    socket = officer.home / "agent"
    started = officer.runs("ssh-agent", "-a", str(socket))
    found = re.search(r"SSH_AGENT_PID=(\d+)", started)
    assert found is not None
    officer.env["SSH_AUTH_SOCK"] = str(socket)
    try:
        for number in range(6):
            other = officer.home / f"other{number}"
            officer.runs("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other))
            officer.runs("ssh-add", "-q", str(other))
        officer.runs("ssh-add", "-q", str(officer.key))
        kept, officer.key = officer.key, Path()
        kept.rename(officer.home / "away")
        officer.soptui("whoami", "--remember", "--key", f"{kept}.pub")
        officer.soptui("note", "1/2026", "--note", "Dengan agen.")
        assert "Sent to the hub" in officer.soptui("sync")
        (officer.home / "away").rename(kept)
        officer.key = kept
        officer.soptui("whoami", "--remember", "--key", str(kept))
    finally:
        os.kill(int(found[1]), signal.SIGTERM)
        del officer.env["SSH_AUTH_SOCK"]


def fetches_over_a_line_that_drops(sender: Officer, officer: Officer) -> None:
    """Four scans of 2 MB, over a line that drops after 3 MB each time."""
    for number in range(4):
        scan = sender.home / f"scan{number}.bin"
        scan.write_bytes(os.urandom(2 * 1024 * 1024))
        give(scan, sender.account)
        sender.soptui("attach", "1/2026", "--file", str(scan), "--any-file")
    sender.soptui("sync")
    script = officer.home / "line.py"
    script.write_text(_LINE.format(size=3_000_000, ssh="/usr/bin/ssh", key=str(officer.key)))
    officer.env["GIT_SSH_COMMAND"] = shlex.join((python_for_all(), str(script)))
    # The note before, the merge that brought it, and the scans.
    assert "Came in: 6" in officer.soptui("sync")
    del officer.env["GIT_SSH_COMMAND"]
    officer.soptui("verify", "--full")
