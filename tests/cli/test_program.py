"""`soptui` as a program of its own: what it loads, its exit codes, its completion."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from soptui.cli.app import soptui
from tests.support.commands import Program, Terminal, typed
from tests.support.programs import ROOT, SOPTUI


def program_line(words: list[str]) -> str:
    done = subprocess.run(
        [*SOPTUI, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_line_for_the_prompt_follows_what_happens(terminal: Terminal) -> None:
    line = [*terminal.options("camat-1")[:4], "inbox", "--brief"]
    assert program_line(line).startswith("soptui: 0 to receive")
    case = terminal.register()
    assert program_line(line).startswith("soptui: 1 to receive, 0 in work")
    terminal.does("camat-1", "note", case, "--note", "x")
    assert program_line(line).startswith("soptui: 1 to receive, 0 in work")
    terminal.does("camat-1", "receive", case)
    assert program_line(line).startswith("soptui: 0 to receive, 1 in work")
    indonesian = program_line([*line, "--lang", "id"])
    assert indonesian.startswith("soptui: 0 menunggu diterima, 1 dikerjakan")


def test_without_a_terminal_and_without_a_command_there_is_help(program: Program) -> None:
    done = program()
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage: soptui" in done.stderr


def test_on_a_terminal_the_screen_opens(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "soptui_screen.py").write_text(
        "import sys, types\n"
        "module = types.ModuleType('soptui.tui.start')\n"
        "module.run = lambda desk, **options: print('screen of', desk.officer_id)\n"
        "sys.modules['soptui.tui.start'] = module\n"
        "from soptui.cli import main\n"
        "main()\n"
    )
    master, slave = pty.openpty()
    command = [sys.executable, str(tmp_path / "soptui_screen.py"), *terminal.options("camat-1")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment) as one:
        one.wait(timeout=30)
        said = os.read(master, 10_000).decode()
    os.close(slave)
    os.close(master)
    assert one.returncode == 0
    assert "screen of camat-1" in said


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["--nonsense"], ["show"], ["show", "a", "b"], ["list", "--sort", "x"],
     ["list", "--limit", "many"], ["--lang", "xx", "inbox"], ["officer", "nonsense"]],
)  # fmt: skip
def test_what_is_not_understood_ends_with_two(words: list[str], program: Program) -> None:
    done = program(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_leaves_its_traceback_in_a_file(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(
        "soptui.desk.desk.Desk.view", lambda *_: (_ for _ in ()).throw(ZeroDivisionError("x"))
    )
    result = terminal.run("camat-1", "show", terminal.register())
    assert result.exit_code == 70
    assert "Traceback" not in result.output
    (kept,) = (home / ".local/state/soptui/faults").iterdir()
    assert str(kept) in "".join(result.stderr.split("\n"))
    assert "ZeroDivisionError" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(shell: str) -> None:
    script = typed("completion", shell).stdout
    assert "_SOPTUI_COMPLETE" in script


def test_the_completion_of_bash_knows_commands_and_options(program: Program) -> None:
    def completed(line: str, word: int) -> list[str]:
        environment = {
            "_SOPTUI_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(word),
        }
        return program(env=environment).stdout.split()

    assert "plain,dispose" in completed("soptui dis", 1)
    assert {"plain,--instruction", "plain,--receive"} <= set(completed("soptui dispose --", 2))
    assert "plain,deadline" in completed("soptui list --sort d", 3)


def _commands(
    command: click.Command, ctx: click.Context
) -> list[tuple[click.Command, click.Context]]:
    found = [(command, ctx)]
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            one = command.get_command(ctx, name)
            assert one is not None, name
            found += _commands(one, click.Context(one, ctx, name))
    return found


def test_every_command_loads_and_no_option_has_two_meanings() -> None:
    found = _commands(soptui, click.Context(soptui, info_name="soptui"))
    assert len(found) > 40
    for command, ctx in found:
        names = [parameter.name for parameter in command.get_params(ctx)]
        assert len(names) == len(set(names)), ctx.command_path
        assert command.get_short_help_str(), ctx.command_path


def test_json_is_english_and_stable_whatever_the_language(terminal: Terminal) -> None:
    case = terminal.register()
    for language in ("id", "en"):
        shown = json.loads(terminal.does("camat-1", "--lang", language, "--json", "show", case))
        assert {"case", "status", "step", "letter", "steps", "open", "closed"} <= shown.keys()
        assert shown["status"] == "running"


def test_a_pipe_that_closes_early_is_no_fault(terminal: Terminal) -> None:
    terminal.register()
    line = [*terminal.options("camat-1"), "sop", "check", "pengukuran-data-kinerja"]
    with subprocess.Popen(
        [*SOPTUI, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert "Traceback" not in said
