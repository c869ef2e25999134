"""The guides say what is true: the auditor's commands are run as they are written."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from soptui.desk.sharing.sharing import Sharing
from soptui.domain.findings import TrustRoot
from soptui.domain.ids import CaseId
from soptui.records.files import layout
from soptui.records.sharing.bundle import export_bundle
from tests.attacks import on_authority, on_keys
from tests.attacks.attack import Build, opening
from tests.attacks.builder import CASE
from tests.support.programs import ROOT
from tests.support.town import HEAD, REGISTRAR, Town

DOCS = ROOT / "docs"


def commands(name: str, *, until: str = "") -> str:
    """The shell blocks of a guide, in order; with `until`, those before that heading."""
    text = (DOCS / name).read_text(encoding="utf-8")
    if until:
        text = text[: text.index(f"\n## {until}")]
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def audited(
    source: Path, root: TrustRoot, case: CaseId, folder: Path, checkpoint: bytes = b""
) -> tuple[int, str]:
    """Run the auditor's commands in an empty folder; without a checkpoint, those that need none."""
    folder.mkdir()
    (folder / "checkpoint").write_bytes(checkpoint)
    script = commands("verify-by-hand.md", until="" if checkpoint else "9.")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
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
    code, said = audited(town.hub, town.first_trust(), CaseId(case), tmp_path / "audit", text)
    assert code == 0, said
    assert said.count('Good "git" signature') >= 6
    assert 'Good "checkpoint@soptui" signature' in said
    path = export_bundle(town.clones[0].repository, tmp_path / "disk.sop").path
    code, said = audited(path, town.first_trust(), CaseId(case), tmp_path / "again", text)
    assert code == 0, said


def test_the_guide_finds_what_was_changed(story: tuple[Town, str, bytes], tmp_path: Path) -> None:
    town, case, text = story
    clone = town.clones[0]
    path = clone.root / layout.case_path(CaseId(case))
    path.write_text(path.read_text().replace("Surat", "Surab").replace("biasa", "segera"))
    clone.git("commit", "-q", "--amend", "--no-edit", "-a", "--no-gpg-sign")
    code, said = audited(clone.root, town.first_trust(), CaseId(case), tmp_path / "audit", text)
    assert code != 0, said


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (on_authority.as_plt, False),
        (on_authority.post_that_had_ended, True),
        (on_authority.post_that_had_not_begun, True),
        (on_authority.acting_post_used_as_definitive, True),
        (on_authority.definitive_post_used_as_acting, True),
    ],
)
def test_the_guide_finds_who_did_not_hold_the_post(act: Build, found: bool, tmp_path: Path) -> None:
    records = opening()
    act(records)
    source = records.write_to(tmp_path / "records.git").path
    code, said = audited(source, records.root, CASE, tmp_path / "audit")
    assert (code != 0, "did not hold the post" in said) == (found, found), said


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (on_keys.second_key_signed_by_the_first, False),
        (on_keys.key_in_the_place_of_a_lost_one, False),
        (on_keys.further_key_that_nothing_speaks_for, True),
        (on_keys.further_key_after_all_were_revoked, True),
        (on_keys.further_key_signed_by_itself, True),
        (on_keys.further_key_signed_by_the_administrator, True),
        (on_keys.further_key_signed_by_a_revoked_one, True),
        (on_keys.signature_for_the_key_of_somebody_else, True),
        (on_keys.signature_from_the_records_of_another_office, True),
        (on_keys.signature_made_for_something_else, True),
        (on_keys.signature_over_another_key, True),
    ],
)
def test_the_guide_finds_a_further_key_that_nothing_speaks_for(
    act: Build, found: bool, tmp_path: Path
) -> None:
    records = opening()
    act(records)
    source = records.write_to(tmp_path / "records.git").path
    code, said = audited(source, records.root, CASE, tmp_path / "audit")
    assert (code != 0) == found, said
    assert found or 'Good "key@soptui" signature' in said or "for a lost one" in said
