from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.ids import ObjectId
from soptui.records.git.objects import EMPTY_TREE
from soptui.records.git.trees import (
    TreeEntry,
    TreeFault,
    differing,
    find,
    is_plain,
    locate,
    parse_tree,
    put,
    remove,
)
from tests.attacks.store import tree_bytes

A, B = ObjectId("a" * 40), ObjectId("b" * 40)
RAW_ID = b"\xaa" * 20


def built(entries: list[TreeEntry]) -> bytes:
    """The tree with these entries, made without the code under test."""
    in_order = sorted(entries, key=lambda entry: entry.name + "/" * entry.is_folder)
    return tree_bytes(
        (entry.name, "40000" if entry.is_folder else "100644", entry.oid) for entry in in_order
    )


def with_entry(raw: bytes, entry: TreeEntry) -> bytes:
    return put(raw, locate(raw, entry.name), entry)


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
    raw = built(folder)
    assert sorted(parse_tree(raw)) == sorted(folder)
    assert built(parse_tree(raw)) == raw


@given(folder=folders, other=folders)
def test_two_trees_differ_in_the_entries_that_only_one_has(
    folder: list[TreeEntry], other: list[TreeEntry]
) -> None:
    both = folder[: len(folder) // 2]
    named = {entry.name for entry in both}
    second = both + [entry for entry in other if entry.name not in named]
    before, after = differing(built(folder), built(second))
    assert set(before.values()) == set(folder) - set(second)
    assert set(after.values()) == set(second) - set(folder)


@given(folder=folders, entry=entries)
def test_a_tree_changed_at_one_entry_is_the_one_that_building_would_give(
    folder: list[TreeEntry], entry: TreeEntry
) -> None:
    others = [other for other in folder if other.name != entry.name]
    before = entry._replace(oid=A)
    for raw in (built(others), built([*others, before])):
        changed = with_entry(raw, entry)
        assert changed == built([*others, entry])
        assert find(changed, entry.name) == entry
        assert remove(raw, entry.name) == built(others)
        assert find(remove(raw, entry.name), entry.name) is None
    with pytest.raises(TreeFault, match="kind"):
        with_entry(built([*others, before]), entry._replace(is_folder=not entry.is_folder))


def test_an_object_id_that_spells_an_entry_is_not_one() -> None:
    decoy = (b"..100644 case.toml\0" + bytes(20))[:20]
    raw = built([TreeEntry("a.toml", ObjectId(decoy.hex())), TreeEntry("b.toml", A)])
    assert b"100644 case.toml\0" in raw
    assert find(raw, "case.toml") is None
    changed = with_entry(raw, TreeEntry("case.toml", B))
    assert [entry.name for entry in parse_tree(changed)] == ["a.toml", "b.toml", "case.toml"]
    assert find(changed, "case.toml") == TreeEntry("case.toml", B)


def test_a_name_that_spells_an_entry_is_not_one() -> None:
    raw = tree_bytes([("0100644 cases", "100644", A), ("cases", "40000", B)])
    assert find(raw, "cases") == TreeEntry("cases", B, is_folder=True)
    assert find(raw[: len(raw) // 2], "cases") is None


def test_a_tree_is_plain_when_its_names_are_those_of_records() -> None:
    name = "2026-k7m3qd9x.toml"
    plain = tree_bytes([(name, "100644", A), ("cases", "40000", B)])
    assert is_plain(b"")
    assert is_plain(plain)
    assert find(plain, name) == TreeEntry(name, A)
    for odd in (f"0100644 {name}", "a\x1b", "a/b", "é"):
        assert not is_plain(tree_bytes([(odd, "100644", A)]))
    assert not is_plain(tree_bytes([(name, "100755", A)]))
    assert not is_plain(plain[:-1])


@pytest.mark.parametrize("mode", [b"100755", b"120000", b"160000", b"040000", b"100664", b""])
def test_links_executables_submodules_and_odd_modes_are_refused(mode: bytes) -> None:
    assert code_of(lambda: parse_tree(mode + b" case.toml\0" + RAW_ID)) == "form"


def test_a_folder_that_holds_nothing_is_refused() -> None:
    raw = built([TreeEntry("a", A), TreeEntry("b", EMPTY_TREE, is_folder=True)])
    assert code_of(lambda: parse_tree(raw)) == "form"
    assert code_of(lambda: differing(built([TreeEntry("a", A)]), raw)) == "form"
    named_alike = built([TreeEntry("b", EMPTY_TREE)])
    assert parse_tree(named_alike) == [TreeEntry("b", EMPTY_TREE)]


@pytest.mark.parametrize(
    "name",
    [b".", b"..", b".git", b".GIT", b"git~1", b"a/b", b"a b", b"a\x1b[31m", "é".encode(), b"\x7f"],
)
def test_dangerous_names_are_refused(name: bytes) -> None:
    assert code_of(lambda: parse_tree(b"100644 " + name + b"\0" + RAW_ID)) == "name"


@pytest.mark.parametrize("name", ["", ".", "..", ".git", "a\0b", "é"])
def test_dangerous_names_are_never_written(name: str) -> None:
    assert code_of(lambda: with_entry(b"", TreeEntry(name, A))) == "name"


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
        assert code_of(partial(parse_tree, raw)) == "order"


@given(junk=st.binary(max_size=120), name=names)
def test_any_bytes_are_a_tree_or_a_fault(junk: bytes, name: str) -> None:
    for act in (
        lambda: parse_tree(junk),
        lambda: find(junk, name),
        lambda: with_entry(junk, TreeEntry(name, A)),
        lambda: remove(junk, name),
        lambda: with_entry(b"100644 " + junk, TreeEntry(name, A)),
    ):
        try:
            act()
        except TreeFault as fault:
            assert fault.code in {"form", "name", "order", "kind"}  # noqa: PT017
