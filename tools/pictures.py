"""The pictures in README and docs, taken of the real screen: `python -m tools.pictures`.

A throw-away office is built at a fixed hour; its officers' screens are drawn as a terminal of
80 columns shows them, and written as SVG to docs/pictures.
"""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from soptui import locale
from soptui.demo.building import build_office
from soptui.demo.office import DemoOffice
from soptui.tui.app import SoptuiApp

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"

TAKES: dict[str, tuple[str, tuple[str, ...]]] = {
    "tray": ("camat", ()),
    "case": ("camat", ("enter",)),
    "dispose": ("camat", ("d",)),
    "clerk": ("penerima-surat", ("n",)),
    "sop": ("sekretaris", ("3",)),
    "people": ("admin", ("4",)),
    "audit": ("admin", ("5",)),
    "board": ("camat", ("6",)),
}
"""For each picture, the officer whose screen it is and the keys that lead there."""


def main() -> None:
    """Take every picture."""
    locale.use("id")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        office = build_office(Path(folder, "office"), clock=_tuesday_morning)
        try:
            for name, (officer, keys) in TAKES.items():
                (PICTURES / f"{name}.svg").write_text(
                    asyncio.run(_take(office, officer, keys)), encoding="utf-8"
                )
        finally:
            office.close()


async def _take(office: DemoOffice, officer: str, keys: tuple[str, ...]) -> str:
    app = SoptuiApp(office.desks[officer], office.desks)
    async with app.run_test(size=(80, 24)) as pilot:
        await _rest(app, pilot.pause)
        if len(app.screen_stack) > 1:  # the tour of the first start
            await pilot.press("escape")
            await _rest(app, pilot.pause)
        for key in keys:
            await pilot.press(key)
            await _rest(app, pilot.pause)
        picture: str = app.export_screenshot(title="soptui")
    return picture


async def _rest(app: SoptuiApp, pause: Callable[[], Awaitable[None]]) -> None:
    """Until nothing is left to compute or to draw."""
    await pause()
    while running := [worker for worker in app.workers if not worker.is_finished]:
        await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)
        await pause()
    await pause()


def _tuesday_morning() -> datetime:
    return datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


if __name__ == "__main__":
    main()
