"""The tour of the first start: five short pages, left at any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.frame.last_place import remember_tour
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap
from soptui.tui.widgets.key_bar import KeyBar
from soptui.tui.widgets.painted import LineView

_PAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Welcome"),
        (
            N_(
                "soptui carries each letter through the steps of its SOP. Every act is recorded "
                "and signed with your key; nothing can be changed afterwards without a trace."
            ),
            N_("This tour has five pages and takes a minute. Enter goes on, Esc leaves it."),
        ),
    ),
    (
        N_("What waits for you"),
        (
            N_(
                "The first screen lists what waits for you, the most pressing first: late (with "
                "an L), due soon (with an S), to receive, in work."
            ),
            N_("The arrow keys move, Enter opens a case, Esc or q goes back."),
        ),
    ),
    (
        N_("Acting"),
        (
            N_(
                "In a case, a letter opens an act: t receives, d disposes, a approves, b returns. "
                "The line at the foot shows what is open to you now, and a key that does nothing "
                "says why, and who can."
            ),
            N_(
                "Only F10 signs: no letter and no Enter does. F3 shows the exact lines before; a "
                "form that is left is kept as a draft."
            ),
        ),
    ),
    (
        N_("Finding your way"),
        (
            N_(
                "The digits 1 to 8 go to the places: the tray, all cases, the SOP, people, the "
                "audit trail, the dashboard, sync, settings."
            ),
            N_("/ filters a list as you type. : finds a command, a case or a person by name."),
        ),
    ),
    (
        N_("When something is unclear"),
        (
            N_("? shows the keys of the screen you are on. F1 in a form explains the field."),
            N_(
                "You work on even when the line is down: sync shares your work later. Q leaves; "
                "what you typed is kept. The palette (:) shows this tour again."
            ),
        ),
    ),
)


class TourDialog(Dialog[None]):
    """One page at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,down,tab", "turn(1)", N_("Next page"), show=False),
        Binding("left,up,shift+tab,backspace", "turn(-1)", N_("Page before"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__(_("A short tour"))
        self._page = 0

    def inside(self) -> ComposeResult:
        """The page."""
        yield LineView(self._lines, id="page")

    def on_mount(self) -> None:
        """It is offered once."""
        remember_tour()

    def choose(self) -> None:
        """The next page; after the last one, to work."""
        if self._page == len(_PAGES) - 1:
            self.dismiss(None)
        else:
            self.action_turn(1)

    def action_turn(self, steps: int) -> None:
        """Turn the page, not beyond the first or the last."""
        self._page = max(0, min(len(_PAGES) - 1, self._page + steps))
        self.query_one("#page", LineView).show(self._lines)
        self.query_one(KeyBar).renew()

    def acts(self) -> tuple[Hint, ...]:
        """On, and back."""
        onward = _("To work") if self._page == len(_PAGES) - 1 else _("Next page")
        return self.hint("open", onward), ("↑", _("Page before"))

    def kept_hints(self) -> tuple[Hint, ...]:
        """Out of it."""
        return (self.hint("back", _("Leave the tour")),)

    def _lines(self, width: int) -> Sequence[Line]:
        page = _PAGES[self._page]
        place = f"{self._page + 1}/{len(_PAGES)}"
        lines: list[Line] = [line(Span(_(page[0]), "head"), Span(f"  {place}", "dim")), BLANK]
        for number in range(len(page[1])):
            lines += [*wrap(_(page[1][number]), width), BLANK]
        return lines
