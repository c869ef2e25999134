"""Attacks on the shape of the history (rows 2, 7 to 9, 27, and the list)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from soptui.domain.events import Note
from soptui.domain.ids import OfficerId
from soptui.records.files import case as case_file
from soptui.records.files import codec, layout
from tests.attacks.attack import attack
from tests.attacks.attacked_office import SOP_PATH
from tests.attacks.builder import CASE, NEW_CASE, OTHER_CASE, Records
from tests.attacks.forgery import Content
from tests.support.office_parts import START

PATH = layout.case_path(CASE)


def forked(r: Records) -> str:
    """Two officers work apart: one on the main line, one beside it."""
    fork = r.tip
    side = r.note("kasi-1", "Dari samping.", on=r.note("kasi-1", "Pertama.", on=fork))
    r.note("staff-1", "Di garis utama.")
    r.note("staff-1", case=OTHER_CASE)
    return side


def merged(r: Records) -> None:
    r.merge(forked(r))


def _evil_merge(name: str, files: Callable[[Records, str], dict[str, Content]],
                code: str = "merge-content") -> None:  # fmt: skip
    def build(r: Records) -> None:
        side = forked(r)
        r.merge(side, files=files(r, side))

    build.__name__ = f"merge_{name}"
    attack("7", code, twin=merged)(build)


def _block(r: Records, text: str) -> bytes:
    return case_file.encode_event(r.event("staff-1", Note(text)))


def _blocks_of(r: Records, side: str) -> tuple[bytes, list[bytes]]:
    return codec.split_case(r.united(PATH, r.tip, side))


def _swapped(r: Records, side: str) -> dict[str, Content]:
    return {PATH: r.united(PATH, side, r.tip)}


def _dropped(r: Records, side: str) -> dict[str, Content]:
    header, blocks = _blocks_of(r, side)
    return {PATH: header + b"".join(blocks[:-1])}


def _interleaved(r: Records, side: str) -> dict[str, Content]:
    header, blocks = _blocks_of(r, side)
    blocks[-1], blocks[-3] = blocks[-3], blocks[-1]
    return {PATH: header + b"".join(blocks)}


def _twice(r: Records, side: str) -> dict[str, Content]:
    header, blocks = _blocks_of(r, side)
    return {PATH: header + b"".join([*blocks, blocks[-1]])}


_evil_merge("that_adds_an_event", lambda r, side: {PATH: r.united(PATH, r.tip, side)
                                                   + _block(r, "Tiga.")})  # fmt: skip
_evil_merge("with_its_sides_swapped", _swapped)
_evil_merge("that_drops_an_event", _dropped)
_evil_merge("with_blocks_interleaved", _interleaved)
_evil_merge("that_doubles_an_event", _twice)
_evil_merge("that_drops_one_side", lambda r, side: {PATH: r.data(PATH)})
_evil_merge("that_edits_an_event", lambda r, side: {
    PATH: r.united(PATH, r.tip, side).replace(b"Pertama", b"Kedua..")})  # fmt: skip
_evil_merge("that_adds_a_case", lambda r, side: {
    layout.case_path(NEW_CASE): r.header(NEW_CASE) + _block(r, "x")})  # fmt: skip
_evil_merge("that_drops_a_case", lambda r, side: {layout.case_path(OTHER_CASE): None})
_evil_merge("that_adds_an_officer", lambda r, side: {
    layout.officer_path(OfficerId("palsu")): r.data(layout.officer_path(OfficerId("admin-1"))),
})  # fmt: skip
_evil_merge("that_changes_an_sop", lambda r, side: {SOP_PATH: r.data(SOP_PATH) + b"#"})
_evil_merge(
    "that_deletes_an_officer", lambda r, side: {layout.officer_path(OfficerId("kasi-2")): None}
)
_evil_merge("that_adds_another_path", lambda r, side: {".gitattributes": b"* -diff\n"})
_evil_merge("that_changes_a_mode", lambda r, side: {PATH: ("100755", r.files()[PATH][1])})


@attack("7", "merge-content")
def merge_with_the_registry_of_the_second_side(r: Records) -> None:
    fork = r.tip
    r.revoke("staff-1")
    side = r.note("kasi-1", on=fork)
    old = {path: entry for path, entry in r.files(fork).items() if "staff-1" in path}
    signers = {layout.ALLOWED_SIGNERS: r.files(fork)[layout.ALLOWED_SIGNERS]}
    r.merge(side, by="kasi-1", files=old | signers)


@attack("7", "message", twin=merged)
def merge_under_another_message(r: Records) -> None:
    r.merge(forked(r), message="Merge branch 'main'\n")


@attack("7", "unknown-key")
def merge_by_a_stranger(r: Records) -> None:
    from tests.attacks.keys import key_of

    r.merge(forked(r), key=key_of("a stranger's"))


@attack("7", "commit-form")
def merge_of_three(r: Records) -> None:
    one, two = r.note("kasi-1", on=r.tip), r.note("kasi-2", on=r.tip)
    first = r.note("staff-1")
    r.merge(one, first=first, parents=(first, one, two))


@attack("7", "commit-form")
def merge_with_itself(r: Records) -> None:
    r.merge(r.tip)


@attack("7", "merge-case")
def merge_of_two_cases_with_one_id(r: Records) -> None:
    fork = r.tip
    r.change(SOP_PATH.replace("1.toml", "2.toml"),
             r.data(SOP_PATH).replace(b"\nversion = 1", b"\nversion = 2"))  # fmt: skip
    side = r.next(NEW_CASE, on=fork)
    path = layout.case_path(NEW_CASE)
    from soptui.records.files.snapshot import read_sop

    digest = read_sop(r.data(SOP_PATH.replace("1.toml", "2.toml"))).digest
    head = r.header(NEW_CASE, sop_version=2, sop_sha256=digest)
    event = r.event("penerima-1", r.case().entries[0].event.details, case=NEW_CASE,
                    after=codec.block_id(head))  # fmt: skip
    block = case_file.encode_event(event)
    r.add(event, case=NEW_CASE, extra={path: head + block})
    r.merge(side, files={path: head + block})


def criss_cross(r: Records) -> None:
    """Merges of merges, as weeks without a network make them."""
    fork = r.tip
    one = r.note("kasi-1", "Satu.", on=fork)
    two = r.note("kasi-2", "Dua.", on=fork)
    left = r.merge(two, first=one, by="kasi-1", stays=True)
    right = r.merge(one, first=two, by="kasi-2", stays=True)
    r.note("staff-1")
    r.merge(left)
    r.note("staff-1", "Lagi.")
    r.merge(right, by="kasi-2")


@attack("7", "merge-content", twin=criss_cross)
def evil_merge_within_a_merge(r: Records) -> None:
    fork = r.tip
    one, two = r.note("kasi-1", on=fork), r.note("kasi-2", on=fork)
    inner = r.merge(two, first=one, by="kasi-1", stays=True, files={PATH: r.data(PATH, one)})
    r.note("staff-1")
    r.merge(inner)


# --- merges that join nothing ---------------------------------------------------------------------


def first_of_two_sides_joined(r: Records) -> None:
    """A side is joined as far as it had come, and later the rest of it."""
    side = r.note("kasi-1", "Pertama.", on=r.tip)
    rest = r.note("kasi-1", "Kedua.", on=side)
    r.note("staff-1")
    r.merge(side)
    r.merge(rest)


@attack("later", "empty", twin=merged)
def merge_with_an_ancestor(r: Records) -> None:
    fork = r.tip
    r.note("staff-1")
    r.merge(fork)


@attack("later", "empty", twin=first_of_two_sides_joined)
def merge_of_a_side_that_was_joined_before(r: Records) -> None:
    side = forked(r)
    r.merge(side)
    r.note("staff-1", "Lagi.")
    r.merge(side)


def state_of_the_main_line_taken_into_a_side(r: Records) -> None:
    """Somebody who works apart joins, by flash disk, a state from before this push."""
    honest = r.tip
    side = r.note("kasi-1", on=next(iter(_parents(r, honest))))
    inner = r.merge(honest, first=side, by="kasi-1", stays=True)
    r.note("staff-1")
    r.merge(inner)


@attack("later", "empty", twin=state_of_the_main_line_taken_into_a_side)
def side_joined_with_what_it_began_from(r: Records) -> None:
    fork = next(iter(_parents(r, r.tip)))
    side = r.note("kasi-1", on=fork)
    inner = r.merge(fork, first=side, by="kasi-1", stays=True)
    r.note("staff-1")
    r.merge(inner)


@attack("later", "empty", twin=criss_cross)
def side_joined_with_itself_again_and_again(r: Records) -> None:
    fork = r.tip
    one, two = r.note("kasi-1", "Satu.", on=fork), r.note("kasi-2", "Dua.", on=fork)
    inner = r.merge(two, first=one, by="kasi-1", stays=True)
    for earlier in (one, two):
        inner = r.merge(earlier, first=inner, by="kasi-1", stays=True)
    r.note("staff-1")
    r.merge(inner)


def sides_with_equal_files(r: Records) -> None:
    """Own work was signed anew by a rebase, after it had gone out on a flash disk."""
    fork = r.tip
    event = r.event("kasi-1", Note("Luring."), on=fork)
    side = r.add(event, on=fork)
    r.add(event, committed=event.at + timedelta(hours=1))
    r.merge(side)


@attack("later", "empty", twin=sides_with_equal_files)
def side_with_equal_files_joined_twice(r: Records) -> None:
    sides_with_equal_files(r)
    second = _parents(r, r.tip)[1]
    r.merge(second)


@attack("8", "rollback", whole="")
def foxtrot_merge(r: Records) -> None:
    honest = r.tip
    fork = next(iter(_parents(r, honest)))
    mine = r.note("kasi-1", on=fork)
    r.tip = r.merge(honest, first=mine, by="kasi-1")


@attack("8", "rollback", whole="")
def history_rewound(r: Records) -> None:
    r.tip = next(iter(_parents(r, r.tip)))


@attack("9", "rollback", whole="")
def history_rewritten(r: Records) -> None:
    r.tip = r.note("kasi-1", on=next(iter(_parents(r, r.tip))))


@attack("2", "rollback", whole="root")
def history_of_another_office(r: Records) -> None:
    other = Records(START + timedelta(minutes=1))
    other.walk(3)
    r.store.objects |= other.store.objects
    r.tip = other.tip


@attack("2", "root")
def unrelated_history_merged_in(r: Records) -> None:
    other = Records(START + timedelta(minutes=1))
    other.walk(1, NEW_CASE)
    r.store.objects |= other.store.objects
    r._files |= {other.tip: other.files()}
    r.merge(other.tip)


@attack("2", "root")
def second_first_commit_of_the_same_office(r: Records) -> None:
    side = r.found({path: r.data(path) for path in ("office.toml", SOP_PATH)}, parents=())
    r.merge(side)


@attack("2", "rollback", whole="root")
def event_without_a_past(r: Records) -> None:
    r.tip = r.note("staff-1", forged={"parents": ()})


def _parents(r: Records, commit: str) -> list[str]:
    head = r.store.objects[commit][1].split(b"\nauthor ")[0].decode()
    return [line[7:] for line in head.splitlines() if line.startswith("parent ")]


@attack("list", "object")
def parent_that_does_not_exist(r: Records) -> None:
    missing = "1" * 40
    r._files[missing] = r.files()
    r.merge(missing)


@attack("list", "object", whole="object")
def parent_that_is_a_tree(r: Records) -> None:
    tree = r.store.add_tree(r.files())
    r._files[tree] = r.files()
    r.merge(tree)
