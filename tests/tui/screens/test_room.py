"""No text is cut beside a column that has room to spare, on a screen that has room for both."""

from __future__ import annotations

import pytest

from soptui.demo.office import DemoOffice
from soptui.tui.text.lines import ELLIPSIS, width_of
from soptui.tui.widgets.table import Table
from tests.tui.sitting import sitting

SPARE = 8
"""So many unused cells would have done for the text that is cut."""

SCREENS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tray": ("kasubbag-pk", ()),
    "cases": ("camat", ("2",)),
    "people": ("camat", ("4",)),
    "steps": ("camat", ("2", "enter")),
    "openings": ("camat", ("2", "enter", "tab")),
    "history": ("camat", ("end", "enter", "tab", "tab")),
    "files": ("camat", ("end", "enter", "tab", "tab", "tab")),
    "requests": ("kasubbag-pk", ("2", "enter", "left", "left", "left")),
    "settings": ("camat", ("8",)),
}


def cut_beside_room(table: Table) -> list[str]:
    """The columns in which a text is cut while another has cells that no row uses."""
    rows = [table.source.row(index) for index in range(len(table.source))]
    rows = [row for row in rows if not row.is_heading]
    spare, cut = [], []
    for placed in table._places():
        column = table.columns[placed.index]
        cells = [row.cells[placed.index] for row in rows if placed.index < len(row.cells)]
        widths = [width_of(cell) for cell in cells]
        if column.draws is not None:
            continue
        longest = max([*widths, width_of(table._label_cells()[placed.index])], default=0)
        if placed.width - longest >= SPARE:
            spare.append(column.label)
        if any(width > placed.width for width in widths):
            cut.append(column.label)
    return [f"{one} beside {spare}" for one in cut if spare]


@pytest.mark.parametrize("name", SCREENS)
async def test_nothing_is_cut_beside_unused_room(looking: DemoOffice, name: str) -> None:
    officer, keys = SCREENS[name]
    async with sitting(looking, officer, (200, 50)) as person:
        await person.presses(*keys)
        assert cut_beside_room(person.table) == []
        assert ELLIPSIS not in person.sees().splitlines()[0]
