"""The settings of a clone, by which stock Git signs, joins and checks as soptui does.

With them a plain `git pull` rebases one's own unshared commits onto what came, signs them again
and joins each case by our merge driver; a merge by hand, whose message and parents could not be
ours, is refused unless somebody insists; and `git push` sends what the hub's verifier accepts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from soptui.domain.office import Officer
from soptui.records.git.commit import name_in_git
from soptui.records.git.process import GitDirectory
from soptui.records.git.refs import MAIN, TRACKING
from soptui.records.git.settings import write_settings
from soptui.records.platform.processes import launcher

_DRIVER = ".git/soptui/merge-driver"
_MODULE = "soptui.records.merge_driver"

SETTINGS: Mapping[str, str] = {
    "gpg.format": "ssh",
    "gpg.ssh.allowedSignersFile": "allowed_signers",
    "commit.gpgSign": "true",
    "commit.cleanup": "verbatim",
    "core.autocrlf": "false",
    "core.logAllRefUpdates": "always",
    # An act then writes the entries that it changed, and not the thousands of others.
    "core.splitIndex": "true",
    "fetch.fsckObjects": "true",
    "i18n.commitEncoding": "utf-8",
    "merge.ff": "only",
    "merge.soptui.name": "union of the events of a case",
    "merge.soptui.driver": f"{_DRIVER} %O %A %B",
    "pull.rebase": "true",
    "push.default": "simple",
}
"""What every clone is set to."""

# Whatever is not a case is changed by one administrator at a time: Git never mixes two versions.
_ATTRIBUTES = "* -text merge=binary\ncases/*/*/*/*.toml merge=soptui\n"

_PRE_REBASE = """#!/bin/sh
# Only one's own commits can be signed again; those of others keep their signatures in a merge.
mail=$(git config user.email)
others=$(git log --format=%ce "$1..${2:-HEAD}" | grep -v -x -F -e "$mail")
if [ -n "$others" ]; then
    echo "soptui: ada commit orang lain yang belum dibagikan; jalankan: soptui sync" >&2
    echo "soptui: there are unshared commits of others; run: soptui sync" >&2
    exit 1
fi
"""


def configure(directory: GitDirectory) -> None:
    """Give a clone its settings, its merge driver and its hook; may be repeated.

    Raises `LockHeld` and `OSError`.
    """
    write_settings(directory, SETTINGS)
    _write(directory.path / "info" / "attributes", _ATTRIBUTES)
    _write(directory.path / "hooks" / "pre-rebase", _PRE_REBASE, program=True)
    _write(directory.own_folder / "merge-driver", launcher(_MODULE), program=True)


def prepare(
    directory: GitDirectory,
    *,
    officer: Officer | None = None,
    key: Path | None = None,
    hub: str = "",
) -> None:
    """Give a clone its settings, and what is known of its author and its hub.

    Raises `LockHeld` and `OSError`.
    """
    configure(directory)
    if officer is not None:
        set_author(directory, officer, key)
    if hub:
        set_remote(directory, hub)


def set_author(directory: GitDirectory, officer: Officer, key: Path | None) -> None:
    """Let stock Git sign as `officer`, with the key file if one is known."""
    settings = {"user.name": name_in_git(officer.name), "user.email": officer.mail}
    if key is not None:
        settings["user.signingKey"] = str(key.absolute())
    write_settings(directory, settings)


def set_remote(directory: GitDirectory, address: str) -> None:
    """Name the hub. Git then refuses to follow a hub whose history was rewritten, too."""
    write_settings(
        directory,
        {
            "remote.origin.url": address,
            "remote.origin.fetch": f"{MAIN}:{TRACKING}",
            "branch.main.remote": "origin",
            "branch.main.merge": MAIN,
        },
    )


def _write(path: Path, content: str, *, program: bool = False) -> None:
    try:
        if path.read_text(encoding="utf-8") == content:
            return
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(content, encoding="utf-8")
    temporary.chmod(0o755 if program else 0o644)
    temporary.replace(path)
