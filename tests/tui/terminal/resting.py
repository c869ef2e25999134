"""The light driver, which also tells when it has nothing left to send."""

from __future__ import annotations

import asyncio
from typing import Any

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
