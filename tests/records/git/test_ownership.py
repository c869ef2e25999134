"""Row 17: a repository of another account, or on a medium, is no hub until somebody says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from soptui.records.git import ownership
from soptui.records.git.ownership import NotOwn, is_on_medium
from soptui.records.sharing.join import open_candidate
from tests.support.town import HEAD, REGISTRAR, Town, git

_SOMEBODY_ELSE = 65534


def give_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `folder` belong to another account than the one that runs the test."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _SOMEBODY_ELSE, _SOMEBODY_ELSE)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: _SOMEBODY_ELSE)


def set_a_trap(hub: Path, proof: Path) -> None:
    """Everything by which a repository makes Git run a program, as far as is known."""
    script = hub / "trap"
    script.write_text(f"#!/bin/sh\ntouch '{proof}'\nexit 1\n")
    script.chmod(0o755)
    for hook in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction"):
        (hub / "hooks" / hook).unlink(missing_ok=True)
        shutil.copy(script, hub / "hooks" / hook)
    for name in ("core.alternateRefsCommand", "core.fsmonitor", "uploadpack.packObjectsHook"):
        git(hub, "config", name, str(script))
    (hub / "objects" / "info" / "alternates").write_text(f"{hub}/objects\n")


@pytest.mark.parametrize("form", ["{}", "file://{}", "file://{}/../records%2Egit", "{}/."])
def test_a_hub_of_another_account_is_not_opened(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    clone = town.clone(REGISTRAR)
    clone.register()
    before = clone.head
    set_a_trap(town.hub, tmp_path / "it ran")
    give_away(town.hub, monkeypatch)
    clone.git("config", "remote.origin.url", form.format(town.hub))
    with pytest.raises(NotOwn) as refused:
        clone.sync()
    assert "safe.directory" in str(refused.value.message)
    with pytest.raises(NotOwn), open_candidate(form.format(town.hub), tmp_path / "joined"):
        pass
    assert clone.head == before
    assert not (tmp_path / "it ran").exists()
    assert not (tmp_path / "joined").exists()


def test_the_settings_of_the_clone_or_the_hub_name_nothing_safe(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = town.clone(REGISTRAR)
    give_away(town.hub, monkeypatch)
    for folder in (clone.root, town.hub):
        with (folder / ("config" if folder == town.hub else ".git/config")).open("a") as file:
            file.write('[safe]\n\tdirectory = "*"\n')
    with pytest.raises(NotOwn):
        clone.sync()


def test_a_hub_that_the_user_s_settings_name_is_worked_with(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = clone.register()
    give_away(town.hub, monkeypatch)
    home = tmp_path / "own-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (home / ".gitconfig").write_text("[include]\n\tpath = safe\n")
    (home / "safe").write_text(f"[safe]\n\tdirectory = {town.hub}\n")
    assert clone.sync().pushed
    assert head.sync().ok
    assert head.events(case)
    (home / "safe").write_text(f"[safe]\n\tdirectory = {town.hub}\n\tdirectory =\n")
    with pytest.raises(NotOwn):
        clone.sync()


def test_a_repository_on_a_medium_is_not_opened_whoever_owns_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = town.clone(REGISTRAR)
    monkeypatch.setattr(ownership, "_MEDIA", (os.path.realpath(town.folder),))
    with pytest.raises(NotOwn, match="medium"):
        clone.sync()


def device(devices: Path, numbers: str, place: str, *, removable: str = "0") -> Path:
    """A device as Linux tells of it below /sys."""
    folder = devices / "devices" / place
    folder.mkdir(parents=True)
    (folder / "removable").write_text(f"{removable}\n")
    (devices / numbers).symlink_to(folder)
    return folder


def test_a_medium_is_known_by_its_device_wherever_it_is_mounted(tmp_path: Path) -> None:
    device(tmp_path, "8:1", "pci0/usb1/block/sda/sda1")
    device(tmp_path, "8:17", "pci0/usb1/1-1/block/sdb/sdb1")
    device(tmp_path, "11:0", "pci0/ata2/block/sr0", removable="1")
    device(tmp_path, "8:33", "pci0/ata1/block/sdc/sdc1")
    opened = device(tmp_path, "253:0", "virtual/block/dm-0") / "slaves" / "sdb1"
    opened.mkdir(parents=True)
    (opened / "dev").write_text("8:17\n")
    table = "".join(
        f"{place} 1 {numbers} / {point} rw - ext4 /dev/x rw\n"
        for place, (numbers, point) in enumerate(
            {"8:1": "/", "8:17": "/mnt", "11:0": "/srv/a", "8:33": "/srv/b", "253:0": "/x"}.items()
        )
    )
    for path in ("/mnt/records.git", "/srv/a/records.git", "/x/records.git"):
        assert is_on_medium(Path(path), table, tmp_path)
    # The machine's own disk, on whatever it stands, and one that is built in.
    for path in ("/srv/records.git", "/srv/b/records.git"):
        assert not is_on_medium(Path(path), table, tmp_path)


def test_a_medium_is_known_by_its_place_or_its_file_system(tmp_path: Path) -> None:
    table = (
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "40 22 8:17 / /mnt/my\\040disk rw,nosuid - vfat /dev/sdb1 rw,uid=1000\n"
        "41 40 8:18 / /mnt/my\\040disk/inner rw - ext4 /dev/sdc1 rw\n"
    )
    assert is_on_medium(Path("/mnt/my disk/records.git"), table, tmp_path)
    assert is_on_medium(Path("/media/camat/STIK/records.git"), table)
    assert not is_on_medium(Path("/mnt/my disk/inner/records.git"), table, tmp_path)
    assert not is_on_medium(Path("/mnt/other/records.git"), table, tmp_path)
    assert not is_on_medium(Path("/srv/records.git"), "")
