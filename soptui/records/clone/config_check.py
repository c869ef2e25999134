"""What a clone's own configuration would make Git run, or where it would lead it.

soptui runs Git so that these settings have no say; whoever types `git` in the clone is not so
protected, and may not have made them.
"""

from __future__ import annotations

import re
import shlex

from soptui.domain.message import N_, Message
from soptui.records.clone.config import SETTINGS
from soptui.records.git.process import GitDirectory
from soptui.records.git.settings import read_settings

_RUNS = re.compile(
    r"core\.(?:alternaterefscommand|askpass|editor|fsmonitor|gitproxy|hookspath|pager|sshcommand)"
    r"|sequence\.editor|pager\..+|credential\.(?:.+\.)?helper|diff\.external"
    r"|diff\..+\.(?:command|textconv)|(?:diff|merge)tool\..+\.cmd|merge\..+\.driver"
    r"|filter\..+\.(?:clean|process|smudge)|gpg\.(?:.+\.)?program|gpg\.ssh\.defaultkeycommand"
    r"|remote\..+\.(?:receivepack|uploadpack|vcs)"
)
_REDIRECTS = re.compile(
    r"core\.worktree|include\.path|includeif\..+\.path|remote\..+\.(?:proxy|pushurl)"
    r"|url\..+\.(?:pushinsteadof|insteadof)"
)
_BETWEEN = re.compile(r"http\.(?:.+\.)?(?:proxy|sslverify)")
_OWN = {name.lower(): value for name, value in SETTINGS.items()}

SENTENCES = {
    _RUNS: N_(
        "The clone's .git/config has {name} = {value}: git typed here runs that program. "
        "soptui does not. Who did not set it takes it out: git config --local --unset-all "
        "{quoted}"
    ),
    _REDIRECTS: N_(
        "The clone's .git/config has {name} = {value}: git typed here goes elsewhere. soptui "
        "does not. Who did not set it takes it out: git config --local --unset-all {quoted}"
    ),
    _BETWEEN: N_(
        "The clone's .git/config has {name} = {value}: whoever reaches the hub by https, "
        "soptui too, goes by it. Who did not set it takes it out: git config --local "
        "--unset-all {quoted}"
    ),
}
"""What such a setting does, with the sentence to say of it."""


def doubtful_settings(directory: GitDirectory) -> tuple[Message, ...]:
    """A sentence for each setting of the clone that runs a program or redirects Git.

    Those that soptui makes are left out, and what included files hold: the inclusion is named.
    """
    return tuple(
        Message(SENTENCES[pattern], name=name, value=value, quoted=shlex.quote(name))
        for name, values in read_settings(directory).items()
        for value in values
        if _OWN.get(name) != value and not _is_switch(name, value)
        for pattern in SENTENCES
        if pattern.fullmatch(name)
    )


def _is_switch(name: str, value: str) -> bool:
    """Whether it only turns on or off what Git does by itself, where a program could stand."""
    return name.startswith(("core.fsmonitor", "pager.")) and value.lower() in ("", "true", "false")
