"""One officer at work: the only door through which the screens and the commands act.

The names are loaded when they are first used, so that a command which needs little starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.desk.views import CaseView, FileToAttach, Opening, StepView

__all__ = ["CaseView", "Desk", "FileToAttach", "Opening", "StepView"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    home = "soptui.desk.desk" if name == "Desk" else "soptui.desk.views"
    return getattr(import_module(home), name)
