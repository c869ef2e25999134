"""A style reached by the short way is the style itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from soptui.tui.terminal.style import change, is_erasable, seen_on_blank

OFF = {
    "22": {"1", "2"}, "23": {"3"}, "24": {"4", "21"}, "25": {"5", "6"}, "27": {"7"}, "28": {"8"},
    "29": {"9"}, "54": {"51", "52"}, "55": {"53"},
}  # fmt: skip

attributes = st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53"])
channels = st.tuples(*[st.integers(0, 255)] * 3)
colours = st.one_of(
    st.integers(0, 7).map(lambda number: f"3{number}"),
    st.integers(0, 7).map(lambda number: f"9{number}"),
    st.integers(0, 255).map(lambda number: f"38;5;{number}"),
    channels.map(lambda rgb: "38;2;" + ";".join(map(str, rgb))),
)
grounds = colours.map(
    lambda text: f"4{text[1:]}" if text[0] == "3" else f"10{text[1:]}"
)  # 38 and 30 to 37 become 48 and 40 to 47, 90 to 97 become 100 to 107


@st.composite
def styles(draw: st.DrawFn) -> str:
    """The parameters of a style as Rich writes them: attributes, then the colours."""
    parts = sorted(draw(st.sets(attributes, max_size=4)))
    parts += [one for one in (draw(st.none() | colours), draw(st.none() | grounds)) if one]
    return ";".join(parts)


class Cell:
    """What a terminal's next character looks like, by ECMA-48."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.attributes: set[str] = set()
        self.colour = self.ground = ""

    def take(self, parameters: str) -> Cell:
        words = iter(parameters.split(";") if parameters else ["0"])
        for word in words:
            if word == "0":
                self.reset()
            elif word in ("38", "48"):
                kind = next(words)
                rest = [next(words) for _ in range(1 if kind == "5" else 3)]
                self._paint(word == "38", ";".join((word, kind, *rest)))
            elif word in OFF:
                self.attributes -= OFF[word]
            elif word in ("39", "49"):
                self._paint(word == "39", "")
            elif int(word) in range(30, 38) or int(word) in range(90, 98):
                self._paint(True, word)
            elif int(word) in range(40, 48) or int(word) in range(100, 108):
                self._paint(False, word)
            else:
                self.attributes.add(word)
        return self

    def _paint(self, is_colour: bool, value: str) -> None:
        if is_colour:
            self.colour = value
        else:
            self.ground = value

    @property
    def look(self) -> tuple[frozenset[str], str, str]:
        return frozenset(self.attributes), self.colour, self.ground


def worn(style: str) -> Cell:
    """A cell in a style, come to from a plain one."""
    cell = Cell()
    return cell.take(style) if style else cell


@given(styles(), styles())
@example("1;2;38;5;1", "2;38;5;1")
@example("4;21", "21")
def test_the_short_way_comes_to_the_same_style(old: str, new: str) -> None:
    assert worn(old).take(change(old, new)).look == worn(new).look


@given(styles(), styles())
def test_the_short_way_is_never_longer_than_beginning_anew(old: str, new: str) -> None:
    assert len(change(old, new)) <= len(f"0;{new}")


def test_another_colour_on_the_same_ground_is_all_that_is_sent() -> None:
    assert change("38;5;252;48;5;233", "1;38;5;174;48;5;233") == "1;38;5;174"
    assert change("1;38;5;174;48;5;233", "38;5;252;48;5;233") == "22;38;5;252"
    assert change("1;31", "") == ""


def test_what_is_not_known_is_begun_anew() -> None:
    assert change("77;31", "32") == "0;32"


def test_on_a_blank_only_ground_and_lines_are_seen() -> None:
    assert seen_on_blank("1;3;38;5;252;48;5;233") == "48;5;233"
    assert seen_on_blank("1;31") == ""
    for drawn in ("4;31;44", "7;31", "9", "77;31"):
        assert seen_on_blank(drawn) == drawn
        assert not is_erasable(drawn)
    assert is_erasable("")
    assert is_erasable("48;5;233")
