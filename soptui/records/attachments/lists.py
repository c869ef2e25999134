"""A list for the office file that somebody sent: read apart, handed on as plain rows."""

from __future__ import annotations

import json

from soptui.domain.message import Message, Refusal
from soptui.records.attachments.worker import WorkerFailed, read_apart

Rows = list[dict[str, str]]


def tables_in(content: bytes, *, is_toml: bool) -> dict[str, Rows]:
    """The rows of a CSV under the key "", or of the tables of a TOML file by their names.

    A single value or a list of texts becomes rows with the one key `value`. Raises `Refusal` when
    the file cannot be read. May take seconds.
    """
    kind = "toml" if is_toml else "csv"
    try:
        fault, tables = json.loads(
            read_apart("soptui.records.attachments.readers.lists", content, kind)
        )
    except (WorkerFailed, ValueError):
        fault, tables = "?", {}
    if fault == "no text":
        raise Refusal(
            Message(
                "The list is not plain text. Nothing was changed. Save it as CSV (UTF-8), and "
                "import that."
            )
        )
    if fault:
        raise Refusal(
            Message(
                "The list cannot be read as {kind}: {reason}. Nothing was changed. Save it as "
                "CSV with a head line, or as TOML.",
                kind=kind.upper(),
                reason=str(fault),
            )
        )
    return {str(key): rows for key, rows in tables.items()}
