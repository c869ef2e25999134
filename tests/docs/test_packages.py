"""A package says in its docstring what lives where, and leaves nothing out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import soptui

PACKAGE = Path(soptui.__file__).parent
TABLE = "| where | what |"
WITH_A_TABLE = sorted(
    path.parent.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("__init__.py")
    if TABLE in path.read_text(encoding="utf-8")
)
OF_RECORDS = sorted(
    path.parent.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.joinpath("records").rglob("__init__.py")
)


def docstring_of(package: str) -> str:
    source = (PACKAGE / package / "__init__.py").read_text(encoding="utf-8")
    return ast.get_docstring(ast.parse(source)) or ""


def named_in(docstring: str) -> set[str]:
    """What the first column of the table names: modules, and folders with a slash."""
    _, _, table = docstring.partition(TABLE)
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def living_in(package: str) -> set[str]:
    folder = PACKAGE / package
    modules = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    return modules | {f"{path.parent.name}/" for path in folder.glob("*/__init__.py")}


@pytest.mark.parametrize("package", WITH_A_TABLE)
def test_a_table_names_all_that_lives_in_the_package_and_nothing_else(package: str) -> None:
    missing = living_in(package) - named_in(docstring_of(package))
    assert named_in(docstring_of(package)) - living_in(package) == set()
    if package == "records":
        # The three that must not move are told of below the table.
        missing = {name for name in missing if f"`{name}`" not in docstring_of(package)}
    assert missing == set()


def test_every_package_of_the_records_has_a_table() -> None:
    assert set(OF_RECORDS) <= set(WITH_A_TABLE)


@pytest.mark.parametrize("package", OF_RECORDS)
def test_a_package_of_the_records_holds_nothing_but_its_docstring(package: str) -> None:
    """It is loaded with each module below it: by every start of a command or a hook."""
    source = (PACKAGE / package / "__init__.py").read_text(encoding="utf-8")
    assert len(ast.parse(source).body) == 1
