"""Only the records run Git: the desk and the faces above it ask them in the terms of a history."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import soptui

PACKAGE = Path(soptui.__file__).parent
ABOVE_THE_RECORDS = sorted(
    path.parent.name
    for path in PACKAGE.glob("*/__init__.py")
    if path.parent.name not in ("records", "domain", "locale")
)
RUNNERS = frozenset({"run", "start", "batch", "command"})


def git_commands_in(source: str) -> list[str]:
    """The calls in `source` by which a Git directory, under whatever name, would run Git."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RUNNERS
        and (is_directory(node.func.value) or names_a_command(node))
    ]


def is_directory(receiver: ast.expr) -> bool:
    return ast.unparse(receiver).endswith(("directory", "GitDirectory"))


def names_a_command(call: ast.Call) -> bool:
    """Whether the call hands on operands, which nothing but `GitDirectory` takes."""
    return any(keyword.arg == "operands" for keyword in call.keywords)


@pytest.mark.parametrize("layer", ABOVE_THE_RECORDS)
def test_no_module_above_the_records_runs_a_git_command(layer: str) -> None:
    for path in PACKAGE.joinpath(layer).rglob("*.py"):
        assert git_commands_in(path.read_text(encoding="utf-8")) == [], path


def test_the_desk_is_among_them() -> None:
    assert "desk" in ABOVE_THE_RECORDS


@pytest.mark.parametrize(
    "source",
    [
        'desk.repository.directory.run("rev-list", operands=(head,))',
        'directory = repository.directory\ndirectory.start("log")',
        'git = repository.directory\ngit.run("rev-list", operands=(head,))',
        "GitDirectory.at(path).batch()\nrepository.directory.batch()",
    ],
)
def test_a_git_command_would_be_found(source: str) -> None:
    assert git_commands_in(source)


def test_the_records_themselves_run_git() -> None:
    source = (PACKAGE / "records/git/history.py").read_text(encoding="utf-8")
    assert git_commands_in(source)
