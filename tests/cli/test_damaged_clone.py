"""A damaged, shallow, foreign or half-rebased clone is called what it is, with the way out.

Reported of other programs: a lost object is told as an outage of the other side
(Vinzent03/obsidian-git#567), a clone with core.autocrlf as edited file by file
(git-for-windows/git#2237), a shallow clone shows a wrong first commit (danger/danger PR#1239).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.domain.ids import CaseId
from soptui.records.git.process import GitDirectory
from soptui.records.git.stock_git import StockGit
from tests.cli.test_sharing import soptui
from tests.support.office_parts import LETTER
from tests.support.town import REGISTRAR, Clone, Town, git

LOST = "26529a141e1c675d5852b4fd9884797c06614a14"


def own(town: Town) -> dict[str, str]:
    return {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": str(town.keys.path(REGISTRAR))}


def shared_clone(town: Town) -> Clone:
    """A clone that has shared a case, and has all that the hub has."""
    clone = town.clone(REGISTRAR)
    clone.register()
    assert clone.sync().ok
    clone.close()
    return clone


def objects_of(clone: Clone, spec: str) -> Path:
    """The file of a loose object."""
    oid = git(clone.root, "rev-parse", spec).stdout.strip()
    return clone.root / ".git" / "objects" / oid[:2] / oid[2:]


def test_a_main_that_names_a_lost_object_is_the_clones_fault_and_not_the_hubs(town: Town) -> None:
    clone = shared_clone(town)
    (clone.root / ".git" / "refs" / "heads" / "main").write_text(f"{LOST}\n")
    told = soptui("sync", cwd=clone.root, env=own(town), code=1)
    said = told.stdout + told.stderr
    assert "This clone is damaged" in said
    assert "soptui join" in said
    assert "cannot be reached" not in said
    assert "GitFailed" not in said
    status = soptui("sync", "--status", cwd=clone.root, env=own(town), code=4).stdout
    assert "Offline since" not in status


@pytest.mark.parametrize("spec", ["HEAD", "HEAD^{tree}", "HEAD:office.toml", "HEAD~1"])
@pytest.mark.parametrize("how", ["gone", "empty"])
def test_what_the_disk_lost_comes_anew_from_the_hub(town: Town, spec: str, how: str) -> None:
    clone = shared_clone(town)
    lost = objects_of(clone, spec)
    lost.chmod(0o644)
    if how == "gone":
        lost.unlink()
    else:
        lost.write_bytes(b"")
    soptui("sync", cwd=clone.root, env=own(town))
    if how == "empty":
        # What stock Git calls damage is out of its way as well.
        lost.unlink(missing_ok=True)
    assert StockGit(clone.root).fsck()
    soptui("verify", "--full", cwd=clone.root, env=own(town))
    after = ("--note", "Setelah dipulihkan.")
    soptui("note", one_case(clone), *after, cwd=clone.root, env=own(town))
    soptui("sync", cwd=clone.root, env=own(town))
    assert GitDirectory.at(clone.root / ".git").run("rev-parse", "HEAD").decode().strip() == (
        town.hub_tip()
    )


def one_case(clone: Clone) -> str:
    return next((clone.root / "cases").rglob("*.toml")).stem


def test_a_clone_with_other_line_ends_is_told_in_one_line_and_mended_by_one_command(
    town: Town, tmp_path: Path
) -> None:
    shared_clone(town)
    root = tmp_path / "auditor"
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(town.hub), str(root))
    paper = town.first_trust()
    soptui("trust", "accept", paper.genesis, paper.signer, cwd=root, code=6)
    told = soptui("verify", "--full", cwd=root, code=6)
    (line,) = [one for one in told.stderr.splitlines() if "soptui restore --line-ends" in one]
    assert "nobody edited them" in told.stderr.replace("\n", " ")
    assert "edited by hand" not in told.stderr
    assert line
    assert "--line-ends" in soptui("doctor", cwd=root, code=1).stdout
    # What somebody did edit is another matter, and stays.
    (root / "office.toml").write_text("other\n")
    soptui("restore", "--line-ends", cwd=root)
    told = soptui("verify", "--full", cwd=root, code=6)
    assert "office.toml was edited by hand" in told.stderr
    assert "--line-ends" not in told.stderr


def test_a_shallow_clone_is_called_shallow_by_every_command(town: Town, tmp_path: Path) -> None:
    shared_clone(town)
    root = tmp_path / "ci"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{town.hub}", str(root))
    paper = town.first_trust()
    for words in (("trust", "show"), ("trust", "accept", paper.genesis, paper.signer)):
        told = soptui(*words, cwd=root, code=1)
        assert "--unshallow" in told.stderr
    git(root, "fetch", "-q", "--unshallow")
    assert town.trust.genesis in soptui("trust", "show", cwd=root).stdout


def test_what_distorts_the_history_is_warned_of_like_a_rollback(town: Town) -> None:
    clone = shared_clone(town)
    case = one_case(clone)
    distortion = clone.root / ".git" / "shallow"
    distortion.write_text(git(clone.root, "rev-parse", "HEAD~1").stdout)
    for words in (("list",), ("log", case), ("show", case)):
        assert "--unshallow" in soptui(*words, cwd=clone.root, env=own(town), code=4).stderr
    before = git(clone.root, "rev-parse", "HEAD").stdout
    soptui("note", case, "--note", "Catatan.", cwd=clone.root, env=own(town), code=4)
    assert git(clone.root, "rev-parse", "HEAD").stdout == before
    distortion.unlink()
    soptui("note", case, "--note", "Catatan.", cwd=clone.root, env=own(town))


def test_the_doctor_goes_on_after_damage_and_names_where_git_stands(town: Town) -> None:
    clone = shared_clone(town)
    root = clone.root
    assert "Git stands on main" in soptui("doctor", cwd=root, env=own(town)).stdout
    git(root, "checkout", "-q", "--detach")
    assert "HEAD is detached" in soptui("doctor", cwd=root, env=own(town), code=1).stdout
    git(root, "checkout", "-q", "-b", "percobaan")
    assert "another branch, percobaan" in soptui("doctor", cwd=root, env=own(town), code=1).stdout
    (root / ".git" / "rebase-merge").mkdir()
    assert "rebase --abort" in soptui("doctor", cwd=root, env=own(town), code=1).stdout
    tree = objects_of(clone, "HEAD^{tree}")
    tree.unlink()
    told = soptui("doctor", cwd=root, env=own(town), code=1).stdout
    for part in ("rebase --abort", "terminal", "soptui sync"):
        assert part in told


def of_long_ago(clone: Clone) -> list[str]:
    """Objects of an earlier state of a case, which no sync has a reason to look at."""
    path = next((clone.root / "cases").rglob("*.toml")).relative_to(clone.root)
    first = git(clone.root, "rev-list", "--reverse", "HEAD", "--", str(path)).stdout.split()[0]
    clone.note(CaseId(path.stem))
    clone.note(CaseId(path.stem))
    assert clone.sync().ok
    clone.close()
    return [f"{first}:{path}", f"{first}:{path.parent}", f"{first}^{{tree}}", first]


def lose(clone: Clone, spec: str, how: str = "gone") -> str:
    """Lose an object as a cut of the power does; its id."""
    lost = objects_of(clone, spec)
    lost.chmod(0o644)
    if how == "gone":
        lost.unlink()
    else:
        lost.write_bytes(b"" if how == "empty" else b"\0" * 64)
    return lost.parent.name + lost.name


@pytest.mark.parametrize("place", range(4), ids=("file", "folder", "state", "commit"))
@pytest.mark.parametrize("how", ["gone", "empty", "zeroed"])
def test_what_nobody_looks_at_is_named_by_doctor_and_comes_anew_with_the_next_sync(
    town: Town, place: int, how: str
) -> None:
    clone = shared_clone(town)
    oid = lose(clone, of_long_ago(clone)[place], how)
    told = soptui("doctor", cwd=clone.root, env=own(town), code=1).stdout
    assert oid[:12] in told
    soptui("sync", cwd=clone.root, env=own(town))
    objects_of(clone, oid).unlink(missing_ok=True)
    assert StockGit(clone.root).fsck()
    assert (
        "No object of the records is lost" in soptui("doctor", cwd=clone.root, env=own(town)).stdout
    )


def test_an_object_that_somebody_missed_comes_anew_without_a_doctor(
    town: Town, tmp_path: Path
) -> None:
    clone = shared_clone(town)
    letter = tmp_path / "surat.txt"
    letter.write_text("Isi surat.")
    soptui("attach", one_case(clone), "--file", str(letter), cwd=clone.root, env=own(town))
    soptui("sync", cwd=clone.root, env=own(town))
    found = git(clone.root, "ls-tree", "-r", "--name-only", "HEAD", "attachments").stdout.split()
    lose(clone, f"HEAD:{found[0]}")
    shown = ("attachment", one_case(clone), "surat.txt", "--output", str(tmp_path / "back.txt"))
    assert "soptui sync" in soptui(*shown, cwd=clone.root, env=own(town), code=6).stderr
    soptui("sync", cwd=clone.root, env=own(town))
    soptui(*shown, cwd=clone.root, env=own(town))
    assert (tmp_path / "back.txt").read_text() == "Isi surat."


def test_a_commit_that_git_missed_comes_anew_without_a_doctor(town: Town) -> None:
    clone = shared_clone(town)
    lose(clone, of_long_ago(clone)[3])
    told = soptui("audit", "--limit", "100", cwd=clone.root, env=own(town), code=6).stderr
    assert "are damaged or missing" in told
    assert "soptui sync" in told
    soptui("sync", cwd=clone.root, env=own(town))
    soptui("audit", "--limit", "100", cwd=clone.root, env=own(town))
    assert StockGit(clone.root).fsck()


def test_the_doctor_counts_all_that_is_lost_and_names_the_first(town: Town) -> None:
    clone = shared_clone(town)
    kept = {objects_of(clone, spec) for spec in ("HEAD", "HEAD^{tree}")}
    listed = git(clone.root, "rev-list", "--objects", "HEAD").stdout.splitlines()
    blobs = [line.split()[0] for line in listed if line.endswith(".toml")]
    gone = {lose(clone, oid) for oid in blobs if objects_of(clone, oid) not in kept}
    assert len(gone) > 10
    told = " ".join(soptui("doctor", cwd=clone.root, env=own(town), code=1).stdout.split())
    assert f"{len(gone)} objects of the records are lost or damaged" in told
    assert f"and {len(gone) - 10} more" in told
    assert sum(oid[:12] in told for oid in gone) >= 10
    # It goes on after that, each in its columns.
    assert "terminal" in told
    assert f"SEE TO IT {len(gone)} objects" in told
    soptui("sync", cwd=clone.root, env=own(town))
    assert StockGit(clone.root).fsck()


@pytest.mark.parametrize("words", [("list",), ("sync",), ("verify",)])
def test_a_folder_that_is_no_clone_is_called_what_it_is(
    town: Town, tmp_path: Path, words: tuple[str, ...]
) -> None:
    clone = shared_clone(town)
    linked, bare, other = tmp_path / "linked", tmp_path / "bare.git", tmp_path / "other"
    git(clone.root, "worktree", "add", "-q", "--detach", str(linked))
    git(tmp_path, "clone", "-q", "--bare", str(town.hub), str(bare))
    other.mkdir()
    git(other, "init", "-q", "-b", "lain")
    told = {
        folder: " ".join(soptui(*words, cwd=folder, env=own(town), code=3).stderr.split())
        for folder in (linked, linked / "cases", bare, bare / "refs", town.hub, other)
    }
    for folder in (linked, linked / "cases"):
        assert "is a linked worktree" in told[folder]
        assert f"Work in {clone.root}" in told[folder]
    for folder in (bare, bare / "refs", town.hub):
        assert f"soptui join {town.hub if folder == town.hub else bare} FOLDER" in told[folder]
    assert "without a branch main" in told[other]
    assert not any("soptui init" in one for one in told.values())


def test_the_records_as_a_submodule_are_a_clone_like_any_other(town: Town, tmp_path: Path) -> None:
    shared_clone(town)
    above = tmp_path / "above"
    above.mkdir()
    git(above, "init", "-q")
    git(above, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(town.hub), "arsip")
    signer = town.first_trust()
    soptui("trust", "accept", signer.genesis, signer.signer, cwd=above / "arsip")
    assert LETTER.subject in soptui("list", cwd=above / "arsip", env=own(town)).stdout


@pytest.mark.parametrize(
    ("left", "way_out"),
    [
        ("rebase-merge", "rebase --abort"),
        ("MERGE_HEAD", "merge --abort"),
        ("CHERRY_PICK_HEAD", "cherry-pick --abort"),
        ("BISECT_LOG", "bisect reset"),
    ],
)
def test_what_git_left_half_done_is_told_by_every_command(
    town: Town, left: str, way_out: str
) -> None:
    clone = shared_clone(town)
    half = clone.root / ".git" / left
    half.mkdir() if left == "rebase-merge" else half.write_text(f"{clone.head}\n")
    for words in (("list",), ("show", one_case(clone)), ("sync", "--status")):
        assert way_out in soptui(*words, cwd=clone.root, env=own(town)).stderr
