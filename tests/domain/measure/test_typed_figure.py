"""What a cell of the grid takes, by the rule of its indicator."""

from __future__ import annotations

import pytest

from soptui.domain.measure.register import Rule
from soptui.domain.measure.typed import UnclearNumber
from soptui.domain.measure.typed_figure import echo, read_figure
from soptui.domain.measure.value import EMPTY, Figure
from soptui.domain.message import Misread
from tests.domain.measure.builders import SAKIP, counted, indicator

LABELS = tuple(SAKIP.scores())
PREDICATE = indicator(rule=Rule.SCALE, scale_id="sakip")
DEED = indicator(rule=Rule.DONE)


def test_a_number_is_kept_as_records_write_it_and_echoed_in_full() -> None:
    figure = read_figure(indicator(), (), "1.234,50")

    assert figure == Figure("1234.5")
    assert echo(indicator(), Figure("1234.5")) == "1.234,5"
    assert read_figure(counted(), (), "4 laporan") == Figure("4")
    assert read_figure(indicator(), (), "0") == Figure("0")
    with pytest.raises(UnclearNumber):
        read_figure(indicator(), (), "4.25")


@pytest.mark.parametrize(("typed", "label"), [("BB", "BB"), (" bb ", "BB"), ("aa", "AA")])
def test_a_predicate_is_found_however_it_is_typed(typed: str, label: str) -> None:
    assert read_figure(PREDICATE, LABELS, typed) == Figure(label)
    assert echo(PREDICATE, Figure(label)) == label


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1", "1"), ("Ya", "1"), ("sudah", "1"), ("0", "0"), ("Tidak", "0"), ("belum", "0")],
)
def test_a_deed_was_done_or_not(typed: str, kept: str) -> None:
    assert read_figure(DEED, (), typed) == Figure(kept)


@pytest.mark.parametrize("typed", ["", " ", "-", "–"])
def test_an_empty_cell_is_empty_under_every_rule(typed: str) -> None:
    for one in (indicator(), PREDICATE, DEED):
        assert read_figure(one, LABELS, typed) is EMPTY


def test_what_is_on_no_list_is_refused_with_the_list() -> None:
    for one, typed in ((PREDICATE, "Baik"), (DEED, "2"), (DEED, "setengah")):
        with pytest.raises(Misread) as refused:
            read_figure(one, LABELS, typed)
        assert typed in str(refused.value.message)
