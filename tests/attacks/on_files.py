"""Attacks by paths, modes and trees (rows 13 to 15, 37, and the list)."""

from __future__ import annotations

from collections.abc import Callable

from soptui.domain.events import Note
from soptui.domain.ids import CaseId, OfficerId
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from soptui.records.git.objects import EMPTY_TREE
from tests.attacks.attack import attack
from tests.attacks.builder import CASE, NEW_CASE, OTHER_CASE, Records
from tests.attacks.keys import key_of
from tests.attacks.on_cases import noted
from tests.attacks.store import tree_bytes

PATH = layout.case_path(CASE)


def _with_path(name: str, path: str, code: str = "path", row: str = "14") -> None:
    def build(r: Records) -> None:
        r.note("staff-1", forged={"extra": {path: b"x"}})

    build.__name__ = name
    attack(row, code)(build)


for _name, _path, _row in (
    ("gitattributes", ".gitattributes", "15"),
    ("gitmodules", ".gitmodules", "15"),
    ("gitattributes_in_a_folder", "cases/2026/k/7/.gitattributes", "15"),
    ("git_folder", ".git/config", "15"),
    ("git_folder_in_capitals", ".GIT/hooks/post-checkout", "15"),
    ("parent_folder", "../../.ssh/authorized_keys", "14"),
    ("folder_twice", "cases/./2026/0/0/2026-00000000.toml", "14"),
    ("device_name", "cases/2026/0/0/con.toml", "14"),
    ("option", "-x", "14"),
    ("escape_sequence", "cases/2026/0/0/\x1b[31m.toml", "14"),
    ("capitals", "Cases/2026/0/0/2026-00000000.toml", "14"),
    ("letters_that_look_alike", "c\u0430ses/2026/0/0/2026-00000000.toml", "14"),
    ("decomposed_letters", "cases/2026/0/0/cafe\u0301.toml", "14"),
    ("bytes_that_are_not_utf_8_in_a_path", "cases/2026/0/0/\udcff.toml", "14"),
    ("backslashes", "cases\\2026\\0\\0\\2026-00000000.toml", "14"),
    ("case_in_the_folder_of_another_year", "cases/2025/0/0/2026-00000000.toml", "14"),
    ("case_without_a_year", "cases/0/0/2026-00000000.toml", "14"),
    ("line_feed_in_a_path", "cases/2026/0/0/2026-00000000.toml\n", "14"),
    ("workflow", ".github/workflows/x.yml", "15"),
    ("readme", "README.md", "14"),
):
    _with_path(_name, _path, row=_row)


_NEW = CaseId("2026-0a000000")


def _misplaced(name: str, path: str) -> None:
    """A case that is in order but for the folder that it is registered in."""

    def build(r: Records) -> None:
        event = r.event("penerima-1", r.case().entries[0].event.details, case=_NEW)
        data = r.header(_NEW) + case_file.encode_event(event)
        r.add(event, case=_NEW, extra={layout.case_path(_NEW): None, path: data})

    build.__name__ = name
    attack("14", "path", twin=lambda r: r.next(_NEW))(build)


for _name, _path in (
    ("case_in_the_folders_of_another", f"cases/2026/0/0/{_NEW}.toml"),
    ("case_in_its_folders_the_other_way_round", f"cases/2026/a/0/{_NEW}.toml"),
    ("case_in_one_folder_of_two_letters", f"cases/2026/0a/{_NEW}.toml"),
    ("case_in_the_folder_of_its_first_letter", f"cases/2026/0/{_NEW}.toml"),
    ("case_in_the_folder_of_its_year", f"cases/2026/{_NEW}.toml"),
    ("case_in_three_folders", f"cases/2026/0/a/0/{_NEW}.toml"),
):
    _misplaced(_name, _path)


@attack("14", "deleted", twin=noted)
def case_continued_in_the_folders_of_another(r: Records) -> None:
    event = r.event("staff-1", Note("x"))
    data = r.data(PATH) + case_file.encode_event(event)
    r.add(event, extra={PATH: None, layout.case_path(OTHER_CASE): data})


def _moded(r: Records, mode: str, oid: str) -> None:
    r.note("staff-1", forged={"extra": {PATH: (mode, oid)}})


@attack("13", "mode")
def symlink(r: Records) -> None:
    _moded(r, "120000", r.store.add("blob", b"/etc/passwd"))


@attack("13", "mode")
def gitlink(r: Records) -> None:
    _moded(r, "160000", r.genesis)


@attack("13", "mode")
def executable(r: Records) -> None:
    _moded(r, "100755", r.files()[PATH][1])


@attack("13", "mode")
def executable_event(r: Records) -> None:
    event = r.event("staff-1", Note("x"))
    block = case_file.encode_event(event)
    blob = r.store.add("blob", r.data(PATH) + block)
    message = commit_message.event_message(CASE, codec.block_id(block), event, r.genesis)
    r.commit("staff-1", {PATH: ("100755", blob)}, message, at=event.at)


def _odd_tree(name: str, change: Callable[[Records, list[tuple[str, str, str]]], bytes],
              code: str = "tree") -> None:  # fmt: skip
    """An honest event in a root folder that is written in an odd way."""

    def build(r: Records) -> None:
        event = r.event("staff-1", Note("x"))
        block = case_file.encode_event(event)
        files = r.files() | {PATH: ("100644", r.store.add("blob", r.data(PATH) + block))}
        root = r.store.add_tree(files)
        entries = _entries(r.store.objects[root][1])
        tree = r.store.add("tree", change(r, entries))
        message = commit_message.event_message(CASE, codec.block_id(block), event, r.genesis)
        r.commit("staff-1", {}, message, at=event.at, tree=tree)

    build.__name__ = name
    attack("14", code)(build)


def _entries(raw: bytes) -> list[tuple[str, str, str]]:
    entries = []
    while raw:
        head, _, rest = raw.partition(b"\0")
        mode, _, name = head.decode().partition(" ")
        entries.append((name, mode, rest[:20].hex()))
        raw = rest[20:]
    return entries


def _zero_padded(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    return tree_bytes((name, mode.zfill(6), oid) for name, mode, oid in entries)


def _unsorted(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    return tree_bytes(entries[::-1])


def _writable_by_group(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    return tree_bytes((name, mode.replace("644", "664"), oid) for name, mode, oid in entries)


def _with_empty_folder(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    empty = r.store.add("tree", b"")
    return tree_bytes(sorted([*entries, ("attachments", "40000", empty)]))


_odd_tree("zero_padded_modes", _zero_padded)
_odd_tree("unsorted_tree", _unsorted)
_odd_tree("writable_by_the_group", _writable_by_group)
_odd_tree("empty_folder", _with_empty_folder)


def _bomb(r: Records, entries: list[tuple[str, str, str]], innermost: bytes = b"") -> bytes:
    """A thousand million paths in five small trees, which lie as deep as cases do."""
    oid = r.store.add("tree", innermost)
    for _ in range(4):
        oid = r.store.add("tree", tree_bytes((f"{n:06}", "40000", oid) for n in range(200)))
    return tree_bytes([("0", "40000", oid), *entries])


def _bomb_of_links(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    return _bomb(r, entries, tree_bytes([("x", "120000", r.store.add("blob", b"/etc/passwd"))]))


_odd_tree("empty_folders_in_folders_in_folders", _bomb)
_odd_tree("links_in_folders_in_folders_in_folders", _bomb_of_links, "several-changes")


def _names_that_spell_entries(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    """Each name ends like the entry that every event of a case is searched by."""
    blob = r.store.add("blob", b"x")
    return tree_bytes([*((f"{n:07}40000 cases", "100644", blob) for n in range(20_000)), *entries])


_odd_tree("names_that_spell_entries", _names_that_spell_entries, "several-changes")


@attack("20", "unknown-key")
def empty_folders_in_folders_in_folders_by_a_stranger(r: Records) -> None:
    root = r.store.objects[r.store.add_tree(r.files())][1]
    tree = r.store.add("tree", _bomb(r, _entries(root)))
    r.note("staff-1", forged={"tree": tree, "key": key_of("a stranger")})


def _twice(r: Records, entries: list[tuple[str, str, str]]) -> bytes:
    cases = next(entry for entry in entries if entry[0] == "cases")
    place = entries.index(cases)
    return tree_bytes([*entries[:place], cases, *entries[place:]])


_odd_tree("name_twice_in_a_tree", _twice)


@attack("list", "object")
def tree_that_does_not_exist(r: Records) -> None:
    r.note("staff-1", forged={"tree": "1" * 40})


@attack("list", "object")
def blob_instead_of_a_tree(r: Records) -> None:
    r.note("staff-1", forged={"tree": r.store.add("blob", b"no tree")})


@attack("list", "object")
def blob_that_does_not_exist(r: Records) -> None:
    r.note("staff-1", forged={"extra": {PATH: ("100644", "1" * 40)}})


@attack("list", "deleted")
def everything_deleted(r: Records) -> None:
    r.note("staff-1", forged={"tree": EMPTY_TREE})
    r.store.add("tree", b"")


@attack("list", "deleted")
def case_deleted(r: Records) -> None:
    r.note("staff-1", forged={"extra": {layout.case_path(OTHER_CASE): None}})


@attack("37", "deleted")
def case_renamed(r: Records) -> None:
    old = layout.case_path(OTHER_CASE)
    data = r.data(old).replace(OTHER_CASE.encode(), b"2026-00000000")
    r.commit("staff-1", {old: None, layout.case_path(NEW_CASE): data}, "Pindah\n")


@attack("30", "deleted")
def officer_deleted(r: Records) -> None:
    r.commit("admin-1", {layout.officer_path(OfficerId("kasi-1")): None}, "Hapus\n")


@attack("list", "empty")
def empty_commit(r: Records) -> None:
    r.commit("staff-1", {}, "Kosong\n")


@attack("20", "several-changes")
def thousand_files(r: Records) -> None:
    files = {f"attachments/{n:02x}/{n:02x}{n:062x}": b"x" for n in range(256)}
    files |= {f"attachments/{n:02x}/{n:02x}{n + 1:062x}": b"x" for n in range(256)}
    files |= {f"attachments/{n:02x}/{n:02x}{n + 2:062x}": b"x" for n in range(256)}
    r.note("staff-1", forged={"extra": files})


@attack("14", "mode", whole="mode")
def folder_in_place_of_a_case(r: Records) -> None:
    tree = r.store.add("tree", b"")
    r.note("staff-1", forged={"extra": {PATH: ("160000", tree)}})


@attack("20", "path")
def folders_nested_without_end(r: Records) -> None:
    deep = r.store.add("blob", b"x")
    mode = "100644"
    for _ in range(3000):
        deep = r.store.add("tree", tree_bytes([("a", mode, deep)]))
        mode = "40000"
    r.note("staff-1", forged={"extra": {"cases/2026/deep": ("40000", deep)}})
