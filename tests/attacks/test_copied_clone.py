"""A clone that was copied from anywhere: only its Git objects are believed, by their hashes.

Everything else that lies in it, or travels with it, is changed here; then a person trusts it by the
office's paper. What is shown is the truth, or nothing is.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from soptui.desk.board import board_of, span_of
from soptui.desk.clone import Clone as OpenClone
from soptui.desk.desk import Desk
from soptui.desk.office.first_commit import trust_records
from soptui.desk.tray import tray_of
from soptui.domain.ids import OfficerId
from soptui.domain.message import Refusal
from soptui.records.git.objects import ObjectFault
from soptui.records.git.process import GitFailed
from soptui.records.index.index import index_path
from tests.support.office_parts import START
from tests.support.town import HEAD, REGISTRAR, SECOND_HEAD, Town, git, on_paper

NOW = START + timedelta(days=3)
FALSE = "Surat yang tidak pernah ada"


@pytest.fixture
def used(town: Town) -> Path:
    """A clone that was worked in: cases, an index, a sync, a state that Git packed."""
    clone, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = clone.register()
    assert clone.sync().ok
    assert head.sync().ok
    head.dispose(case)
    clone.register()
    assert head.sync().ok
    assert clone.sync().ok
    told(clone.root)
    return clone.root


def told(root: Path) -> dict[str, Any]:
    """Everything that is shown of the records at a clone, at one and the same time."""
    with (
        OpenClone.open(root) as clone,
        closing(Desk(clone.repository, OfficerId(HEAD), clock=lambda: NOW)) as desk,
    ):
        rows = desk.cases().page(50, 0)
        return {
            "list": rows,
            "inbox": tray_of(desk, limit=50),
            "agenda": desk.agenda(NOW.year),
            "show": [desk.view(row.id) for row in rows],
            "board": board_of(desk, span_of(NOW.date()).days),
            "verify": clone.verify(full=True).errors,
            "people": desk.registry,
        }


def copied(used: Path, folder: Path) -> Path:
    return shutil.copytree(used, folder / "copy", symlinks=True)


def trusted(root: Path, town: Town) -> None:
    """Trust the copy, as its new owner would: by the paper."""
    with OpenClone.open(root) as clone:
        trust_records(clone, on_paper(town))


# --- lies -----------------------------------------------------------------------------------------

Lie = Callable[[Path], None]


def an_index(root: Path) -> None:
    """The index as an earlier version of soptui kept it, with another subject in each case."""
    path = root / ".git/soptui/index.sqlite"
    source = next(index_path(root).parent.glob("*.sqlite"))
    with closing(sqlite3.connect(source)) as real, closing(sqlite3.connect(path)) as false:
        real.backup(false)
        false.execute("UPDATE cases SET subject = ?, step = 8, status = 'done'", (FALSE,))
        false.commit()


def notes_of_soptui(root: Path) -> None:
    """A seat of another officer with another key, a line for the prompt, what was followed."""
    folder = root / ".git/soptui"
    (folder / "desk.json").write_text(f'{{"officer": "{SECOND_HEAD}", "key": "/tmp/key"}}')
    (folder / "brief.json").write_text('{"lines": {"id": "soptui: 99"}}')
    (folder / "followed").write_text(
        git(root, "rev-parse", "refs/heads/main^{tree}").stdout.strip()
    )
    (folder / "indexing").touch()
    (folder / "sync.lock").write_text("1")
    (folder / "hub.gitconfig").write_bytes(b'[url "/elsewhere"]\n\tinsteadOf = /\n\xff')


def the_working_tree(root: Path) -> None:
    for path in root.glob("cases/**/*.toml"):
        path.write_text(path.read_text().replace("Pengukuran", FALSE))
    for name in ("office.toml", "allowed_signers"):
        (root / name).write_text(FALSE)
    (root / "officers" / f"{HEAD}.toml").unlink()
    (root / "officers" / f"{HEAD}.toml").symlink_to("/etc/passwd")


def the_index_of_git(root: Path) -> None:
    (root / ".git/index").write_bytes(b"DIRC" + bytes(40))


def a_program_everywhere(root: Path) -> None:
    """Hooks and settings by which Git would start a program."""
    script = root / ".git/run"
    script.write_text(f"#!/bin/sh\ntouch '{root}/it ran'\nexit 1\n")
    script.chmod(0o700)
    hooks = root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "pre-commit", "post-checkout"):
        shutil.copy(script, hooks / name)
    for name in (
        "core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "gpg.ssh.program",
        "gpg.program", "core.editor", "core.askPass", "credential.helper",
        "uploadpack.packObjectsHook",
    ):  # fmt: skip
        git(root, "config", name, str(script))
    git(root, "config", "core.hooksPath", str(hooks))
    git(root, "config", "alias.rev-list", f"!{script}")
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/attributes").write_text("* filter=evil diff=evil\n")


def _false_commit(root: Path) -> str:
    """A commit that nobody signed, with other words in every case; it is on no branch."""
    tree = git(root, "rev-parse", "refs/heads/main^{tree}").stdout.strip()
    words = ("-c", "user.name=x", "-c", "user.email=x@y.example", "commit-tree", tree)
    return git(root, *words, "-p", "refs/heads/main", "-m", FALSE).stdout.strip()


def refs_of_other_names(root: Path) -> None:
    false = _false_commit(root)
    for name in (
        "refs/remotes/origin/main", "refs/soptui/incoming", "refs/soptui/aside/1234",
        "refs/heads/other", "refs/tags/main", "refs/notes/commits", "refs/main",
    ):  # fmt: skip
        git(root, "update-ref", name, false)
    for name in ("ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD"):
        (root / ".git" / name).write_text(f"{false}\n")
    logs = root / ".git/logs"
    shutil.rmtree(logs, ignore_errors=True)
    (root / ".git/HEAD").write_text("ref: refs/heads/other\n")


def replaced_objects(root: Path) -> None:
    git(
        root,
        "replace",
        git(root, "rev-parse", "refs/heads/main").stdout.strip(),
        _false_commit(root),
    )


def a_main_line_that_goes_on(root: Path) -> None:
    git(root, "update-ref", "refs/heads/main", _false_commit(root))


def packed_refs(root: Path) -> None:
    tip = git(root, "rev-parse", "refs/heads/main").stdout.strip()
    false = _false_commit(root)
    (root / ".git/packed-refs").write_text(f"{false} refs/heads/main\n")
    (root / ".git/refs/heads/main").write_text(f"{tip}\n")


def a_forged_commit_graph(root: Path) -> None:
    git(root, "commit-graph", "write", "--reachable")
    graph = root / ".git/objects/info/commit-graph"
    graph.chmod(0o600)
    graph.write_bytes(graph.read_bytes()[:-200] + bytes(180) + graph.read_bytes()[-20:])


def an_index_of_a_pack(root: Path) -> None:
    """It finds each object at the place of another, and its checksum is right."""
    from hashlib import sha1

    git(root, "repack", "-q", "-a", "-d")
    (path,) = (root / ".git/objects/pack").glob("*.idx")
    path.chmod(0o600)
    data = bytearray(path.read_bytes()[:-20])
    count = int.from_bytes(data[8 + 255 * 4 : 8 + 256 * 4], "big")
    start = 8 + 1024 + count * 24
    places = [data[start + at * 4 : start + at * 4 + 4] for at in range(count)]
    data[start : start + count * 4] = b"".join([*places[1:], places[0]])
    path.write_bytes(bytes(data) + sha1(bytes(data)).digest())


def an_object_store_elsewhere(root: Path) -> None:
    other = root.parent / "objects elsewhere"
    other.mkdir()
    (root / ".git/objects/info").mkdir(exist_ok=True)
    (root / ".git/objects/info/alternates").write_text(f"{other}\n")


def grafts(root: Path) -> None:
    tip = git(root, "rev-parse", "refs/heads/main").stdout.strip()
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/grafts").write_text(f"{tip}\n")


def a_shallow_history(root: Path) -> None:
    (root / ".git/shallow").write_text(git(root, "rev-parse", "refs/heads/main~1").stdout)


def a_promise_of_more(root: Path) -> None:
    git(root, "config", "remote.origin.promisor", "true")


LIES: dict[Lie, tuple[str, ...]] = {
    an_index: ("soptui/index.sqlite*",),
    notes_of_soptui: (
        "soptui/desk.json", "soptui/brief.json", "soptui/followed", "soptui/indexing",
        "soptui/*.lock", "soptui/hub.gitconfig",
    ),
    the_working_tree: (),
    the_index_of_git: ("index", "sharedindex.*"),
    a_program_everywhere: (
        "hooks/*", "config", "soptui/merge-driver", "info/attributes", "info/exclude",
    ),
    refs_of_other_names: (
        "HEAD", "*_HEAD", "refs/*", "logs/*", "COMMIT_EDITMSG", "description", "soptui/known_*",
    ),
    replaced_objects: (),
    a_main_line_that_goes_on: (),
    packed_refs: ("packed-refs", "info/refs"),
    a_forged_commit_graph: ("objects/info/*",),
    an_index_of_a_pack: ("objects/pack/*.idx", "objects/pack/*.rev"),
    an_object_store_elsewhere: (),
    grafts: ("info/grafts",),
    a_shallow_history: ("shallow",),
    a_promise_of_more: (),
}  # fmt: skip
"""Each lie, with what of the Git directory it changes."""

REFUSED = (grafts, a_shallow_history, a_promise_of_more, an_index_of_a_pack)

OBJECTS = ("objects/??/*", "objects/pack/*.pack")


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_nothing_false_is_shown(town: Town, used: Path, tmp_path: Path, lie: Lie) -> None:
    truth = told(used)
    root = copied(used, tmp_path)
    lie(root)
    try:
        trusted(root, town)
        seen = told(root)
    except (Refusal, ObjectFault, GitFailed):
        assert lie in REFUSED, "nothing is shown, and that is said"
        return
    finally:
        assert not (root / "it ran").exists()
    bad = seen.pop("verify") != truth.pop("verify")
    assert not bad or lie in (a_main_line_that_goes_on, grafts, a_shallow_history)
    assert seen == truth


def test_most_lies_together_change_nothing(town: Town, used: Path, tmp_path: Path) -> None:
    """Nothing need be refused for what nobody asks."""
    truth = told(used)
    root = copied(used, tmp_path)
    for lie in LIES:
        if lie not in (*REFUSED, a_main_line_that_goes_on, replaced_objects, a_program_everywhere):
            lie(root)
    a_program_everywhere(root)
    trusted(root, town)
    assert told(root) == truth
    with OpenClone.open(root) as clone:
        assert (clone.seat.officer, clone.seat.key) == ("", "")


def test_all_that_lies_in_a_clone_is_lied_about(used: Path) -> None:
    """Whoever keeps one more file in a clone says here how it is believed by nobody."""
    known = (*OBJECTS, *(pattern for patterns in LIES.values() for pattern in patterns))
    git_folder = used / ".git"
    files = [str(path.relative_to(git_folder)) for path in git_folder.rglob("*") if path.is_file()]
    assert [name for name in files if not any(fnmatch(name, one) for one in known)] == []


def test_the_line_for_the_prompt_is_not_taken_from_the_clone(
    town: Town, used: Path, tmp_path: Path
) -> None:
    from tests.cli.test_sharing import soptui

    own = {"SOPTUI_OFFICER": HEAD, "SOPTUI_KEY": str(town.keys.path(HEAD))}
    root = copied(used, tmp_path)
    trusted(root, town)
    line = soptui("inbox", "--brief", cwd=root, env=own).stdout
    notes_of_soptui(root)
    assert soptui("inbox", "--brief", cwd=root, env=own).stdout == line
