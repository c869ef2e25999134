"""Where Git would show another history than was verified, or stands apart, every command says so.

`verify` refused, and lists and acts went on without a word; a checkpoint was signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soptui.cli.app import sections
from soptui.cli.base import Group
from tests.support.commands import Terminal
from tests.support.screen_start import told_before_the_screen
from tests.support.town import git

Distort = Callable[[Path], None]

PRETENDS = "pretends another history or lacks part of it"

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAoEJMYkXCB1vEYZZNiTUbMxGvjiYZ2MP1LdmH9xR3Vl"
TEXT = ("--note", "Catatan.")
WORDS: dict[str, tuple[str, ...]] = {
    "inbox": (), "list": (), "show": ("CASE",), "log": ("CASE",), "agenda": (), "board": (),
    "attachment": ("CASE", "1"), "receive": ("CASE",), "note": ("CASE", *TEXT),
    "register": ("--number", "1", "--date", "5/1/2026", "--sender", "Bupati", "--subject", "X"),
    "dispose": ("CASE", "--to", "sekretaris", "--instruction", "tindak-lanjuti"),
    "request": ("CASE", "--section", "seksi-pemerintahan", *TEXT),
    "submit": ("CASE", "--section", "seksi-pemerintahan", *TEXT),
    "complete": ("CASE",), "approve": ("CASE",), "return": ("CASE", "--to-step", "1", *TEXT),
    "archive": ("CASE", "--classification", "000.8.6.3"), "attach": ("CASE", "--file", "x.txt"),
    "correct": ("CASE", "--event", "EVENT", *TEXT), "recall": ("CASE", *TEXT),
    "reassign": ("CASE", "--assignee", "staff-1", *TEXT), "suspend": ("CASE", *TEXT),
    "resume": ("CASE", *TEXT), "cancel": ("CASE", *TEXT),
    "reopen": ("CASE", "--to-step", "1", *TEXT), "migrate": ("CASE", "--version", "1", *TEXT),
    "office show": (), "office set": ("name", "Kecamatan Lain"), "office add": ("application", "X"),
    "office remove": ("application", "SIPD"), "office withdraw": ("code", "000.8.6.3"),
    "office import": ("permendagri-83-2022", "--only", "000.8"),
    "office confirm": ("attachment_limit",),
    "officer add": ("baru", "--name", "Baru", "--mail", "baru@k.example", "--public-key", KEY),
    "officer end-post": ("staff-2", "staff"), "officer list": (), "officer show": ("camat-1",),
    "officer post": ("staff-2", "camat", "--title", "Camat"),
    "officer key add": ("camat-1", KEY, "--lost-key", "camat-1"),
    "officer key revoke": ("camat-1", "SHA256:x", "--reason", "hilang"),
    "officer key review": ("camat-1",),
    "officer key request": ("camat-1", "--key", "new", "--passphrase", "", "--request", "r"),
    "sop withdraw": ("pengukuran-data-kinerja", "--sure"),
    "sop usage": ("pengukuran-data-kinerja",),
    "sop add": ("x.txt",), "sop list": (), "sop show": ("pengukuran-data-kinerja",),
    "calendar add": ("x.txt",), "calendar list": (), "calendar show": ("2026",),
    "measure register add": ("x.txt", "--agreement", "x.txt"),
    "measure register check": ("x.txt",),
    "measure register list": (), "measure register show": ("2026",),
    "measure register diff": ("2026", "1", "2"), "measure register save": ("2026",),
    "verify": (), "audit": (), "commit": ("HEAD",), "trust show": (),
    "trust accept": ("0" * 40, "SHA256:" + "0" * 43), "restore": ("office.toml",),
    "sync": ("--status",), "disk export": ("x.bundle",), "disk import": ("x.txt",),
    "accept": ("x.txt", "--post", "staff"), "whoami": (),
    "checkpoint sign": (), "checkpoint check": ("x.txt",), "doctor": (),
}  # fmt: skip
"""What to type for each command; `EVENT` is any."""

NO_RECORDS = {
    "init": "makes records", "join": "makes records", "demo": "makes records",
    "sop check": "reads a file", "sop new": "writes a draft",
    "checkpoint show": "reads what lies beside the records",
    "config get": "is of the account", "config set": "is of the account",
    "config path": "is of the account", "completion": "is of the shell",
    "hub init": "only names the root", "hub keys": "is of a hub", "hub check": "is of a hub",
    "hub renew": "is of a hub", "hub limit": "is of a hub", "hub serve": "is of a hub",
}  # fmt: skip
"""The commands that say nothing of the records, with what they do."""


def all_commands() -> Iterator[str]:
    """The name of each command, with the groups that it is in."""
    for section in sections():
        for entry in section.entries:
            yield from _below(entry.name, entry.load())


def _below(name: str, command: object) -> Iterator[str]:
    if not isinstance(command, Group):
        yield name
        return
    for part, below in command.commands.items():
        yield from _below(f"{name} {part}", below)


@pytest.fixture(autouse=True)
def in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPTUI_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("x")


def grafts(git_directory: Path) -> None:
    (git_directory / "info").mkdir(exist_ok=True)
    (git_directory / "info/grafts").write_text("")


def shallow(git_directory: Path) -> None:
    (git_directory / "shallow").write_text("")


def partial(git_directory: Path) -> None:
    with (git_directory / "config").open("a") as config:
        config.write('[remote "origin"]\n\tpromisor = true\n')


def said_by(terminal: Terminal, officer: str, *words: str) -> tuple[int, str]:
    done = terminal.run(officer, *words)
    return done.exit_code, " ".join((done.output + done.stderr).split())


def test_the_table_of_commands_is_whole() -> None:
    assert sorted(all_commands()) == sorted({*WORDS, *NO_RECORDS})


@pytest.mark.parametrize("distort", [grafts, shallow, partial])
def test_every_command_warns_of_a_distorted_clone(terminal: Terminal, distort: Distort) -> None:
    case = terminal.register()
    for first in (("inbox", "--brief"), ("list",)):
        terminal.does("camat-1", *first)
    before = terminal.office.repository.head()
    distort(terminal.root / ".git")
    silent = {}
    for command, words in WORDS.items():
        typed = [case if word == "CASE" else word for word in words]
        code, said = said_by(terminal, "camat-1", *command.split(), *typed)
        if PRETENDS not in said or code == 0:
            silent[command] = code, said
    for words in (("inbox", "--brief"), ("verify", "--full"), ("sync",), ("list", "--json")):
        code, said = said_by(terminal, "camat-1", *words)
        if PRETENDS not in said or code == 0:
            silent[" ".join(words)] = code, said
    assert not silent, "\n".join(map(str, silent.items()))
    assert terminal.office.repository.head() == before
    assert not Path("x.bundle").exists()


def test_no_statement_is_signed_in_a_distorted_clone(terminal: Terminal) -> None:
    shallow(terminal.root / ".git")
    code, said = said_by(terminal, "camat-1", "checkpoint", "sign", "--to", "statement.txt")
    assert code == 4
    assert PRETENDS in said
    assert "BEGIN SSH SIGNATURE" not in said
    assert not Path("statement.txt").exists()
    (terminal.root / ".git/shallow").unlink()
    code, said = said_by(terminal, "camat-1", "checkpoint", "sign", "--to", "statement.txt")
    assert (code, "BEGIN SSH SIGNATURE" in said) == (0, True)


def test_an_honest_clone_is_not_warned_of(terminal: Terminal) -> None:
    """The honest twin: empty folders, a person and a hub of such a name."""
    case = terminal.register()
    (terminal.root / ".git/info").mkdir(exist_ok=True)
    with (terminal.root / ".git/config").open("a") as config:
        config.write("[user]\n\tname = Pak Promisor\n")
    for words in (("list",), ("show", case), ("verify",)):
        assert "pretends" not in terminal.does("camat-1", *words)


def half_rebased(root: Path) -> None:
    (root / ".git/rebase-merge").mkdir()


def detached(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")


def replaced(root: Path) -> None:
    git(root, "replace", "HEAD", "HEAD~1")


def replaced_and_packed(root: Path) -> None:
    replaced(root)
    git(root, "pack-refs", "--all")


@pytest.mark.parametrize(
    ("stand_apart", "told"),
    [
        (half_rebased, "A rebase has stopped half way"),
        (detached, "HEAD is detached"),
        (replaced, "in the place of some that were signed"),
        (replaced_and_packed, "in the place of some that were signed"),
    ],
)
def test_every_command_says_where_git_by_hand_stands(
    terminal: Terminal, stand_apart: Distort, told: str
) -> None:
    case = terminal.register()
    stand_apart(terminal.root)
    silent = {}
    for command, words in WORDS.items():
        typed = [case if word == "CASE" else word for word in words]
        code, said = said_by(terminal, "camat-1", *command.split(), *typed)
        if told not in said:
            silent[command] = code, said
    assert not silent, "\n".join(map(str, silent.items()))


@pytest.mark.parametrize(
    ("stand_apart", "told"),
    [
        (lambda root: shallow(root / ".git"), PRETENDS),
        (half_rebased, "A rebase has stopped half way"),
        (replaced, "in the place of some that were signed"),
    ],
    ids=("shallow", "half rebased", "replaced"),
)
def test_the_screen_waits_until_the_warning_was_read(
    terminal: Terminal, stand_apart: Distort, told: str
) -> None:
    """The same words as every command says, which the screen would cover at once."""
    terminal.register()
    stand_apart(terminal.root)
    options = terminal.options("camat-1")
    env = {"SOPTUI_OFFICER": "camat-1", "SOPTUI_KEY": options[-1]}
    assert told in told_before_the_screen(terminal.root, env)
