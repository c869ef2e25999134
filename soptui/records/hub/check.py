"""What is unsafe about a hub: its settings, programs, permissions, and what lies in it."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from soptui.domain.message import N_, Message
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import MAIN, read_ref
from soptui.records.git.settings import read_settings
from soptui.records.hub.settings import PROGRAMS, settings_of
from soptui.records.hub.trust import HubTrust, open_hub, remembered_position
from soptui.records.platform.processes import launcher, library_folders

SENTENCES = {
    "setting": N_("The setting {name} is {found}, it must be {wanted}."),
    "setting-unknown": N_("The configuration has the setting {name}, which soptui does not make."),
    "setting-missing": N_("The setting {name} is missing."),
    "program": N_("{path} is not what soptui installs: run soptui hub renew."),
    "hook-unknown": N_("There is a program {path} that soptui does not install."),
    "writable": N_("{path} can be written by {who}."),
    "owner": N_("{path} belongs to another account than the hub."),
    "objects-elsewhere": N_("{path} lets objects or ancestry come from elsewhere."),
    "ref": N_("The hub has the ref {name}; it may only have main."),
    "unverified": N_("The hub's newest records were not accepted by its hook."),
    "left-over": N_(
        "{path} was left behind by a push that was killed, and holds nothing that counts: delete "
        "it."
    ),
    "library": N_("{path}, which the hook runs, can be written by others than its owner."),
    "library-hidden": N_("{path}, which the hook needs, cannot be read by the other accounts."),
}
"""Every code with its sentence."""

_OWN_SETTINGS = frozenset(
    {"core.repositoryformatversion", "core.filemode", "core.sharedrepository", "core.bare"}
)
_LEFT_OVER_SECONDS = 24 * 3600
"""No push takes that long; the folder of one that runs must stay."""

_ELSEWHERE = ("objects/info/alternates", "objects/info/http-alternates", "info/grafts", "shallow")
_READ_ONLY = (
    "",
    "config",
    "hooks",
    "hooks/pre-receive",
    "soptui",
    "soptui/hub.json",
    "soptui/serve",
)


class Defect(Struct, frozen=True):
    """One thing that is unsafe, with its stable code."""

    code: str
    message: Message


def check_hub(path: Path) -> list[Defect]:
    """Everything that is unsafe about the hub at `path`. Raises `NotAHub`."""
    directory, trust = open_hub(path.absolute())
    return [
        *_settings(directory, trust),
        *_programs(directory.path),
        *_permissions(directory.path),
        *_libraries(directory),
        *_contents(directory, trust),
        *_left_over(directory),
    ]


def _defect(code: str, **values: object) -> Defect:
    return Defect(code, Message(SENTENCES[code], **values))


def _settings(directory: GitDirectory, trust: HubTrust) -> Iterator[Defect]:
    found = {name: values[-1] for name, values in read_settings(directory).items()}
    wanted = {name.lower(): value for name, value in settings_of(trust).items()}
    for name, value in wanted.items():
        if name not in found:
            yield _defect("setting-missing", name=name)
        elif found[name] != value:
            yield _defect("setting", name=name, found=found[name], wanted=value)
    if not found.get("receive.certnonceseed"):
        yield _defect("setting-missing", name="receive.certNonceSeed")
    for name in found.keys() - wanted.keys() - _OWN_SETTINGS - {"receive.certnonceseed"}:
        yield _defect("setting-unknown", name=name)


def _programs(path: Path) -> Iterator[Defect]:
    for name, module in PROGRAMS.items():
        try:
            same = (path / name).read_text(encoding="utf-8") == launcher(module)
        except (OSError, UnicodeDecodeError):
            same = False
        if not same or not os.access(path / name, os.X_OK):
            yield _defect("program", path=name)
    for hook in sorted((path / "hooks").iterdir()):
        if f"hooks/{hook.name}" not in PROGRAMS and not hook.name.endswith(".sample"):
            yield _defect("hook-unknown", path=f"hooks/{hook.name}")


def _permissions(path: Path) -> Iterator[Defect]:
    owner = path.stat().st_uid
    for name in _READ_ONLY:
        try:
            found = (path / name).stat()
        except OSError:
            continue
        if found.st_uid != owner:
            yield _defect("owner", path=name or str(path))
        yield from _writable(name or str(path), found.st_mode, group=True)
    for parent, _, _ in os.walk(path):
        yield from _writable(parent, Path(parent).stat().st_mode, group=False)


def _libraries(directory: GitDirectory) -> Iterator[Defect]:
    try:
        directory.run("config", "--local", "--get", "core.sharedRepository")
        shared = True
    except GitFailed:
        shared = False
    for part in (Path(sys.executable), Path(__file__), *map(Path, library_folders())):
        if part.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            yield _defect("library", path=str(part))
        hidden = hidden_part(part) if shared else None
        if hidden is not None:
            yield _defect("library-hidden", path=str(hidden))


def hidden_part(path: Path) -> Path | None:
    """What keeps other accounts from reading `path`: itself or a folder on the way; else None."""
    real = Path(os.path.realpath(path))
    readable = stat.S_IROTH if real.is_file() else stat.S_IXOTH
    if not real.stat().st_mode & readable:
        return real
    return next((one for one in real.parents if not one.stat().st_mode & stat.S_IXOTH), None)


def _writable(name: str, mode: int, *, group: bool) -> Iterator[Defect]:
    if mode & stat.S_ISVTX:
        return
    if group and mode & stat.S_IWGRP:
        yield _defect("writable", path=name, who=Message("its group"))
    if mode & stat.S_IWOTH:
        yield _defect("writable", path=name, who=Message("everybody"))


def _contents(directory: GitDirectory, trust: HubTrust) -> Iterator[Defect]:
    for name in _ELSEWHERE:
        if (directory.path / name).exists():
            yield _defect("objects-elsewhere", path=name)
    try:
        refs = directory.run("for-each-ref", "--format=%(refname)").decode("utf-8", "replace")
    except GitFailed:
        refs = ""
    for name in filter(None, refs.split("\n")):
        if name != MAIN:
            yield _defect("ref", name=name)
    tip = read_ref(directory, MAIN)
    if tip is not None and not remembered_position(directory.path, trust, tip):
        yield _defect("unverified")


def _left_over(directory: GitDirectory) -> Iterator[Defect]:
    """What pushes unpacked into and would have removed; Git itself only does so when it prunes."""
    for path in sorted(directory.objects.glob("tmp_objdir-*")):
        try:
            age = time.time() - path.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > _LEFT_OVER_SECONDS:
            yield _defect("left-over", path=f"objects/{path.name}")
