"""Every sign that a screen shows has a partner in ASCII, as wide as itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len

import soptui
from soptui.tui.terminal.glyphs import ascii_of
from tools.catalogues import strings_of

PACKAGE = Path(soptui.__file__).parent


def texts_in(path: Path) -> Iterator[str]:
    """The texts of a module, docstrings and comments left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def signs() -> set[str]:
    """All signs, letters aside, that are not ASCII in what screens say or draw."""
    found = {
        sign
        for path in (*(PACKAGE / "tui").rglob("*.py"), *(PACKAGE / "desk").rglob("*.py"))
        if path.name != "glyphs.py"
        for text in texts_in(path)
        for sign in text
    }
    with (PACKAGE / "locale/id/LC_MESSAGES/soptui.po").open("rb") as file:
        for message in read_po(file):
            for text in strings_of(message.string):
                found.update(text)
    shown = (sign for sign in found if sign.isprintable() and not sign.isalpha())
    return {sign for sign in shown if not sign.isascii()}


@pytest.mark.parametrize("sign", sorted(signs()))
def test_a_sign_has_a_partner_of_its_width(sign: str) -> None:
    partner = ascii_of(sign)
    assert partner.isascii()
    assert len(partner) == cell_len(sign)
    assert partner != "?", f"U+{ord(sign):04X} has no partner"


def test_a_trend_is_told_by_digits() -> None:
    assert ascii_of("▁▂▃▄▅▆▇") == "1234567"
