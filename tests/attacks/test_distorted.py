"""Where Git would show another history than was verified, every command says so.

`verify` refused, and lists and acts went on without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Terminal

Distort = Callable[[Path], None]


@pytest.fixture(autouse=True)
def in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPTUI_LANG", "en")
    monkeypatch.chdir(tmp_path)


def grafts(git: Path) -> None:
    (git / "info").mkdir(exist_ok=True)
    (git / "info/grafts").write_text("")


def shallow(git: Path) -> None:
    (git / "shallow").write_text("")


def partial(git: Path) -> None:
    with (git / "config").open("a") as config:
        config.write('[remote "origin"]\n\tpromisor = true\n')


@pytest.mark.parametrize("distort", [grafts, shallow, partial])
def test_every_command_warns_of_a_distorted_clone(terminal: Terminal, distort: Distort) -> None:
    case = terminal.register()
    for first in (("inbox", "--brief"), ("list",)):
        terminal.does("camat-1", *first)
    before = terminal.office.repository.head()
    distort(terminal.root / ".git")
    for words in (
        ("list",), ("inbox",), ("inbox", "--brief"), ("agenda",), ("show", case), ("log", case),
        ("audit",), ("board",), ("officer", "list"), ("sop", "list"), ("calendar", "list"),
        ("whoami",), ("checkpoint", "sign"), ("verify",), ("verify", "--full"),
        ("note", case, "--note", "Catatan."), ("receive", case), ("disk", "export", "x.bundle"),
        ("sync", "--status"),
    ):  # fmt: skip
        done = terminal.run("camat-1", *words)
        said = " ".join((done.output + done.stderr).split())
        assert done.exit_code == 4, (words, done.exit_code, said)
        assert "pretends another history or lacks part of it" in said, (words, said)
    assert terminal.office.repository.head() == before
    assert not Path("x.bundle").exists()
    doctor = terminal.run("camat-1", "doctor")
    assert "pretends another history or lacks part of it" in " ".join(doctor.output.split())


def test_an_honest_clone_is_not_warned_of(terminal: Terminal) -> None:
    """The honest twin: empty folders, a person and a hub of such a name."""
    case = terminal.register()
    (terminal.root / ".git/info").mkdir(exist_ok=True)
    with (terminal.root / ".git/config").open("a") as config:
        config.write("[user]\n\tname = Pak Promisor\n")
    for words in (("list",), ("show", case), ("verify",)):
        assert "pretends" not in terminal.does("camat-1", *words)
