"""The office of the tests of forms: built once, with a new case and no drafts for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from soptui.demo.acting import Actor
from soptui.demo.office import open_office
from soptui.locale import use
from soptui.records.private_files import state_folder
from tests.tui.forming import Office, now


@pytest.fixture(scope="module")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("GIT_", "SSH_", "XDG_", "SOPTUI_", "VISUAL", "EDITOR", "NO_COLOR")):
                patch.delenv(name)
        (folder / "home").mkdir()
        patch.setenv("HOME", str(folder / "home"))
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
    small_office.actor.case_id = ""
    return small_office
