"""What is told is what the screen shows: the same groups in the same order, in the same words."""

from __future__ import annotations

import re

import pytest

from soptui.cli.commands.inbox import write_groups
from soptui.demo.office import DemoOffice
from soptui.desk.tray import HEADINGS, tray_of
from soptui.locale import _
from soptui.tui.presentation.facts import facts_of
from soptui.tui.presentation.tray import tray_rows
from soptui.tui.text.lines import text_of
from tests.plain.conversation import has_neither_columns_nor_frames, talk
from tools.plain_day import DAY

OFFICERS = ("camat", "sekretaris", "kasubbag-pk", "staff-1", "kasi-pemerintahan", "admin")


def on_the_screen(office: DemoOffice, officer: str) -> list[tuple[str, str]]:
    """Headings without number, and numbers in the mail register with how much time is left."""
    desk = office.desks[officer]
    facts = facts_of(desk)
    source = tray_rows(tray_of(desk, limit=100), (), facts)
    found = []
    for place in range(len(source)):
        row = source.row(place)
        cells = [text_of([cell]).strip() for cell in row.cells]
        if row.is_heading:
            found.append((re.sub(r" \(?\d+\)?$", "", cells[0]), ""))
        else:
            found.append((cells[0], cells[-1]))
    return found


def as_told(office: DemoOffice, officer: str) -> list[tuple[str, str]]:
    """The same of what is told."""
    headings = [_(one) for one in HEADINGS.values()]
    found = []
    for line in talk(office, officer).splitlines():
        heading = next((one for one in headings if line.startswith(f"{one}: ")), "")
        if heading:
            found.append((heading, ""))
        elif told := re.match(r"\d+\. (?:(.*?)\. )?Agenda (\S+)\. ", line):
            time = told[1] or ""
            found.append((told[2], time[:1].lower() + time[1:]))
    return found


def test_the_tray_has_the_screens_groups_order_and_words(busy_office: DemoOffice) -> None:
    told_of = 0
    for officer in OFFICERS:
        shown, told = on_the_screen(busy_office, officer), as_told(busy_office, officer)
        assert [one[0] for one in told] == [one[0] for one in shown], officer
        times = [one[1].lower() for one in shown]
        assert [one[1] for one in told if one[1]] == [one for one in times if one], officer
        told_of += len(told)
    assert told_of > len(OFFICERS)


def test_the_command_has_them_as_well(
    busy_office: DemoOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = {_(one) for one in HEADINGS.values()}
    for officer in OFFICERS:
        desk = busy_office.desks[officer]
        write_groups(desk, tray_of(desk, limit=100))
        written = capsys.readouterr().out
        lines = [line for line in written.splitlines() if line]
        titles = [re.sub(r" \(?\d+\)?$", "", line) for line in lines]
        found = [one for one in titles if one in headings]
        shown = on_the_screen(busy_office, officer)
        assert found == [one[0] for one in shown if one[0] in headings]
        cells = [re.split(r" {2,}", line) for line in lines if line.startswith("2026-")]
        assert [one[1] for one in cells] == [one[0] for one in shown if one[0] not in headings]
        for _number, time in shown:
            assert time.lower() in written.lower()


def test_everybody_hears_a_tray_without_columns(busy_office: DemoOffice) -> None:
    for officer in OFFICERS:
        heard = talk(busy_office, officer, (DAY, "s"), (DAY, "?"))
        assert has_neither_columns_nor_frames(heard)
