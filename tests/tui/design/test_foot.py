"""The foot: acts at the left, ways at the right; what stays where there is less room."""

from __future__ import annotations

import pytest

from soptui.tui.design.foot import Foot
from soptui.tui.text.lines import text_of, width_of

ACTS = (("Enter", "Buka"), ("t", "Terima"), ("d", "Disposisi"), ("v", "Baca"), ("S", "Urutkan"))
WAYS = (("1-8", "Layar"), (":", "Cari"), ("/", "Saring"))
HELP = ("?", "Bantuan")
BACK = ("q", "Kembali")


def drawn(foot: Foot, width: int) -> str:
    line = foot.line(width)
    assert width_of(line) <= width
    return text_of((line,))


def test_ways_stand_at_the_same_place_whatever_the_acts_are() -> None:
    many, none = Foot(ACTS, WAYS, (HELP,)), Foot((), WAYS, (HELP,))
    assert drawn(many, 120).index("1-8 Layar") == drawn(none, 120).index("1-8 Layar")
    assert drawn(many, 120).endswith("1-8 Layar  : Cari  / Saring  ? Bantuan")
    assert drawn(many, 120).startswith(" Enter Buka  t Terima  d Disposisi  v Baca  S Urutkan ")


@pytest.mark.parametrize("width", range(40, 140))
def test_help_the_way_back_and_the_first_act_are_always_there(width: int) -> None:
    said = drawn(Foot(ACTS, WAYS, (BACK, HELP)), width)
    assert said.endswith("q Kembali  ? Bantuan")
    assert said.startswith(" Enter Buka")


@pytest.mark.parametrize("width", range(40, 140))
def test_acts_are_left_out_from_the_end(width: int) -> None:
    said = drawn(Foot(ACTS, WAYS, (HELP,)), width)
    shown = [act for act in ACTS if f"{act[0]} {act[1]}" in said]
    assert shown == list(ACTS[: len(shown)])
    ways = [way for way in WAYS if f"{way[0]} {way[1]}" in said]
    assert ways == list(WAYS[: len(ways)])
    assert width < 60 or WAYS[0] in ways
