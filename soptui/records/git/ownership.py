"""Whose a repository of this machine is, before Git opens it.

A repository's settings and hooks name programs, and Git runs them for whoever opens it. So one
that another account owns, or that lies on a medium, where no owner says anything, is opened only
if the settings of the machine or of the user name it; those of a repository have no say.
"""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Sequence
from pathlib import Path

from soptui.domain.message import Message, Refusal
from soptui.records.git.process import GitDirectory

_PLACES = ("/.git", "", ".git/.git", ".git")
"""Where Git looks for a repository at a path, in its order."""

_MEDIA = ("/media", "/run/media")
_OWNERLESS = frozenset(
    {"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "iso9660", "udf", "hfs", "hfsplus"}
)
"""File systems of media, where everything belongs to whoever put the medium in."""

_MOUNTS = Path("/proc/self/mountinfo")
_DEVICES = Path("/sys/dev/block")
_PLUGGED_IN = ("/usb", "/mmc_host/", "/firewire", "/thunderbolt")
"""What stands in the path by which Linux knows a device that can be plugged in."""


class NotOwn(Refusal):
    """The repository may be another's trap, and nobody has named it as a safe one."""


def safe_folders(directory: GitDirectory, hub: str) -> tuple[str, ...]:
    """The `safe.directory` by which Git opens the repository at the path `hub`; mostly none.

    `directory` is a repository of one's own. Raises `NotOwn`.
    """
    place = _place_of(hub)
    owner = place.stat().st_uid if place.exists() else os.geteuid()
    on_medium = is_on_medium(place)
    if owner == os.geteuid() and not on_medium:
        return ()
    safe = _named_by_settings(directory)
    if not _is_named(safe, hub, str(place)):
        raise _not_own(hub, owner, on_medium=on_medium)
    return safe


def is_on_medium(path: Path, mounts: str | None = None, devices: Path = _DEVICES) -> bool:
    """Whether `path` lies on what was plugged in, wherever that is mounted.

    The disk that the machine itself runs from counts as built in, whatever it is. `mounts` is
    Linux' table of them, its own if None, and `devices` where it tells of each device.
    """
    real = Path(os.path.realpath(path))
    if any(real.is_relative_to(medium) for medium in _MEDIA):
        return True
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
    longest, kind, device, own = -1, "", "", ""
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        numbers, _root, escaped = fields.split(" ")[2:5]
        point = escaped.encode("utf-8", "surrogateescape").decode("unicode_escape")
        if point == "/":
            own = numbers
        if len(point) >= longest and real.is_relative_to(point):
            longest, kind, device = len(point), rest.split(" ")[0], numbers
    return kind in _OWNERLESS or (device not in ("", own) and _is_plugged_in(device, devices))


def _is_plugged_in(device: str, devices: Path) -> bool:
    """Whether a device, given by its numbers such as 8:17, can be taken out; or one below it."""
    place = Path(os.path.realpath(devices / device))
    if any(part in f"{place}/" for part in _PLUGGED_IN):
        return True
    # A partition lies in the folder of its disk.
    for folder in (place, place.parent):
        try:
            if (folder / "removable").read_text(encoding="ascii").strip() == "1":
                return True
        except (OSError, UnicodeDecodeError):
            continue
    # What is encrypted or joined lies on other devices.
    below = [file.read_text(encoding="ascii").strip() for file in place.glob("slaves/*/dev")]
    return any(_is_plugged_in(one, devices) for one in below)


def _place_of(hub: str) -> Path:
    for suffix in _PLACES:
        place = Path(f"{hub}{suffix}")
        try:
            if stat.S_ISREG(place.stat().st_mode) or (place / "HEAD").exists():
                return place
        except OSError:
            continue
    return Path(hub)


def _named_by_settings(directory: GitDirectory) -> tuple[str, ...]:
    import subprocess

    environment = directory.environment()
    del environment["GIT_CONFIG_NOSYSTEM"], environment["GIT_CONFIG_GLOBAL"]
    words = ("--includes", "--type=path", "-z", "--get-all", "safe.directory")
    found: list[str] = []
    for scope in ("--system", "--global"):
        done = subprocess.run(
            (*directory.command(), "config", scope, *words),
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            found.extend(os.fsdecode(value) for value in done.stdout.split(b"\0")[:-1])
    return tuple(found)


def _is_named(safe: Sequence[str], *paths: str) -> bool:
    """Whether one of `paths` is named, as Git reads the setting: an empty value starts anew."""
    real = {os.path.realpath(path) for path in paths}
    named = False
    for value in safe:
        if not value:
            named = False
        elif value == "*" or os.path.realpath(value) in real:
            named = True
        elif value.endswith("/*"):
            above = os.path.realpath(value[:-2])
            named = named or any(Path(path).is_relative_to(above) for path in real)
    return named


def _not_own(hub: str, owner: int, *, on_medium: bool) -> NotOwn:
    if on_medium:
        return NotOwn(
            Message(
                "{path} is on a medium, and a repository there can make Git run any program. "
                "Nothing was opened or changed. Take a file that soptui disk export has written.",
                path=hub,
            )
        )
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = str(owner)
    return NotOwn(
        Message(
            "{path} belongs to the account {owner}, which could make Git run any program here. "
            "Nothing was opened or changed. If it is the office's hub, let the administrator run: "
            "git config --system --add safe.directory {path}",
            path=hub,
            owner=name,
        )
    )
