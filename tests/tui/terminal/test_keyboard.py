"""Whatever bytes a terminal sends are keys, pastes or nothing: never the end of the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from soptui.tui.terminal.keyboard import Keyboard, LeftOut

_PAUSE = 60.0


@dataclass
class Line:
    """A terminal's line, over which bytes come in pieces, with pauses at will."""

    now: float = 0.0
    heard: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keyboard = Keyboard(clock=lambda: self.now)

    def sends(self, *pieces: bytes) -> Line:
        for piece in pieces:
            self.heard += self.keyboard.events(piece)
        return self

    def rests(self, monkeypatch: pytest.MonkeyPatch) -> Line:
        """Long enough for whatever has begun to be given up."""
        self.now += _PAUSE
        with monkeypatch.context() as patch:
            patch.setattr("textual._parser.get_time", lambda: 1e18)
            for _ in range(2):
                self.heard += self.keyboard.tick()
        return self

    @property
    def keys(self) -> list[str]:
        return [one.key for one in self.heard if isinstance(one, events.Key)]

    @property
    def typed(self) -> str:
        return "".join(one.character or "" for one in self.heard if isinstance(one, events.Key))

    @property
    def pasted(self) -> list[str]:
        return [one.text for one in self.heard if isinstance(one, events.Paste)]

    @property
    def told(self) -> int:
        return sum(isinstance(one, LeftOut) for one in self.heard)


def test_a_byte_that_is_no_utf_8_is_left_out_and_told() -> None:
    """Reported of another program as Textualize/textual#6456."""
    line = Line().sends(b"caf\xe9 Z")
    assert line.typed == "caf Z"
    assert line.told == 1


def test_alt_as_the_eighth_bit_is_no_letter() -> None:
    assert Line().sends(b"a\xe1\xf8b").typed == "ab"


def test_a_letter_whose_bytes_come_apart_is_whole() -> None:
    line = Line().sends(b"k\xc3", b"\xa9r\xe2\x82", b"\xac")
    assert line.typed == "kér€"
    assert line.told == 0


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[99999999999u", b"\x1b[1114112u", b"\x1b[55296;1;55296u", b"\x1b[48;0;0;0;0t",
        b"\x1b[48;99999;99999;1;1t", b"\x1b[?2048;1$y", b"\x1b[<0;1;1M", b"\x1b[<64;9;9M",
        b"\x1b[48;0;0;0;0t\x1b[<0;5;5M", b"\x9b31m", b"\x1b[97;1;" + b"9" * 20 + b"u",
    ],
)  # fmt: skip
def test_what_no_terminal_should_say_is_forgotten_and_the_next_key_counts(
    sequence: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line().sends(sequence).rests(monkeypatch)
    assert not [one for one in line.heard if isinstance(one, events.Resize | events.MouseEvent)]
    line.heard.clear()
    assert line.sends(b"Z").typed == "Z"


def test_half_a_sequence_is_given_up_and_the_next_key_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for half in (b"\x1b", b"\x1b[", b"\x1bO", b"\x1b[2", b"\x1b[200", b"\x1b[1;"):
        line = Line().sends(half).rests(monkeypatch)
        line.heard.clear()
        assert line.sends(b"\x1b[A", b"Z").keys == ["up", "Z"], half


def test_escape_alone_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Line().sends(b"\x1b").rests(monkeypatch).keys == ["escape"]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_paste_is_one_whole_wherever_its_bytes_are_cut(cut: int) -> None:
    whole = b"\x1b[200~a\r\nt\x1b[21~\x14b\x1b[201~c"
    line = Line().sends(whole[:cut], whole[cut:])
    assert line.pasted == ["a\nt[21~b"]
    assert line.keys == ["c"]
    assert line.told == 1


def test_a_paste_that_lost_its_end_is_taken_and_the_keyboard_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = Line().sends(b"\x1b[200~Undangan").rests(monkeypatch)
    assert line.pasted == ["Undangan"]
    assert line.sends(b"Z").keys == ["Z"]


def test_of_a_huge_paste_the_beginning_is_taken_and_that_is_told() -> None:
    line = Line().sends(b"\x1b[200~", *[b"x" * 4096] * 256, b"\x1b[201~")
    assert 8_000 < len(line.pasted[0]) < 1 << 20
    assert line.told == 1


@given(st.lists(st.binary(max_size=60), max_size=12))
def test_no_bytes_end_the_keyboard(pieces: list[bytes]) -> None:
    line = Line().sends(*pieces)
    for message in line.heard:
        if isinstance(message, events.Key) and message.character:
            message.character.encode("utf-8")
        if isinstance(message, events.Paste):
            assert not [one for one in message.text if ord(one) < 32 and one not in "\n\t"]
    with pytest.MonkeyPatch.context() as patch:
        line.rests(patch)
    line.heard.clear()
    assert line.sends(b"Z").typed.endswith("Z")


_NOISE = st.one_of(
    st.binary(min_size=1, max_size=8),
    st.sampled_from(
        [b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[48;", b"\x1b[200~", b"\x1b[201~", b"\x1b]"]
    ),
    st.integers(0, 10**12).map(lambda number: b"%d" % number),
    st.sampled_from([b";", b":", b"u", b"M", b"t", b"~", b"R", b"$y", b"\x07", b"\xe9"]),
)


@given(st.lists(_NOISE, max_size=60))
def test_no_noise_that_looks_like_sequences_ends_it_either(pieces: list[bytes]) -> None:
    test_no_bytes_end_the_keyboard.hypothesis.inner_test(pieces)  # type: ignore[attr-defined]
