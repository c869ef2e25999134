"""Who imports whom in the whole package, and what screens and commands ask for.

Layers are kept by the contracts in `pyproject.toml`, which `make check` holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from tests.support.programs import ROOT

_PAST_THE_DESK = re.compile(r"\b(?:desk|clone)(?:\(\))?\.(?:repository|index|_[a-z]\w*)\b")
"""What reaches through a desk, or a clone, into the records."""


def circle_in(imports: Mapping[str, Iterable[str]]) -> str:
    """A circle of modules that import each other, one after the other; empty if there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        # Graphlib names them from the imported to the importing one.
        return " imports ".join(reversed(error.args[1]))
    return ""


def test_no_module_comes_back_to_itself_by_its_imports() -> None:
    """Also not by what is imported inside functions, or for type checkers only."""
    graph = grimp.build_graph("soptui", exclude_type_checking_imports=False, cache_dir=None)
    assert (
        circle_in({one: graph.find_modules_directly_imported_by(one) for one in graph.modules})
        == ""
    )


def test_a_circle_is_named() -> None:
    assert circle_in({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) in (
        "a imports b imports c imports a",
        "b imports c imports a imports b",
        "c imports a imports b imports c",
    )


@pytest.mark.parametrize("face", ["tui", "cli"])
def test_a_face_does_not_reach_through_the_desk(face: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in (ROOT / "soptui" / face).rglob("*.py")
        for match in _PAST_THE_DESK.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()
