"""A copy of a record is made of its fields alone: `make check` refuses any other name."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from soptui.domain.events import Note
from soptui.domain.replace import replace
from tests.support.programs import ROOT

COPIES = {
    "replace(case, visits=(), events=())": 'Unexpected keyword argument "events" for',
    "replace(case, status=1)": 'Argument "status" to "replace" of "Case" has',
    "replace(note, note='x')": "",
    "replace(note, text='x')": 'Unexpected keyword argument "text" for "replace" of "Note"',
    "replace(note, note=None)": 'Argument "note" to "replace" of "Note" has incompatible type',
}
"""Copies, and how begins what the type checker says of them."""

PROGRAM = """
from soptui.domain.case import Case
from soptui.domain.events import Note
from soptui.domain.replace import replace

def copies(case: Case, note: Note) -> None:
"""


def test_the_type_checker_knows_the_fields_of_a_copy(tmp_path: Path) -> None:
    file = tmp_path / "copies.py"
    file.write_text(PROGRAM + "".join(f"    {copy}\n" for copy in COPIES))
    done = subprocess.run(
        (sys.executable, "-m", "mypy", "--hide-error-context", str(file)),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = re.findall(r"^\S+copies.py:(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    first = PROGRAM.count("\n") + 1
    found = {int(line) - first: sentence for line, sentence in said}
    assert len(said) == len(found), done.stdout
    assert not done.stderr
    for number, (copy, fault) in enumerate(COPIES.items()):
        assert found.get(number, "").startswith(fault), copy
        assert bool(fault) == (number in found), copy


def test_a_copy_has_the_changes_and_the_record_has_not() -> None:
    note = Note("Sudah dibaca.")
    assert replace(note, note="Lagi.") == Note("Lagi.")
    assert note == Note("Sudah dibaca.")


def test_no_name_passes_that_is_no_field() -> None:
    with pytest.raises(TypeError, match="text"):
        replace(Note("x"), text="y")  # type: ignore[call-arg]
