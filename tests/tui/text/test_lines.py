"""Lines of text: cut, filled and wrapped to exact widths; ASCII where nothing else is spoken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from soptui.domain.replace import replace
from soptui.domain.sop import REGISTRATION
from soptui.tui.frame.last_place import Remembered
from soptui.tui.presentation.flowchart import HERE, flowchart
from soptui.tui.terminal.glyphs import ascii_of, speaks_utf8
from soptui.tui.text.lines import Span, fit, line, text_of, width_of, wrap
from tests.support.small_office import SOP

TEXTS = st.text(max_size=60)


@given(
    st.lists(st.builds(Span, TEXTS.map(lambda text: line(text)[0].text if text else ""))),
    st.integers(0, 80),
)
def test_a_line_is_as_wide_as_it_is_made(spans: list[Span], width: int) -> None:
    assert width_of(fit(spans, width)) == width
    assert width_of(fit(spans, width, right=True)) == width


@given(TEXTS, st.integers(4, 60))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(one) <= width for one in lines)
    letters = "".join(span.text for one in lines for span in one).replace(" ", "")
    expected = "".join(span.text for span in line(text)).replace(" ", "") if text else ""
    assert letters == expected.replace("\n", "")


@given(TEXTS)
def test_ascii_is_as_wide_as_what_it_replaces(text: str) -> None:
    shown = "".join(span.text for span in line(text))
    assert ascii_of(shown).isascii()
    assert cell_len(ascii_of(shown)) == cell_len(shown)


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert text_of([fit(line("Pengukuran Kinerja"), 8)]) == "Penguku…"
    assert text_of([fit(line("Kinerja"), 8)]) == "Kinerja"


def test_utf8_is_known_by_the_locale() -> None:
    assert speaks_utf8({"LANG": "id_ID.UTF-8"})
    assert not speaks_utf8({"LANG": "id_ID.UTF-8", "LC_ALL": "C"})
    assert not speaks_utf8({})
    assert not speaks_utf8({"LANG": "id_ID.utf8", "SOPTUI_ASCII": "1"})


def test_the_flowchart_keeps_to_its_width() -> None:
    for width in (56, 60, 78, 80, 96, 118, 160):
        assert all(width_of(one) <= width for one in flowchart(SOP, width))


def test_every_step_of_the_flowchart_has_its_mark() -> None:
    drawn = text_of(flowchart(SOP, 80))
    for step in SOP.steps:
        assert len(re.findall(rf"[(<\[] +{step.number} +[)>\]]", drawn)) == 1


def test_where_a_case_lies_is_seen_in_the_flowchart_without_colours() -> None:
    drawn = flowchart(SOP, 80, {5: "accent", 4: "good"}, 5)
    row = next(one for one in text_of(drawn).splitlines() if one.startswith(HERE))
    assert row.startswith("→5 ")
    toned = {span.text.strip() for one in drawn for span in one if span.tone == "accent"}
    assert "[ 5 ]" in toned
    waiting = text_of(flowchart(SOP, 80, {}, REGISTRATION))
    assert any(one.startswith("→1a") for one in waiting.splitlines())


@pytest.mark.parametrize("width", [60, 80, 120, 160])
def test_the_whole_standard_of_a_row_is_read_at_every_width(width: int) -> None:
    first, *rest = SOP.steps
    whole = replace(
        first, requirements=("Surat",), output="Lembar", remark="Asli", norm_printed="9 Jam"
    )
    drawn = text_of(flowchart(replace(SOP, steps=(whole, *rest)), width))
    for label in ("Kelengkapan", "Output", "Ket", "Baku"):
        assert label in drawn
    for text in ("Surat", "Lembar", "Asli", "9 Jam"):
        assert text in drawn


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_leads_to_every_step_to_which_a_decision_may_send_back(width: int) -> None:
    approval = SOP.step(7)
    assert approval is not None
    back = [str(edge.to) for edge in approval.returns]
    assert len(back) > 1
    assert f"T:{','.join(back)}" in text_of(flowchart(SOP, width))


def test_a_first_start_is_in_the_tray() -> None:
    assert Remembered().place == "tray"
