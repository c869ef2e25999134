"""What a caller left lying about, variables of Git and closed streams, stops no command."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from soptui.domain.ids import CommitId, Fingerprint
from soptui.records.clone.trust import Trust, load_trust, save_trust
from soptui.records.platform.private_files import state_path
from tests.support.programs import SOPTUI


def run(words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command line as a shell takes it, with redirections."""
    own = {"HOME": str(folder), "SOPTUI_STATE": str(folder / "state"), "SOPTUI_LANG": "en"}
    return subprocess.run(
        ["/bin/sh", "-c", f"{shlex.join(SOPTUI)} {words}"], cwd=folder, check=False,
        env=os.environ | own | variables,
        capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["--help", "doctor", "inbox"])
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_no_fault(tmp_path: Path, words: str, closed: str) -> None:
    open_streams = run(words, tmp_path)
    done = run(f"{words} {closed}", tmp_path)
    assert done.returncode == open_streams.returncode
    assert "fault" not in done.stdout + done.stderr
    assert not list((tmp_path / "state").rglob("*fault*"))


def test_git_s_variables_lead_nowhere_else(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(
        "init records --id admin-1 --name Admin --mail a@uji.test --make-key key --passphrase ''"
        " --office-name 'Kecamatan Uji'",
        tmp_path, GIT_DIR=str(elsewhere), GIT_WORK_TREE=str(elsewhere),
        GIT_INDEX_FILE=str(elsewhere / "index"), GIT_OBJECT_DIRECTORY=str(elsewhere / "objects"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "records/.git/HEAD").is_file()
    assert (tmp_path / "records/office.toml").is_file()
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize(
    "content",
    [
        {"tip": 5}, {"position": "7"}, {"position": -1}, {"shared": ["x"]}, {"genesis": None},
        {"verifier": {}}, {"tip": "main"}, {"shared_position": True},
    ],
)  # fmt: skip
def test_a_trust_file_of_another_form_trusts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: dict[str, object]
) -> None:
    monkeypatch.setenv("SOPTUI_STATE", str(tmp_path / "state"))
    save_trust(tmp_path, Trust(CommitId("1" * 40), Fingerprint("SHA256:x")))
    assert load_trust(tmp_path) is not None
    path = state_path(tmp_path, ".json")
    path.write_text(json.dumps(json.loads(path.read_text()) | content))
    assert load_trust(tmp_path) is None
    path.write_text("[" * 100_000)
    assert load_trust(tmp_path) is None
