"""Which characters a record may hold, so that no text can act on a terminal or deceive a reader.

Refused are control characters except the line feed, bidirectional controls, zero-width
characters, others that are drawn as nothing (fillers, variation selectors; Unicode's property
Default_Ignorable_Code_Point), and code points that are unassigned, private or surrogates.
Zero-width joiners stay where scripts need them: between letters. Text is in Unicode normalisation
form C, says something (a text of blanks alone does not), and does not pile up marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from soptui.domain.message import Message, Misread

MAXIMUM_CHARACTERS = 8_000
"""Length limit of one text field, in characters."""

MOST_MARKS = 5
"""How many combining marks may stand in a row: as many as any script needs on one letter."""

# Printable ASCII and the line feed are always fine; most text in records is nothing else.
_PLAIN = re.compile(r"[\n\x20-\x7e]*")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What of Default_Ignorable_Code_Point is in none of these categories.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Symbols by their category, and yet drawn as nothing: blank braille, a note without a head.
_BLANK_SYMBOLS = "\u2800\U0001d159"
_SEEN_CATEGORIES = "LNPS"
_MARKS = frozenset({"Mn", "Me"})
_JOINERS = "\u200c\u200d"
# Word, slides and old printers part lines by these.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# What programs put behind a symbol to have it drawn in colour, or not.
_PRESENTATION = re.compile("[\ufe0e\ufe0f]")

_SAYS_NOTHING = Message("The text says nothing: it is blank.")


def fault_of(text: str) -> Message | None:
    """What is wrong with `text` as a field of a record, or None when nothing is."""
    if len(text) > MAXIMUM_CHARACTERS:
        return Message(
            "The text is too long: {length} characters of at most {limit}.",
            length=len(text),
            limit=MAXIMUM_CHARACTERS,
        )
    if not text or (_PLAIN.fullmatch(text) and text.strip(" \n")):
        return None
    for position, character in enumerate(text):
        if character == "\n" or not _is_refused(text, position, character):
            continue
        return Message(
            "The text has a character that records may not hold: U+{code} at position {position}.",
            code=f"{ord(character):04X}",
            position=position + 1,
        )
    if not unicodedata.is_normalized("NFC", text):
        return Message("The text is not in Unicode normalisation form C.")
    if _has_piled_marks(text):
        return Message(
            "The text has more than {limit} marks on one letter, which cover other lines.",
            limit=MOST_MARKS,
        )
    return None if _says_something(text) else _SAYS_NOTHING


def tidy(text: str) -> str:
    """What a person typed, as a record keeps it: form C, LF line ends, no blanks at the ends.

    What nobody sees, and how a symbol wishes to be drawn, is left out (`unseen_in` counts it); a
    text that says nothing is empty. Raises `Misread` when a character remains that records may not
    hold, or the text is too long.
    """
    lines = without_unseen(_LINE_ENDS.sub("\n", text)).replace("\t", " ").split("\n")
    tidied = unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines).strip())
    fault = fault_of(tidied)
    if fault == _SAYS_NOTHING:
        return ""
    if fault is not None:
        raise Misread(Message("{fault} Write it otherwise.", fault=fault))
    return tidied


def tidy_line(text: str) -> str:
    """As `tidy`, of what is to be one line: several are joined, as of a subject that was pasted."""
    return " ".join(line.strip() for line in tidy(text).split("\n") if line.strip())


def unseen_in(text: str) -> int:
    """How many characters that nobody sees `tidy` leaves out of a text."""
    shown = _PRESENTATION.sub("", _LINE_ENDS.sub("\n", text))
    return len(shown) - len(without_unseen(shown))


def without_unseen(text: str) -> str:
    """The text without what nobody sees; joiners stay where scripts need them."""
    while not _PLAIN.fullmatch(text):
        kept = "".join(
            character
            for position, character in enumerate(text)
            if not _is_unseen(character) or not _is_refused(text, position, character)
        )
        if kept == text:
            break
        text = kept
    return text


def _is_unseen(character: str) -> bool:
    return bool(_INVISIBLE.match(character)) or unicodedata.category(character) == "Cf"


def _says_something(text: str) -> bool:
    return any(
        unicodedata.category(one)[0] in _SEEN_CATEGORIES and one not in _BLANK_SYMBOLS
        for one in text
    )


def _has_piled_marks(text: str) -> bool:
    row = 0
    for character in text:
        row = row + 1 if unicodedata.category(character) in _MARKS else 0
        if row > MOST_MARKS:
            return True
    return False


def _visible(character: str) -> str:
    return f"\\u{{{ord(character):x}}}"


def safe(text: str, written: Callable[[str], str] = _visible) -> str:
    """`text` with every refused character made visible, by default as `\\u{...}`, for display.

    This is the one gate through which text from outside reaches a screen. `written` says how a
    refused character is written where another form has a meaning, as in JSON.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(
        written(character)
        if character != "\n" and _is_refused(text, position, character)
        else character
        for position, character in enumerate(text)
    )


def _is_refused(text: str, position: int, character: str) -> bool:
    if character in _JOINERS:
        between = text[position - 1 : position] + text[position + 1 : position + 2]
        return position == 0 or len(between) != 2 or not _are_letters(between)
    if _INVISIBLE.match(character):
        return True
    return unicodedata.category(character) in _REFUSED_CATEGORIES


def _are_letters(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "LM" for character in text)
