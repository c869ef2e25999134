"""The number formats of cells, taken apart: up to four sections of tokens.

The grammar is that of ECMA-376, part 1, 18.8.31: a section for positive numbers, one for negative
ones, one for zero, one for text; or sections with conditions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

_ENGLISH = 0x09
_SYSTEM_DATES = {"F800": "d mmmm yyyy", "F400": "h:mm:ss"}
_LONGEST_FORMAT = 255

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | [_*](?P<filler>.)
    | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>General)
    | (?P<half>AM/PM|A/P)
    | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+)
    | (?P<place>[0#?])
    | (?P<sign>[.,%/@])
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_MONEY = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f]+))?")


class Token(Struct, frozen=True):
    """A piece of a section. `kind` is one of: literal, general, place (of a digit), sign, power,
    date, elapsed (time in all), half (of the day).
    """

    kind: str
    text: str


class Section(Struct, frozen=True):
    """One of the sections of a format. `condition` is an operator with a number, or empty."""

    tokens: tuple[Token, ...]
    condition: tuple[str, ...]
    language: str

    @property
    def is_date(self) -> bool:
        """Whether it shows days or times."""
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)

    @property
    def is_general(self) -> bool:
        """Whether it shows numbers as cells without a format do."""
        return any(token.kind == "general" for token in self.tokens)


def section_for(value: Decimal, code: str) -> tuple[Section, bool]:
    """The section that shows the value, and whether it says itself that the value is negative."""
    sections = sections_of(code)
    if any(section.condition for section in sections[:2]):
        for place, section in enumerate(sections[:3]):
            if not section.condition or _holds(value, section.condition):
                return section, place > 0 and value < 0
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _holds(value: Decimal, condition: Sequence[str]) -> bool:
    sign, bound = condition
    try:
        limit = Decimal(bound)
    except InvalidOperation:
        return False
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit,
        ">=": value >= limit, "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


@lru_cache(maxsize=256)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format, of which there is at least one. Never fails."""
    sections: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, ...] = ()
    language = "id"

    def close() -> None:
        nonlocal tokens, condition, language
        sections.append(Section(tuple(tokens), condition, language))
        tokens, condition, language = [], (), "id"

    for match in _TOKEN.finditer(code[:_LONGEST_FORMAT]):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            close()
        elif kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                condition = (found[1], found[2])
            elif _ELAPSED.fullmatch(text):
                tokens.append(Token("elapsed", text.lower()))
            elif found := _MONEY.fullmatch(text):
                locale = (found[2] or "").upper()
                if locale in _SYSTEM_DATES:
                    return sections_of(_SYSTEM_DATES[locale])
                if locale and int(locale, 16) & 0xFF == _ENGLISH:
                    language = "en"
                if found[1]:
                    tokens.append(Token("literal", found[1]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(Token("literal", text))
        elif kind == "filler":
            tokens.append(Token("literal", " "))
        else:
            tokens.append(Token(kind, text.lower() if kind == "date" else text))
    close()
    return tuple(sections)


def tidied(text: str) -> str:
    """A text as it is shown: columns are not aligned here, so blanks that align them go."""
    return re.sub(r" {2,}", " ", text).strip()
