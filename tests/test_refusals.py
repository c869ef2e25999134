"""Whoever is refused something reads what is wrong, what stands, and what to do next."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "soptui"
LAYERS = ("domain", "records", "desk", "cli", "demo")

PARTS = frozenset({
    # Of a finding, or of the sentence on a record, a field, an option.
    "CaseFault", "CodecFault", "RecordFault", "Misread", "FieldFault",
    # Told with who could; shown in the place of a text; told to nobody.
    "NotOpen", "NoText", "Stopped",
})  # fmt: skip
"""Refusals whose sentence is a part: whoever shows it adds what stands."""

STANDS = re.compile(
    r"Nothing (else )?(was|is) |(was|were) not (added|joined)|so (nothing|no \w+) (was|is|are) "
    r"|[Ii]t (is as it was|was left as it is)|are unchanged|The hub stands"
    r"|Your work is kept|What came so far is kept"
)
ENDS_THERE = re.compile(r"Nothing (was|is) [a-z]+\.$")
SAID_WITHIN = (
    "It is not known whose desk this is: {reason} Name the officer with --officer.",
    "{finding} Nothing was changed.",
    (
        "{refusal} As long as the hub does not know your key, join from a file that a colleague "
        "writes with soptui disk export; it makes the request as well."
    ),
)
"""A refusal or a finding within these says what stands, and what to do."""


def refusals() -> dict[str, str]:
    """The sentence of every refusal with where it is made."""
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for layer in LAYERS
        for path in sorted((ROOT / layer).rglob("*.py"))
    }
    classes = [
        node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    ]
    kinds = {"Refusal"}
    for _ in range(3):
        kinds |= {one.name for one in classes if kinds & {ast.unparse(base) for base in one.bases}}
    makers = kinds - PARTS
    found: dict[str, str] = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            named = (
                ast.unparse(node.func) if isinstance(node, ast.Call) else getattr(node, "name", "")
            )
            if named in makers:
                found |= dict.fromkeys(messages_in(node), path.name)
    return found


def messages_in(node: ast.AST) -> Iterator[str]:
    """The outermost messages under a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "Message":
            if isinstance(child.args[0], ast.Constant):
                yield str(child.args[0].value)
        else:
            yield from messages_in(child)


def test_there_are_refusals() -> None:
    assert len(refusals()) > 80


@pytest.mark.parametrize(("sentence", "place"), refusals().items())
def test_a_refusal_says_what_stands_and_what_to_do(sentence: str, place: str) -> None:
    assert STANDS.search(sentence) or sentence in SAID_WITHIN, place
    assert not ENDS_THERE.search(sentence) or sentence in SAID_WITHIN, place
