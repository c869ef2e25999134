"""A home as a new user of the machine has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SETTINGS = ("EDITOR", "GIT_", "NO_COLOR", "SOPTUI_", "SSH_", "VISUAL", "XDG_")


def move_into(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Live in an empty folder, where no key or setting of who runs the tests has a say."""
    for name in list(os.environ):
        if name.startswith(_SETTINGS):
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
