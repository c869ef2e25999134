"""The pictures in README and docs, taken of the real screen: `python -m tools.pictures`.

A throw-away office is built at a fixed hour; its officers' screens are drawn as a terminal shows
them, some of 80 columns and some wider, and written as SVG to docs/pictures.
"""

from __future__ import annotations

import os

# Whatever terminal this is run in, the pictures are of one that has all colours.
os.environ |= {"TEXTUAL_ANIMATIONS": "none", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
os.environ.pop("NO_COLOR", None)

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from soptui import locale
from soptui.demo.building import build_office
from soptui.demo.office import DemoOffice
from soptui.tui.app import SoptuiApp
from soptui.tui.frame.lists import ListScreen

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"

USUAL, WIDE = (80, 24), (120, 34)
"""Columns and lines of a terminal: the least that most people have, and a window made wide."""


class Take(NamedTuple):
    """The officer whose screen it is, the keys that lead there, and the size of the terminal."""

    officer: str
    keys: tuple[str, ...]
    size: tuple[int, int] = USUAL


TAKES: dict[str, Take] = {
    "tray": Take("camat", (), WIDE),
    "case": Take("camat", ("enter",), WIDE),
    "dispose": Take("camat", ("d",)),
    "clerk": Take("penerima-surat", ("n",)),
    "sop": Take("sekretaris", ("3",)),
    "people": Take("admin", ("4",)),
    "audit": Take("admin", ("5",)),
    "board": Take("camat", ("6",), WIDE),
}
"""What is taken for each picture."""

# Textual has the picture fetch its type from somebody's server; whoever reads it has one that does.
_FETCHED_TYPE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Take every picture."""
    locale.use("id")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        office = build_office(Path(folder, "office"), clock=_tuesday_morning)
        try:
            for name, take in TAKES.items():
                picture = asyncio.run(_take(office, take))
                (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")
        finally:
            office.close()


async def _take(office: DemoOffice, take: Take) -> str:
    app = SoptuiApp(office.desks[take.officer], office.desks)
    async with app.run_test(size=take.size) as pilot:
        await _rest(app, pilot.pause)
        if len(app.screen_stack) > 1:  # the tour of the first start
            await pilot.press("escape")
            await _rest(app, pilot.pause)
        for key in take.keys:
            await pilot.press(key)
            await _rest(app, pilot.pause)
        picture: str = app.export_screenshot(title="soptui")
    return _FETCHED_TYPE.sub("", picture)


async def _rest(app: SoptuiApp, pause: Callable[[], Awaitable[None]]) -> None:
    """Until nothing is left to compute or to draw."""
    await pause()
    if isinstance(app.screen, ListScreen):
        app.screen.settling.hurry()
    while running := [worker for worker in app.workers if not worker.is_finished]:
        await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)
        await pause()
    await pause()


def _tuesday_morning() -> datetime:
    return datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


if __name__ == "__main__":
    main()
