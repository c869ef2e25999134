"""Officers who talk with the plain face: what they hear, and what they answer to which question."""

from __future__ import annotations

import io
import re
from contextlib import suppress

from soptui.demo.office import DemoOffice
from soptui.plain.day import Day
from soptui.plain.voice import Cut, Voice

_MOST_EMPTY = 60
"""So many questions in a row that take their proposal are a conversation that goes nowhere."""
_COLUMNS = re.compile(r"\S {2,}\S")
_FRAMES = re.compile("[\u2500-\u259f|]")


class Answering(io.StringIO):
    """Hears the last question, and answers: in the order of the script, else with an empty line.

    The input ends where the script does.
    """

    def __init__(self, said: io.StringIO, script: list[tuple[str, str]]) -> None:
        super().__init__()
        self._said = said
        self.left = list(script)
        self._empty = 0

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        if not self.left:
            return ""
        question = self._said.getvalue().rpartition("\n")[2]
        asked, answer = self.left[0]
        if asked in question:
            self._empty = 0
            del self.left[0]
            return f"{answer}\n"
        self._empty += 1
        assert self._empty < _MOST_EMPTY, f"nobody asks for {asked!r}:\n{self._said.getvalue()}"
        return "\n"


def talk(office: DemoOffice, officer: str, *script: tuple[str, str], cut: bool = False) -> str:
    """All that an officer hears and answers; with `cut` the input ends before they leave."""
    said = io.StringIO()
    heard = Answering(said, [*script, *(() if cut else (("Nomor berkas, n", "q"),))])
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
