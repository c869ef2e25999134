"""Every attack of the catalogue, pushed to a real hub by a real `git push`, is refused there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from soptui.records.hub.hub import init_hub
from tests.attacks.attack import Attack
from tests.attacks.catalogue import ATTACKS, opening
from tests.support.town import git

# What the hook refuses is what the verifier refuses: the ordinary suite pushes one attack for each
# of these findings, the long one every attack there is.
_ORDINARY = (
    "authority", "case-rewritten", "merge-content", "path", "revoked-at-acceptance", "rollback",
    "signature", "too-large", "tree", "unknown-key",
)  # fmt: skip
_FIRST = {one.code: one for one in reversed(ATTACKS) if one.code in _ORDINARY}.values()
_CASES = [
    pytest.param(
        one, id=str(one), marks=() if any(one is first for first in _FIRST) else pytest.mark.slow
    )
    for one in ATTACKS
]
# Git itself refuses some before the hook is asked, on this side or on that.
_BY_GIT = (
    "fsck", "non-fast-forward", "unpacker error", "abnormal exit", "needs force", "pack-objects",
)  # fmt: skip


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub that holds the honest beginning; no push of an attack may change it."""
    folder = tmp_path_factory.mktemp("attacked")
    records = opening()
    source = records.write_to(folder / "source.git").path
    path = folder / "hub.git"
    init_hub(path, records.root)
    git(source, "push", "-q", str(path), "refs/heads/main")
    return path


def pushed(source: Path, hub: Path) -> subprocess.CompletedProcess[str]:
    return git(source, "push", str(hub), "refs/heads/main", check=False)


@pytest.mark.parametrize("attack", _CASES)
def test_the_push_is_refused_with_the_code_and_moves_nothing(
    attack: Attack, hub: Path, tmp_path: Path
) -> None:
    records = opening()
    honest = records.tip
    attack.build(records)
    source = records.write_to(tmp_path / "source.git").path
    refused = pushed(source, hub)
    assert refused.returncode != 0
    by_git = any(sign in refused.stderr for sign in _BY_GIT)
    assert by_git or f"[{attack.code}]" in refused.stderr, refused.stderr
    assert git(hub, "rev-parse", "main").stdout.strip() == honest


def test_the_honest_beginning_can_be_continued(hub: Path, tmp_path: Path) -> None:
    records = opening()
    source = records.write_to(tmp_path / "source.git").path
    assert pushed(source, hub).returncode == 0
