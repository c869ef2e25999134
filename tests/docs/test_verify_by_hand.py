"""The guides say what is true: the auditor's commands are run as they are written."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from soptui.desk.sharing.sharing import Sharing
from soptui.domain.ids import CaseId
from soptui.records.files import layout
from soptui.records.sharing.bundle import export_bundle
from tests.support.programs import ROOT
from tests.support.town import HEAD, REGISTRAR, Town

DOCS = ROOT / "docs"


def commands(name: str) -> str:
    """The shell blocks of a guide, in order."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def audited(town: Town, source: Path, case: CaseId, text: bytes, folder: Path) -> tuple[int, str]:
    """Run the auditor's commands in an empty folder."""
    folder.mkdir()
    (folder / "checkpoint").write_bytes(text)
    root = town.first_trust()
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands("verify-by-hand.md")],
        cwd=folder, capture_output=True, text=True, check=False,
        env={
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C",
            "SOURCE": str(source), "GENESIS": root.genesis, "FINGERPRINT": root.signer,
            "CASE": case, "CHECKPOINT": str(folder / "checkpoint"),
        },
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def story(town: Town) -> tuple[Town, str, bytes]:
    """A case with a merge and an attachment, and a checkpoint of it."""
    from soptui.desk.views import FileToAttach
    from soptui.domain.events import Attach, AttachmentKind

    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    paper = town.folder / "surat.txt"
    paper.write_text("Surat permintaan data.\n")
    registrar.desk.act(case, Attach(), files=(FileToAttach(paper, AttachmentKind.SUPPORT),))
    registrar.sync()
    head.dispose(case)
    assert head.sync().merged
    registrar.sync()
    return town, case, Sharing(head.desk).checkpoint()[1]


def test_an_auditor_checks_a_case_as_the_guide_says(
    story: tuple[Town, str, bytes], tmp_path: Path
) -> None:
    town, case, text = story
    code, said = audited(town, town.hub, CaseId(case), text, tmp_path / "audit")
    assert code == 0, said
    assert said.count('Good "git" signature') >= 6
    assert 'Good "checkpoint@soptui" signature' in said
    path = export_bundle(town.clones[0].repository, tmp_path / "disk.sop").path
    code, said = audited(town, path, CaseId(case), text, tmp_path / "again")
    assert code == 0, said


def test_the_guide_finds_what_was_changed(story: tuple[Town, str, bytes], tmp_path: Path) -> None:
    town, case, text = story
    clone = town.clones[0]
    path = clone.root / layout.case_path(CaseId(case))
    path.write_text(path.read_text().replace("Surat", "Surab").replace("biasa", "segera"))
    clone.git("commit", "-q", "--amend", "--no-edit", "-a", "--no-gpg-sign")
    code, said = audited(town, clone.root, CaseId(case), text, tmp_path / "audit")
    assert code != 0, said
