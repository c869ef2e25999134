"""What a clone's own configuration says leads sync nowhere else, runs nothing, and is told of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from soptui.locale import translate, use
from soptui.records.clone.config_check import doubtful_settings
from tests.support.town import HEAD, REGISTRAR, Clone, Town, git


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that leaves a file `ran` beside itself."""
    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\ntouch '{tmp_path / 'ran'}'\nexit 1\n")
    path.chmod(0o755)
    return path


def redirections(hub: str, elsewhere: str) -> list[tuple[str, str]]:
    """Settings that bend the address of a hub, each of which Git follows by hand."""
    return [
        (f"url.{elsewhere}.insteadOf", hub),
        (f"url.{elsewhere}.pushInsteadOf", hub),
        (f"url.{elsewhere}.insteadOf", hub[: len(hub) // 2]),
        (f"remote.{hub}.url", elsewhere),
        (f"remote.{hub}.pushurl", elsewhere),
        ("remote.origin.pushurl", elsewhere),
    ]


def configure(clone: Clone, *settings: tuple[str, str]) -> None:
    for name, value in settings:
        clone.git("config", "--add", name, value)


@pytest.mark.parametrize("chosen", range(6))
def test_sync_goes_to_the_hub_whatever_the_clone_calls_its_address(
    town: Town, tmp_path: Path, chosen: int
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    address = f"file://{town.hub}"
    elsewhere = tmp_path / "elsewhere.git"
    shutil.copytree(town.hub, elsewhere)
    shutil.rmtree(elsewhere / "hooks")
    before = git(elsewhere, "rev-parse", "main").stdout
    for clone in (registrar, head):
        clone.git("config", "remote.origin.url", address)
        configure(clone, redirections(address, str(elsewhere))[chosen])

    case = registrar.register()
    assert registrar.sync().pushed
    assert town.hub_tip() == registrar.head
    assert head.sync().behind == 1
    assert case in head.cases()
    assert git(elsewhere, "rev-parse", "main").stdout == before


def test_sync_runs_no_program_that_the_clone_names(town: Town, program: Path) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    address = f"file://{town.hub}"
    registrar.git("config", "remote.origin.url", address)
    (registrar.root / ".git/objects/info/alternates").write_text(f"{town.hub}/objects\n")
    configure(
        registrar,
        *((name, str(program)) for name in (
            "core.alternateRefsCommand", "core.fsmonitor", "core.sshCommand", "core.askPass",
            "gpg.ssh.program", "credential.helper", "filter.x.smudge",
            "remote.origin.uploadpack", "remote.origin.receivepack",
            f"remote.{address}.uploadpack", f"remote.{address}.receivepack",
        )),
        ("core.hooksPath", str(program.parent)),
    )  # fmt: skip
    assert registrar.sync().pushed
    assert not (program.parent / "ran").exists()


def test_what_git_by_hand_would_run_or_follow_is_named_in_a_sentence_each(
    town: Town, program: Path
) -> None:
    use("en")
    clone = town.clone(REGISTRAR)
    assert doubtful_settings(clone.repository.directory) == ()
    # What a person sets for themselves, and Git's own file monitor, are no matter.
    configure(
        clone,
        ("core.fsmonitor", "true"), ("pager.log", "false"), ("filter.x.required", "true"),
        ("alias.st", "status"), ("user.name", "Petugas"),
    )  # fmt: skip
    assert doubtful_settings(clone.repository.directory) == ()

    settings = [
        ("core.hooksPath", str(program.parent)),
        ("core.sshCommand", str(program)),
        ("filter.x.clean", str(program)),
        ("filter.x.process", str(program)),
        ("gpg.ssh.program", str(program)),
        ("merge.other.driver", str(program)),
        ("url.ssh://elsewhere/.insteadOf", "ssh://server/"),
        ("url.x; touch y.pushInsteadOf", "ssh://server/"),
        ("include.path", "not-there"),
        ("http.proxy", "http://elsewhere.example"),
    ]
    configure(clone, *settings)
    clone.git("config", "--replace-all", "core.fsmonitor", str(program))
    clone.git("config", "merge.soptui.driver", str(program))
    said = [translate(message) for message in doubtful_settings(clone.repository.directory)]
    for name, value in [*settings, ("core.fsmonitor", str(program))]:
        (one,) = (line for line in said if f"has {name.lower()} =" in line.lower())
        assert value in one
    assert any("merge.soptui.driver" in line for line in said)
    assert len(said) == len(settings) + 2
    # The command to type holds nothing that a shell would run.
    (quoted,) = (line for line in said if "touch" in line)
    assert quoted.endswith("--unset-all 'url.x; touch y.pushinsteadof'")
