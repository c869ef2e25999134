"""The office of the tests of forms: built once, with a new case and no drafts for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from soptui.demo.acting import Actor
from soptui.demo.building import open_office
from soptui.domain.ids import NO_CASE
from soptui.locale import use
from soptui.records.platform.private_files import state_folder
from tests.support.bare_home import move_into
from tests.tui.forming import Office, now


@pytest.fixture(scope="module")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        with open_office(folder / "demo", clock=now) as demo:
            yield Office(demo, Actor(demo))


@pytest.fixture
def office(small_office: Office) -> Office:
    use("id")
    for name in ("drafts", "recent-folders.json"):
        path = state_folder() / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    small_office.actor.case_id = NO_CASE
    return small_office
