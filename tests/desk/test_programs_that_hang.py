"""A program that never ends is not waited for without an end, and leaves nothing by halves."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from soptui.desk.keys import signer_of
from soptui.domain.events import Action, Note
from soptui.domain.message import Refusal
from soptui.records.platform.openssh import SigningRefusal
from tests.support.desks import Desks
from tests.support.office_repository import OfficeFixture
from tests.support.programs import path_with

NOTE = Note("Mohon dicek")


@pytest.fixture
def silent_agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agent that takes every question and answers none."""
    # The path of a socket must be short.
    with TemporaryDirectory(prefix="soptui-") as folder, socket.socket(socket.AF_UNIX) as agent:
        agent.bind(f"{folder}/agent")
        agent.listen()
        monkeypatch.setenv("SSH_AUTH_SOCK", f"{folder}/agent")
        yield


def git_that(folder: Path, does: str) -> str:
    """A PATH on which Git, when it is to move a ref, does this."""
    real = shutil.which("git")
    script = f'case " $* " in *" update-ref "*) {does.format(git=real)};; esac; exec {real} "$@"'
    return path_with(folder, "git", script)


def test_an_agent_that_never_answers_is_waited_for_until_somebody_has_enough(
    desks: Desks, silent_agent: None
) -> None:
    enough = threading.Event()
    enough.set()
    with pytest.raises(SigningRefusal) as refused:
        signer_of(desks["camat-1"].officer, None, cancelled=enough)
    # A key in a file is known without the agent; what is asked then is the signature.
    with pytest.raises(SigningRefusal) as stopped:
        desks["camat-1"].signing(enough)(b"x")
    assert (refused.value.code, stopped.value.code) == ("cancelled", "cancelled")


def test_an_agent_that_never_answers_is_given_up_and_it_is_said_what_to_do(
    desks: Desks, silent_agent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soptui.records.keys.signing._QUESTION_SECONDS", 0.1)
    with pytest.raises(SigningRefusal, match="the agent does not answer") as refused:
        signer_of(desks["camat-1"].officer, None)
    assert refused.value.code == "timeout"


def test_a_git_that_never_moves_the_line_is_stopped_and_the_act_can_be_tried_again(
    desks: Desks, office: OfficeFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = office.register()
    desk = desks["camat-1"]
    before = desk.repository.head()
    with monkeypatch.context() as patch:
        patch.setattr("soptui.records.git.refs.MOVE_SECONDS", 0.5)
        patch.setenv("PATH", git_that(tmp_path, "exec sleep 600"))
        with pytest.raises(Refusal, match=r"was stopped\. Nothing was recorded\."):
            desk.act(case_id, NOTE)
    assert desk.repository.head() == before
    desk.act(case_id, NOTE)
    actions = [one.event.action for one in desk.case(case_id).entries]
    assert actions == [Action.REGISTER, Action.NOTE]


def test_a_git_that_moved_the_line_and_never_ends_has_recorded_the_act_once(
    desks: Desks, office: OfficeFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = office.register()
    desk = desks["camat-1"]
    with monkeypatch.context() as patch:
        patch.setattr("soptui.records.git.refs.MOVE_SECONDS", 2.0)
        patch.setenv("PATH", git_that(tmp_path, '{git} "$@"; exec sleep 600'))
        receipt = desk.act(case_id, NOTE)
    assert desk.repository.head() == receipt.commit
    actions = [one.event.action for one in desk.case(case_id).entries]
    assert actions == [Action.REGISTER, Action.NOTE]
    assert desk.repository.verify(full=True).ok
