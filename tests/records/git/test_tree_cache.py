"""Trees computed from their changes, held to what stock Git sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.ids import NO_OBJECT, ObjectId
from soptui.records.git.objects import EMPTY_TREE, ObjectReader, ObjectWriter, object_id
from soptui.records.git.odd_trees import odd_changes
from soptui.records.git.process import GitDirectory
from soptui.records.git.tree_cache import Change, Trees
from soptui.records.git.trees import TreeFault
from tests.attacks.store import Store, tree_bytes

names = st.sampled_from(["a", "a.toml", "b", "cases", "cases.x", "z-1"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
contents = st.dictionaries(paths, st.sampled_from([b"1", b"2", b"3"]), max_size=8)


def without_clashes(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A path cannot be a file and a folder at once."""
    return {
        path: data
        for path, data in files.items()
        if not any(other.startswith(f"{path}/") for other in files)
    }


@given(before=contents.map(without_clashes), after=contents.map(without_clashes))
def test_changes_make_the_tree_that_holds_the_files(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    store = Store()
    first, second = (
        {path: ("100644", str(store.add("blob", data))) for path, data in files.items()}
        for files in (before, after)
    )
    roots = store.add_tree(first), store.add_tree(second)
    trees = Trees(store)
    changes = list(trees.diff(*roots))
    assert {one.path: one.new for one in changes if one.new} == {
        path: oid for path, (_, oid) in second.items() if first.get(path) != ("100644", oid)
    }
    assert {one.path for one in changes if not one.new} == first.keys() - second.keys()
    gone = {one.path: NO_OBJECT for one in changes if not one.new}
    came = {one.path: one.new for one in changes if one.new}
    assert trees.apply(trees.apply(roots[0], gone), came) == roots[1]
    assert dict(trees.files(roots[1])) == {path: oid for path, (_, oid) in second.items()}
    assert trees.top(roots[1]) == Trees(store).top(roots[1])


def test_stock_git_sees_the_files_that_were_set(repository: GitDirectory) -> None:
    writer = ObjectWriter(repository)
    files = {
        "attachments/ab/cd": b"4",
        "cases/2026/2026-k7m3qd9x.toml": b"22",
        "cases/2026/a.toml": b"3",
        "office.toml": b"1",
    }
    blobs = {path: writer.write("blob", content) for path, content in files.items()}
    made: dict[str, bytes] = {}
    old: dict[str, ObjectId] = {}
    with ObjectReader(repository) as reader:
        trees = Trees(reader)
        first = trees.apply(EMPTY_TREE, {"cases/2026/a.toml": blobs["office.toml"]}, made)
        second = trees.apply(first, blobs, made, old)
    for raw in made.values():
        writer.write("tree", raw)
    writer.flush()
    assert old == dict.fromkeys(files, "") | {"cases/2026/a.toml": object_id("blob", b"1")}
    listed = repository.run("ls-tree", "-r", "--full-tree", operands=[second]).decode()
    assert dict(line.split("\t")[::-1] for line in listed.splitlines()) == {
        path: f"100644 blob {oid}" for path, oid in blobs.items()
    }
    repository.run("fsck", "--strict")


def test_a_path_is_found_or_not() -> None:
    store = Store()
    blob = store.add("blob", b"1")
    trees = Trees(store)
    root = store.add_tree({"cases/2026/a.toml": ("100644", blob)})
    assert trees.lookup(root, "cases/2026/a.toml") == blob
    assert trees.lookup(root, "cases/2026/b.toml") == ""
    assert trees.lookup(root, "cases/2027/a.toml") == ""
    assert trees.lookup(root, "cases/2026/a.toml/b") == ""
    assert list(trees.diff(EMPTY_TREE, root)) == [Change("cases/2026/a.toml", ObjectId(""), blob)]


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(TreeFault) as caught:
        act()
    return caught.value.code


def test_a_file_never_becomes_a_folder_nor_the_other_way() -> None:
    store = Store()
    blob = store.add("blob", b"1")
    root = store.add_tree({"cases/a": ("100644", blob)})
    for path in ("cases", "cases/a/b"):
        assert code_of(partial(Trees(store).apply, root, {path: blob})) == "kind"


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.git/config"])
def test_odd_paths_are_refused(path: str) -> None:
    assert code_of(lambda: Trees(Store()).apply(EMPTY_TREE, {path: ObjectId("1" * 40)})) == "name"


def test_folders_deeper_than_those_of_the_records_are_not_followed() -> None:
    store = Store()
    oid, mode = store.add("blob", b"1"), "100644"
    for _ in range(5000):
        oid, mode = store.add("tree", tree_bytes([("a", mode, oid)])), "40000"
    trees = Trees(store)
    assert code_of(lambda: list(trees.files(oid))) == "depth"
    assert code_of(lambda: list(trees.diff(EMPTY_TREE, oid))) == "depth"


def test_more_folders_than_the_records_can_have_are_not_compared() -> None:
    store = Store()
    blob = store.add("blob", b"1")
    oid, mode = store.add("tree", tree_bytes([("a", "100644", blob)])), "40000"
    for _ in range(2):
        oid = store.add("tree", tree_bytes([(f"{n:03}", mode, oid) for n in range(260)]))
    trees = Trees(store)
    assert code_of(lambda: list(trees.diff(EMPTY_TREE, oid))) == "folders"


def test_what_is_odd_in_a_tree_is_told_as_stock_git_tells_it(repository: GitDirectory) -> None:
    entries = [
        ("a", "100755"), ("b", "120000"), ("c", "100664"), ("d", "160000"), ("e f", "100644"),
        ("g", "40000"), ("h\x1b", "100644"), ("i", "100644"),
    ]  # fmt: skip
    writer = ObjectWriter(repository)
    blob, other = writer.write("blob", b"1"), writer.write("blob", b"2")
    inner = writer.write("tree", tree_bytes([("x", "100755", blob)]))
    old = writer.write("tree", tree_bytes([("c", "100644", other), ("i", "100644", blob)]))
    new = writer.write("tree", tree_bytes(
        (name, mode, inner if mode == "40000" else blob) for name, mode in entries
    ))  # fmt: skip
    writer.flush()
    told = repository.run("diff-tree", "-r", "-z", "--no-abbrev", operands=[old, new]).split(b"\0")
    by_git = [
        (path.decode(), *(field.strip("0") for field in (mode, one, another)))
        for (_, mode, one, another, _), path in zip(
            (line.decode().split() for line in told[:-1:2]), told[1::2], strict=True
        )
    ]
    with ObjectReader(repository) as reader:
        changes = odd_changes(Trees(reader), old, new)
    assert [
        (change.path, *(field.strip("0") for field in (change.mode, change.old, change.new)))
        for change in changes
    ] == by_git
    assert len(by_git) == 7
