"""A line that hangs for ever ends a sync; one that is only slow, or a hub that works, does not."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from soptui.locale import translate, use
from soptui.records.hub.settings import PROGRAMS
from soptui.records.sharing import transfer
from soptui.records.sharing.remote import Remote, remote_of
from tests.support.lines import drop_lines_after, line_that_brings, scanned
from tests.support.town import HEAD, REGISTRAR, Town, git

pytestmark = pytest.mark.slow

MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize("hung", [0, 3_000_000])
def test_a_fetch_that_hangs_ends_and_the_next_one_goes_on(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hung: int
) -> None:
    use("en")
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    acts = [scanned(registrar, case, tmp_path, 2 * MEBIBYTE) for _ in range(3)]
    registrar.sync()
    head.git("config", "remote.origin.url", f"ssh://kantor{town.hub}")
    with monkeypatch.context() as patience:
        patience.setattr(transfer, "LONGEST_STILL", 3.0)
        line_that_brings(town, hung, monkeypatch, hangs=True)
        cut_off = head.sync()
    assert cut_off.offline == "timeout"
    assert cut_off.unreachable is not None
    assert "Your work is kept" in translate(cut_off.unreachable)
    assert [*(head.root / ".git" / "objects").rglob("tmp_*")] == []
    line_that_brings(town, 40 * MEBIBYTE, monkeypatch)
    assert head.sync().ok
    assert set(acts) < set(head.events(case))


class GivesUp(threading.Event):
    """Somebody who waits for a while only, told by how often they are asked."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0

    def is_set(self) -> bool:
        self._asked += 1
        return self._asked > 40


def test_whoever_gives_up_need_not_wait_for_a_line_that_hangs(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = town.clone(REGISTRAR)
    clone.git("config", "remote.origin.url", f"ssh://kantor{town.hub}")
    line_that_brings(town, 0, monkeypatch, hangs=True)
    directory, address = clone.repository.directory, remote_of(clone.repository.directory)
    with pytest.raises(transfer.Cancelled):
        Remote(directory, address, cancelled=GivesUp()).fetch()


def test_a_push_that_hangs_ends_and_the_next_one_goes_on(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    acts = [scanned(registrar, case, tmp_path, 3 * MEBIBYTE) for _ in range(3)]
    with monkeypatch.context() as patience:
        patience.setattr(transfer, "LONGEST_STILL", 3.0)
        drop_lines_after(town, registrar, 2 * MEBIBYTE, monkeypatch, hangs=True)
        cut_off = registrar.sync()
    assert (cut_off.offline, cut_off.ahead) == ("timeout", 4)
    drop_lines_after(town, registrar, 40 * MEBIBYTE, monkeypatch)
    assert registrar.sync().ok
    assert head.sync().ok
    assert set(acts) < set(head.events(case))


def test_a_slow_line_takes_its_time(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The honest twin: in all it takes longer than a line may be still."""
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    act = scanned(registrar, case, tmp_path, 3 * MEBIBYTE)
    registrar.sync()
    head.git("config", "remote.origin.url", f"ssh://kantor{town.hub}")
    monkeypatch.setattr(transfer, "LONGEST_STILL", 3.0)
    line_that_brings(town, 40 * MEBIBYTE, monkeypatch, pause=0.1)
    assert head.sync().ok
    assert head.events(case)[-1] == act


@pytest.mark.slow
def test_a_hub_that_works_at_what_it_got_is_waited_for(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also an honest twin: the hub says nothing but that it still works, every five seconds."""
    clone = town.clone(REGISTRAR)
    clone.register()
    hook = town.hub / next(iter(PROGRAMS))
    assert hook.name == "pre-receive"
    verifies = hook.with_name("verifies")
    hook.rename(verifies)
    hook.write_text(f"#!/bin/sh\nsleep 20\nexec {verifies}\n")
    hook.chmod(0o755)
    monkeypatch.setattr(transfer, "LONGEST_STILL", 9.0)
    result = clone.sync()
    assert result.pushed, result
    assert git(town.hub, "rev-parse", "main").stdout.strip() == clone.head
