"""Keeping drafts when the application goes: at a lost line, a signal, or the end of a screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from textual.app import App


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen on which something is typed that must not be lost."""

    def save_draft(self) -> None:
        """Keep now what was typed. Never raises."""


def save_all_drafts(app: App[Any]) -> None:
    """Keep what was typed on every screen, in sight or not; for handlers of SIGHUP and SIGTERM."""
    for screen in _screens(app):
        if isinstance(screen, KeepsDraft):
            screen.save_draft()


def _screens(app: App[Any]) -> Iterator[object]:
    for stack in app._screen_stacks.values():
        yield from stack
