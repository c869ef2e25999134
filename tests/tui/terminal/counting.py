"""A terminal without a terminal: it counts the bytes that the light driver would send."""

from __future__ import annotations

from typing import Any

from textual.drivers.headless_driver import HeadlessDriver

from soptui.tui.terminal.canvas import Canvas
from soptui.tui.terminal.frame import Kind, kind_of, read_frame


class CountingDriver(HeadlessDriver):
    """Takes every frame into the picture, and sends nothing before it is asked what it takes."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._canvas = Canvas()

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

    def sent(self) -> int:
        """How many bytes show what was painted since this was asked last."""
        return len(self._canvas.difference(*self._get_terminal_size()).encode())
