"""The light driver that also tells when it has nothing left to send, and what is seen of it."""

from __future__ import annotations

import asyncio
from typing import Any

from pyte.screens import Char

from soptui.tui.terminal.driver import LightDriver


class RestingDriver(LightDriver):
    """A light driver for whose rest a test can wait."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._rested = asyncio.Event()

    async def rest(self) -> None:
        """Wait until nothing is left to send."""
        while self._timer is not None:
            self._rested.clear()
            await asyncio.wait_for(self._rested.wait(), 60)

    def _disarm(self) -> None:
        super()._disarm()
        self._rested.set()


def seen(cell: Char) -> Char:
    """What is seen of a cell: of a blank its ground, and the lines that are drawn there."""
    if cell.data != " " or cell.underscore or cell.reverse or cell.strikethrough:
        return cell
    return Char(" ", bg=cell.bg)
