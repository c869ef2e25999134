"""The desk's own key opens the hub, and a server that is not known is told with the way out.

Reported of other programs: the key that was chosen is not the one used (geluk/pass-winmenu#88), a
first contact ends in ssh's own words (atom/github#908).
"""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.desk.desk import Desk
from soptui.desk.office.administration import Administration
from soptui.desk.office.joining import look_at_records
from soptui.desk.sharing.sentences import sentences
from soptui.desk.sharing.sharing import Result, Sharing
from soptui.domain.message import Refusal
from soptui.locale import translate, use
from soptui.records.hub.authorized_keys import authorized_keys
from soptui.records.sharing.join import NotJoined
from soptui.records.sharing.ssh import Server
from tests.support.ssh_keys import Agent, KeyFile, NewKey
from tests.support.sshd import Sshd, running_sshd
from tests.support.town import ADMIN, REGISTRAR, Clone, Town


@pytest.fixture
def sshd(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sshd]:
    """The hub's server, which this account reaches without a configuration of its own."""
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    use("en")
    with running_sshd(tmp_path / "sshd") as server:
        monkeypatch.setenv("PATH", server.stand_in_for_ssh())
        let_in(town, server)
        yield server


def let_in(town: Town, sshd: Sshd) -> None:
    sshd.authorized_keys.write_text("\n".join(authorized_keys(town.hub)) + "\n")


def address_of(town: Town, sshd: Sshd) -> str:
    return sshd.url(getpass.getuser(), town.hub)


def at_the_server(town: Town, sshd: Sshd, officer: str) -> Clone:
    clone = town.clone(officer)
    clone.git("config", "remote.origin.url", address_of(town, sshd))
    return clone


def synced(clone: Clone, key: Path | None) -> Result:
    """A sync at a desk with this key."""
    clone.desk = Desk(clone.repository, clone.desk.officer_id, key=key)
    return Sharing(clone.desk).sync()


def told(result: Result) -> str:
    return " ".join(map(translate, sentences(result)))


def lock_in_agent(town: Town, officer: str, agent: Agent, new_key: NewKey, folder: Path) -> Path:
    """Let an agent hold six keys of nobody and then the officer's; the public half of that."""
    for number in range(6):
        agent.add(new_key(folder / f"others/{number}"))
    agent.add(KeyFile(town.keys.path(officer), town.keys.public(officer)))
    half = folder / "mine.pub"
    half.write_text(town.keys.public(officer).text + "\n")
    return half


def test_a_key_of_any_name_is_offered_to_the_hub(town: Town, sshd: Sshd, tmp_path: Path) -> None:
    clone = at_the_server(town, sshd, REGISTRAR)
    odd = tmp_path / "kunci baru 100%"
    odd.write_bytes(town.keys.path(REGISTRAR).read_bytes())
    odd.chmod(0o600)
    result = synced(clone, odd)
    assert result.ok, told(result)


def test_the_key_that_took_the_place_of_another_opens_the_hub(
    town: Town, sshd: Sshd, new_key: NewKey, tmp_path: Path
) -> None:
    admin, registrar = at_the_server(town, sshd, ADMIN), at_the_server(town, sshd, REGISTRAR)
    new = new_key(tmp_path / "kunci-baru")
    Administration(admin.desk).add_key(registrar.desk.officer_id, new.public_key.text, lost=True)
    assert synced(admin, town.keys.path(ADMIN)).pushed
    let_in(town, sshd)
    # What the clone knows so far is signed by the old key, and the new one is only named.
    assert synced(registrar, new.path).behind == 1
    old = town.keys.public(REGISTRAR).fingerprint
    Administration(admin.desk, sure=True).revoke_key(registrar.desk.officer_id, old, "hilang")
    assert synced(admin, town.keys.path(ADMIN)).pushed
    let_in(town, sshd)
    registrar.register()
    assert synced(registrar, new.path).pushed


def test_of_seven_keys_in_an_agent_the_desks_own_is_offered_alone(
    town: Town, sshd: Sshd, agent: Agent, new_key: NewKey, tmp_path: Path
) -> None:
    half = lock_in_agent(town, REGISTRAR, agent, new_key, tmp_path)
    clone = at_the_server(town, sshd, REGISTRAR)
    clone.register()
    assert synced(clone, half).pushed
    # Named nowhere: the one of the seven that is registered for the officer.
    clone.register()
    assert synced(clone, None).pushed


def test_an_office_is_joined_with_a_key_that_only_an_agent_holds(
    town: Town, sshd: Sshd, agent: Agent, new_key: NewKey, tmp_path: Path
) -> None:
    half = lock_in_agent(town, REGISTRAR, agent, new_key, tmp_path)
    for place, key in enumerate((half, None)):
        with look_at_records(address_of(town, sshd), tmp_path / str(place), key=key) as found:
            assert found.root == town.first_trust()


def test_a_key_that_the_hub_does_not_know_is_told_with_the_way_out(
    town: Town, sshd: Sshd, new_key: NewKey, tmp_path: Path
) -> None:
    stranger = new_key(tmp_path / "stranger")
    clone = at_the_server(town, sshd, REGISTRAR)
    result = synced(clone, stranger.path)
    assert result.offline.startswith("Permission denied")
    assert stranger.public_key.fingerprint in told(result)
    assert "--key" in told(result)
    with (
        pytest.raises(NotJoined, match="soptui disk export"),
        look_at_records(address_of(town, sshd), tmp_path / "new", key=stranger.path),
    ):
        pass


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_server_met_for_the_first_time_shows_its_fingerprint_and_the_step(
    town: Town, sshd: Sshd, tmp_path: Path, language: str
) -> None:
    (sshd.folder / "known_hosts").write_text("")
    use(language)
    key = town.keys.path(REGISTRAR)
    said = told(synced(at_the_server(town, sshd, REGISTRAR), key))
    login = f"ssh -p {sshd.port} {getpass.getuser()}@127.0.0.1"
    assert sshd.fingerprint in said
    assert login in said
    with (
        pytest.raises(Refusal) as refused,
        look_at_records(address_of(town, sshd), tmp_path / "new", key=key),
    ):
        pass
    assert sshd.fingerprint in translate(refused.value.message)
    # The step that is named, as a person does it, opens the way.
    answer = sshd.folder / "answer"
    answer.write_text("#!/bin/sh\necho yes\n")
    answer.chmod(0o700)
    subprocess.run(
        [*login.split(), "-oHashKnownHosts=no", "-i", str(key), "-oIdentitiesOnly=yes", "true"],
        env=os.environ | {"SSH_ASKPASS": str(answer), "SSH_ASKPASS_REQUIRE": "force"},
        stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True,
    )  # fmt: skip
    assert synced(town.clones[-1], key).ok


def test_a_server_with_another_key_than_before_is_a_plain_warning(town: Town, sshd: Sshd) -> None:
    sshd.shows_another_key()
    clone = at_the_server(town, sshd, REGISTRAR)
    clone.register()
    said = told(synced(clone, town.keys.path(REGISTRAR)))
    assert "another host key than before" in said
    assert sshd.fingerprint in said
    assert "@@@" not in said
    forget = f"ssh-keygen -f {sshd.folder}/known_hosts -R '[127.0.0.1]:{sshd.port}'"
    assert forget in said
    subprocess.run(forget, shell=True, check=True, capture_output=True)
    assert "does not know the hub's server yet" in told(synced(clone, None))


@pytest.mark.parametrize(
    ("address", "words", "known_as"),
    [
        ("ssh://arsip@server/srv/records.git", ("arsip@server",), "server"),
        ("ssh://server:22/srv/records.git", ("server",), "server"),
        ("ssh://a@server:2222/x", ("-p", "2222", "a@server"), "[server]:2222"),
        ("ssh://a@[fe80::1]:2222/x", ("-p", "2222", "a@fe80::1"), "[fe80::1]:2222"),
        ("arsip@server:records.git", ("arsip@server",), "server"),
    ],
)
def test_the_server_of_an_address(address: str, words: tuple[str, ...], known_as: str) -> None:
    assert Server.of(address) == Server(words, known_as)


@pytest.mark.parametrize("address", ["/srv/x.git", "file:///srv/x.git", "https://a/b.git"])
def test_what_is_reached_without_ssh_has_no_server(address: str) -> None:
    assert Server.of(address) is None
