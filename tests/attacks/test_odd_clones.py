"""Whatever a clone has lost or become, no command ends in a fault of the program.

`show` died in every clone whose main line did not continue the hub's tip, just when somebody must
look. The kind: any command in any clone that is not as it should be.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from soptui.cli.exit_codes import FAULT
from tests.attacks.test_distorted import WORDS, said_by
from tests.support.commands import Terminal
from tests.support.town import git

Change = Callable[[Path], None]


@pytest.fixture(autouse=True)
def in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPTUI_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("x")


BY_HAND = ("-c", "commit.gpgSign=false", "-c", "user.name=Orang", "-c", "user.email=o@k.example")


def gone_back(root: Path) -> None:
    git(root, "update-ref", "refs/heads/main", "HEAD~1")


def rewritten(root: Path) -> None:
    git(root, *BY_HAND, "commit", "-q", "--amend", "--allow-empty", "-m", "x")


def unsigned_on_top(root: Path) -> None:
    git(root, *BY_HAND, "commit", "-q", "--allow-empty", "-m", "x")


def without_main(root: Path) -> None:
    git(root, "update-ref", "-d", "refs/heads/main")


def main_names_what_is_lost(root: Path) -> None:
    (root / ".git/refs/heads/main").write_text("26529a141e1c675d5852b4fd9884797c06614a14\n")


def main_is_no_id(root: Path) -> None:
    (root / ".git/refs/heads/main").write_text("\0\0\0\n")


def main_is_empty(root: Path) -> None:
    (root / ".git/refs/heads/main").write_text("")


def without_head(root: Path) -> None:
    (root / ".git/HEAD").unlink()


def head_is_empty(root: Path) -> None:
    (root / ".git/HEAD").write_text("")


def settings_are_torn(root: Path) -> None:
    (root / ".git/config").write_text("[core\n\trepositoryformatversion = ")


def settings_are_gone(root: Path) -> None:
    (root / ".git/config").unlink()


def settings_of_a_newer_git(root: Path) -> None:
    git(root, "config", "core.repositoryformatversion", "9")


def without_objects(root: Path) -> None:
    (root / ".git/objects").rename(root / ".git/away")


def index_of_git_is_torn(root: Path) -> None:
    (root / ".git/index").write_bytes(b"DIRC\0\0")


def lost(spec: str, content: bytes | None = None) -> Change:
    def lose(root: Path) -> None:
        oid = git(root, "rev-parse", spec).stdout.strip()
        path = root / ".git/objects" / oid[:2] / oid[2:]
        path.chmod(0o644)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)

    lose.__name__ = f"lost {spec} {content!r}"
    return lose


CHANGES = (
    gone_back, rewritten, unsigned_on_top, without_main, main_names_what_is_lost, main_is_no_id,
    main_is_empty, without_head, head_is_empty, settings_are_torn, settings_are_gone,
    settings_of_a_newer_git, without_objects, index_of_git_is_torn,
    *(
        lost(spec, content)
        for spec in ("HEAD", "HEAD^{tree}", "HEAD:office.toml", "HEAD:cases", "HEAD~1")
        for content in (None, b"", b"\0" * 40)
    ),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_no_command_ends_in_a_fault(terminal: Terminal, change: Change) -> None:
    case = terminal.register()
    terminal.does("camat-1", "list")
    change(terminal.root)
    faults = {}
    for command, words in WORDS.items():
        typed = [case if word == "CASE" else word for word in words]
        done = terminal.run("camat-1", *command.split(), *typed)
        if done.exit_code == FAULT or not (done.output + done.stderr).strip():
            faults[command] = done.exit_code, done.output + done.stderr
    assert not faults, "\n".join(map(str, faults.items()))


def test_show_tells_the_last_good_state_where_main_went_back(terminal: Terminal) -> None:
    case = terminal.register()
    terminal.does("camat-1", "receive", case)
    gone_back(terminal.root)
    code, said = said_by(terminal, "camat-1", "show", case)
    assert code == 4
    assert "went back or was rewritten" in said
    assert "What is shown is the last state that is good" in said
