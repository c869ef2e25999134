"""What a forced command of `authorized_keys` starts: Git's two services, for one hub, no more.

Called as `serve HUB OFFICER` by sshd, with what the other side asked for in
`SSH_ORIGINAL_COMMAND`. Git then runs with our settings over those of the hub's own configuration,
in bounded memory and time, and without any variable of the connection but the protocol's version.
"""

from __future__ import annotations

import os
import re
import resource
import sys
from pathlib import Path
from typing import NoReturn

from soptui.domain.ids import OfficerId
from soptui.records.hub.settings import settings_of
from soptui.records.hub.trust import HubTrust, open_hub

_ASKED = re.compile(r"git[ -](upload-pack|receive-pack) '([^'\x00-\x1f]*)'")
_PROTOCOL = re.compile(r"version=[0-2]")
_OFFICER = re.compile(r"[a-z][a-z0-9-]{0,31}")
_MEMORY = 1024 * 1024 * 1024
_SECONDS = 900


def main() -> int:
    """Become the Git service that was asked for; 1 when it may not be."""
    if len(sys.argv) != 3:
        return 2
    return serve(Path(sys.argv[1]), OfficerId(sys.argv[2]))


def serve(hub: Path, officer: OfficerId) -> int:
    """Serve `hub` to the person who came in with the key of `officer`. Returns only to refuse."""
    asked = _ASKED.fullmatch(os.environ.get("SSH_ORIGINAL_COMMAND", ""))
    if asked is None or not _OFFICER.fullmatch(officer) or not _is_same(asked[2], hub):
        sys.stderr.write(
            "soptui: kunci ini hanya untuk git fetch dan git push ke arsip kantor.\n"
            "soptui: this key is only for git fetch and git push to the office's records.\n"
        )
        return 1
    _, trust = open_hub(hub)
    return _become(asked[1], hub, trust, officer)


def _become(service: str, hub: Path, trust: HubTrust, officer: OfficerId) -> NoReturn:
    for limit, wanted in ((resource.RLIMIT_DATA, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        _, most = resource.getrlimit(limit)
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(limit, (allowed, most))
    forced = {
        **settings_of(trust),
        "core.hooksPath": str(hub / "hooks"),
        "safe.directory": str(hub),
    }
    settings = [word for name, value in forced.items() for word in ("-c", f"{name}={value}")]
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "SOPTUI_LANG") if name in os.environ
    } | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LC_ALL": "C",
        "SOPTUI_OFFICER": officer,
    }
    protocol = os.environ.get("GIT_PROTOCOL", "")
    if _PROTOCOL.fullmatch(protocol):
        environment["GIT_PROTOCOL"] = protocol
    command = ["git", *settings, service, str(hub)]
    os.execvpe("git", command, environment)  # noqa: S606 (it replaces this process, no shell)


def _is_same(asked: str, hub: Path) -> bool:
    """Whether the path that was asked for, below the account's home if relative, is the hub."""
    path = Path(asked.removeprefix("~/"))
    return (Path.home() / path).resolve() == hub.resolve()
