"""Desks of an office's officers, at one clone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from soptui.desk import Desk
from soptui.domain.ids import OfficerId
from tests.support.office_repository import OfficeFixture, signer_of


class Desks:
    """The desks of an office, by officer, made when first asked for."""

    def __init__(self, office: OfficeFixture) -> None:
        self.office = office
        self._desks: dict[str, Desk] = {}

    def __getitem__(self, officer: str) -> Desk:
        if officer not in self._desks:
            self._desks[officer] = Desk(
                self.office.repository,
                OfficerId(officer),
                clock=lambda: self.office.tick(1 / 60),
                key=signer_of(officer).key_path,
            )
        return self._desks[officer]

    def close(self) -> None:
        for desk in self._desks.values():
            desk.close()


@pytest.fixture
def desks(office: OfficeFixture) -> Iterator[Desks]:
    """The desks of the office."""
    made = Desks(office)
    yield made
    made.close()
