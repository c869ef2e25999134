"""Three modules are called by name from files outside this tree, which hubs and clones hold.

Their names are written out here and taken from nowhere. A hub that was made years ago starts what
these scripts start; were a module to move, its hub would refuse every push, and a clone would call
every `git pull` a conflict.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from soptui.records.files.codec import split_case
from soptui.records.platform.processes import launcher
from tests.support.town import REGISTRAR, Town

HOOK = "soptui.records.hook"
SERVE = "soptui.records.serve"
MERGE_DRIVER = "soptui.records.merge_driver"

ABSENT = "0" * 40


def started(
    folder: Path, module: str, *words: str, told: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """What became of the program that starts `module`, as hubs and clones hold it."""
    script = folder / module
    script.write_text(launcher(module), encoding="utf-8")
    script.chmod(0o755)
    return subprocess.run(
        [script, *words],
        input=told, capture_output=True, text=True, check=False, cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **variables},
    )  # fmt: skip


def test_the_hook_judges_a_push(town: Town, tmp_path: Path) -> None:
    tip = town.hub_tip()
    own = {"GIT_DIR": str(town.hub), "SOPTUI_LANG": "en"}
    again = started(tmp_path, HOOK, told=f"{ABSENT} {tip} refs/heads/main\n", **own)
    assert (again.returncode, again.stderr) == (0, "")
    other = started(tmp_path, HOOK, told=f"{ABSENT} {tip} refs/heads/other\n", **own)
    assert other.returncode == 1
    assert "soptui: refused [hub-ref]: The hub takes only the branch main" in other.stderr


def test_the_service_is_git_of_one_hub_and_nothing_else(town: Town, tmp_path: Path) -> None:
    words = (str(town.hub), REGISTRAR)
    asked = {"SSH_ORIGINAL_COMMAND": f"git-upload-pack '{town.hub}'"}
    served = started(tmp_path, SERVE, *words, told="0000", **asked)
    assert served.returncode == 0
    assert f"{town.hub_tip()} refs/heads/main" in served.stdout
    refused = started(tmp_path, SERVE, *words, SSH_ORIGINAL_COMMAND="sh")
    assert refused.returncode == 1
    assert "soptui: this key is only for git fetch and git push" in refused.stderr


def test_the_merge_driver_joins_two_sides_of_a_case(town: Town, tmp_path: Path) -> None:
    clone = town.clone(REGISTRAR)
    case = clone.register()
    data = clone.cases()[case]
    header, _ = split_case(data)
    common, ours, theirs = (tmp_path / name for name in ("common", "ours", "theirs"))
    common.write_bytes(header)
    ours.write_bytes(header)
    theirs.write_bytes(data)
    driven = started(tmp_path, MERGE_DRIVER, str(common), str(ours), str(theirs))
    assert (driven.returncode, driven.stderr) == (0, "")
    assert ours.read_bytes() == data


@pytest.mark.parametrize(
    ("module", "place"), [(HOOK, "hooks/pre-receive"), (SERVE, "soptui/serve")]
)
def test_a_hub_holds_them_by_these_names(town: Town, module: str, place: str) -> None:
    assert f"from {module} import main" in (town.hub / place).read_text(encoding="utf-8")


def test_a_clone_holds_the_merge_driver_by_its_name(town: Town) -> None:
    script = town.clone(REGISTRAR).root / ".git/soptui/merge-driver"
    assert f"from {MERGE_DRIVER} import main" in script.read_text(encoding="utf-8")
