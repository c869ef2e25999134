"""No binary fraction takes part in the figures: not in the code, and not in what it computes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import soptui.domain.measure
from soptui.domain.measure.data_file import document_of
from soptui.domain.measure.table import Measured, compute_table
from tests.domain.measure.builders import CASE, PERIOD, figures, register

PACKAGE = Path(soptui.domain.measure.__file__).parent
FORBIDDEN_NAMES = {"float", "math", "statistics", "decimal", "Decimal"}


def offences_in(source: str) -> Iterator[str]:
    """Where a module names, writes or makes a float: a true division makes one of two integers."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float() | complex()):
                yield f"line {node.lineno}: a float is written"
            case ast.Name(id=name) if name in FORBIDDEN_NAMES:
                yield f"line {node.lineno}: {name} is named"
            case ast.Call(func=ast.Name(id="round")):
                yield f"line {node.lineno}: rounded by the language's rule, half to even"
            case ast.ImportFrom(module=name) | ast.alias(name=name) if name in FORBIDDEN_NAMES:
                yield f"line {node.lineno}: {name} is imported"
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield f"line {node.lineno}: a true division"
            case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
                yield f"line {node.lineno}: a power, which with a negative exponent is a float"


def test_no_float_is_written_named_or_made() -> None:
    modules = sorted(PACKAGE.rglob("*.py"))

    assert len(modules) > 20
    found = {path.name: list(offences_in(path.read_text("utf-8"))) for path in modules}
    assert {name: offences for name, offences in found.items() if offences} == {}


def test_the_search_finds_each_offence() -> None:
    for source in ("x = 0.5", "x: float", "x = 1 / 2", "x /= 2", "import math", "x = 2 ** -1",
                   "from decimal import Decimal", "round(x)"):  # fmt: skip
        assert list(offences_in(source)), source
    assert not list(offences_in("x = Fraction(1, 2)"))


def test_nothing_that_is_computed_is_a_float() -> None:
    table = compute_table(Measured(CASE, PERIOD, 1), register(), figures())

    assert not [value for value in values_in(table) if isinstance(value, float)]
    assert not [value for value in values_in(document_of(table)) if isinstance(value, float)]


def values_in(value: object) -> Iterator[object]:
    """Every value that hangs on another, through records, mappings and sequences."""
    yield value
    if isinstance(value, dict):
        for one in value.values():
            yield from values_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from values_in(one)
    else:
        for name in getattr(type(value), "__annotations__", {}):
            yield from values_in(getattr(value, name, None))
