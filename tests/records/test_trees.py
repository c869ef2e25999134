from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.records.git import GitDirectory
from soptui.records.objects import EMPTY_TREE, ObjectReader, ObjectWriter, object_id
from soptui.records.trees import (
    TreeEntry,
    TreeFault,
    build_tree,
    find,
    find_entry,
    parse_tree,
    remove,
    replace_paths,
    splice,
)

A, B = "a" * 40, "b" * 40
RAW_ID = b"\xaa" * 20


@pytest.fixture
def reader(repository: GitDirectory) -> Iterator[ObjectReader]:
    with ObjectReader(repository) as reader:
        yield reader


def replaced(
    repository: GitDirectory, reader: ObjectReader, root: str, files: dict[str, bytes]
) -> str:
    writer = ObjectWriter(repository)
    blobs = {path: writer.write("blob", content) for path, content in files.items()}
    new = replace_paths(reader, writer, root, blobs)
    writer.flush()
    return new


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(TreeFault) as caught:
        act()
    return caught.value.code


names = st.text("abcxyz0189.-_", min_size=1, max_size=6).filter(
    lambda name: name not in {".", ".."}
)
ids = st.binary(min_size=20, max_size=20).map(bytes.hex)
entries = st.builds(TreeEntry, names, ids, st.booleans())
folders = st.lists(entries, unique_by=lambda entry: entry.name, max_size=12)


@given(folder=folders)
def test_a_tree_is_read_back_as_it_was_built(folder: list[TreeEntry]) -> None:
    raw = build_tree(folder)
    assert sorted(parse_tree(raw)) == sorted(folder)
    assert build_tree(parse_tree(raw)) == raw


@given(folder=folders, entry=entries)
def test_a_splice_gives_the_tree_that_building_would(
    folder: list[TreeEntry], entry: TreeEntry
) -> None:
    raw = build_tree(folder)
    others = [other for other in folder if other.name != entry.name]
    if any(other.name == entry.name and other.is_folder != entry.is_folder for other in folder):
        assert code_of(lambda: splice(raw, entry)) == "kind"
    else:
        changed = splice(raw, entry)
        assert changed == build_tree([*others, entry])
        assert find(changed, entry.name) == entry
    assert remove(raw, entry.name) == build_tree(others)
    assert find(remove(raw, entry.name), entry.name) is None


def test_an_object_id_that_spells_an_entry_is_not_one() -> None:
    decoy = (b"..100644 case.toml\0" + bytes(20))[:20]
    raw = build_tree([TreeEntry("a.toml", decoy.hex()), TreeEntry("b.toml", A)])
    assert b"100644 case.toml\0" in raw
    assert find(raw, "case.toml") is None
    changed = splice(raw, TreeEntry("case.toml", B))
    assert [entry.name for entry in parse_tree(changed)] == ["a.toml", "b.toml", "case.toml"]
    assert find(changed, "case.toml") == TreeEntry("case.toml", B)


@pytest.mark.parametrize("mode", [b"100755", b"120000", b"160000", b"040000", b"100664", b""])
def test_links_executables_submodules_and_odd_modes_are_refused(mode: bytes) -> None:
    assert code_of(lambda: parse_tree(mode + b" case.toml\0" + RAW_ID)) == "form"


@pytest.mark.parametrize(
    "name",
    [b".", b"..", b".git", b".GIT", b"git~1", b"a/b", b"a b", b"a\x1b[31m", "é".encode(), b"\x7f"],
)
def test_dangerous_names_are_refused(name: bytes) -> None:
    assert code_of(lambda: parse_tree(b"100644 " + name + b"\0" + RAW_ID)) == "name"


@pytest.mark.parametrize("name", ["", ".", "..", ".git", "a\0b", "é"])
def test_dangerous_names_are_never_written(name: str) -> None:
    assert code_of(lambda: build_tree([TreeEntry(name, A)])) == "name"
    assert code_of(lambda: splice(b"", TreeEntry(name, A))) == "name"


@pytest.mark.parametrize(
    "raw",
    [
        b"100644 a",
        b"100644 a\0" + RAW_ID[:-1],
        b"100644 a\0" + RAW_ID + b"x",
        b"100644 \0" + RAW_ID,
    ],
)
def test_a_cut_or_lengthened_tree_is_refused(raw: bytes) -> None:
    assert code_of(lambda: parse_tree(raw)) == "form"


def test_a_tree_out_of_order_or_with_a_name_twice_is_refused() -> None:
    a, b = b"100644 a\0" + RAW_ID, b"100644 b\0" + RAW_ID
    for raw in (b + a, a + a, a + b"100644 a.b\0" + RAW_ID + b"40000 a\0" + RAW_ID):
        assert code_of(lambda raw=raw: parse_tree(raw)) == "order"
    assert code_of(lambda: build_tree([TreeEntry("a", A), TreeEntry("a", B, True)])) == "order"


def test_stock_git_sees_the_paths_that_were_set(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    first = replaced(
        repository,
        reader,
        EMPTY_TREE,
        {"office.toml": b"1", "cases/2026/2026-k7m3qd9x.toml": b"2", "cases/2026/a.toml": b"3"},
    )
    second = replaced(
        repository,
        reader,
        first,
        {"cases/2026/2026-k7m3qd9x.toml": b"22", "attachments/ab/cd": b"4"},
    )
    listed = repository.run("ls-tree", "-r", "--full-tree", operands=[second]).decode()
    assert dict(line.split("\t")[::-1] for line in listed.splitlines()) == {
        path: f"100644 blob {object_id('blob', content)}"
        for path, content in {
            "attachments/ab/cd": b"4",
            "cases/2026/2026-k7m3qd9x.toml": b"22",
            "cases/2026/a.toml": b"3",
            "office.toml": b"1",
        }.items()
    }
    changed = repository.run("diff-tree", "-r", "--name-only", operands=[first, second]).decode()
    assert changed.split() == ["attachments/ab/cd", "cases/2026/2026-k7m3qd9x.toml"]
    repository.run("fsck", "--strict")


def test_a_path_is_found_or_not(repository: GitDirectory, reader: ObjectReader) -> None:
    root = replaced(repository, reader, EMPTY_TREE, {"cases/2026/a.toml": b"1"})
    found = find_entry(reader, root, "cases/2026/a.toml")
    assert found == TreeEntry("a.toml", object_id("blob", b"1"))
    assert find_entry(reader, root, "cases/2026/b.toml") is None
    assert find_entry(reader, root, "cases/2027/a.toml") is None
    assert find_entry(reader, root, "cases/2026/a.toml/b") is None


def test_a_file_never_becomes_a_folder_nor_the_other_way(
    repository: GitDirectory, reader: ObjectReader
) -> None:
    root = replaced(repository, reader, EMPTY_TREE, {"cases/a": b"1"})
    for path in ("cases", "cases/a/b"):
        assert code_of(lambda path=path: replaced(repository, reader, root, {path: b"2"})) == "kind"


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.git/config"])
def test_odd_paths_are_refused(repository: GitDirectory, reader: ObjectReader, path: str) -> None:
    act = lambda: replaced(repository, reader, EMPTY_TREE, {path: b"1"})  # noqa: E731
    assert code_of(act) == "name"


@given(junk=st.binary(max_size=120), name=names)
def test_any_bytes_are_a_tree_or_a_fault(junk: bytes, name: str) -> None:
    for act in (
        lambda: parse_tree(junk),
        lambda: find(junk, name),
        lambda: splice(junk, TreeEntry(name, A)),
        lambda: remove(junk, name),
        lambda: splice(b"100644 " + junk, TreeEntry(name, A)),
    ):
        try:
            act()
        except TreeFault as fault:
            assert fault.code in {"form", "name", "order", "kind"}  # noqa: PT017
