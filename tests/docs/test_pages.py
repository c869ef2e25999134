"""The pages for whoever carries soptui on name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.rooms import MOST_MODULES, PAGE, ROOT, rooms, with_table

PAGES = (
    *ROOT.glob("*.md"),
    *(path for path in (ROOT / "docs").glob("*.md") if path.name != "measurements.md"),
)
_PATH = re.compile(r"`((?:soptui|tests|tools|docs|records)/[\w./-]*)`")
_LINK = re.compile(r"\]\(([\w./-]+?)(?:#[\w-]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [(ROOT, name) for name in _PATH.findall(text)]
    named += [(page.parent, name) for name in _LINK.findall(text)]
    assert [name for base, name in named if not (base / name).exists()] == []


def test_the_table_of_folders_is_of_the_code_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "make manual writes it anew"


def test_no_folder_has_two_subjects() -> None:
    assert [room.path for room in rooms() if len(room.lines) > MOST_MODULES] == []


def test_every_folder_says_what_lives_in_it() -> None:
    assert [room.path for room in rooms() if not room.subject] == []
