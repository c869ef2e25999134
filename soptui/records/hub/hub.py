"""Making a hub: the office's shared bare repository, which takes only what the verifier accepts.

Beside Git's own files a hub has the folder `soptui`: `hub.json` with the pinned root, `serve`,
which the forced commands of `authorized_keys` start, and `verified`, which remembers the tips that
the hook has accepted, outside the objects.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from pathlib import Path

from msgspec import json

from soptui.domain.actions.contents import MOST_TOGETHER
from soptui.domain.findings import TrustRoot
from soptui.domain.message import Message, Refusal
from soptui.domain.replace import replace
from soptui.domain.size import Size
from soptui.records.git.process import GitDirectory, is_full_id
from soptui.records.git.settings import write_settings
from soptui.records.hub.settings import PROGRAMS, settings_of
from soptui.records.hub.trust import MEBIBYTE, HubTrust, open_hub
from soptui.records.platform.processes import launcher

LEAST_LIMIT = MOST_TOGETHER + 16 * MEBIBYTE
"""In bytes. One push carries one act at least, whose files have so much together, and its texts."""

_SAFE_PATH = re.compile(r"/[A-Za-z0-9_./-]*")


def init_hub(
    path: Path,
    root: TrustRoot,
    *,
    group: str = "",
    first_key: str = "",
    language: str = "",
) -> GitDirectory:
    """A new hub at `path` that trusts `root` and nothing else.

    With `group`, the Unix accounts of that group push under their own names; otherwise only the
    account that owns the hub does. Raises `Refusal` when something is there already.
    """
    path = path.absolute()
    if _SAFE_PATH.fullmatch(str(path)) is None:
        raise Refusal(
            Message(
                "The path {path} has characters that do not fit into authorized_keys. Nothing was "
                "made. Use letters, digits, dots, dashes and underscores.",
                path=str(path),
            )
        )
    if not is_full_id(root.genesis) or not root.signer.startswith("SHA256:"):
        raise Refusal(
            Message(
                "That is not the id of a first commit and the fingerprint of its signer. Nothing "
                "was made. soptui trust show prints both."
            )
        )
    if path.exists() and any(path.iterdir()):
        raise Refusal(
            Message(
                "{path} is not empty. Nothing was changed. Choose a new folder.", path=str(path)
            )
        )
    path.mkdir(parents=True, exist_ok=True)
    directory = GitDirectory.at(path)
    directory.run("init", "--quiet", "--bare", "--initial-branch=main", "--template=")
    write_settings(directory, {"receive.certNonceSeed": secrets.token_hex(20)})
    trust = HubTrust(root.genesis, root.signer, first_key, language)
    (path / "soptui" / "verified").mkdir(parents=True)
    _keep(path, trust)
    for folder in ("hooks", "logs/refs/heads", "refs/heads", "objects/pack", "objects/info"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    renew_hub(path)
    if group:
        _share(directory, group)
    return directory


def renew_hub(path: Path) -> None:
    """Write settings and programs anew, as after an upgrade of soptui. Raises `NotAHub`."""
    directory, trust = open_hub(path)
    write_settings(directory, settings_of(trust))
    for name, module in PROGRAMS.items():
        _write(path / name, launcher(module), program=True)


def limit_hub(path: Path, limit: int) -> None:
    """Let one push bring so many bytes at most. Raises `NotAHub`, and `Refusal` for too few."""
    directory, trust = open_hub(path)
    if limit < LEAST_LIMIT:
        raise Refusal(
            Message(
                "A push must be allowed {least} at least, or what can be recorded cannot be sent. "
                "Nothing was changed. Give {least} or more.",
                least=Size(LEAST_LIMIT),
            )
        )
    limited = replace(trust, limit=limit)
    _keep(path, limited)
    write_settings(directory, settings_of(limited))


def _keep(path: Path, trust: HubTrust) -> None:
    """Write down what the hub trusts."""
    _write(path / "soptui" / "hub.json", json.format(json.encode(trust).decode(), indent=1) + "\n")


def _share(directory: GitDirectory, group: str) -> None:
    """Let the accounts of `group` add objects and move refs, and nothing else of the hub.

    Git locks `HEAD` when main moves, in the hub's own folder: the sticky bit lets every account
    make and remove its own files there, and keeps it from those of the hub's owner.
    """
    path = directory.path
    write_settings(directory, {"core.sharedRepository": "group"})
    try:
        for folder in ("objects", "refs", "logs", "soptui/verified"):
            for parent, folders, files in os.walk(path / folder):
                shutil.chown(parent, group=group)
                Path(parent).chmod(0o2775)
                for name in (*folders, *files):
                    shutil.chown(Path(parent, name), group=group)
        shutil.chown(path, group=group)
        path.chmod(0o3775)
    except (LookupError, PermissionError):
        raise Refusal(
            Message(
                "The hub cannot be given to the group {group}. The hub stands, for its owner only. "
                "Make the group, join it, and make the hub anew.",
                group=group,
            )
        ) from None


def _write(path: Path, content: str, *, program: bool = False) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(content, encoding="utf-8")
    temporary.chmod(0o755 if program else 0o644)
    temporary.replace(path)
