"""Forms speak the grammar of all screens: header, foot, and fields with drawn edges."""

from __future__ import annotations

import re

import pytest

from soptui.domain.events import Action
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.edges import Edged
from soptui.tui.widgets.key_bar import KeyBar
from tests.tui.forming import Office, Person, at_screen, form_of
from tests.tui.forms.test_form_pictures import FORMS


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
            for field in form.query(Edged):
                region = field.region
                assert drawn[region.y][region.x] == "["
                assert drawn[region.bottom - 1][region.right - 1] == "]"
