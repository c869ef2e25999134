"""Filters of lists of cases that a person has saved under names: the table `filters`.

    [filters]
    "From the Bupati" = { words = "bupati", sort = "urgency" }
    "Quarter" = "triwulan iv"

A text alone is the words. A wrong filter is named in a sentence and left out; the rest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soptui.desk.settings.config_file import SettingsFault, config_path, edit_table
from soptui.domain.message import Message

SORTS = ("deadline", "urgency", "sent", "last", "agenda", "subject")
"""The orders in which a list of cases can be put."""

LONGEST_NAME = 40
_LONGEST_WORDS = 200
_FIELDS = frozenset({"words", "sort"})


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """Words to look for and an order, under a name; an empty `sort` leaves the order as it is."""

    name: str
    words: str = ""
    sort: str = ""


def filters_in(
    config: Mapping[str, Any], path: Path
) -> tuple[tuple[SavedFilter, ...], tuple[Message, ...]]:
    """The filters in a configuration, and a sentence for each that is wrong."""
    found: list[SavedFilter] = []
    wrong: list[Message] = []
    for name, value in config.get("filters", {}).items():
        fields = {"words": value} if isinstance(value, str) else value
        if isinstance(fields, Mapping) and _fits(name, fields):
            found.append(SavedFilter(name, **fields))
        else:
            wrong.append(_refusal(name, path))
    return tuple(found), tuple(wrong)


def save_filter(one: SavedFilter, path: Path | None = None) -> None:
    """Keep a filter, in the place of one of the same name. Raises `SettingsFault`."""
    path = path or config_path()
    fields = {"words": one.words, "sort": one.sort}
    if not _fits(one.name, fields):
        raise SettingsFault(_refusal(one.name, path))
    edit_table("filters", one.name, {key: text for key, text in fields.items() if text}, path)


def forget_filter(name: str, path: Path | None = None) -> None:
    """Take a filter out of the file. Raises `SettingsFault`."""
    edit_table("filters", name, None, path or config_path())


def _fits(name: str, fields: Mapping[str, Any]) -> bool:
    words, sort = fields.get("words", ""), fields.get("sort", "")
    return (
        _FIELDS.issuperset(fields)
        and 0 < len(name.strip()) <= LONGEST_NAME
        and name.isprintable()
        and isinstance(words, str)
        and len(words) <= _LONGEST_WORDS
        and words.isprintable()
        and sort in ("", *SORTS)
    )


def _refusal(name: str, path: Path) -> Message:
    return Message(
        "In the configuration {path}, the filter {name} must have a name of at most {most} "
        "letters, and words and an order ({sorts}) as texts. Nothing was changed. Correct it.",
        path=str(path),
        name=name,
        most=LONGEST_NAME,
        sorts=", ".join(SORTS),
    )
