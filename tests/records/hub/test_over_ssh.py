"""The hub behind a real sshd: one account with forced commands, and several Unix accounts."""

from __future__ import annotations

import getpass
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.desk.office.administration import Administration
from soptui.domain.ids import OfficerId
from soptui.records.hub.authorized_keys import authorized_keys
from soptui.records.hub.check import check_hub
from soptui.records.hub.hub import init_hub
from soptui.records.hub.trust import open_hub
from tests.support.accounts import group_name, python_for_all, shared_folder, unix_accounts
from tests.support.sshd import Sshd, running_sshd
from tests.support.town import ADMIN, HEAD, REGISTRAR, Clone, Town, git


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[Sshd]:
    with running_sshd(tmp_path / "sshd") as server:
        yield server


def let_in(town: Town, sshd: Sshd) -> None:
    sshd.authorized_keys.write_text("\n".join(authorized_keys(town.hub)) + "\n")


def over_ssh(clone: Clone, town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Let a clone reach the hub through sshd, with its officer's key."""
    clone.git("config", "remote.origin.url", sshd.url(getpass.getuser(), town.hub))
    use_key(clone, town, sshd, monkeypatch)
    return clone


def use_key(clone: Clone, town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch) -> None:
    key = town.keys.path(clone.desk.officer_id)
    monkeypatch.setenv("GIT_SSH_COMMAND", sshd.command(key))


def test_forced_commands_serve_sync_and_stock_git(
    town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(town, sshd)
    registrar = over_ssh(town.clone(REGISTRAR), town, sshd, monkeypatch)
    case = registrar.register()
    assert registrar.sync().pushed
    head = over_ssh(town.clone(HEAD), town, sshd, monkeypatch)
    head.git("pull", "-q")
    head.note(case, "Lewat SSH.")
    head.git("push", "-q")
    use_key(registrar, town, sshd, monkeypatch)
    assert registrar.sync().ok
    assert registrar.head == head.head == town.hub_tip()


def test_a_refusal_reaches_the_pusher_over_ssh(
    town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(town, sshd)
    registrar = over_ssh(town.clone(REGISTRAR), town, sshd, monkeypatch)
    registrar.git("commit", "-q", "--allow-empty", "-m", "x")
    refused = registrar.git("push", check=False)
    assert refused.returncode != 0
    assert "soptui: ditolak [empty]" in refused.stderr
    assert "soptui: refused [empty]" in refused.stderr


def test_a_forced_command_gives_nothing_but_this_hub(
    town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(town, sshd)
    key = town.keys.path(REGISTRAR)
    ssh = [*sshd.command(key).split(), "-p", str(sshd.port), f"{getpass.getuser()}@127.0.0.1"]
    for asked in (
        [],
        ["id"],
        ["git-upload-pack '/etc'"],
        [f"git-upload-pack '{town.hub}'; id"],
        [f"git-upload-pack --upload-pack=id '{town.hub}'"],
        [f"git-upload-archive '{town.hub}'"],
        [f"git-receive-pack '{town.folder}/origin/.git'"],
        [f"git-receive-pack '{town.hub}/../records.git/../origin'"],
    ):
        done = subprocess.run([*ssh, *asked], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL)  # fmt: skip
        assert (done.returncode, done.stdout) == (1, "")
        assert "git push" in done.stderr
    monkeypatch.setenv("GIT_SSH_COMMAND", sshd.command(town.keys.path(HEAD)))
    listed = git(town.folder, "ls-remote", sshd.url(getpass.getuser(), town.hub))
    assert town.hub_tip() in listed.stdout


def test_settings_of_the_hub_s_own_configuration_cannot_weaken_it(
    town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(town, sshd)
    git(town.hub, "config", "core.hooksPath", "/nonexistent")
    registrar = over_ssh(town.clone(REGISTRAR), town, sshd, monkeypatch)
    registrar.git("commit", "-q", "--allow-empty", "-m", "x")
    assert "[empty]" in registrar.git("push", check=False).stderr


def test_who_is_let_out_of_the_office_cannot_even_read(
    town: Town, sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = town.clone(ADMIN)
    fingerprint = town.keys.public(REGISTRAR).fingerprint
    Administration(admin.desk, sure=True).revoke_key(OfficerId(REGISTRAR), fingerprint, "pindah")
    admin.sync()
    let_in(town, sshd)
    registrar = over_ssh(town.clone(REGISTRAR), town, sshd, monkeypatch)
    result = registrar.sync()
    assert "Permission denied" in result.offline


@pytest.fixture
def shared() -> Iterator[Path]:
    with shared_folder() as folder:
        yield folder


@pytest.fixture
def accounts(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    with unix_accounts(shared, 2) as names:
        monkeypatch.setattr(sys, "executable", python_for_all())
        yield names


def test_several_unix_accounts_share_one_hub(
    town: Town,
    shared: Path,
    accounts: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, trust = open_hub(town.hub)
    hub = shared / "records.git"
    init_hub(hub, trust.root, group=group_name())
    assert pwd.getpwnam(accounts[0]).pw_uid != hub.stat().st_uid
    git(town.folder / "origin", "push", "-q", str(hub), "main")
    with running_sshd(tmp_path / "sshd", "%h/.ssh/authorized_keys") as sshd:
        clones = []
        for name, officer in zip(accounts, (REGISTRAR, HEAD), strict=True):
            keys = shared / name / ".ssh" / "authorized_keys"
            keys.write_text(f"{town.keys.public(officer).text}\n")
            shutil.chown(keys, name)
            clone = town.clone(officer)
            clone.git("config", "remote.origin.url", sshd.url(name, hub))
            clones.append(clone)
        registrar, head = clones
        use_key(registrar, town, sshd, monkeypatch)
        case = registrar.register()
        result = registrar.sync()
        assert result.pushed, (result, (sshd.folder / "log").read_text())
        use_key(head, town, sshd, monkeypatch)
        assert head.sync().behind == 1
        head.note(case, "Dari akun lain.")
        assert head.sync().pushed
        head.git("commit", "-q", "--allow-empty", "-m", "x")
        assert "[empty]" in head.git("push", check=False).stderr
        head.git("reset", "-q", "--hard", "HEAD~1")
        use_key(registrar, town, sshd, monkeypatch)
        registrar.note(case, "Lagi.")
        assert registrar.sync().pushed
    owners = {path.stat().st_uid for path in (hub / "objects").rglob("*") if path.is_file()}
    assert {pwd.getpwnam(name).pw_uid for name in accounts} <= owners
    assert check_hub(hub) == []
