"""A real office in a temporary folder, and processes that act in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soptui.demo.building import open_office
from soptui.demo.office import DemoOffice
from soptui.locale import use
from tests.e2e.acting import ActingProcess
from tests.e2e.terminal import Tmux
from tests.support.demo_office import Template


def _present() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The files of an office without cases."""
    return Template.of(open_office(tmp_path_factory.mktemp("template") / "office", clock=_present))


@pytest.fixture
def office(home: Path, template: Template, tmp_path: Path) -> Iterator[DemoOffice]:
    """An office without cases, whose clock goes."""
    with template.copy(tmp_path / "office", clock=_present) as office:
        yield office


@pytest.fixture
def tmux(office: DemoOffice) -> Iterator[Tmux]:
    """Terminals that are gone before the office is; the screens in them speak Indonesian."""
    use("id")
    tmux = Tmux()
    yield tmux
    tmux.close()


@pytest.fixture
def process(office: DemoOffice) -> Iterator[Callable[[], ActingProcess]]:
    """Starts processes that act in the office's clone."""
    started: list[ActingProcess] = []

    def start() -> ActingProcess:
        started.append(ActingProcess(office.repository.root))
        return started[-1]

    yield start
    for one in started:
        one.close()
