"""The rows of the dashboard: what is drawn beside the figures."""

from __future__ import annotations

from soptui.demo.office import DemoOffice
from soptui.desk import Desk
from soptui.desk.board import board_of, span_of
from soptui.domain.ids import OfficerId
from soptui.domain.replace import replace
from soptui.tui.presentation.dashboard import board_rows
from soptui.tui.presentation.facts import facts_of
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.figures import Figure
from tests.support.demo_office import now


def test_no_bar_is_drawn_where_the_figures_beside_it_are_zero(looking: DemoOffice) -> None:
    desk = Desk(looking.repository, OfficerId(""), clock=now)
    board = board_of(desk, span_of(now().date()).days)
    first, second, *others = board.counted.figures.steps
    steps = (
        replace(first, waited=(0, 0, 59), worked=(0, 0, 7200)),
        replace(second, waited=(0, 0, 59), worked=(0, 60, 7200)),
        *others,
    )
    figures = replace(board.counted.figures, steps=steps)
    shown = replace(board, counted=replace(board.counted, figures=figures))
    rows = {row.key: row for row in board_rows(shown, facts_of(desk))}
    desk.close()

    none, drawn = rows["time 0"], rows["time 1"]

    assert isinstance(none, Figure)
    assert isinstance(drawn, Figure)
    assert text_of(none.cells[2:]) == "0 menit\n0 menit"
    assert none.bar is None
    assert text_of(drawn.cells[2:]) == "0 menit\n1 menit"
    assert drawn.bar is not None
