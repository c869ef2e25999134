"""A terminal without a terminal: it counts the bytes that the light driver would send."""

from __future__ import annotations

from typing import Any

from textual.drivers.headless_driver import HeadlessDriver

from soptui.tui.terminal.canvas import Canvas
from soptui.tui.terminal.frame import Kind, kind_of, read_frame


class CountingDriver(HeadlessDriver):
    """Counts what each frame takes, as if none came so soon that it were merged with the next."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._canvas = Canvas(erases_in_colour=True)
        self._bytes = 0

    @property
    def is_headless(self) -> bool:
        """Draw, as for a person."""
        return False

    def write(self, data: str) -> None:
        """Remember what is painted; what stands beside the screen costs a few bytes."""
        kind = kind_of(data)
        assert kind is not Kind.UNKNOWN, data
        frame = read_frame(data) if kind is Kind.PAINT else None
        if frame is not None:
            self._canvas.paint(frame)
            self._bytes += len(self._canvas.difference(*self._get_terminal_size()).encode())

    def sent(self) -> int:
        """How many bytes showed what was painted since this was asked last."""
        sent, self._bytes = self._bytes, 0
        return sent
