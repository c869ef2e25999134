"""How the records stand to the hub is told until it is mended, by the command and the screen."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from soptui.desk.sharing.sentences import warnings
from soptui.desk.sharing.sharing import CHECKPOINT_AGE, Sharing
from soptui.records.sharing.result import Choices
from tests.cli.test_sharing import soptui
from tests.support.town import HEAD, REGISTRAR, Clone, Town, git
from tests.tui.screens.test_sharing import BY_HAND, screen_of, state_told


def test_a_clone_knows_what_it_has_not_taken_in_yet(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    assert Sharing(head.desk).state().behind is None
    Sharing(head.desk).sync()
    assert Sharing(head.desk).state().behind == 0
    registrar.register()
    registrar.register()
    registrar.sync()
    assert Sharing(head.desk).state().behind == 0, "the hub was not asked since"
    git(head.root, "fetch", "-q", "origin")
    assert Sharing(head.desk).state().behind == 2
    Sharing(head.desk).sync()
    assert Sharing(head.desk).state().behind == 0


def test_what_the_hub_offers_but_fails_verification_is_not_taken_in(town: Town) -> None:
    head, other = town.clone(HEAD), town.clone(REGISTRAR)
    (town.hub / "hooks" / "pre-receive").unlink()
    other.git("commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "Tanpa tanda tangan")
    other.git("push", "-q", "origin", "main")
    assert not Sharing(head.desk).sync().ok
    state = Sharing(head.desk).state()
    assert (state.behind, state.went_back) == (1, None)


def backed_up(town: Town, clone: Clone) -> None:
    """The hub is restored from a backup that lacks two commits of this clone."""
    backup = town.folder / "backup.git"
    clone.register()
    Sharing(clone.desk).sync()
    shutil.copytree(town.hub, backup)
    clone.register()
    clone.register()
    Sharing(clone.desk).sync()
    shutil.rmtree(town.hub)
    backup.rename(town.hub)


def test_a_hub_that_went_back_is_told_until_it_is_mended(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    backed_up(town, registrar)
    sharing = Sharing(registrar.desk)
    assert sharing.sync().hub_went_back
    first = sharing.state()
    assert first.went_back is not None
    assert (first.ahead, first.behind) == (2, 0)
    registrar.register()
    assert sharing.sync().hub_went_back
    again = sharing.state()
    assert (again.went_back, again.ahead) == (first.went_back, 3)
    assert sharing.sync(choices=Choices(give_back=True)).ok
    mended = sharing.state()
    assert (mended.went_back, mended.ahead, mended.behind) == (None, 0, 0)


def test_it_is_told_while_the_hub_does_not_answer_and_when_it_is_empty(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    backed_up(town, registrar)
    sharing = Sharing(registrar.desk)
    sharing.sync()
    away = town.hub.rename(town.folder / "unplugged")
    assert sharing.sync().offline
    assert sharing.state().went_back is not None
    assert sharing.state().ahead == 2
    away.rename(town.hub)
    git(town.hub, "update-ref", "-d", "refs/heads/main")
    assert sharing.sync().hub_went_back
    whole = int(registrar.git("rev-list", "--count", "main").stdout)
    assert sharing.state().ahead == whole


def test_who_is_told_first_need_not_be_who_gives_it_back(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    backed_up(town, registrar)
    git(head.root, "pull", "-q", str(registrar.root), "main")
    Sharing(registrar.desk).sync()
    assert Sharing(head.desk).sync(choices=Choices(give_back=True)).ok
    assert Sharing(registrar.desk).sync().ok
    assert Sharing(registrar.desk).state().went_back is None


async def test_the_command_and_the_screen_say_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar = town.clone(REGISTRAR)
    backed_up(town, registrar)
    Sharing(registrar.desk).sync()
    own = {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    data = json.loads(soptui("sync", "--status", "--json", cwd=registrar.root, env=own).stdout)
    assert data["hub_went_back"]
    assert (data["ahead"], data["behind"]) == (2, 0)
    told = " ".join(soptui("sync", "--status", cwd=registrar.root, env=own).stdout.split())
    assert "The hub went back or was rewritten" in told
    assert "it lacks 2 commits" in told
    assert "Not taken in yet 0" in told
    async with screen_of(registrar, monkeypatch, BY_HAND) as (sitter, presses):
        await presses("7")
        assert "The hub went back or was rewritten" in state_told(sitter)
        assert "it lacks 2 commits" in " ".join(state_told(sitter).split())


def test_an_old_checkpoint_is_told_in_words(town: Town, tmp_path: Path) -> None:
    registrar = town.clone(REGISTRAR)
    sharing = Sharing(registrar.desk)
    now = registrar.desk.now()
    assert not list(warnings(sharing.state(), now + CHECKPOINT_AGE)), "none was signed yet"
    made, _data = sharing.checkpoint()
    assert not list(warnings(sharing.state(), made.at + CHECKPOINT_AGE))
    late = made.at + CHECKPOINT_AGE + timedelta(seconds=1)
    (told,) = warnings(sharing.state(), late)
    assert "older than 30 days" in str(told)
    sharing.checkpoint()
    assert not list(warnings(sharing.state(), late))


async def test_an_old_checkpoint_is_told_where_the_sharing_stands(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar = town.clone(REGISTRAR)
    Sharing(registrar.desk).checkpoint()
    town.clock.goes_on(CHECKPOINT_AGE)
    async with screen_of(registrar, monkeypatch, BY_HAND) as (sitter, presses):
        await presses("7")
        assert "older than 30 days" in state_told(sitter)
        await presses("c", "f10")
        assert "older than 30 days" not in state_told(sitter)
