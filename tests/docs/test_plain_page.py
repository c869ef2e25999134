"""The page that shows a day in the plain face is what is heard and answered now."""

from __future__ import annotations

from pathlib import Path

from tests.plain.conversation import has_neither_columns_nor_frames
from tests.support.demo_office import Template, now
from tools.plain_day import PAGE, page, without_what_changes


def test_the_page_is_what_is_heard(built_office: Template, tmp_path: Path) -> None:
    with built_office.copy(tmp_path.with_name(f"{tmp_path.name}-demo"), clock=now) as office:
        made = page(office)
    written = PAGE.read_text(encoding="utf-8")
    assert without_what_changes(written) == without_what_changes(made), (
        "python -m tools.plain_day writes it anew"
    )


def test_nothing_in_it_has_columns_or_frames() -> None:
    _head, *conversations = PAGE.read_text(encoding="utf-8").split("```text\n")
    for one in conversations:
        assert has_neither_columns_nor_frames(one.partition("```")[0])
