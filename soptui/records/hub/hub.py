"""The hub: the office's shared bare repository, which takes only what the verifier accepts.

Beside Git's own files a hub has the folder `soptui`: `hub.json` with the pinned root, `serve`,
which the forced commands of `authorized_keys` start, and `verified`, which remembers the tips that
the hook has accepted, outside the objects. Its settings refuse what a push or a fetch could misuse,
and keep what was once accepted from being deleted or rewritten.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from soptui.domain.findings import TrustRoot
from soptui.domain.ids import CommitId
from soptui.domain.message import Message, Refusal
from soptui.records.git.process import GitDirectory, is_full_id
from soptui.records.git.settings import write_settings
from soptui.records.platform.processes import launcher
from soptui.records.verify.version import VERSION

SETTINGS: Mapping[str, str] = {
    "core.bare": "true",
    "core.bigFileThreshold": "32m",
    "core.fsync": "all",
    "core.logAllRefUpdates": "always",
    "gc.auto": "0",
    "gc.pruneExpire": "never",
    "gc.reflogExpire": "never",
    "gc.reflogExpireUnreachable": "never",
    "receive.advertisePushOptions": "false",
    "receive.autogc": "false",
    "receive.denyDeletes": "true",
    "receive.denyNonFastForwards": "true",
    "receive.fsckObjects": "true",
    "receive.maxInputSize": "64m",
    "receive.shallowUpdate": "false",
    "transfer.fsckObjects": "true",
    "uploadpack.allowAnySHA1InWant": "false",
    "uploadpack.allowFilter": "false",
}
"""What every hub is set to; `receive.certNonceSeed` is its own secret."""

PROGRAMS: Mapping[str, str] = {
    "hooks/pre-receive": "soptui.records.hook",
    "soptui/serve": "soptui.records.serve",
}
"""The programs of a hub, by path, with the module that each starts."""

_KEPT_TIPS = 64
_SAFE_PATH = re.compile(r"/[A-Za-z0-9_./-]*")


class NotAHub(Refusal):
    """There is no hub at this path."""


class HubTrust(Struct, frozen=True):
    """What a hub trusts from outside its records, and whom it lets in while it is empty.

    `first_key` is the founder's public key; once there are records, their officers' keys count.
    `language` is what refusals are written in; empty for Indonesian and English both.
    """

    genesis: CommitId
    signer: str
    first_key: str = ""
    language: str = ""

    @property
    def root(self) -> TrustRoot:
        """The root for the verifier."""
        return TrustRoot(self.genesis, self.signer)


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
    _write(path / "soptui" / "hub.json", json.dumps(asdict(trust), indent=1) + "\n")
    for folder in ("hooks", "logs/refs/heads", "refs/heads", "objects/pack", "objects/info"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    renew_hub(path)
    if group:
        _share(directory, group)
    return directory


def renew_hub(path: Path) -> None:
    """Write settings and programs anew, as after an upgrade of soptui. Raises `NotAHub`."""
    directory, _ = open_hub(path)
    write_settings(directory, SETTINGS)
    for name, module in PROGRAMS.items():
        _write(path / name, launcher(module), program=True)


def open_hub(path: Path) -> tuple[GitDirectory, HubTrust]:
    """The hub at `path` and what it trusts. Raises `NotAHub`."""
    try:
        fields = json.loads((path / "soptui" / "hub.json").read_text(encoding="utf-8"))
        told = {name: str(value) for name, value in fields.items()}
        trust = HubTrust(CommitId(told.pop("genesis")), **told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotAHub(
            Message(
                "{path} is not a hub of soptui. Nothing was changed. Make one with soptui hub "
                "init.",
                path=str(path),
            )
        ) from None
    return GitDirectory.at(path), trust


def remembered_position(path: Path, trust: HubTrust, tip: CommitId) -> int:
    """The place on the main line of a tip that the hook has accepted; 0 when it is not known."""
    try:
        fields = json.loads((path / "soptui" / "verified" / tip).read_text(encoding="ascii"))
        known = (fields["verifier"], fields["genesis"]) == (VERSION, trust.genesis)
        return int(fields["position"]) if known else 0
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        # Whatever stands there, the history can be verified again.
        return 0


def remember_tip(path: Path, trust: HubTrust, tip: CommitId, position: int) -> None:
    """Remember an accepted tip. That it cannot be written costs time later, nothing else."""
    folder = path / "soptui" / "verified"
    fields = {"verifier": VERSION, "genesis": trust.genesis, "position": position}
    temporary = folder / f".{tip}.{os.getpid()}"
    try:
        temporary.write_text(json.dumps(fields), encoding="ascii")
        temporary.replace(folder / tip)
        _forget_old(folder)
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    found = [(entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder)]
    if len(found) > 2 * _KEPT_TIPS:
        for _, path in sorted(found)[:-_KEPT_TIPS]:
            Path(path).unlink(missing_ok=True)


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
