"""A picture with spots that a cursor goes to by arrows; Enter opens what the one in hand means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from soptui.tui.keys.commands import binding_of, bindings_for
from soptui.tui.text.drawn import Drawn, Spot
from soptui.tui.widgets.painted import Painted

_ASIDE, _ACROSS = 2, 4
"""How much farther a cell aside of the way counts than one along it: going down, and right."""


class SpotView(Painted, can_focus=True):
    """Draws its picture afresh for each width. The cursor is a `>` before the spot it is on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for("list", widget=True),
        binding_of("left"),
        binding_of("right"),
    ]

    class Moved(Message):
        """The cursor is on another spot, or the picture is another."""

    @dataclass
    class Chosen(Message):
        """A spot was opened."""

        value: object

    def __init__(self, picture: Callable[[int], Drawn], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._picture = picture
        self._drawn = Drawn()
        self._drawn_for = -1
        self._key = ""

    def renew(self) -> None:
        """Draw anew; the cursor stays on its spot, or goes to the first where that is gone."""
        self._drawn_for = -1
        self._draw()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def drawn(self) -> Drawn:
        """The picture as it is drawn now."""
        self._draw()
        return self._drawn

    @property
    def spot(self) -> Spot | None:
        """The spot under the cursor."""
        spots = self._drawn.spots
        return next((one for one in spots if one.key == self._key), spots[0] if spots else None)

    def go_to(self, key: str) -> None:
        """Put the cursor on the spot of that key, now or once there is one."""
        before, self._key = self.spot, key
        self._moved_from(before)

    def next_group(self, steps: int) -> None:
        """Put the cursor on the first spot of the group so many groups further, round and round."""
        groups = list(dict.fromkeys(one.group for one in self._drawn.spots))
        here = self.spot
        if here is not None:
            group = groups[(groups.index(here.group) + steps) % len(groups)]
            self.go_to(next(one.key for one in self._drawn.spots if one.group == group))

    def choose(self) -> None:
        """Open what is under the cursor."""
        if self.spot is not None:
            self.post_message(self.Chosen(self.spot.value))

    @property
    def cursor_cell(self) -> Offset:
        """Where the spot under the cursor begins."""
        here = self.spot
        return Offset(here.x, here.y - self.scroll_offset.y) if here else Offset(0, 0)

    # --- drawing ---------------------------------------------------------------------------------

    def _draw(self) -> None:
        width = self.size.width
        if width > 0 and width != self._drawn_for:
            self._drawn_for = width
            self._drawn = self._picture(width)
            self.virtual_size = Size(width, self._drawn.height)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._draw()
        self._bring_into_sight()

    def render_line(self, y: int) -> Strip:
        """One line, drawn now."""
        self._draw()
        index = y + self.scroll_offset.y
        strip = self.paint(self._drawn.lines[index] if index < self._drawn.height else ())
        here = self.spot
        if here is None or here.y != index or not self.has_focus:
            return strip
        end = here.x + here.width
        lit = self.paint(self._drawn.lines[index], under_cursor=True).crop(here.x, end)
        sign = Segment(">", self.style_of("accent"))
        parts = (*strip.crop(0, here.x - 1), sign, *lit, *strip.crop(end, self.size.width))
        return Strip(parts, self.size.width)

    # --- moving ----------------------------------------------------------------------------------

    def action_move(self, steps: int) -> None:
        """Up or down, to the nearest spot below or above, so many times."""
        for _step in range(abs(steps)):
            self._go(lambda here, one: (one.y - here.y) * (1 if steps > 0 else -1) > 0, down=True)

    def action_step(self, steps: int) -> None:
        """Left or right, to the nearest spot there."""
        sign = 1 if steps > 0 else -1
        self._go(lambda here, one: (one.x - here.x) * sign > 0, down=False)

    def action_page(self, pages: int) -> None:
        """A page up or down, to the spot nearest to where the cursor was."""
        here = self.spot
        if here is None:
            return
        rows = pages * max(1, self.size.height - 2)
        target = max(0, min(self._drawn.height - 1, here.y + rows))
        spots = [one for one in self._drawn.spots if (one.y - here.y) * pages > 0]
        if spots:
            self.go_to(min(spots, key=lambda one: (abs(one.y - target), here.gap_to(one))).key)

    def action_first(self) -> None:
        """To the first spot."""
        if self._drawn.spots:
            self.go_to(self._drawn.spots[0].key)

    def action_last(self) -> None:
        """To the last spot."""
        if self._drawn.spots:
            self.go_to(self._drawn.spots[-1].key)

    def action_mark(self) -> None:
        """There is nothing to mark: page on, as the space bar does in every pager."""
        self.action_page(1)

    def _go(self, lies_there: Callable[[Spot, Spot], bool], *, down: bool) -> None:
        here = self.spot
        if here is None:
            return
        there = [one for one in self._drawn.spots if lies_there(here, one)]
        if not down:
            # To the side one stays in the same group, as long as it goes on there.
            there = [one for one in there if one.group == here.group] or [
                one for one in there if one.y == here.y
            ]

        def distance(one: Spot) -> tuple[int, int]:
            rows, aside = abs(one.y - here.y), here.gap_to(one)
            far = rows + _ASIDE * aside if down else aside + _ACROSS * rows
            return far, abs(one.x - here.x)

        if there:
            self.go_to(min(there, key=distance).key)

    def _moved_from(self, before: Spot | None) -> None:
        for spot in {one.y: one for one in (before, self.spot) if one is not None}.values():
            y = spot.y - self.scroll_offset.y
            if 0 <= y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))
        self._bring_into_sight()
        self.post_message(self.Moved())

    def _bring_into_sight(self) -> None:
        here, top, height = self.spot, self.scroll_offset.y, self.size.height
        if here is None or height < 1:
            return
        spots = self._drawn.spots
        if here.y < top or here.y == min(one.y for one in spots):
            # With the headings over what comes first of its group.
            heading = max((one.y + 1 for one in spots if one.y < here.y), default=0)
            self.scroll_to(y=max(heading, here.y - height + 1), animate=False)
        elif here.y >= top + height:
            is_last = here.y == max(one.y for one in spots)
            end = self._drawn.height if is_last else here.y + 1
            self.scroll_to(y=min(here.y, end - height), animate=False)

    def on_focus(self) -> None:
        """Light the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Dim the cursor."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """To the spot that was clicked; open it at the second click."""
        y = event.y + self.scroll_offset.y
        for one in self._drawn.spots:
            if one.y == y and one.x <= event.x < one.x + one.width:
                self.go_to(one.key)
                if event.chain > 1:
                    self.choose()
                return
