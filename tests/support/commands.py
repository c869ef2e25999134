"""Commands of soptui, typed in this process or run as programs of their own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner, Result

from soptui.desk.desk import Desk
from soptui.desk.office.administration import Administration
from soptui.domain.ids import CaseId, OfficerId
from tests.support.office_repository import OfficeFixture, signer_of
from tests.support.programs import SOPTUI


class Terminal:
    """Types commands at the desk of whichever officer of an office is named."""

    def __init__(self, office: OfficeFixture) -> None:
        self.office = office
        self._numbers = count(17)

    @property
    def root(self) -> Path:
        """The folder of the records."""
        return self.office.repository.root

    def options(self, officer: str) -> list[str]:
        """The options that seat an officer at the records."""
        key = str(signer_of(officer).key_path)
        return ["--records", str(self.root), "--officer", officer, "--key", key]

    def run(self, officer: str, *words: str, stdin: str | None = None) -> Result:
        """What a command line gives."""
        return typed(*self.options(officer), *words, stdin=stdin)

    def does(self, officer: str, *words: str, stdin: str | None = None) -> str:
        """The data that a command writes, which must go well."""
        result = self.run(officer, *words, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def data(self, officer: str, *words: str) -> Any:
        """The JSON that a command writes."""
        return json.loads(self.does(officer, *words, "--json"))

    def replace_lost_key(self, officer: str, public_key: Path) -> None:
        """Register a key in the place of a lost one, as if confirmed at an administrator's."""
        key = signer_of("admin-1").key_path
        with closing(Desk(self.office.repository, OfficerId("admin-1"), key=key)) as desk:
            Administration(desk).add_key(
                OfficerId(officer), public_key.read_text(encoding="utf-8"), lost=True
            )

    def register(self, *more: str) -> CaseId:
        """The id of a case registered by command, under a number that no other letter has."""
        number = f"005/{next(self._numbers)}"
        return CaseId(
            self.data(
                "penerima-1", "register", "--number", number, "--date", "5/1/2026",
                "--sender", "Bupati Banyumas", "--subject", "Pengukuran kinerja", *more,
            )["case"]
        )  # fmt: skip


def typed(*words: str, stdin: str | None = None) -> Result:
    """What a command line gives, in this process."""
    from soptui.cli.app import soptui

    return CliRunner().invoke(soptui, list(words), input=stdin, prog_name="soptui")


@pytest.fixture
def terminal(office: OfficeFixture) -> Terminal:
    """A terminal at the office."""
    return Terminal(office)


class Program(Protocol):
    """Runs `soptui` with these words, and says how it ended and what it wrote."""

    def __call__(
        self,
        *words: str,
        env: Mapping[str, str] | None = None,
        preexec_fn: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def program(home: Path) -> Program:
    """Runs `soptui` as a program of its own, without a terminal."""

    def run(
        *words: str,
        env: Mapping[str, str] | None = None,
        preexec_fn: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*SOPTUI, *words],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=os.environ | dict(env or {}),
            check=False,
            preexec_fn=preexec_fn,
        )

    return run
