"""Who imports whom in the whole package, and what screens and commands ask for.

Layers are kept by the contracts in `pyproject.toml`, which `make check` holds.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from tests.support.programs import ROOT

_PAST_THE_DESK = re.compile(r"\b(?:desk|clone)(?:\(\))?\.(?:repository|index|_[a-z]\w*)\b")
"""What reaches through a desk, or a clone, into the records."""

OF_TEXTUAL = {"Message", "message.Message"}
"""What the screens' messages are made from."""


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


def imported_in(folder: str) -> set[str]:
    """The packages from which the modules of a folder import, ours left out."""
    found = set()
    for path in (ROOT / "soptui" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return {name.partition(".")[0] for name in found} - {"soptui"}


def test_the_domain_knows_one_library_the_one_that_makes_its_records() -> None:
    assert imported_in("domain") - sys.stdlib_module_names == {"msgspec"}


def dataclasses() -> Iterator[tuple[str, set[str]]]:
    """The dataclasses of the package, each with its bases."""
    for path in (ROOT / "soptui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any(
                "dataclass" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                name = f"{path.relative_to(ROOT)}: {node.name}"
                yield name, {ast.unparse(base) for base in node.bases}


def test_only_what_has_a_base_of_textual_is_a_dataclass() -> None:
    """All other records are made by msgspec, in a fifth of the time; it can have no such base."""
    found = dict(dataclasses())
    assert found
    assert {name for name, bases in found.items() if not bases & OF_TEXTUAL} == set()
