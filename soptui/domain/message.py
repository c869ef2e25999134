"""Sentences for people, kept apart from their translation."""

from __future__ import annotations


class Message:
    """One sentence for a person: an English msgid with named fields, and the values of the fields.

    A value may itself be a `Message`. Equality is by msgid and values. `str()` gives English;
    `soptui.locale` gives the reader's language.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, /, **values: object) -> None:
        self.text = text
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.values) == (other.text, other.values)

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __str__(self) -> str:
        return self.text.format(**self.values)


def N_(text: str) -> str:
    """`text` itself: marks a msgid that becomes a `Message` elsewhere, for the catalogues."""
    return text


class Refusal(Exception):
    """Something a person asked for cannot be done; carries the sentence that says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Misread(Refusal):
    """What a person typed cannot be taken as it is; nothing was done with it."""
