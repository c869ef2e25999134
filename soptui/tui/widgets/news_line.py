"""The line of news at the foot of a screen: what was said last, and what was heard since."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.tui.text.lines import BLANK, Line, Span, wrap
from soptui.tui.widgets.painted import LineView

_NOTHING = ("", "plain")


class NewsLine(LineView):
    """As many lines as the sentences need, and one where there are none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(self._news, id=id)
        self._said = _NOTHING
        self._heard = _NOTHING

    def say(self, text: str, tone: str = "plain") -> None:
        """Say a sentence until the next; empty to take it away, with what was heard."""
        self._take((text, tone), _NOTHING)

    def say_beside(self, text: str, tone: str) -> None:
        """Say what others did below what was said, which it leaves."""
        self._take(self._said, (text, tone))

    def _take(self, said: tuple[str, str], heard: tuple[str, str]) -> None:
        if (said, heard) != (self._said, self._heard):
            self._said, self._heard = said, heard
            self.show(self._news)

    @property
    def text(self) -> str:
        """What was said last, and what was heard since."""
        return " ".join(text for text, _tone in (self._said, self._heard) if text)

    def _news(self, width: int) -> Sequence[Line]:
        lines = [
            (Span(" "), *one)
            for text, tone in (self._said, self._heard)
            if text
            for one in wrap(text, width - 2, tone)
        ]
        return lines or [BLANK]
