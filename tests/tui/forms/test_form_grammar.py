"""Forms speak the grammar of all screens: header, foot, and fields with drawn edges."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual.screen import Screen
from textual.widget import Widget

from soptui.demo.office import DemoOffice
from soptui.domain.events import Action
from soptui.tui.forms.editors.choices import ChoiceEditor
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.edges import Edged
from soptui.tui.widgets.key_bar import KeyBar
from tests.tui.forming import Office, Person, at_screen, form_of
from tests.tui.forms.test_form_pictures import FORMS
from tests.tui.sitting import sitting


def fields_of(screen: Screen[Any]) -> list[Widget]:
    """What has drawn edges; Textual finds no class by what it is mixed of."""
    return [one for one in screen.query("*") if isinstance(one, Edged)]


def has_edges(field: Widget, drawn: list[str]) -> bool:
    """Whether the field begins with `[` and ends with `]`."""
    region = field.region
    first, last = drawn[region.y][region.x], drawn[region.bottom - 1][region.right - 1]
    return (first, last) == ("[", "]")


@pytest.mark.parametrize(("action", "officer", "step"), FORMS)
async def test_every_form_has_the_one_header_the_one_foot_and_edges_of_its_fields(
    office: Office, action: Action, officer: str, step: int
) -> None:
    if step:
        office.letter_arrives()
        office.goes_on_to(step)
    form = form_of(office.desk(officer), action, office.case if step else None)
    async with at_screen(form, (80, 70)) as pilot:
        person = Person(pilot)
        await person.waits()
        for width in (60, 80, 120, 200):
            await person.resizes(width, 70)
            lines = person.sees().splitlines()
            assert re.match(r"^ \S.*  .*│ \S.*Contoh", lines[0]), lines[0]
            bar = form.query_one(KeyBar)
            foot = text_of((bar.foot.line(width),)).rstrip()
            assert foot.startswith(" F10 ")
            assert foot.endswith("F1 Bantuan")
            assert "  Esc Kembali  " in foot
            drawn = [line.ljust(width) for line in lines]
            fields = fields_of(form)
            assert len(fields) == len(form.rows) - len(form.query(ChoiceEditor))
            assert all(has_edges(field, drawn) for field in fields)


@pytest.mark.parametrize("colours", ["", "soptui-contrast", "ansi-dark", "ansi-light"])
async def test_fields_have_drawn_edges_whatever_the_colours_are(
    looking: DemoOffice, colours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(looking, "penerima-surat", (80, 40)) as clerk:
        if colours:
            clerk.app.theme = colours
        await clerk.presses("n")
        drawn = [one.ljust(80) for one in clerk.sees().splitlines()]
        fields = fields_of(clerk.app.screen)
        assert len(fields) == 7
        assert all(has_edges(field, drawn) for field in fields)
