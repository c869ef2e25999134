"""A demonstration office built once, and copies of it that are offices of their own.

    template = Template.of(open_office(folder, clock=now))
    with template.copy(another_folder, clock=now) as office:
        ...

To build an office takes seconds, since every officer and every act is signed; to copy one does not.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from soptui.demo.office import Clock, DemoOffice, MovableClock
from soptui.desk import Desk
from soptui.domain.ids import OfficerId
from soptui.records.clone.repository import Repository
from soptui.records.clone.trust import Trust, save_trust


@dataclass(frozen=True)
class Template:
    """The files of an office that nobody has open."""

    folder: Path
    officers: tuple[str, ...]
    trust: Trust

    @classmethod
    def of(cls, office: DemoOffice) -> Template:
        """Close an office, and keep its files."""
        office.keep = True
        office.close()
        return cls(office.folder, tuple(office.desks), office.repository.trust)

    def copy(self, folder: Path, *, clock: Clock) -> DemoOffice:
        """The same office in another folder, where the clock goes; to be closed as any other."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("state"))
        state_before = os.environ.get("SOPTUI_STATE")
        os.environ["SOPTUI_STATE"] = str(folder / "state")
        save_trust(folder / "records", self.trust)
        repository = Repository.open(folder / "records")
        movable = MovableClock(clock)
        desks = {
            name: Desk(repository, OfficerId(name), clock=movable, key=folder / "keys" / name)
            for name in self.officers
        }
        return DemoOffice(folder, repository, desks, movable, state_before)
