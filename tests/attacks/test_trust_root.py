"""The trust root is commit and fingerprint: other records by the same key are nowhere taken.

The office's own key began a trial office before the real one, or whoever stole it begins one
afterwards, and a false hub offers that.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from soptui.desk.office.joining import own_key, request_of
from soptui.desk.office.trust_root import ENOUGH, Paper, short_form, whole_root
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.findings import TrustRoot
from soptui.domain.ids import CommitId, Fingerprint, OfficerId
from soptui.domain.message import Misread, Refusal
from soptui.domain.office import Registry
from soptui.records.hub.hub import init_hub
from soptui.records.hub.trust import open_hub
from soptui.records.sharing.request import BadRequest
from tests.cli.test_sharing import at, soptui
from tests.support.town import ADMIN, Town

ROOT = TrustRoot(CommitId("0123456789abcdef0123456789abcdef01234567"), Fingerprint(
    "SHA256:AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdE"))  # fmt: skip


@pytest.fixture
def trial(town: Town) -> tuple[Path, TrustRoot]:
    """A hub with other records that the office's own key has begun, and their root."""
    path = town.folder / "trial"
    root = town.begins_others(path)
    hub = town.folder / "trial.git"
    init_hub(hub, root)
    subprocess.run(["git", "push", "-q", str(hub), "main"], cwd=path, check=True)
    return hub, root


def test_a_second_first_commit_of_the_same_key_is_not_joined(
    town: Town, trial: tuple[Path, TrustRoot], tmp_path: Path
) -> None:
    hub, other = trial
    paper = town.first_trust()
    assert (other.signer == paper.signer, other.genesis == paper.genesis) == (True, False)
    words = ("--commit", paper.genesis, "--fingerprint", paper.signer)
    folder = tmp_path / "joined"
    refused = soptui("join", str(hub), str(folder), *words, cwd=tmp_path, code=1)
    assert "right key, but they are others" in refused.stderr
    assert other.genesis in refused.stderr.replace("\n", "")
    assert not folder.exists()
    # The honest twin, as somebody types it from paper.
    commit, fingerprint = short_form(paper)
    typed = ("--commit", commit.upper(), "--fingerprint", fingerprint)
    soptui("join", str(town.hub), str(folder), *typed, cwd=tmp_path)
    assert (folder / "office.toml").is_file()


def test_nor_trusted_nor_asked_to_be_let_into(
    town: Town, trial: tuple[Path, TrustRoot], tmp_path: Path
) -> None:
    hub, other = trial
    paper = town.first_trust()
    subprocess.run(["git", "clone", "-q", str(hub), str(tmp_path / "copy")], check=True)
    refused = soptui("trust", "accept", *short_form(paper), cwd=tmp_path / "copy", code=1)
    assert "right key, but they are others" in refused.stderr
    soptui("trust", "accept", *short_form(other), cwd=tmp_path / "copy")
    own = own_key(tmp_path / "key", lambda: "")
    person = {"name": "Staf Contoh", "mail": "staf@uji.test", "nip": "", "rank": ""}
    clone = town.clone(ADMIN)
    nobody = Registry(clone.desk.registry.office, {})
    for_others = request_of(other, nobody, OfficerId("staf-9"), person, own)
    with pytest.raises(BadRequest, match="other records"):
        Sharing(clone.desk).request(for_others)
    right = request_of(paper, nobody, OfficerId("staf-9"), person, own)
    assert Sharing(clone.desk).request(right).id == "staf-9"


def test_a_hub_is_made_for_both_and_for_whole_ones(town: Town, tmp_path: Path) -> None:
    root, admin = at(town, ADMIN)
    paper, hub = town.first_trust(), tmp_path / "records.git"
    for words in (
        ("--commit", paper.genesis),
        ("--fingerprint", paper.signer),
        ("--commit", paper.genesis[:ENOUGH], "--fingerprint", paper.signer),
    ):
        soptui("hub", "init", str(hub), *words, cwd=root, env=admin, code=2)
        assert not hub.exists()
    both = ("--commit", paper.genesis, "--fingerprint", paper.signer)
    soptui("hub", "init", str(hub), *both, cwd=tmp_path, env=admin)
    assert open_hub(hub)[1].root == paper


@pytest.mark.parametrize(
    ("commit", "fingerprint"),
    [
        (ROOT.genesis, ROOT.signer),
        ("01234 56789 abcde f0123", "AbCdE fGhIj KlMnO pQrSt"),
        (" 0123456789ABCDEF0123 ", "SHA256:AbCdEfGhIjKlMnOpQrStUv"),
        (ROOT.genesis, ROOT.signer + "="),
    ],
)
def test_twenty_characters_are_enough_in_groups_or_without(commit: str, fingerprint: str) -> None:
    Paper.typed(commit, fingerprint).compare(ROOT)


@pytest.mark.parametrize(
    ("commit", "fingerprint"),
    [
        (ROOT.genesis[: ENOUGH - 1], ROOT.signer),
        (ROOT.genesis, ROOT.signer[: 7 + ENOUGH - 1]),
        ("", ROOT.signer),
        (ROOT.genesis, ""),
        (ROOT.genesis + "0", ROOT.signer),
        (ROOT.genesis.replace("0", "O"), ROOT.signer),
        (ROOT.signer, ROOT.genesis),
        (ROOT.genesis, "*" * 43),
    ],
)
def test_less_is_not_compared(commit: str, fingerprint: str) -> None:
    with pytest.raises(Misread, match="at least the first 20"):
        Paper.typed(commit, fingerprint)


@pytest.mark.parametrize(
    ("commit", "fingerprint"),
    [
        (ROOT.genesis[:19] + "0", ROOT.signer),
        (ROOT.genesis[:-1] + "0", ROOT.signer),
        (ROOT.genesis, ROOT.signer.lower().replace("sha256", "SHA256")),
        (ROOT.genesis, ROOT.signer[:-1] + "F"),
    ],
)
def test_one_other_character_is_another(commit: str, fingerprint: str) -> None:
    with pytest.raises(Refusal, match="Nothing was changed"):
        Paper.typed(commit, fingerprint).compare(ROOT)


def test_the_short_form_is_what_can_be_typed() -> None:
    assert short_form(ROOT) == ("01234 56789 abcde f0123", "AbCdE fGhIj KlMnO pQrSt")
    Paper.typed(*short_form(ROOT)).compare(ROOT)
    assert whole_root(ROOT.genesis, ROOT.signer) == ROOT
