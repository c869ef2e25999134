"""What a stolen key signed from some commit on is listed, marked, and told apart from the rest."""

from __future__ import annotations

import subprocess

import pytest

from soptui.desk.history.log import log_of
from soptui.desk.history.suspect_commits import SuspectCommits
from soptui.desk.history.suspect_keys import to_review
from soptui.desk.history.trail import Trail
from soptui.desk.office.administration import Administration
from soptui.domain.events import Dispose, Note, Receive
from soptui.domain.ids import CaseId, CommitId, Fingerprint, OfficerId, RoleId
from soptui.domain.message import Refusal
from tests.support.desks import Desks
from tests.support.office_repository import signer_of

CAMAT_1 = OfficerId("camat-1")

CAMAT = signer_of("camat-1").public_key.fingerprint


@pytest.fixture
def stolen(desks: Desks) -> tuple[str, str]:
    """A case, and the commit from which the key of its Camat is suspect: a note of the clerk's.

    The Camat has received before it, and disposed after it.
    """
    case = desks.office.register()
    desks["camat-1"].act(case, Receive())
    point = desks["penerima-1"].act(case, Note("kunci hilang")).commit
    desks["camat-1"].act(case, Dispose((RoleId("sekretaris"),), note="siapkan"))
    return case, point


def revoke(desks: Desks, suspect_from: str) -> None:
    administration = Administration(desks["admin-1"], sure=True)
    administration.revoke_key(CAMAT_1, CAMAT, "dicuri", suspect_from=CommitId(suspect_from))


def test_only_what_the_stolen_key_signed_from_the_commit_on_is_listed(
    desks: Desks, stolen: tuple[str, str]
) -> None:
    case, point = stolen
    revoke(desks, point)
    (line,) = to_review(desks["admin-1"], CAMAT_1, CAMAT)
    assert (line.case, line.action, line.effective, line.needs_review) == (
        case, "dispose", True, True,
    )  # fmt: skip


def test_the_history_and_the_trail_mark_the_same_and_nothing_else(
    desks: Desks, stolen: tuple[str, str]
) -> None:
    case, point = stolen
    revoke(desks, point)
    desk = desks["staff-1"]
    logged = {line.entry.event.action: line for line in log_of(desk, desk.case(CaseId(case)))}
    assert [one for one, line in logged.items() if line.needs_review] == ["dispose"]
    assert [one for one, line in logged.items() if line.is_revoked] == ["receive", "dispose"]
    trail = Trail(desk)
    assert [line.action for line in trail.all_lines() if line.needs_review] == ["dispose"]


def test_from_the_first_commit_on_everything_the_key_signed_is_suspect(
    desks: Desks, stolen: tuple[str, str]
) -> None:
    revoke(desks, desks.office.repository.trust.genesis)
    found = [line.action for line in to_review(desks["admin-1"], CAMAT_1)]
    assert found == ["dispose", "receive"]


def test_without_a_suspect_commit_nothing_is_marked_and_one_can_still_be_named(
    desks: Desks, stolen: tuple[str, str]
) -> None:
    _, point = stolen
    revoke(desks, "")
    assert not any(line.needs_review for line in Trail(desks["staff-1"]).all_lines())
    with pytest.raises(Refusal) as refused:
        to_review(desks["admin-1"], CAMAT_1)
    assert "--suspect-from" in str(refused.value.message)
    (line,) = to_review(desks["admin-1"], CAMAT_1, suspect_from=CommitId(point))
    assert line.action == "dispose"


@pytest.mark.parametrize(
    ("officer", "fingerprint", "said"),
    [("nobody", "", "no officer nobody"), ("camat-1", "SHA256:x", "has no key SHA256:x")],
)
def test_who_or_what_is_not_there_is_named(
    desks: Desks, officer: str, fingerprint: str, said: str
) -> None:
    with pytest.raises(Refusal) as refused:
        to_review(desks["admin-1"], OfficerId(officer), Fingerprint(fingerprint))
    assert said in str(refused.value.message)


def test_what_a_thief_signed_on_an_older_commit_and_merged_later_is_suspect_too(
    desks: Desks, stolen: tuple[str, str]
) -> None:
    _, point = stolen
    root = desks.office.repository.root

    def git(*words: str) -> str:
        name = ("-c", "user.name=Pencuri", "-c", "user.email=pencuri@ajibarang.test")
        command = ["git", "-C", str(root), *name, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    before, tip = git("rev-parse", f"{point}^"), git("rev-parse", "HEAD")
    beside = git("commit-tree", "-p", before, "-m", "beside", f"{before}^{{tree}}")
    git("update-ref", "HEAD", git("commit-tree", "-p", tip, "-p", beside, "-m", "x", "HEAD^{tree}"))

    suspect = SuspectCommits(desks.office.repository)
    commits = map(CommitId, (before, beside, point, tip))
    covered = [suspect.covers(commit, CommitId(point)) for commit in commits]
    assert covered == [False, True, True, True]


def test_of_a_commit_that_the_records_lack_everything_is_suspect(
    desks: Desks, stolen: tuple[str, str]
) -> None:
    suspect = SuspectCommits(desks.office.repository)
    assert suspect.covers(desks.office.repository.trust.genesis, CommitId("0" * 40))
