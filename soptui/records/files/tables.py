"""Reading a parsed record file key by key, so that every fault names its table and its key.

Only the form is judged here: which keys there are and what kind of value they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from soptui.domain.message import Message, Refusal
from soptui.domain.text import fault_of
from soptui.records.files import layout

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)


class RecordFault(Refusal):
    """A record file does not have the form that the record format prescribes.

    `code` is stable, one of: `unknown-key`, `missing-key`, `kind-of-value`, `text`, `value`,
    `duplicate`, `not-canonical`, `newer-format`. `fault` is the bare sentence.
    """

    def __init__(self, code: str, fault: Message) -> None:
        super().__init__(
            Message(
                "The record cannot be used: {fault} Nothing was changed; correct the file and"
                " try again.",
                fault=fault,
            )
        )
        self.code = code
        self.fault = fault


class Table:
    """One table of a record file. `path` is its dotted name, empty for the top of the file.

    Making it raises `RecordFault` for keys other than those named, and reading a key for a value
    that is missing or not of the kind asked for.
    """

    def __init__(self, content: object, keys: Iterable[str], path: str = "") -> None:
        if type(content) is not dict:
            raise RecordFault("kind-of-value", Message("{key} is not a table.", key=path))
        self.path = path
        self._content: Mapping[str, Any] = content
        known = frozenset(keys)
        for key in content:
            if key not in known:
                raise RecordFault(
                    "unknown-key",
                    Message("{key} is not a key of the record format.", key=self.name_of(key)),
                )

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def name_of(self, key: str) -> str:
        """The whole dotted name of a key, as faults give it: `steps[3].actor`."""
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, reason: Message) -> RecordFault:
        """A fault of the value of `key`, to be raised; `reason` says what is wrong with it."""
        return RecordFault(
            "value", Message("{key}: {reason}", key=self.name_of(key), reason=reason)
        )

    def format(self) -> int:
        """The file's format, which must be the one that this program reads."""
        number = self.number("format", least=1, most=999_999)
        if number > layout.FORMAT:
            raise RecordFault(
                "newer-format",
                Message(
                    "It was written by a newer soptui (format {format}); update soptui.",
                    format=number,
                ),
            )
        return number

    def text(self, key: str) -> str:
        """One line of text; raises when the key is missing."""
        return self._line(self.name_of(key), self._required(key, str))

    def text_if_any(self, key: str) -> str:
        """One line of text, or an empty string when the key is absent."""
        return self.text(key) if key in self else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The lines of a list, none when the key is absent."""
        return tuple(
            self._line(f"{self.name_of(key)}[{position}]", line)
            for position, line in enumerate(self._items(key), start=1)
        )

    def slug(self, key: str) -> str:
        """The id of an officer, role, section, SOP or list entry."""
        return self._slug(key, self.text(key))

    def slug_if_any(self, key: str) -> str:
        """An id, or an empty string when the key is absent."""
        return self.slug(key) if key in self else ""

    def slugs(self, key: str) -> tuple[str, ...]:
        """The ids of a list, each once; none when the key is absent."""
        slugs = tuple(self._slug(key, slug) for slug in self.texts(key))
        self.require_unique(key, slugs)
        return slugs

    def number(self, key: str, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        return self._bounded(key, self._required(key, int), least, most)

    def number_if_any(self, key: str, *, least: int, most: int) -> int | None:
        """A whole number between two bounds, or None when the key is absent."""
        return self.number(key, least=least, most=most) if key in self else None

    def numbers(self, key: str, *, least: int, most: int) -> tuple[int, ...]:
        """The whole numbers of a list, each once; none when the key is absent."""
        items = self._items(key)
        if any(type(item) is not int for item in items):
            raise self._kind_fault(self.name_of(key))
        numbers = tuple(self._bounded(key, number, least, most) for number in items)
        self.require_unique(key, numbers)
        return numbers

    def flag(self, key: str) -> bool:
        """A truth value; false when the key is absent."""
        return key in self and self._required(key, bool)

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        """A word out of a fixed list."""
        word = self.text(key)
        if word not in list(choices):
            raise self.fault(
                key, Message("It can only be one of: {choices}.", choices=", ".join(choices))
            )
        return choices(word)

    def day(self, key: str) -> date:
        """A date without time."""
        return self._required(key, date)

    def day_if_any(self, key: str) -> date | None:
        """A date without time, or None when the key is absent."""
        return self.day(key) if key in self else None

    def time(self, key: str) -> time:
        """A time of day, in whole seconds."""
        value = self._required(key, time)
        if value.microsecond:
            raise self.fault(key, Message("A time has whole seconds."))
        return value

    def moment(self, key: str) -> datetime:
        """A date and time with its offset from UTC."""
        moment = self._required(key, datetime)
        if moment.tzinfo is None:
            raise self.fault(key, Message("The offset from UTC is missing."))
        return moment

    def moment_if_any(self, key: str) -> datetime | None:
        """A date and time with its offset from UTC, or None when the key is absent."""
        return self.moment(key) if key in self else None

    def table(self, key: str, keys: Iterable[str]) -> Table:
        """The table under `key`; raises when it is missing."""
        return Table(self._required(key, dict), keys, self.name_of(key))

    def table_if_any(self, key: str, keys: Iterable[str]) -> Table | None:
        """The table under `key`, or None when it is absent."""
        return self.table(key, keys) if key in self else None

    def tables(self, key: str, keys: Iterable[str]) -> Iterator[Table]:
        """The tables of a list of tables, none when the key is absent."""
        known = tuple(keys)
        for position, content in enumerate(self._items(key), start=1):
            yield Table(content, known, f"{self.name_of(key)}[{position}]")

    def require_unique(self, key: str, values: Iterable[Hashable]) -> None:
        """Raises when a value occurs twice among those that `key` holds."""
        seen: set[Hashable] = set()
        for value in values:
            if value in seen:
                raise RecordFault(
                    "duplicate",
                    Message("{key} has {value} twice.", key=self.name_of(key), value=value),
                )
            seen.add(value)

    def _required(self, key: str, kind: type[_Value]) -> _Value:
        if key not in self:
            raise RecordFault("missing-key", Message("{key} is missing.", key=self.name_of(key)))
        value = self._content[key]
        # Exactly: for Python a truth value is a number, and a date-time is a date.
        if type(value) is not kind:
            raise self._kind_fault(self.name_of(key))
        return value

    def _items(self, key: str) -> list[Any]:
        return self._required(key, list) if key in self else []

    def _line(self, name: str, line: object) -> str:
        if type(line) is not str:
            raise self._kind_fault(name)
        fault = fault_of(line)
        if fault is None and (not line or line != line.strip() or "\n" in line):
            fault = Message("It must be one line that neither begins nor ends with a blank.")
        if fault is not None:
            raise RecordFault("text", Message("{key}: {reason}", key=name, reason=fault))
        return line

    def _slug(self, key: str, slug: str) -> str:
        if not layout.is_slug(slug):
            raise self.fault(
                key,
                Message(
                    "{id} cannot be an id: lower-case letters, digits and hyphens, at most 32,"
                    " beginning with a letter.",
                    id=slug,
                ),
            )
        return slug

    def _bounded(self, key: str, number: int, least: int, most: int) -> int:
        if not least <= number <= most:
            raise self.fault(
                key,
                Message("It must be from {least} to {most}.", least=least, most=most),
            )
        return number

    def _kind_fault(self, name: str) -> RecordFault:
        return RecordFault(
            "kind-of-value", Message("{key} does not hold the kind of value it must.", key=name)
        )


def read_canonical(
    document: Mapping[str, Any],
    read: Callable[[Mapping[str, Any]], _Value],
    write: Callable[[_Value], dict[str, Any]],
) -> _Value:
    """What `read` makes of the document, if `write` gives just this document back.

    Raises `RecordFault` for keys out of order and for values that are written by leaving the key
    out, so that one content has one spelling.
    """
    value = read(document)
    difference = _difference(document, write(value), "")
    if difference is not None:
        raise RecordFault(
            "not-canonical",
            Message(
                "{key} is out of its order, or holds what is written by leaving it out.",
                key=difference,
            ),
        )
    return value


def without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table without the keys whose absence says the same: nothing, empty, false."""
    return {
        key: value
        for key, value in table.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def _difference(found: object, expected: object, path: str) -> str | None:
    """The dotted name of the first place in which two documents differ, or None."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        for key, other in zip(found, expected, strict=False):
            if key != other:
                return f"{path}{key}"
            difference = _difference(found[key], expected[key], f"{path}{key}.")
            if difference is not None:
                return difference
        if len(found) != len(expected):
            return f"{path}{list(found)[-1]}"
        return None
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for position, (one, other) in enumerate(zip(found, expected, strict=True), start=1):
            difference = _difference(one, other, f"{path.removesuffix('.')}[{position}].")
            if difference is not None:
                return difference
        return None
    return None if found == expected else path.removesuffix(".")
