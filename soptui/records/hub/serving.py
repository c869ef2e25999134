"""From the command that a person types to the program that serves a hub."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

from soptui.domain.ids import OfficerId
from soptui.records.hub.trust import open_hub
from soptui.records.platform.processes import isolated

_SERVE = "soptui.records.serve"


def hand_over(hub: Path, officer: OfficerId) -> NoReturn:
    """Become `soptui.records.serve`, isolated as the program in the hub starts it.

    Raises `NotAHub`.
    """
    open_hub(hub)
    command = (*isolated(_SERVE), str(hub), officer)
    os.execv(command[0], command)  # noqa: S606 (it replaces this process, no shell)
