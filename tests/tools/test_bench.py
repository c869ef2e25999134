"""The benchmark's own parts: what it builds is real, and what it prints can be read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.records.repository import Repository
from soptui.records.stock_git import StockGit
from tools.bench.builder import build
from tools.bench.pack import PackWriter, delta
from tools.bench.screen import frame_of
from tools.bench.table import Row, shown


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("GIT_", "SSH_", "XDG_", "SOPTUI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def test_the_history_it_builds_verifies_and_stock_git_agrees(tmp_path: Path) -> None:
    history = build(tmp_path / "office", 20)
    with history.office as office:
        stock = StockGit(office.repository.root)
        with Repository.open(office.repository.root) as repository:
            report = repository.verify(full=True)
            assert sum(1 for _ in repository.current()[1].case_ids()) == history.cases == 20
        assert report.ok
        assert report.commits == history.commits
        assert stock.fsck()
        assert stock.is_clean()
        assert stock.verify_commits(report.new)


def applied(old: bytes, change: bytes) -> bytes:
    """What Git makes of a delta, after its two sizes."""
    position = 0
    for _ in range(2):
        while change[position] & 0x80:
            position += 1
        position += 1
    made = b""
    while position < len(change):
        code = change[position]
        position += 1
        if not code & 0x80:
            made += change[position : position + code]
            position += code
            continue
        numbers = [0, 0]
        for bit in range(7):
            if code & 1 << bit:
                place = bit if bit < 4 else bit - 4
                numbers[bit >= 4] |= change[position] << 8 * place
                position += 1
        made += old[numbers[0] : numbers[0] + numbers[1]]
    return made


@given(st.binary(max_size=400), st.binary(max_size=300), st.binary(max_size=400), st.binary())
def test_a_delta_makes_the_new_text_of_the_old(
    head: bytes, inserted: bytes, tail: bytes, removed: bytes
) -> None:
    old, new = head + removed + tail, head + inserted + tail
    assert applied(old, delta(old, new)) == new


def test_git_reads_a_pack_with_long_chains_of_deltas(tmp_path: Path) -> None:
    pack = PackWriter(tmp_path / "chain.pack")
    before: tuple[str, bytes] | None = None
    for number in range(120):
        content = (before[1] if before else b"") + b"line %d\n" % number * 9
        before = (pack.add("blob", content, before), content)
    pack.close()
    git = ["git", "-C", str(tmp_path)]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run([*git, "index-pack", "chain.pack"], check=True, capture_output=True)
    assert before is not None
    (tmp_path / ".git" / "objects" / "pack").mkdir(exist_ok=True)
    for suffix in ("pack", "idx"):
        target = tmp_path / ".git" / "objects" / "pack" / f"pack-chain.{suffix}"
        (tmp_path / f"chain.{suffix}").rename(target)
    read = subprocess.run([*git, "cat-file", "blob", before[0]], check=True, capture_output=True)
    assert read.stdout == before[1]


def test_the_first_frame_is_seen_on_a_terminal_of_its_own() -> None:
    frame = frame_of(("sh", "-c", "stty size; sleep 1; exec cat"), "24 80")
    assert frame.bytes >= len("24 80")


def test_a_screen_that_never_comes_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="never saw"):
        frame_of(("sh", "-c", "echo other"), "first frame")


def test_the_table_tells_what_was_met() -> None:
    rows = [Row("this", "1 ms", "2 ms", False), Row("that", "3 ms", "2 ms", True)]
    assert shown(rows).splitlines() == [
        "what  budget  measured  met",
        "----  ------  --------  ---",
        "this  1 ms    2 ms      NO",
        "that  3 ms    2 ms      yes",
    ]
