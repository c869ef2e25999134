"""Which characters records hold, and what becomes of the others on a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.message import Message, Refusal
from soptui.domain.text import MAXIMUM_CHARACTERS, fault_of, safe, tidy, unseen_in

REFUSED = {
    "null": "\x00",
    "escape": "\x1b",
    "bell": "\x07",
    "backspace": "\x08",
    "tab": "\t",
    "carriage return": "\r",
    "vertical tab": "\x0b",
    "delete": "\x7f",
    "C1 control sequence introducer": "\x9b",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "Arabic letter mark": "\u061c",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "left-to-right embedding": "\u202a",
    "right-to-left override": "\u202e",
    "first strong isolate": "\u2068",
    "pop directional isolate": "\u2069",
    "zero width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "interlinear annotation": "\ufff9",
    "tag character": "\U000e0041",
    "private use": "\ue000",
    "private use, plane 16": "\U0010fffd",
    "surrogate": "\ud800",
    "noncharacter": "\ufffe",
    "noncharacter of a plane": "\U0001ffff",
    "noncharacter in the Arabic block": "\ufdd0",
    "unassigned": "\u0378",
    "combining grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "Hangul choseong filler": "\u115f",
    "Hangul jungseong filler": "\u1160",
    "halfwidth Hangul filler": "\uffa0",
    "Khmer inherent vowel": "\u17b4",
    "Mongolian variation selector": "\u180b",
    "Mongolian variation selector four": "\u180f",
    "variation selector": "\ufe00",
    "emoji variation selector": "\ufe0f",
    "variation selector of the supplement": "\U000e0100",
}

GOOD = [
    "",
    "Mohon ditindaklanjuti.",
    "baris satu\nbaris dua",
    "\u00c9dition \u2013 \u201ckutipan\u201d \u2026 \u20ac",
    "\ua9b2\ua9b6\ua9ab\ua9a2\ua9b6",  # Javanese
    "\u0646\u0635 \u0639\u0631\u0628\u064a",  # Arabic
    "\u7e3e\u6548",
    "\U0001f4c4",
    "\u1ec7",
    "\u2801\u2800\u2803",
]


@pytest.mark.parametrize("character", REFUSED.values(), ids=REFUSED.keys())
def test_a_refused_character_is_named_with_its_place_and_made_visible(character: str) -> None:
    fault = fault_of(f"ab{character}cd")

    assert fault is not None
    assert fault.values == {"code": f"{ord(character):04X}", "position": 3}
    assert safe(f"ab{character}cd") == f"ab\\u{{{ord(character):x}}}cd"


@pytest.mark.parametrize("text", GOOD)
def test_ordinary_text_of_any_script_passes_unchanged(text: str) -> None:
    assert fault_of(text) is None
    assert safe(text) == text
    assert tidy(text) == text


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_stand_between_letters_only(joiner: str) -> None:
    assert fault_of(f"\u0646\u0645\u06cc{joiner}\u062e\u0648\u0627\u0647\u0645") is None
    assert fault_of(f"\u0915\u094d{joiner}\u0937") is None
    for text in (
        joiner,
        f"{joiner}a",
        f"a{joiner}",
        f"a{joiner} b",
        f"1{joiner}2",
        f"a{joiner}{joiner}b",
        f"a{joiner}\nb",
        f"\U0001f468{joiner}\U0001f469",
    ):
        assert fault_of(text) is not None, ascii(text)
        assert joiner not in safe(text)


def test_only_form_c_is_kept() -> None:
    decomposed = "e\u0301"

    assert fault_of(decomposed) is not None
    assert tidy(decomposed) == "\u00e9"
    assert tidy("\u212b") == "\u00c5"


def test_text_is_limited_in_characters_not_bytes() -> None:
    assert fault_of("\U0001f4c4" * MAXIMUM_CHARACTERS) is None
    fault = fault_of("x" * (MAXIMUM_CHARACTERS + 1))
    assert fault is not None
    assert fault.values == {"length": MAXIMUM_CHARACTERS + 1, "limit": MAXIMUM_CHARACTERS}
    assert tidy("x" * MAXIMUM_CHARACTERS + "   ") == "x" * MAXIMUM_CHARACTERS


def test_what_was_typed_is_tidied() -> None:
    assert tidy("  satu \r\n\tdua\rtiga\t\n\n") == "satu\n dua\ntiga"
    assert tidy(" \n \t \r\n") == ""


def test_what_cannot_be_tidied_is_refused_with_the_reason() -> None:
    with pytest.raises(Refusal) as refused:
        tidy("ab\x1b[31mcd")

    assert "U+001B at position 3" in str(refused.value.message)


UNSEEN = ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\u202e", "\u061c", "\u034f", "\u200d"]


@pytest.mark.parametrize("character", UNSEEN)
def test_what_nobody_sees_is_left_out_of_what_was_typed_and_counted(character: str) -> None:
    """Follows medic/cht-core#7654, chamilo/chamilo-lms PR#7176."""
    pasted = f"{character}Undangan{character} Rapat{character}"
    assert tidy(pasted) == "Undangan Rapat"
    assert unseen_in(pasted) == 3


def test_a_joiner_stays_where_a_script_needs_it() -> None:
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert tidy(persian) == persian
    assert unseen_in(persian) == 0
    # What stood beside it is gone, so that it parts a letter from a digit.
    assert tidy("a\u200b\u200d1") == "a1"
    assert unseen_in("\U0001f468\u200d\U0001f469 Segera \u26a0\ufe0f") == 1


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\v", "\f", "\x85", "\r"])
def test_the_line_ends_of_other_programs_end_lines(end: str) -> None:
    assert tidy(f"satu{end}dua") == "satu\ndua"
    assert unseen_in(f"satu{end}dua") == 0


@pytest.mark.parametrize("nothing", [" ", "\u00a0", "\u2800", " \u200b\u2800\n", "\ufeff"])
def test_a_text_that_says_nothing_is_empty(nothing: str) -> None:
    assert tidy(nothing) == ""


def test_marks_that_cover_other_lines_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        tidy("Setuju" + "\u030d" * 200)
    assert "marks" in str(refused.value.message)


@given(text=st.text(max_size=60))
def test_what_is_tidied_can_be_recorded_and_is_tidy(text: str) -> None:
    try:
        tidied = tidy(text)
    except Refusal:
        return
    assert fault_of(tidied) is None
    assert tidy(tidied) == tidied
    assert unseen_in(tidied) == 0


def test_a_terminal_sequence_becomes_readable_text() -> None:
    assert safe("\x1b]0;x\x07\u202egnp.exe") == "\\u{1b}]0;x\\u{7}\\u{202e}gnp.exe"


def test_a_message_holds_fields_of_any_name() -> None:
    message = Message("{text} {self}", text="a", self="b")

    assert str(message) == "a b"
    assert message == Message("{text} {self}", text="a", self="b")
    assert message != Message("{text} {self}", text="a", self="c")
    assert hash(message) == hash(Message("{text} {self}", text="x", self="y"))
    assert repr(message) == "Message('a b')"
    assert str(Message("{inner}!", inner=message)) == "a b!"


def test_how_a_symbol_wishes_to_be_drawn_is_left_out_of_what_was_typed() -> None:
    assert tidy("Segera \u26a0\ufe0f!") == "Segera \u26a0!"
