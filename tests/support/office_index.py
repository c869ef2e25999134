"""An office's index: its file, and an index made from nothing to hold it against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.records.index.index import Index
from soptui.records.index.index import index_path as path_of_index
from tests.support.office_repository import OfficeFixture


def index_path(office: OfficeFixture) -> Path:
    return path_of_index(office.repository.root)


def index_files(office: OfficeFixture) -> list[Path]:
    """The index's file, and those that SQLite keeps beside it."""
    path = index_path(office)
    return list(path.parent.glob(f"{path.name}*"))


def rebuilt(office: OfficeFixture) -> dict[str, list[tuple[object, ...]]]:
    """The contents of an index made from nothing, in a file of its own."""
    files = index_files(office)
    aside = [file.rename(file.with_name(f"aside-{file.name}")) for file in files]
    try:
        with Index.open(office.repository) as fresh:
            fresh.update()
            return fresh.contents()
    finally:
        for file in index_files(office):
            file.unlink()
        for file, original in zip(aside, files, strict=True):
            file.rename(original)


@pytest.fixture
def index(office: OfficeFixture) -> Iterator[Index]:
    """The office's index, empty so far."""
    with Index.open(office.repository) as opened:
        yield opened
