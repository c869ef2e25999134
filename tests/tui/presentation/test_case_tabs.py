"""What the pages of a case say: of its archive, of a step where there is little room, of files."""

from __future__ import annotations

from datetime import time

from textual.screen import Screen

from soptui.domain.events import Archive
from soptui.tui.design.columns import place
from soptui.tui.presentation.case import step_detail
from soptui.tui.presentation.case_tabs import FILE_COLUMNS, letter_lines
from soptui.tui.presentation.facts import facts_of
from soptui.tui.text.lines import line, text_of
from soptui.tui.widgets.painted import LineView
from tests.tui.forming import Office, at_screen
from tests.tui.reading import screen_text


def test_the_letters_page_says_where_an_archived_file_is(small_office: Office) -> None:
    small_office.letter_arrives()
    small_office.goes_on_to(8)
    at = small_office.demo.workday(1, time(9, 0))
    small_office.actor.receive("staff-1", at)
    small_office.actor.finish("staff-1", at)
    desk = small_office.desk("staff-1")
    archive = small_office.case.archive
    assert isinstance(archive, Archive)
    text = text_of(letter_lines(desk.view(small_office.case.id), facts_of(desk), 78))
    for value in (archive.classification, archive.file_number, archive.place):
        assert value in text
    years = f"aktif {archive.active_years} tahun, inaktif {archive.inactive_years} tahun"
    assert f"{years}, lalu {archive.fate}" in text


def test_digests_of_files_are_shown_where_names_have_their_room() -> None:
    labels = {
        width: [FILE_COLUMNS[one.index].label for one in place(FILE_COLUMNS, width)]
        for width in (60, 80, 98, 99, 120)
    }
    assert [width for width, shown in labels.items() if "SHA-256" in shown] == [99, 120]
    for width in (80, 98, 99, 120):
        assert next(one.width for one in place(FILE_COLUMNS, width)) >= 44
    assert labels[60] == ["File", "Kind", "Size"]


def test_a_step_says_first_what_it_asks_and_who_does_it(small_office: Office) -> None:
    small_office.letter_arrives()
    small_office.goes_on_to(4)
    desk = small_office.desk("staff-1")
    facts = facts_of(desk)
    view = desk.view(small_office.case.id)
    fourth = next(one for one in view.steps if one.step.number == 4)
    detail = " ".join(text_of(step_detail(view, fourth, facts, 78)[:7]).split())
    step = small_office.case.step
    for words in (step.activity, "Kelengkapan", step.output, "Pelaksana", "tunggu"):
        assert words.lower() in detail.lower()


async def test_what_does_not_fit_under_the_steps_ends_in_an_ellipsis(small_office: Office) -> None:
    small_office.letter_arrives()
    view = LineView(lambda width: [line(f"baris {number}") for number in range(9)])
    view.styles.height = 4
    screen: Screen[None] = Screen()
    async with at_screen(screen) as pilot:
        await screen.mount(view)
        await pilot.pause()
        shown = [one for one in screen_text(pilot.app).splitlines() if one]
        assert shown[-1].startswith("baris 3")
        assert shown[-1].endswith("…")
        assert not shown[0].endswith("…")
        view.styles.height = 9
        await pilot.pause()
        assert "…" not in screen_text(pilot.app)
