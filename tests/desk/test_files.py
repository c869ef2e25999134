"""Files that are taken in from the officer's machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import pytest

from soptui.desk import FileToAttach, files
from soptui.desk.files import AlreadyThere, DoubtfulFile, read_named, save_as, take_in, take_in_sure
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


def test_an_empty_file_is_a_file_only_for_who_says_so(tmp_path: Path) -> None:
    """Follows open-eid/DigiDoc4-Client#471."""
    (tmp_path / "kosong").touch()
    with pytest.raises(DoubtfulFile, match="kosong is empty"):
        take_in_sure([FileToAttach(tmp_path / "kosong")], 0)
    sure = FileToAttach(tmp_path / "kosong", as_is=True)
    assert list(take_in_sure([sure], 0).values()) == [b""]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("surat.pdf", b"\xff\xd8\xff\xe0", "a JPEG picture"),
        ("surat.pdf", bytes(4096), "a file of an unknown kind"),
        ("rekap.xlsx", b"Indikator;Target\n", "a text"),
        ("foto.jpg", b"%PDF-1.4", "a PDF document"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_asked_about(
    name: str, content: bytes, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(
        DoubtfulFile, match=f"{name} is not what its name says: it seems to be {kind}"
    ):
        take_in_sure([FileToAttach(path)], 10_000)
    assert list(take_in_sure([FileToAttach(path, as_is=True)], 10_000).values()) == [content]


def test_files_of_one_name_are_numbered(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pindai.txt").write_text(folder, encoding="utf-8")
    files = [FileToAttach(tmp_path / folder / "pindai.txt") for folder in ("a", "b")]
    assert [file.name for file in take_in(files, 10)] == ["pindai.txt", "pindai (2).txt"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (" surat.txt ", "surat.txt"),
        (".bashrc", "bashrc"),
        ("CON.txt", "_CON.txt"),
        ("a\\b.txt", "a_b.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("su\u200brat.txt", "surat.txt"),
        ("fdp.\u202eexe.txt", "fdp.exe.txt"),
    ],
)
def test_a_file_goes_by_the_nearest_name_that_records_may_hold(
    name: str, kept: str, tmp_path: Path
) -> None:
    """Follows pazz/alot#126, OpenSID/OpenSID#7619: a path is taken as it is given."""
    (tmp_path / name).write_text("isi", encoding="utf-8")
    ((file, content),) = take_in([FileToAttach(tmp_path / name)], 10).items()
    assert (file.name, content) == (kept, b"isi")


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
    assert "101 B of at most 100 B" in refusal(path)
    assert "1.1 KB of at most 1 KB" in refusal(_sized(tmp_path / "lebih", 1025), 1024)


def _sized(path: Path, size: int) -> Path:
    path.write_bytes(b"x" * size)
    return path


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
    path = tmp_path / "surat\x1b[31m.pdf"
    path.write_bytes(b"x")
    assert "U+001B" in refusal(path)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_that_notepad_saved_is_read_as_it_was_meant(encoding: str, tmp_path: Path) -> None:
    """Follows hukkin/tomli#304, Nayjest/lm-proxy#79, influxdata/telegraf#1378."""
    path = tmp_path / "sop.toml"
    path.write_bytes("satu = 1\r\ndua = 2\r\n".encode(encoding))
    assert read_named(path, 100) == b"satu = 1\ndua = 2\n"


# --- out of a case --------------------------------------------------------------------------------


def test_what_is_saved_is_for_its_owner_alone_and_never_over_another_file(tmp_path: Path) -> None:
    place = save_as(b"isi", tmp_path / "surat.pdf")
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"isi", 0o600)
    with pytest.raises(AlreadyThere, match="already"):
        save_as(b"lain", tmp_path / "surat.pdf")
    assert place.read_bytes() == b"isi"
    assert save_as(b"lain", tmp_path / "surat.pdf", replace=True).read_bytes() == b"lain"
    assert [path.name for path in tmp_path.glob("*surat*")] == ["surat.pdf"]
    assert list(tmp_path.glob(".soptui*")) == []


def test_what_is_meant_for_others_can_be_read_by_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        place = save_as(b"isi", tmp_path / "permintaan", for_others=True)
    finally:
        os.umask(before)
    assert place.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("leads_on", [True, False])
def test_nothing_is_written_through_a_link(leads_on: bool, tmp_path: Path) -> None:
    target, link = tmp_path / "authorized_keys", tmp_path / "surat.pdf"
    if leads_on:
        target.write_bytes(b"milik saya")
    link.symlink_to(target)
    with pytest.raises(AlreadyThere):
        save_as(b"isi", link)
    assert link.is_symlink()
    save_as(b"isi", link, replace=True)
    assert not link.is_symlink()
    assert link.read_bytes() == b"isi"
    assert target.exists() is leads_on
    assert not leads_on or target.read_bytes() == b"milik saya"


@pytest.mark.parametrize("proposed", [".bashrc", "CON", "../../x", "surat.pdf ", "a" * 300])
def test_a_strangers_name_is_never_written_as_it_is(proposed: str, tmp_path: Path) -> None:
    place = save_as(b"isi", tmp_path, proposed)
    assert place.parent == tmp_path
    assert place.name != proposed
    assert not place.name.startswith(".")


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(Refusal, match="not an ordinary file"):
            save_as(b"isi", tmp_path / name, replace=True)
    with pytest.raises(Refusal, match="cannot be written"):
        save_as(b"isi", tmp_path / "nowhere" / "surat.pdf", replace=True)
    assert list(tmp_path.glob(".soptui*")) == []
