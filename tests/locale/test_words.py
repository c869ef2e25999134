"""One thing has one word: the Indonesian of catalogue, guide and starter records keeps to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from soptui.records.files.commit_message import REVIEW, VERBS
from tests.locale.words import LOST, MAINTENANCE, lost_in
from tests.support.programs import ROOT
from tools.catalogues import LOCALE, read, strings_of, uses_in_package

GUIDES = (ROOT / "docs" / "panduan.md",)
STARTER = (ROOT / "records" / "office.toml", *sorted((ROOT / "records" / "sops").rglob("*.toml")))

RIGHT_HERE = {
    "One line each: indicator | unit | target | actual | note": "a column's name",
    "Write each line as: indicator | unit | target | actual | note": "a column's name",
    "id or en": "codes of languages",
    "The language: id or en.": "codes of languages",
    "There is no language {code}; the language stays {current}. Choose one of: {all}.": "codes",
}
"""Msgids whose translation may have a word that lost, and why."""

PRINTED = ("identity", "title", "activity", "norm_printed", "output", "requirements")
"""Keys of the starter records that quote the office's documents; so do texts between quotes."""

DAILY = (
    "soptui/domain/actions/", "soptui/desk/actions/", "soptui/desk/forms/", "soptui/desk/words/",
    "soptui/tui/forms/", "soptui/tui/presentation/case", "soptui/tui/presentation/rows.py",
    "soptui/tui/presentation/outcomes.py", "soptui/tui/presentation/preview.py", "soptui/plain/",
    "soptui/tui/screens/tray.py",
    "soptui/tui/screens/cases.py", "soptui/tui/screens/case.py", "soptui/tui/screens/acting.py",
)  # fmt: skip
"""What makes the screens of whoever works through cases."""

LOST_BEFORE = {
    "Catatan tidak memuat SOP {sop}.": "Catatan t",
    "Blok memuat satu peristiwa.": "peristiwa",
    "telat {amount}": "telat",
    "Catat sidik jari ini di kertas.": "sidik jari",
    "Tidak ada yang diubah. Betulkan.": "Tidak ada yang diubah",
    "{hours} j {minutes}": "} j",
    "(yakin {confidence} %)": "} %",
    "Yang dapat: {who}.": "Yang dapat:",
    "kepala dapat membukanya kembali": "kepala",
    "Anda tandatangani": "tandatangani",
    "sebagai Plt, Plh, atau Pj.": "Plt",
    "Klon ini rusak": "Klon",
}
"""What stood in the catalogue before, and the word in it that lost."""


def translations() -> Iterator[tuple[str, str]]:
    """Every msgid of the Indonesian catalogue with its translation."""
    for message in read(LOCALE / "id" / "LC_MESSAGES" / "soptui.po"):
        if message.id:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            yield from ((msgid, text) for text in strings_of(message.string))


def test_the_catalogue_says_no_word_that_lost() -> None:
    amiss = [
        f"{text!r}: {word!r}, say {better}"
        for msgid, text in translations()
        if msgid not in RIGHT_HERE
        for word, better in lost_in(text)
    ]
    assert not amiss, "\n".join(amiss)


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_the_guides_say_no_word_that_lost(page: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    amiss = [f"{word!r}, say {better}" for word, better in lost_in(prose)]
    assert not amiss, "\n".join(amiss)


@pytest.mark.parametrize("path", STARTER, ids=lambda path: path.name)
def test_the_starter_records_say_no_word_that_lost(path: Path) -> None:
    amiss = [
        f"{text!r}: {word!r}, say {better}"
        for text in _own_words(tomllib.loads(path.read_text(encoding="utf-8")))
        for word, better in lost_in(text)
    ]
    assert not amiss, "\n".join(amiss)


def test_the_subjects_of_commits_say_no_word_that_lost() -> None:
    assert [word for text in (*VERBS.values(), REVIEW) for word in lost_in(text)] == []


def test_a_word_that_lost_is_found() -> None:
    for text, word in LOST_BEFORE.items():
        assert word in [found for found, _better in lost_in(text)], text


def test_no_exception_outlives_its_message() -> None:
    assert set(RIGHT_HERE) <= {msgid for msgid, _text in translations()}
    assert all(LOST.values())


def test_the_daily_screens_say_no_word_of_maintenance() -> None:
    daily = {
        form: use.path
        for use in uses_in_package()
        if use.path.startswith(DAILY)
        for form in use.forms
    }
    amiss = [
        f"{daily[msgid]}: {text!r}"
        for msgid, text in translations()
        if msgid in daily and MAINTENANCE.search(re.sub(r"{\w+}", "", text))
    ]
    assert not amiss, "\n".join(amiss)


def _own_words(value: Any, key: str = "") -> Iterator[str]:
    """The sentences that soptui wrote itself, without ids and what quotes a document."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _own_words(inner, name) if name not in PRINTED else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _own_words(inner, key)
    elif isinstance(value, str) and " " in value:
        yield re.sub(r'"[^"]*"', "", value)
