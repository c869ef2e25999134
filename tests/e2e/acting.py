"""Processes that act in an office's clone, and how its cases stand afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.case import Case
from soptui.domain.ids import CaseId
from soptui.records.clone.repository import Repository
from soptui.records.git.stock_git import StockGit
from tests.support.programs import ROOT


class ActingProcess:
    """A running `acting_process.py`."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            (sys.executable, str(Path(__file__).with_name("acting_process.py")), str(root)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert self._heard() == {"ready": True}

    def start(self, **order: object) -> int:
        """Give an order; the id of the process that carries it out."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order, default=str) + "\n")
        self._process.stdin.flush()
        return int(self._heard()["pid"])

    def answer(self) -> dict[str, Any]:
        """What came of the order."""
        return self._heard()

    def waits(self, *, at_most: float) -> None:
        """Until the act is over, or so many seconds have passed."""
        assert self._process.stdout is not None
        select.select([self._process.stdout], [], [], at_most)

    def does(self, **order: object) -> dict[str, Any]:
        self.start(**order)
        return self.answer()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(60) == 0
        assert self._process.stdout is not None
        self._process.stdout.close()

    def kill(self, pid: int) -> None:
        """End an act at once; one that is over already is left alone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))


def desk_of(office: DemoOffice, officer: str) -> dict[str, object]:
    """The part of an order that says whose desk it is."""
    return {"officer": officer, "key": office.folder / "keys" / officer}


def new_case(office: DemoOffice, *, received: bool = False) -> CaseId:
    """A case that waits for the camat, or that the camat has in hand."""
    actor = Actor(office)
    moment = office.clock.real().astimezone(office.desks["camat"].calendar.zone)
    moment = moment.replace(microsecond=0) - timedelta(minutes=5)
    actor.register("penerima-surat", bupati_letter(f"000/{os.urandom(4).hex()}", "III", moment))
    if received:
        actor.receive("camat", moment)
    office.clock.set_to(None)
    return actor.case_id


def look(office: DemoOffice, case_id: CaseId) -> Case:
    """The case as a fresh process sees it."""
    with Repository.open(office.repository.root) as repository:
        file = repository.current()[1].case_file(case_id)
    assert file is not None
    return file.case


def the_only_case(office: DemoOffice) -> Case:
    """The one case that there is, as a fresh process sees it."""
    with Repository.open(office.repository.root) as repository:
        ((case_id, _blob),) = repository.current()[1].case_ids()
    return look(office, case_id)


def assert_sound(office: DemoOffice) -> None:
    """Every rule of the verifier holds from the first commit on, and stock Git agrees."""
    with Repository.open(office.repository.root) as repository:
        report = repository.verify(full=True)
        assert report.errors == ()
        repository.follow()
    stock = StockGit(office.repository.root)
    assert stock.fsck()
    assert stock.is_clean()
