"""Whatever bytes are in the objects, the verifier ends with a finding of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.ids import OfficerId
from soptui.records.files import layout
from tests.attacks.attack import opening
from tests.attacks.builder import CASE, NEW_CASE
from tests.attacks.store import tree_bytes

RECORDS = opening()
HONEST = RECORDS.tip
HONEST_COMMITS = {HONEST}
PATH = layout.case_path(CASE)

junk = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            [b"[[events]]", b"\n", b"\n\n", b'action = "note"', b"step = 3", b"[", b"]", b'"', b"=",
             b'after = "' + b"0" * 64 + b'"', b"at = 2026-01-05T10:00:00+07:00", b"\0", b"\xff"],
        ),
        max_size=30,
    ).map(b"".join),
)  # fmt: skip


def codes(tip: str) -> set[str]:
    """What is found in what comes after the honest history, which must be something."""
    report = RECORDS.verify(old=HONEST, new=tip)
    assert not report.ok
    assert report.good in HONEST_COMMITS
    found = {finding.code for finding in report.errors}
    assert found
    assert "verifier-fault" not in found
    return found


@given(raw=junk)
def test_any_bytes_as_a_commit(raw: bytes) -> None:
    assert codes(RECORDS.store.add("commit", raw)) == {"commit-form"}


@given(raw=junk, where=st.integers(0, 700), signed=st.booleans())
def test_any_bytes_within_a_commit(raw: bytes, where: int, signed: bool) -> None:
    honest = RECORDS.store.objects[RECORDS.note("staff-1", on=HONEST)][1]
    broken = honest[:where] + b"?" + raw + honest[where:]
    if signed:
        broken = honest.replace(b"\n\n", b"\n\n" + raw, 1)
    if broken != honest:
        codes(RECORDS.store.add("commit", broken))


@given(raw=junk)
def test_any_bytes_as_a_signature(raw: bytes) -> None:
    tip = RECORDS.note("staff-1", on=HONEST, forged={"sign": lambda key, payload: b"x" + raw})
    assert codes(tip) <= {"commit-form", "signature"}


@given(raw=junk)
def test_any_bytes_as_a_message(raw: bytes) -> None:
    tip = RECORDS.note(
        "staff-1", on=HONEST, forged={"unsigned": lambda payload: payload + raw + b"."}
    )
    assert codes(tip) <= {"commit-form", "message"}


def _root(raw: bytes) -> str:
    return RECORDS.store.add("tree", raw)


@given(raw=junk)
def test_any_bytes_as_a_tree(raw: bytes) -> None:
    tip = RECORDS.note("staff-1", on=HONEST, forged={"tree": _root(raw)})
    assert codes(tip) <= {"tree", "deleted", "path", "empty"}


@given(raw=junk, folder=st.sampled_from(["cases", "officers", "sops", "attachments"]))
def test_any_bytes_as_a_folder(raw: bytes, folder: str) -> None:
    files = {
        path: one for path, one in RECORDS.files(HONEST).items() if not path.startswith(folder)
    }
    root = RECORDS.store.add_tree(files | {folder: ("40000", RECORDS.store.add("tree", raw))})
    assert codes(RECORDS.note("staff-1", on=HONEST, forged={"tree": root})) <= {
        "tree", "deleted", "path", "empty",
    }  # fmt: skip


names = st.text(min_size=1, max_size=12).filter(lambda name: "\0" not in name and "/" not in name)
modes = st.sampled_from(["100644", "40000", "100755", "120000", "160000", "0", "999999"])


@given(entries=st.lists(st.tuples(names, modes), max_size=5))
def test_any_entries_in_a_tree(entries: list[tuple[str, str]]) -> None:
    blob = RECORDS.store.add("blob", b"x")
    raw = tree_bytes(
        (name.encode("utf-8", "replace").decode(), mode, blob) for name, mode in entries
    )
    assert codes(RECORDS.note("staff-1", on=HONEST, forged={"tree": _root(raw)})) <= {
        "tree", "deleted", "path", "mode", "empty",
        "object",
    }  # fmt: skip


def _appended(raw: bytes) -> str:
    return RECORDS.note("staff-1", on=HONEST, forged={"extra": {PATH: RECORDS.data(PATH) + raw}})


def _block(raw: bytes) -> str:
    return RECORDS.note("staff-1", on=HONEST, forged={"block": lambda block: block + raw})


def _new_case(raw: bytes) -> str:
    path = layout.case_path(NEW_CASE)
    return RECORDS.commit("staff-1", {path: raw}, "x\n", on=HONEST)


def _officer(raw: bytes) -> str:
    return RECORDS.change(layout.officer_path(OfficerId("kasi-1")), raw, on=HONEST)


def _sop(raw: bytes) -> str:
    return RECORDS.change("sops/lain/1.toml", raw, on=HONEST)


def _calendar(raw: bytes) -> str:
    return RECORDS.change("calendars/2027.toml", raw, on=HONEST)


def _office(raw: bytes) -> str:
    return RECORDS.change("office.toml", raw, on=HONEST)


@pytest.mark.parametrize(
    "build", [_appended, _block, _new_case, _officer, _sop, _calendar, _office]
)
@settings(max_examples=60)
@given(raw=junk.filter(bool))
def test_any_bytes_in_a_file(build: Callable[[bytes], str], raw: bytes) -> None:
    assert codes(build(raw)) <= {
        "case-form", "case-blocks", "case-rewritten", "case-header", "admin-form", "message",
    }  # fmt: skip


@given(raw=junk)
def test_any_bytes_as_the_side_that_is_merged(raw: bytes) -> None:
    side = RECORDS.note("kasi-1", on=HONEST, forged={"extra": {PATH: raw}})
    first = RECORDS.note("staff-1", on=HONEST)
    HONEST_COMMITS.add(first)
    codes(RECORDS.commit("staff-1", {}, "x\n", parents=(first, side)))


def test_the_records_that_are_changed_here_are_honest() -> None:
    assert RECORDS.verify(new=HONEST).ok
