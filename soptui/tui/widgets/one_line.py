"""A field of one line, into which several may be pasted: they are joined, and none is lost."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from soptui.tui.widgets.edges import Edged


class OneLine(Edged, Input):
    """Textual's own keeps the first line of what is pasted, and drops the others without a word."""

    def _on_paste(self, event: events.Paste) -> None:
        # Textual would call the handler of the class below as well.
        event.prevent_default()
        event.stop()
        self.take_lines(lines_of(event.text))

    def take_lines(self, lines: list[str]) -> None:
        """Put what was pasted where the cursor is, in the place of what is selected."""
        selection = self.selection
        if selection.is_empty:
            self.insert_text_at_cursor(" ".join(lines))
        else:
            self.replace(" ".join(lines), *selection)


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something; blanks at the ends only of those that are joined."""
    lines = [line.replace("\t", " ") for line in text.splitlines() if line.strip()]
    return lines if len(lines) < 2 else [line.strip() for line in lines]
