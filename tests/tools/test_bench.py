"""The benchmark's own parts: what it builds is real, and what it prints can be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from soptui.records.clone.repository import Repository
from soptui.records.git.stock_git import StockGit
from tools.bench.builder import build
from tools.bench.pack import PackWriter, delta


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
    assert applied(old, delta(len(old), len(head), len(removed), inserted)) == new


def test_git_reads_a_pack_with_long_chains_of_deltas(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    folder = tmp_path / ".git" / "objects" / "pack"
    folder.mkdir(exist_ok=True)
    pack = PackWriter(folder / "pack-chain.pack")
    content, oid = b"", ""
    for number in range(120):
        more = b"line %d\n" % number * 9
        oid = pack.add("blob", content + more, (oid, delta(len(content), len(content), 0, more)))
        content += more
    pack.close()
    subprocess.run([*git, "verify-pack", str(folder / "pack-chain.idx")], check=True)
    read = subprocess.run([*git, "cat-file", "blob", oid], check=True, capture_output=True)
    assert read.stdout == content
