"""Filters of lists of cases that a person has saved under names: the table `filters`.

    [filters]
    "From the Bupati" = { words = "bupati", sort = "urgency" }
    "Quarter" = "triwulan iv"

A text alone is the words. A wrong filter is named in a sentence and left out; the rest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from soptui.desk.settings.config_file import SettingsFault, config_path, edit_table
from soptui.domain.case_filter import CaseOrder
from soptui.domain.message import Message

ORDERS = tuple(order for order in CaseOrder if order is not CaseOrder.REGISTERED)
"""The orders in which a list of cases can be put on a screen."""

LONGEST_NAME = 40
_LONGEST_WORDS = 200
_FIELDS = frozenset({"words", "sort"})


class SavedFilter(Struct, frozen=True):
    """Words to look for under a name, and an order; None leaves the order as it is."""

    name: str
    words: str = ""
    order: CaseOrder | None = None


def filters_in(
    config: Mapping[str, Any], path: Path
) -> tuple[tuple[SavedFilter, ...], tuple[Message, ...]]:
    """The filters in a configuration, and a sentence for each that is wrong."""
    found: list[SavedFilter] = []
    wrong: list[Message] = []
    for name, value in config.get("filters", {}).items():
        fields = {"words": value} if isinstance(value, str) else value
        if isinstance(fields, Mapping) and _fits(name, fields):
            sort = fields.get("sort")
            found.append(
                SavedFilter(name, fields.get("words", ""), CaseOrder(sort) if sort else None)
            )
        else:
            wrong.append(_refusal(name, path))
    return tuple(found), tuple(wrong)


def save_filter(one: SavedFilter, path: Path | None = None) -> None:
    """Keep a filter, in the place of one of the same name. Raises `SettingsFault`."""
    path = path or config_path()
    fields = {"words": one.words, "sort": one.order.value if one.order else ""}
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
        and sort in ("", *ORDERS)
    )


def _refusal(name: str, path: Path) -> Message:
    return Message(
        "In the configuration {path}, the filter {name} must have a name of at most {most} "
        "letters, and words and an order ({sorts}) as texts. Nothing was changed. Correct it.",
        path=str(path),
        name=name,
        most=LONGEST_NAME,
        sorts=", ".join(ORDERS),
    )
