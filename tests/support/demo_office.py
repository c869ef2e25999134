"""A demonstration office built once, and copies of it that are offices of their own.

    with built_office.copy(folder, clock=now) as office:
        ...

To build an office takes seconds, since every officer and every act is signed; to copy one does not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soptui.demo.building import build_office, open_office
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
        """Close an office, and keep its files: few, so that copies are quick."""
        office.keep = True
        office.close()
        subprocess.run(["git", "repack", "-adq"], cwd=office.repository.root, check=True)
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


def now() -> datetime:
    """A Tuesday morning at ten, in the office's zone."""
    return datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An office with its cases."""
    return Template.of(build_office(tmp_path_factory.mktemp("built") / "office", clock=now))


@pytest.fixture(scope="session")
def opened_office(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An office without cases."""
    return Template.of(open_office(tmp_path_factory.mktemp("opened") / "office", clock=now))
