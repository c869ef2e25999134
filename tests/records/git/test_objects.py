from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from soptui.domain.ids import ObjectId
from soptui.records.git.objects import (
    EMPTY_TREE,
    Kind,
    ObjectFault,
    ObjectReader,
    ObjectWriter,
    object_id,
)
from soptui.records.git.process import GitDirectory

LIMIT = 64 * 1024
MISSING = "0123456789" * 4


@pytest.fixture
def reader(repository: GitDirectory) -> Iterator[ObjectReader]:
    with ObjectReader(repository) as reader:
        yield reader


def stored(repository: GitDirectory, *blobs: bytes) -> list[ObjectId]:
    writer = ObjectWriter(repository)
    oids = [writer.write("blob", blob) for blob in blobs]
    writer.flush()
    return oids


def loose(repository: GitDirectory, oid: str) -> Path:
    return repository.objects / oid[:2] / oid[2:]


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def fault_of(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(ObjectFault) as caught:
        act()
    return caught.value.code, caught.value.oid


def test_stock_git_accepts_what_is_written(repository: GitDirectory) -> None:
    writer = ObjectWriter(repository)
    blob = writer.write("blob", b"format = 1\n")
    tree = writer.write("tree", b"100644 office.toml\0" + bytes.fromhex(blob))
    writer.flush()
    assert repository.run("cat-file", "blob", operands=[blob]) == b"format = 1\n"
    checked = subprocess.run(
        ["git", "-C", repository.path, "fsck", "--strict"], capture_output=True, check=True,
        env=os.environ | {"LC_ALL": "C"},
    )  # fmt: skip
    assert f"dangling tree {tree}".encode() in checked.stdout
    assert loose(repository, blob).stat().st_mode & 0o777 == 0o444


def test_what_is_written_is_read_back(repository: GitDirectory, reader: ObjectReader) -> None:
    empty, long = stored(repository, b"", b"x" * LIMIT)
    assert reader.read(empty, "blob", LIMIT) == b""
    assert reader.read(long, "blob", LIMIT) == b"x" * LIMIT
    assert reader.read(EMPTY_TREE, "tree", LIMIT) == b""


def test_nothing_is_on_disk_before_the_flush(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    writer = ObjectWriter(repository)
    oid = writer.write("blob", b"draft")
    assert not reader.has(oid)
    writer.flush()
    assert reader.has(oid)


def test_many_objects_come_in_order_however_large_the_answers(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    """The answers are many times what a pipe holds while the questions are being written."""
    blobs = [str(number).encode() * 1000 for number in range(1000)]
    oids = stored(repository, *blobs)
    assert list(reader.read_many(oids, "blob", LIMIT)) == blobs
    repository.run("repack", "-adkq")
    assert list(reader.read_many(reversed(oids), "blob", LIMIT)) == blobs[::-1]


def test_large_objects_are_not_gathered(repository: GitDirectory, reader: ObjectReader) -> None:
    blobs = [bytes([number]) * 5_000_000 for number in range(4)]
    oids = stored(repository, *blobs)
    assert list(reader.read_many(oids, "blob", 5_000_000)) == blobs


def test_threads_may_share_a_reader(repository: GitDirectory, reader: ObjectReader) -> None:
    blobs = [str(number).encode() * 50 for number in range(300)]
    oids = stored(repository, *blobs)
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda _: list(reader.read_many(oids, "blob", LIMIT)), range(8))
        assert all(answer == blobs for answer in answers)


def test_a_reading_that_is_given_up_does_not_disturb_the_next(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    oids = stored(repository, b"first", b"second", b"third")
    assert next(reader.read_many(oids, "blob", LIMIT)) == b"first"
    assert reader.read(oids[2], "blob", LIMIT) == b"third"


def test_an_object_stored_later_is_found(repository: GitDirectory, reader: ObjectReader) -> None:
    (first,) = stored(repository, b"first")
    assert reader.read(first, "blob", LIMIT) == b"first"
    (later,) = stored(repository, b"later")
    repository.run("repack", "-adkq")
    assert reader.read(later, "blob", LIMIT) == b"later"


def test_missing_wrong_and_too_large_objects_are_named(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    small, large = stored(repository, b"small", b"x" * 101)
    assert fault_of(lambda: reader.read(MISSING, "blob", 100)) == ("missing", MISSING)
    assert fault_of(lambda: reader.read(small, "tree", 100)) == ("kind", small)
    assert fault_of(lambda: reader.read(large, "blob", 100)) == ("size", large)
    assert fault_of(lambda: list(reader.read_many([small, large], "blob", 100))) == ("size", large)
    assert reader.read(small, "blob", 100) == b"small"


@pytest.mark.parametrize("oid", ["", "HEAD", "abc", MISSING[:-1], MISSING + "\n", "é" * 40])
def test_only_a_full_id_is_an_id(reader: ObjectReader, oid: str) -> None:
    assert fault_of(lambda: reader.read(oid, "blob", LIMIT)) == ("id", oid)
    assert fault_of(lambda: reader.has(oid)) == ("id", oid)


def test_a_bomb_is_refused_by_its_size(repository: GitDirectory, reader: ObjectReader) -> None:
    (bomb,) = stored(repository, bytes(50_000_000))
    assert loose(repository, bomb).stat().st_size < 500_000
    assert fault_of(lambda: reader.read(bomb, "blob", LIMIT)) == ("size", bomb)


def test_bytes_under_the_id_of_others_are_refused(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    """Git itself shows the false bytes."""
    honest, other = stored(repository, b"nilai = 90\n", b"nilai = 99\n")
    overwrite(loose(repository, honest), loose(repository, other).read_bytes())
    assert repository.run("cat-file", "blob", operands=[honest]) == b"nilai = 99\n"
    assert fault_of(lambda: reader.read(honest, "blob", LIMIT)) == ("hash", honest)
    assert reader.read(other, "blob", LIMIT) == b"nilai = 99\n"


@pytest.mark.parametrize("damage", [b"", b"not zlib", zlib.compress(b"blob 5\0hello")[:-6]])
def test_a_damaged_object_is_refused_and_the_next_is_read(
    repository: GitDirectory, reader: ObjectReader, damage: bytes
) -> None:
    broken, sound = stored(repository, b"hello", b"sound")
    overwrite(loose(repository, broken), damage)
    code, oid = fault_of(lambda: reader.read(broken, "blob", LIMIT))
    assert (code in {"missing", "unreadable"}, oid) == (True, broken)
    assert reader.read(sound, "blob", LIMIT) == b"sound"


@pytest.mark.parametrize("announced", [6, LIMIT])
def test_git_that_announces_more_than_it_sends_is_not_waited_for(
    repository: GitDirectory, announced: int
) -> None:
    (oid,) = stored(repository, b"hello")
    overwrite(loose(repository, oid), zlib.compress(b"blob %d\0hello" % announced))
    with ObjectReader(repository, patience=0.2) as reader:
        assert fault_of(lambda: reader.read(oid, "blob", LIMIT)) == ("unreadable", oid)


def test_a_repository_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    with ObjectReader(GitDirectory.at(tmp_path / "gone")) as reader:
        assert fault_of(lambda: reader.read(MISSING, "blob", LIMIT)) == ("unreadable", MISSING)
        assert fault_of(lambda: reader.has(MISSING)) == ("unreadable", MISSING)


def test_replace_refs_have_no_say(repository: GitDirectory, reader: ObjectReader) -> None:
    honest, other = stored(repository, b"honest", b"other")
    subprocess.run(["git", "-C", repository.path, "replace", honest, other], check=True)
    assert reader.read(honest, "blob", LIMIT) == b"honest"


@pytest.mark.parametrize("damage", [b"", b"\0" * 20, b"x\x9c"])
def test_what_a_crash_left_damaged_is_written_again(
    repository: GitDirectory, reader: ObjectReader, damage: bytes
) -> None:
    (oid,) = stored(repository, b"hello")
    overwrite(loose(repository, oid), damage)
    stored(repository, b"hello")
    assert reader.read(oid, "blob", LIMIT) == b"hello"


def test_a_sound_object_is_left_alone(repository: GitDirectory) -> None:
    (oid,) = stored(repository, b"hello")
    before = loose(repository, oid).stat()
    stored(repository, b"hello")
    after = loose(repository, oid).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_every_object_and_name_is_synced_before_the_flush_returns(
    repository: GitDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", note)
    (oid,) = stored(repository, b"hello")
    folder = loose(repository, oid).parent
    assert synced[0].startswith(f"{folder}/tmp_obj_")
    assert set(synced[1:]) == {str(folder), str(repository.objects)}


def test_a_full_disk_leaves_nothing_half_written(
    repository: GitDirectory, reader: ObjectReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = ObjectWriter(repository)
    oid = writer.write("blob", b"hello")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            writer.flush()
    assert not reader.has(oid)
    assert [path for path in repository.objects.rglob("*") if path.is_file()] == []
    writer.flush()
    assert reader.read(oid, "blob", LIMIT) == b"hello"


@pytest.mark.parametrize(
    ("kind", "data"), [("blob", b""), ("blob", b"hello\n"), ("tree", b""), ("blob", b"\0" * 999)]
)
def test_an_id_is_what_git_computes(repository: GitDirectory, kind: Kind, data: bytes) -> None:
    computed = repository.run("hash-object", "-t", kind, "--stdin", stdin=data)
    assert object_id(kind, data) == computed.decode().strip()


def test_what_was_begun_is_completed_by_the_flush(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    with ObjectWriter(repository) as writer:
        first = writer.write("blob", b"first")
        writer.begin()
        second = writer.write("blob", b"second")
        writer.flush()
    assert [reader.read(oid, "blob", LIMIT) for oid in (first, second)] == [b"first", b"second"]


def test_what_was_begun_and_given_up_leaves_no_file(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    with ObjectWriter(repository) as writer:
        oid = writer.write("blob", b"hello")
        writer.begin()
    assert not reader.has(oid)
    assert [path for path in repository.objects.rglob("*") if path.is_file()] == []


def test_a_fault_while_something_else_was_awaited_is_told_by_the_flush(
    repository: GitDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with ObjectWriter(repository) as writer:
        writer.write("blob", b"hello")
        writer.begin()
        with pytest.raises(OSError, match="No space left"):
            writer.flush()
    assert [path for path in repository.objects.rglob("*") if path.is_file()] == []
