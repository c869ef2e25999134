"""What can be recorded can be shared: a line goes to the hub in portions, each of which stays.

Reported of other programs: a line that drops after 4 MB never delivers three letters of 2.5 MB,
because every try begins at zero (petermr/openVirus#74, MakerPress/atlas-public-feedback#158).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.desk.office.joining import join_office, look_at_records
from soptui.desk.views import FileToAttach
from soptui.domain.actions.contents import MOST_TOGETHER, files_limit_fault
from soptui.domain.events import Attach, AttachmentKind
from soptui.domain.ids import CaseId
from soptui.domain.message import Refusal
from soptui.domain.replace import replace
from soptui.locale import translate, use
from soptui.records.hub.check import check_hub
from soptui.records.hub.hub import LEAST_LIMIT, init_hub, limit_hub, renew_hub
from soptui.records.hub.trust import open_hub
from soptui.records.sharing.portions import PORTION, portions
from tests.support.lines import came_by, drop_lines_after, line_that_brings, scanned
from tests.support.office_parts import attachment
from tests.support.town import HEAD, REGISTRAR, Clone, Town, git

pytestmark = pytest.mark.slow

MEBIBYTE = 1024 * 1024


def take_only(town: Town, size: int) -> None:
    """Let the hub take no push that is larger, as somebody set it by hand."""
    git(town.hub, "config", "receive.maxInputSize", str(size))


def test_nine_scans_made_offline_reach_a_hub_that_takes_two_at_once(
    town: Town, tmp_path: Path
) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    acts = [scanned(clone, case, tmp_path, 2 * MEBIBYTE) for _ in range(9)]
    take_only(town, 5 * MEBIBYTE)
    result = clone.sync()
    assert (result.ok, result.pushed, result.ahead) == (True, True, 10)
    assert clone.head == town.hub_tip()
    assert clone.events(case)[1:] == acts


@pytest.mark.slow
def test_nine_acts_of_10_mib_reach_a_hub_as_it_is_made(town: Town, tmp_path: Path) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    acts = [scanned(registrar, case, tmp_path, 10 * MEBIBYTE) for _ in range(9)]
    head.sync()
    head.note(case, "Sementara itu.")
    head.sync()
    assert registrar.sync().ok
    assert head.sync().ok
    assert registrar.head == head.head == town.hub_tip()
    assert set(acts) < set(head.events(case))


def test_work_on_both_sides_is_joined_portion_by_portion(town: Town, tmp_path: Path) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    acts = [scanned(registrar, case, tmp_path, 2 * MEBIBYTE) for _ in range(5)]
    head.note(case, "Sementara itu.")
    head.sync()
    take_only(town, 5 * MEBIBYTE)
    result = registrar.sync()
    assert (result.ok, result.merged) == (True, True)
    assert head.sync().ok
    assert registrar.head == head.head == town.hub_tip()
    assert set(acts) < set(head.events(case))
    assert registrar.verified().ok


@pytest.mark.parametrize("others_go_on", [False, True])
def test_what_came_before_a_line_drops_stays(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others_go_on: bool
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    sizes = (2.5, 2.5, 4.5, 2.5)
    acts = [scanned(registrar, case, tmp_path, int(size * MEBIBYTE)) for size in sizes]
    if others_go_on:
        head.note(case, "Sementara itu.")
        head.sync()
    drop_lines_after(town, registrar, 4_000_000, monkeypatch)
    for _ in range(2):
        cut_off = registrar.sync()
        assert cut_off.offline, cut_off.refusal
        assert cut_off.ahead == (4 if others_go_on else 2)
    assert set(acts[:2]) < set(events_at_the_hub(head, case))
    if others_go_on:
        head.note(case, "Lagi.")
        head.sync()
    # A better line.
    drop_lines_after(town, registrar, 40_000_000, monkeypatch)
    assert registrar.sync().ok
    assert set(acts) < set(events_at_the_hub(head, case))
    assert registrar.sync().ok
    assert registrar.head == head.head == town.hub_tip()
    assert registrar.verified().ok


def test_a_portion_that_the_line_does_not_carry_goes_by_halves(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    # One portion by its size, of which the line carries two acts at once.
    acts = [scanned(registrar, case, tmp_path, 400_000) for _ in range(8)]
    assert len([*portions(registrar.repository, town.hub_tip(), registrar.head)]) == 1
    drop_lines_after(town, registrar, 1_000_000, monkeypatch)
    result = registrar.sync()
    assert (result.ok, result.pushed, result.ahead) == (True, True, 8), result.offline
    assert set(acts) < set(events_at_the_hub(head, case))
    assert registrar.head == head.head == town.hub_tip()


def events_at_the_hub(clone: Clone, case: CaseId) -> list[str]:
    assert clone.sync().ok
    return clone.events(case)


def test_what_came_before_a_line_drops_is_not_fetched_again(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    acts = [scanned(registrar, case, tmp_path, 2 * MEBIBYTE) for _ in range(4)]
    registrar.sync()
    head.git("config", "remote.origin.url", f"ssh://kantor{town.hub}")
    # It drops in the middle of all, once more in the middle of a half, and is dead soon after.
    line_that_brings(town, 3_000_000, monkeypatch, times=5)
    cut_off = head.sync()
    assert cut_off.offline
    assert head.head == town.trust.tip
    told = line_that_brings(town, 3_000_000, monkeypatch)
    assert head.sync().ok
    assert set(acts) < set(head.events(case))
    assert head.verified().ok
    assert came_by(told) < 7_000_000
    git(head.root, "fsck", "--strict", "--no-dangling")
    # What is fetched next comes as always, and nothing is left behind.
    assert [*(head.root / ".git" / "soptui").glob("work-*")] == []


def test_a_join_goes_on_where_the_line_dropped(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar = town.clone(REGISTRAR)
    case = registrar.register()
    for _ in range(4):
        scanned(registrar, case, tmp_path, 2 * MEBIBYTE)
    registrar.sync()
    address, folder = f"ssh://kantor{town.hub}", tmp_path / "joined" / "records"
    line_that_brings(town, 3_000_000, monkeypatch, times=8)
    with pytest.raises(Refusal), look_at_records(address, folder):
        pass
    assert not folder.exists()
    told = line_that_brings(town, 3_000_000, monkeypatch)
    with look_at_records(address, folder) as found:
        join_office(found).close()
    assert came_by(told) < 7_000_000
    assert [path.name for path in folder.parent.iterdir()] == ["records"]
    assert git(folder, "rev-parse", "main").stdout.strip() == town.hub_tip()
    git(folder, "fsck", "--strict", "--no-dangling")


def test_one_scan_that_the_line_never_brings_is_told_as_a_line_that_drops(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    scanned(registrar, case, tmp_path, 3 * MEBIBYTE)
    registrar.sync()
    head.git("config", "remote.origin.url", f"ssh://kantor{town.hub}")
    line_that_brings(town, 2_000_000, monkeypatch)
    cut_off = head.sync()
    assert "The line to the hub dropped" in str(cut_off.unreachable)
    line_that_brings(town, 40_000_000, monkeypatch)
    assert head.sync().ok
    assert head.events(case) == registrar.events(case)


def test_the_first_push_into_an_empty_hub_goes_on_where_it_was_cut_off(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = town.clone(REGISTRAR)
    clone.repository.pin(town.trust.genesis, town.trust.signer)
    town.hub.rename(town.folder / "old.git")
    init_hub(town.hub, town.first_trust())
    case = clone.register()
    for size in (2.5, 2.5, 4.5):
        scanned(clone, case, tmp_path, int(size * MEBIBYTE))
    drop_lines_after(town, clone, 4_000_000, monkeypatch)
    cut_off = clone.sync()
    assert (bool(cut_off.offline), cut_off.ahead) == (True, 1), cut_off.refusal
    drop_lines_after(town, clone, 40_000_000, monkeypatch)
    result = clone.sync()
    assert (result.ok, result.ahead) == (True, 1)
    assert clone.head == town.hub_tip()


def test_a_usual_day_is_one_portion(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    old = clone.head
    case = clone.register()
    for number in range(5):
        clone.note(case, f"Catatan {number}.")
    assert [*portions(clone.repository, old, clone.head)] == [clone.head]
    assert [*portions(clone.repository, clone.head, clone.head)] == []


def test_files_that_one_push_cannot_carry_are_refused_before_they_are_signed(
    town: Town, tmp_path: Path
) -> None:
    use("en")
    clone = town.clone(REGISTRAR)
    case = clone.register()
    files = []
    for number in range(3):
        path = tmp_path / f"scan{number}.pdf"
        with path.open("wb") as file:
            file.truncate(20 * MEBIBYTE)
        files.append(FileToAttach(path, AttachmentKind.SUPPORT, as_is=True))
    with pytest.raises(Refusal) as refused:
        clone.desk.act(case, Attach(), files=files)
    assert "60 MB of at most 48 MB" in translate(refused.value.message)
    assert len(clone.events(case)) == 1


def test_the_verifier_holds_what_all_files_of_an_act_have_together() -> None:
    half = MOST_TOGETHER // 2
    fits = tuple(replace(attachment(f"{number}.pdf"), size=half) for number in range(2))
    assert files_limit_fault(fits, half) is None
    closed = files_limit_fault((*fits, replace(attachment("3.pdf"), size=1)), half)
    assert closed is not None
    assert closed.code == "attachments-too-large"


def test_a_hub_takes_what_one_act_may_have() -> None:
    assert LEAST_LIMIT > MOST_TOGETHER + 2 * PORTION


def test_the_limit_of_a_hub_is_changed_by_a_command_and_never_below_one_act(town: Town) -> None:
    use("en")
    limit_hub(town.hub, 100 * MEBIBYTE)
    assert git(town.hub, "config", "receive.maxInputSize").stdout.strip() == str(100 * MEBIBYTE)
    renew_hub(town.hub)
    assert check_hub(town.hub) == []
    with pytest.raises(Refusal) as refused:
        limit_hub(town.hub, MOST_TOGETHER)
    assert "64 MB at least" in translate(refused.value.message)
    assert open_hub(town.hub)[1].limit == 100 * MEBIBYTE
