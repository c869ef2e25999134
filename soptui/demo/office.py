"""A throw-away office with its people, keys and cases, set up by the same code as a real one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Self

from soptui.demo.people import ADMIN
from soptui.desk import Desk
from soptui.records.clone.repository import Repository

Clock = Callable[[], datetime]

STATE = "SOPTUI_STATE"
"""The variable that says where what clones are trusted is remembered."""


class MovableClock:
    """A clock that can be set, to let the office have a past, and let go again."""

    def __init__(self, real: Clock) -> None:
        self.real = real
        self._set_to: datetime | None = None

    def __call__(self) -> datetime:
        """The time it was set to, else the real one."""
        return self._set_to or self.real()

    def set_to(self, moment: datetime | None) -> None:
        """Stand still at a moment; None lets the clock go on."""
        self._set_to = moment


class DemoOffice:
    """The office in `folder`, with the desk of each of its officers by id.

    While it is open, what clones are trusted is remembered inside the folder and not among the
    user's own files. Close it, or use it as a context manager.
    """

    def __init__(
        self,
        folder: Path,
        repository: Repository,
        desks: dict[str, Desk],
        clock: MovableClock,
        state_before: str | None,
    ) -> None:
        self.keep = False
        """Whether the folder stays when the office is closed."""
        self.folder = folder
        self.repository = repository
        self.desks = desks
        self.clock = clock
        self._state_before = state_before

    @property
    def papers(self) -> Path:
        """The folder with the files that officers attach."""
        return self.folder / "papers"

    def workday(self, ago: int, at: time) -> datetime:
        """A time on the working day that lies `ago` working days before today."""
        desk = self.desks[ADMIN]
        day = self.clock.real().astimezone(desk.calendar.zone).date()
        while ago:
            day -= timedelta(days=1)
            ago -= desk.calendar.is_working_day(day)
        return datetime.combine(day, at, desk.calendar.zone)

    def close(self) -> None:
        """Let go of the office; everything in it is removed unless it is to be kept."""
        for desk in self.desks.values():
            desk.close()
        self.repository.close()
        restore_state(self._state_before)
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()


def restore_state(value: str | None) -> None:
    """Give the variable back the value that it had before the office was opened."""
    if value is None:
        os.environ.pop(STATE, None)
    else:
        os.environ[STATE] = value
