"""The reader, in the worker, of lists for the office file: CSV with a head line, or TOML."""

from __future__ import annotations

import csv
import json
import tomllib
from importlib import import_module
from typing import Any

from soptui.records.attachments.plain import plain_text

# Once nothing can be loaded any more, a text may turn out to be in one of these.
for _encoding in ("cp1252", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_8_sig"):
    import_module(f"encodings.{_encoding}")

NO_TEXT = "no text"
_MOST_CHARACTERS = 4_000_000
_DELIMITERS = ";,|"

Tables = dict[str, list[dict[str, str]]]


def read(content: bytes, kind: str) -> bytes:
    """The answer for a file of the `kind` "csv" or "toml".

    A pair of a fault, empty where there is none, and the tables by their key; that of a CSV is "".
    """
    text = plain_text(content, _MOST_CHARACTERS)
    if text is None:
        return json.dumps([NO_TEXT, {}]).encode()
    try:
        tables = _toml(text) if kind == "toml" else {"": _csv(text)}
    except (ValueError, RecursionError, csv.Error) as error:
        return json.dumps([str(error) or "?", {}]).encode()
    return json.dumps(["", tables]).encode()


def _csv(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    delimiter = max(_DELIMITERS, key=lines[0].count)
    head, *rows = csv.reader(lines, delimiter=delimiter, strict=True)
    names = [name.strip().lower() for name in head]
    return [
        {name: cell.strip() for name, cell in zip(names, row, strict=False) if name} for row in rows
    ]


def _toml(text: str) -> Tables:
    tables: Tables = {}
    for key, value in tomllib.loads(text).items():
        if isinstance(value, list):
            tables[key] = [_row(one) for one in value]
        else:
            tables[key] = [{"value": str(value)}]
    return tables


def _row(one: Any) -> dict[str, str]:
    if not isinstance(one, dict):
        return {"value": str(one)}
    return {
        str(key): str(value) for key, value in one.items() if not isinstance(value, list | dict)
    }
