"""A list taken over from a file: sections, instructions, codes or applications."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from soptui.desk.files import read_named
from soptui.desk.office.office_edits import Details, merged
from soptui.desk.office.office_file import Edit
from soptui.domain.administration.office_parts import (
    APPLICATION,
    CODE,
    INSTRUCTION,
    LISTS,
    PARTS,
    SECTION,
)
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Office
from soptui.domain.text import tidy_line
from soptui.records.attachments.lists import Rows, tables_in
from soptui.records.clone.genesis import starter_lists
from soptui.records.files import layout

_LARGEST = 4 * 1024 * 1024
_COLUMNS = {
    "id": ("id", "kode", "code", "value", "nama", "name"),
    "text": ("title", "text", "uraian", "judul", "isi", "nama", "name", "klasifikasi", "teks"),
    "number": ("number", "nomor", "no"),
    "active_years": ("active_years", "aktif", "retensi_aktif"),
    "inactive_years": ("inactive_years", "inaktif", "retensi_inaktif"),
    "fate": ("fate", "nasib", "nasib_akhir"),
    "source": ("source", "sumber"),
}
"""The heads of columns that are understood, in the words of the file and of an office."""


def list_in(name: str, *, word: str = "", only: Sequence[str] = ()) -> Edit:
    """The edit that takes over the lists of a file.

    `name` is a CSV or TOML file, or one of the lists that come along. `word` says which list a CSV
    is, where its columns do not; `only` keeps the codes that are one of these or below it. Raises
    `Refusal`.
    """
    known = starter_lists()
    if name in known and not Path(name).exists():
        content, is_toml = known[name].read_bytes(), known[name].suffix == ".toml"
    else:
        path = Path(name)
        content, is_toml = read_named(path, _LARGEST), path.suffix.lower() == ".toml"
    tables = tables_in(content, is_toml=is_toml)
    _refuse_newer(tables)
    edits = []
    for key, rows in tables.items():
        which = word if not key else _word_of(key)
        if which is not None and (rows := [row for row in rows if any(row.values())]):
            which = which or _guessed(rows)
            taken = [_entry(which, row) for row in rows]
            kept = [one for one in taken if not (only and which == CODE.word) or _below(one, only)]
            edits.append(merged(which, kept))
    if not edits:
        raise Refusal(
            Message(
                "The file {name} has none of the office's lists. Nothing was changed. A CSV has a "
                "head line such as code,title; a TOML file has tables such as [[units]].",
                name=name,
            )
        )

    def edit(office: Office) -> Office:
        for one in edits:
            office = one(office)
        return office

    return edit


def _refuse_newer(tables: dict[str, Rows]) -> None:
    given = tables.get("format", [{}])[0].get("value", "")
    if given.isdigit() and int(given) > layout.FORMAT:
        raise Refusal(
            Message(
                "The file was written by a newer soptui (format {format}). Nothing was changed. "
                "Update soptui, and import it then.",
                format=int(given),
            )
        )


def _word_of(key: str) -> str | None:
    """The word of the list that is a table of a TOML file; None for a table of something else."""
    if key == "applications":
        return APPLICATION
    return next((part.word for part in PARTS.values() if part.key == key), None)


def _guessed(rows: Rows) -> str:
    """Which list the rows of a CSV are, by their columns and their ids."""
    first = rows[0]
    if any(name in first for name in _COLUMNS["number"]):
        return INSTRUCTION.word
    code = _cell(first, "id")
    if code[:1].isdigit():
        return CODE.word
    if code and _cell(first, "text") and layout.is_slug(code):
        return SECTION.word
    raise Refusal(
        Message(
            "It does not show which list this is. Nothing was changed. Say it with --list: "
            "{words}.",
            words=", ".join(LISTS),
        )
    )


def _entry(word: str, row: dict[str, str]) -> tuple[str, str, Details]:
    entry_id = _cell(row, "id")
    if not entry_id:
        raise Refusal(
            Message(
                "A line of the list has no code: {line}. Nothing was changed. Give each line one.",
                line=", ".join(filter(None, row.values())),
            )
        )
    more = {
        key: value
        for key in ("number", "active_years", "inactive_years", "fate", "source")
        if (value := _cell(row, key))
    }
    return entry_id, _cell(row, "text"), more


def _cell(row: dict[str, str], column: str) -> str:
    return next((tidy_line(row[name]) for name in _COLUMNS[column] if row.get(name)), "")


def _below(entry: tuple[str, str, Details], only: Sequence[str]) -> bool:
    code = entry[0]
    return any(code == one or code.startswith(f"{one}.") for one in only)
