"""The table: a hundred thousand rows as quick as ten, a cursor, marks, columns that adapt."""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from soptui.tui.design.columns import GAP, Column, place
from soptui.tui.text.lines import line
from soptui.tui.widgets.sources import PAGE, LazyRows, PagedRows, Row, Rows, Source
from soptui.tui.widgets.table import Table

YIELDING = (Column("", 5), Column("", 9, rank=1), Column("", 4, substitute=True), Column("", 5))
COLUMNS = (Column("", 5), Column("", 10, grow=1), Column("", 8, rank=1))


class Recorder:
    """A store of many things that remembers what it was asked for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[tuple[int, int]] = []

    def fetch(self, limit: int, offset: int) -> Sequence[int]:
        self.asked.append((limit, offset))
        return range(offset, min(self.count, offset + limit))

    def pages(self) -> PagedRows[int]:
        return PagedRows(self.count, self.fetch, row_of)


def row_of(number: int) -> Row[int]:
    return Row(str(number), (line(str(number)), line(f"berkas {number}"), line("x")), number)


def heading(name: str) -> Row[int]:
    return Row(f"= {name}", (line(name),), is_heading=True)


class TableApp(App[None]):
    def __init__(self, source: Source[object]) -> None:
        super().__init__()
        self.source = source

    def compose(self) -> ComposeResult:
        yield Table(COLUMNS, markable=True)

    def on_mount(self) -> None:
        self.query_one(Table).show(self.source)
        self.query_one(Table).focus()


@pytest.mark.parametrize("count", [10, 100_000])
async def test_only_pages_in_sight_are_asked_for(count: int) -> None:
    store = Recorder(count)
    app = TableApp(store.pages())
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("down", "down", "pagedown")
        assert set(store.asked) == {(PAGE, 0)}
        await pilot.press("end")
        assert app.query_one(Table).key == str(count - 1)
        assert len(store.asked) <= 2


async def test_rows_at_hand_are_drawn_once_and_only_in_sight() -> None:
    drawn: list[int] = []

    def draw(number: int) -> Row[int]:
        drawn.append(number)
        return row_of(number)

    source = LazyRows([(str(number), partial(draw, number)) for number in range(1000)])
    app = TableApp(source)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("down", "down", "up")
        assert len(drawn) == len(set(drawn)) < 20
        assert app.query_one(Table).go_to("900")
        await pilot.pause()
        assert app.query_one(Table).key == "900"
        assert len(drawn) < 40


async def test_the_cursor_steps_over_headings() -> None:
    rows = Rows([heading("satu"), row_of(1), heading("dua"), row_of(2), row_of(3)])
    app = TableApp(rows)
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(Table)
        assert table.key == "1"
        await pilot.press("j")
        assert table.key == "2"
        await pilot.press("k", "k")
        assert table.key == "1"
        following = table.neighbour(1)
        assert following is not None
        assert following.value == 2
        assert table.neighbour(-1) is None


async def test_a_row_is_found_again_by_its_key_and_stands_for_what_is_new() -> None:
    """The key is for cursor and marks; what is done to a row is done to its value as it is now."""
    app = TableApp(Rows([row_of(1), row_of(2)]))
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(Table)
        await pilot.press("down", "space")
        newer = Row("2", (line("2"), line("lain"), line("y")), 200)
        table.show(Rows([row_of(0), newer, row_of(1)]))
        assert (table.key, table.value, table.marks) == ("2", 200, {"2": 200})
        table.show(Rows([heading("kosong")]))
        assert (table.key, table.value, table.marks) == ("", None, {})


async def test_the_first_heading_comes_back_into_sight() -> None:
    app = TableApp(Rows([heading("satu"), *map(row_of, range(50))]))
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("end", "home")
        assert app.query_one(Table).scroll_offset.y == 0


async def test_marks_are_kept_for_rows_that_stay() -> None:
    app = TableApp(Rows([row_of(1), row_of(2), row_of(3)]))
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(Table)
        await pilot.press("space", "space")
        assert table.marks == {"1": 1, "2": 2}
        table.show(Rows([row_of(2), row_of(3)]))
        assert table.marks == {"2": 2}
        assert table.clear_marks()
        assert not table.clear_marks()


async def test_the_cursor_stays_on_its_row_when_rows_come_before_it() -> None:
    app = TableApp(Rows([row_of(1), row_of(2)]))
    async with app.run_test(size=(40, 12)) as pilot:
        table = app.query_one(Table)
        await pilot.press("down")
        table.show(Rows([row_of(0), row_of(1), row_of(2)]))
        assert table.key == "2"
        table.show(Rows([row_of(0), row_of(1)]))
        assert table.key == "1"
        table.show(Rows())
        assert table.key == ""


async def test_rows_that_went_meanwhile_are_blank() -> None:
    pages = PagedRows(5, lambda limit, offset: range(3), row_of)
    app = TableApp(pages)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("end")
        assert app.query_one(Table).key == ""


async def test_text_is_never_markup_nor_a_control_character() -> None:
    row: Row[int] = Row("1", (line("[b]x"), line("\x1b[31mmerah\u202e"), line("")))
    app = TableApp(Rows([row]))
    async with app.run_test(size=(100, 8)):
        drawn = app.query_one(Table).render_line(1).text
        assert "[b]x" in drawn
        assert "\x1b" not in drawn
        assert "\\u{1b}[31mmerah\\u{202e}" in drawn


@given(
    width=st.integers(1, 250),
    columns=st.lists(
        st.builds(
            Column, st.just(""), st.integers(1, 40), grow=st.integers(0, 4),
            rank=st.integers(0, 3), most=st.just(0),
        ),
        min_size=1, max_size=8,
    ),
)  # fmt: skip
def test_columns_never_need_more_than_there_is(width: int, columns: list[Column]) -> None:
    placed = place(columns, width)
    used = sum(one.width for one in placed) + GAP * (len(placed) - 1)
    assert used <= width or all(one.width == 1 for one in placed)
    if any(columns[one.index].grow for one in placed):
        assert used >= width


def test_a_narrow_column_takes_the_place_of_a_wide_one_that_is_left_out() -> None:
    assert [one.index for one in place(YIELDING, 21)] == [0, 1, 3]
    assert [one.index for one in place(YIELDING, 20)] == [0, 2, 3]
