"""Officers who talk with the plain face: what they hear, and what they answer to which question."""

from __future__ import annotations

import io
import re
from contextlib import suppress

from soptui.demo.office import DemoOffice
from soptui.plain.day import Day
from soptui.plain.voice import Cut, Voice
from tools.plain_day import DAY, Answering

_COLUMNS = re.compile(r"\S {2,}\S")
_FRAMES = re.compile("[\u2500-\u259f|]")


def talk(office: DemoOffice, officer: str, *script: tuple[str, str], cut: bool = False) -> str:
    """All that an officer hears and answers; with `cut` the input ends before they leave."""
    said = io.StringIO()
    heard = Answering(said, [*script, *(() if cut else ((DAY, "q"),))])
    day = Day(Voice(heard, said), office.desks[officer], sends=False, only_reads=None)
    if cut:
        with suppress(Cut):
            day.work()
    else:
        day.work()
    assert heard.left == []
    return said.getvalue()


def has_neither_columns_nor_frames(text: str) -> bool:
    """Whether every line of a conversation can be heard as it is; fails with the first that not."""
    for line in text.splitlines():
        assert not _COLUMNS.search(line), line
        assert not _FRAMES.search(line), line
        assert not line.startswith(" "), line
    return True
