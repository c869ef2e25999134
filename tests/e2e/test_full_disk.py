"""When the disk refuses, a sentence says so and the records are as they were."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soptui.demo.building import open_office
from soptui.demo.office import DemoOffice
from tests.e2e.acting import ActingProcess, assert_sound, desk_of, look, new_case
from tests.support import needs

StartProcess = Callable[[], ActingProcess]
Leave = Callable[[Path, int], None]


@pytest.mark.parametrize("limit", [0, 100, 600, 4000])
def test_a_file_that_may_not_grow(
    office: DemoOffice, process: StartProcess, tmp_path: Path, limit: int
) -> None:
    case_id = new_case(office)
    evidence = tmp_path / "evidence.bin"
    evidence.write_bytes(os.urandom(20_000))
    before = look(office, case_id)
    order = {"case": case_id, "act": "attach", "text": "Bukti", "file": evidence}
    answer = process().does(**desk_of(office, "sekretaris"), **order, limit=limit)
    assert "Nothing was recorded" in answer["refused"]
    assert answer["done"] == []
    assert look(office, case_id) == before
    assert_sound(office)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room, where the system lets us have one."""
    needs.root()
    folder = tmp_path / "disk"
    folder.mkdir()
    options = "size=8m,nr_inodes=4000"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
    )
    yield folder
    if mounted.returncode == 0:
        subprocess.run(["umount", "-l", folder], check=True)


def leave_room(folder: Path, pages: int) -> None:
    """Take all the room of the disk but some pages."""
    status = os.statvfs(folder)
    taken = max(0, status.f_bavail - pages) * status.f_frsize
    (folder / "ballast" / "large").write_bytes(b"x" * taken)


def leave_names(folder: Path, names: int) -> None:
    """Take all the files that the disk can have but some."""
    for number in range(max(0, os.statvfs(folder).f_ffree - names)):
        (folder / "ballast" / str(number)).touch()


@pytest.mark.slow
@pytest.mark.parametrize("leave", [leave_room, leave_names])
def test_a_disk_that_fills_up_at_any_point(small_disk: Path, leave: Leave) -> None:
    if not os.path.ismount(small_disk):
        return
    with open_office(small_disk / "office", clock=lambda: datetime.now(UTC)) as office:
        office.clock.set_to(None)
        case_id = new_case(office)
        process = ActingProcess(office.repository.root)
        order = {**desk_of(office, "sekretaris"), "case": case_id, "act": "note", "text": "Catatan"}
        for left in range(40):
            before = len(look(office, case_id).entries)
            (small_disk / "ballast").mkdir()
            leave(small_disk, left)
            answer = process.does(**order)
            shutil.rmtree(small_disk / "ballast")
            assert "crashed" not in answer
            assert len(look(office, case_id).entries) == before + len(answer["done"])
        assert answer["done"]
        process.close()
        assert_sound(office)
