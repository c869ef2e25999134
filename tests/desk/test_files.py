"""Files that are taken in from the officer's machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import pytest

from soptui.desk import FileToAttach, files
from soptui.desk.files import read_named, take_in
from soptui.domain.message import Refusal
from soptui.records.platform.plain_file import open_plain


def refusal(path: Path, limit: int = 100) -> str:
    with pytest.raises(Refusal) as refused:
        take_in([FileToAttach(path)], limit)
    return str(refused.value.message)


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "bukti dukung.txt"
    path.write_bytes(b"isi")
    ((file, content),) = take_in([FileToAttach(path)], 100).items()
    assert (file.name, file.size, content) == ("bukti dukung.txt", 3, b"isi")


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "kosong").touch()
    assert list(take_in([FileToAttach(tmp_path / "kosong")], 0).values()) == [b""]


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "nowhere")
    assert "There is no file" in refusal(tmp_path / "a\nb\x1b[31m")
    assert "is a folder" in refusal(tmp_path)
    assert "not an ordinary file" in refusal(Path("/dev/null"))
    os.mkfifo(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(tmp_path / "pipe")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "besar"
    path.write_bytes(b"x" * 101)
    assert "101 bytes of at most 100" in refusal(path)


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tumbuh"
    path.write_bytes(b"satu")

    def grown(path: Path) -> IO[bytes]:
        with path.open("ab") as file:
            file.write(b"dua")
        return open_plain(path)

    monkeypatch.setattr(files, "open_plain", grown)
    assert "changed while it was read" in refusal(path)


def test_a_name_that_records_may_not_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fdp.\u202eexe"
    path.write_bytes(b"x")
    assert "U+202E" in refusal(path)


def test_only_an_ordinary_file_of_some_size_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(Refusal, match="not an ordinary file"):
            read_named(path, 10)
    with pytest.raises(Refusal, match="it is a folder"):
        read_named(tmp_path, 10)
    with pytest.raises(Refusal, match="no such file"):
        read_named(tmp_path / "nothing", 10)
    (tmp_path / "file").write_bytes(bytes(11))
    with pytest.raises(Refusal, match="too large"):
        read_named(tmp_path / "file", 10)
    assert read_named(tmp_path / "file", 11) == bytes(11)
