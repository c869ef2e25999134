"""A value of many fields is built by name: a field put into its middle would shift the others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import soptui

PACKAGE = Path(soptui.__file__).parent
MOST_BY_POSITION = 6


def long_calls(source: str) -> Iterator[str]:
    """The calls in `source` that hand on more values by their position than a reader can count."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or len(node.args) <= MOST_BY_POSITION:
            continue
        # What a program is started with is a list of words, however many they are.
        if not all(isinstance(one, ast.Constant | ast.JoinedStr) for one in node.args):
            yield f"{node.lineno}: {ast.unparse(node.func)}"


@pytest.mark.parametrize("layer", ["domain", "records"])
def test_no_call_hands_on_many_values_by_position(layer: str) -> None:
    for path in PACKAGE.joinpath(layer).rglob("*.py"):
        assert [*long_calls(path.read_text(encoding="utf-8"))] == [], path


def test_such_a_call_would_be_found() -> None:
    assert [*long_calls("Visit(a, b, c, d, e, f, g)")] == ["1: Visit"]
    assert [*long_calls('git.run("a", "b", "c", "d", "e", "f", "g")')] == []
