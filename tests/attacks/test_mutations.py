"""Of tens of thousands of small changes to a valid history, none is accepted as something else.

The bulk is marked `slow`; the ordinary run takes a sample of every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pytest

from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.domain.replace import replace
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from tests.attacks.attack import opening
from tests.attacks.builder import CASE, Records, with_signature
from tests.attacks.keys import key_of
from tests.attacks.on_histories import forked
from tests.attacks.on_keys import NEWCOMER

PATH = layout.case_path(CASE)
SAMPLE = 150

Change = Callable[[bytes, int, Random], bytes]


def _flipped(raw: bytes, at: int, random: Random) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1 << random.randrange(8)]) + raw[at + 1 :]


def _swapped(raw: bytes, at: int, random: Random) -> bytes:
    return raw[:at] + raw[at : at + 2][::-1] + raw[at + 2 :]


CHANGES: dict[str, Change] = {
    "flipped": _flipped,
    "swapped": _swapped,
    "dropped": lambda raw, at, random: raw[:at] + raw[at + 1 :],
    "doubled": lambda raw, at, random: raw[: at + 1] + raw[at:],
    "inserted": lambda raw, at, random: raw[:at] + random.randbytes(1) + raw[at:],
    "cut": lambda raw, at, random: raw[:at],
    "other case": lambda raw, at, random: raw[:at] + raw[at : at + 1].swapcase() + raw[at + 1 :],
    "other line end": lambda raw, at, random: raw[:at] + raw[at:].replace(b"\n", b"\r\n", 1),
    "line dropped": lambda raw, at, random: raw[:at] + raw[at:].partition(b"\n")[2],
}


def changed(raw: bytes, count: int | None) -> Iterator[tuple[str, bytes]]:
    """Every change at every place, or a sample of so many; only what really differs."""
    random = Random(len(raw))
    places = [(name, at) for name in CHANGES for at in range(len(raw))]
    if count is not None:
        places = random.sample(places, min(count, len(places)))
    for name, at in places:
        other = CHANGES[name](raw, at, random)
        if other != raw:
            yield f"{name} at {at}", other


@dataclass(frozen=True)
class Told:
    """Honest records whose newest commit, `tip`, is of some kind; all before it is verified."""

    records: Records
    tip: str

    @property
    def before(self) -> str:
        return self.records.store.objects[self.tip][1].split(b"parent ")[1][:40].decode()

    def accepts(self, tip: str) -> bool:
        """Whether the verifier accepts another newest commit."""
        report = self.records.verify(old=self.before, new=tip)
        assert not any(one.code == "verifier-fault" for one in report.findings)
        return report.ok


def _told(add: Callable[[Records], object]) -> Callable[[], Told]:
    def tell() -> Told:
        records = opening()
        add(records)
        told = Told(records, records.tip)
        assert told.accepts(records.tip)
        return told

    return tell


KINDS = {
    "an event": _told(lambda r: r.next()),
    "an event with a file": _told(lambda r: r.walk(5)),
    "an officer": _told(lambda r: r.officer(NEWCOMER)),
    "a merge": _told(lambda r: r.merge(forked(r))),
}


@pytest.fixture(scope="module", params=KINDS)
def told(request: pytest.FixtureRequest) -> Told:
    return KINDS[request.param]()


def check_commit(told: Told, count: int | None) -> None:
    """Nobody without the key can make another object out of a signed commit."""
    records = told.records
    for name, raw in changed(records.store.objects[told.tip][1], count):
        assert not told.accepts(records.store.add("commit", raw)), name


def check_trees(told: Told, count: int | None) -> None:
    """Even its author cannot make the same commit name another tree."""
    records = told.records
    raw = records.store.objects[told.tip][1]
    above = ("cases/", "cases/2026/", "cases/2026/k/", "cases/2026/k/7/")
    for folder in ("", *above, "officers/", "attachments/"):
        tree = _folder(records, told.tip, folder)
        for name, content in changed(records.store.objects[tree][1], count) if tree else ():
            root = _with_folder(records, told.tip, folder, records.store.add("tree", content))
            assert not told.accepts(signed_again(records, raw, root)), (folder, name)


def check_files(told: Told, count: int | None) -> None:
    """Nor can the files be others: the message names the event's or the file's digest."""
    records = told.records
    raw = records.store.objects[told.tip][1]
    before = records.files(told.before)
    for path, (_, oid) in records.files(told.tip).items():
        if before.get(path) == ("100644", oid):
            continue
        for name, content in changed(records.store.objects[oid][1], count):
            files = records.files(told.tip) | {path: ("100644", records.store.add("blob", content))}
            tip = signed_again(records, raw, records.store.add_tree(files))
            assert not told.accepts(tip), (path, name)


def signed_again(records: Records, raw: bytes, tree: str) -> str:
    """The same commit with another tree, signed by its author."""
    author = raw.split(b"\nauthor ")[1].split(b" <")[0].decode().lower()
    end = raw.index(b"\n\n") + 1
    payload = b"tree " + tree.encode() + raw[45 : raw.index(b"gpgsig ")] + raw[end:]
    return records.store.add("commit", with_signature(payload, key_of(author).sign(payload)))


def _folder(records: Records, commit: str, folder: str) -> str:
    inside = {
        path.removeprefix(folder): entry
        for path, entry in records.files(commit).items()
        if path.startswith(folder)
    }
    return records.store.add_tree(inside) if inside else ""


def _with_folder(records: Records, commit: str, folder: str, tree: str) -> str:
    if not folder:
        return tree
    files = {
        path: entry for path, entry in records.files(commit).items() if not path.startswith(folder)
    }
    return records.store.add_tree(files | {folder.rstrip("/"): ("40000", tree)})


def test_the_same_commit_signed_again_is_accepted(told: Told) -> None:
    raw = told.records.store.objects[told.tip][1]
    assert signed_again(told.records, raw, raw[5:45].decode()) == told.tip


def test_no_small_change_of_a_commit_is_accepted(told: Told) -> None:
    check_commit(told, SAMPLE)


def test_no_small_change_of_a_tree_is_accepted(told: Told) -> None:
    check_trees(told, SAMPLE // 3)


def test_no_small_change_of_a_file_is_accepted(told: Told) -> None:
    check_files(told, SAMPLE // 2)


@pytest.mark.slow
def test_no_change_of_a_byte_anywhere_is_accepted(told: Told) -> None:
    check_commit(told, 4000)
    check_trees(told, 1000)
    check_files(told, 3000)


def check_events(count: int | None) -> None:
    """An officer may sign another event, but every event has one spelling only."""
    records = opening()
    event = records.event("staff-1", records.case().entries[-1].event.details)
    block = case_file.encode_event(event)
    old = records.data(PATH)
    accepted = 0
    for name, other in changed(block, count):
        try:
            read = case_file.decode_event(other)
        except Refusal:
            read = event
        message = commit_message.event_message(CASE, codec.block_id(other), read, records.genesis)
        tip = records.commit("staff-1", {PATH: old + other}, message, at=read.at, on=records.tip)
        if records.verify(old=records.tip, new=tip).ok:
            accepted += 1
            assert case_file.encode_event(read) == other, name
            assert replace(read, details=event.details, at=event.at) == event, name
    assert accepted


def test_an_accepted_event_has_one_spelling() -> None:
    check_events(SAMPLE * 3)


@pytest.mark.slow
def test_an_accepted_event_has_one_spelling_whatever_is_changed() -> None:
    check_events(None)


def chain(records: Records) -> list[str]:
    """The commits of a history in one line, the first one first."""
    commits = [records.tip]
    while parents := _parents(records, commits[-1]):
        commits.append(parents[0])
    return commits[::-1]


def _parents(records: Records, commit: str) -> list[str]:
    head = records.store.objects[commit][1].partition(b"\nauthor ")[0].decode()
    return [line[7:] for line in head.split("\n") if line.startswith("parent ")]


def rewritten(records: Records, commits: list[str]) -> str:
    """The commits one upon the other in this order, each with the signature that it had."""
    tip = ""
    for commit in commits:
        raw = records.store.objects[commit][1]
        for parent in _parents(records, commit):
            raw = raw.replace(parent.encode(), tip.encode(), 1) if tip else raw
        tip = records.store.add("commit", raw)
    return tip


def check_order(records: Records, step: int) -> None:
    """Commits dropped, doubled, moved, swapped: whatever is another history is refused."""
    commits = chain(records)
    assert rewritten(records, commits) == records.tip
    others: list[list[str]] = []
    for at in range(1, len(commits), step):
        others.append(commits[:at] + commits[at + 1 :])
        others.append([*commits[: at + 1], *commits[at:]])
        others.append([*commits[:at], *commits[at : at + 2][::-1], *commits[at + 2 :]])
        others.append([*commits[:at], *commits[at + 1 :], commits[at]])
    for other in others:
        tip = rewritten(records, other)
        # A shorter history that is the beginning of the true one is no other history.
        assert tip in commits or not records.verify(new=tip).ok
        assert tip == records.tip or not records.verify(old=records.tip, new=tip).ok


def test_no_commit_can_be_dropped_doubled_or_moved() -> None:
    records = opening()
    records.walk(5)
    check_order(records, 4)


@pytest.mark.slow
def test_no_commit_of_a_long_history_can_be_dropped_doubled_or_moved() -> None:
    records = opening()
    for number in range(4):
        records.walk(15, CaseId(f"2026-0000000{number}"))
    check_order(records, 1)
