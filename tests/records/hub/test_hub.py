"""The hub: what it is set to, whom it lets in, what it refuses beyond the verifier's findings."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from soptui.domain.findings import TrustRoot
from soptui.domain.ids import CommitId, Fingerprint, OfficerId
from soptui.domain.message import Refusal
from soptui.records.hub.authorized_keys import authorized_keys
from soptui.records.hub.check import check_hub
from soptui.records.hub.hub import init_hub, renew_hub
from soptui.records.hub.settings import SETTINGS
from soptui.records.hub.trust import NotAHub, open_hub
from soptui.records.verify.version import VERSION
from tests.support.killing import killed
from tests.support.town import ADMIN, REGISTRAR, ROLES, Town, found_office, git


def codes(path: Path) -> set[str]:
    return {one.code for one in check_hub(path)}


def test_a_new_hub_has_nothing_unsafe_about_it(town: Town) -> None:
    assert check_hub(town.hub) == []
    for name, value in SETTINGS.items():
        assert git(town.hub, "config", "--get", name).stdout.strip() == value


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda hub: git(hub, "config", "receive.fsckObjects", "false"), "setting"),
        (lambda hub: git(hub, "config", "core.fsmonitor", "touch /tmp/x"), "setting-unknown"),
        (lambda hub: git(hub, "config", "--unset", "receive.denyDeletes"), "setting-missing"),
        (lambda hub: (hub / "hooks" / "pre-receive").write_text("#!/bin/sh\n"), "program"),
        (lambda hub: (hub / "hooks" / "pre-receive").unlink(), "program"),
        (lambda hub: (hub / "hooks" / "update").write_text("#!/bin/sh\n"), "hook-unknown"),
        (lambda hub: (hub / "hooks").chmod(0o775), "writable"),
        (lambda hub: (hub / "objects").chmod(0o777), "writable"),
        (lambda hub: git(hub, "update-ref", "refs/heads/other", "main"), "ref"),
        (lambda hub: git(hub, "update-ref", "refs/heads/main", "main~1"), "unverified"),
        (lambda hub: (hub / "shallow").write_text(""), "objects-elsewhere"),
    ],
)  # fmt: skip
def test_the_check_tells_what_is_unsafe(
    town: Town, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(town.hub)
    assert codes(town.hub) == {code}


def test_renewing_mends_settings_and_programs(town: Town) -> None:
    git(town.hub, "config", "receive.fsckObjects", "false")
    (town.hub / "hooks" / "pre-receive").write_text("#!/bin/sh\n")
    renew_hub(town.hub)
    assert check_hub(town.hub) == []


def test_a_hub_is_never_made_over_something(town: Town) -> None:
    _, trust = open_hub(town.hub)
    with pytest.raises(Refusal, match="not empty"):
        init_hub(town.hub, trust.root)
    with pytest.raises(NotAHub):
        open_hub(town.folder)
    with pytest.raises(Refusal, match="authorized_keys"):
        init_hub(town.folder / 'a"b', trust.root)
    with pytest.raises(Refusal, match="trust show"):
        init_hub(town.folder / "new.git", TrustRoot(CommitId("x"), Fingerprint("y")))


def test_only_main_is_taken_and_never_deleted(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    for refspec in ("main:refs/heads/other", "main:refs/replace/x", "main:refs/tags/v1"):
        refused = registrar.git("push", "origin", refspec, check=False)
        assert refused.returncode != 0
        assert "[hub-ref]" in refused.stderr
    refused = registrar.git("push", "origin", ":main", check=False)
    assert refused.returncode != 0
    refused = registrar.git("push", "origin", "main", "main:refs/heads/other", check=False)
    assert refused.returncode != 0
    assert town.hub_tip() == registrar.repository.trust.shared


def test_a_hub_is_begun_by_its_own_first_commit_only(town: Town, tmp_path: Path) -> None:
    stranger = found_office(tmp_path / "stranger")
    _, trust = open_hub(town.hub)
    hub = tmp_path / "empty.git"
    init_hub(hub, trust.root, language="en")
    refused = git(stranger.folder / "origin", "push", str(hub), "main", check=False)
    assert "soptui: refused [root]" in refused.stderr
    assert "ditolak" not in refused.stderr
    assert git(hub, "for-each-ref").stdout == ""
    git(town.folder / "origin", "push", "-q", str(hub), "main")
    assert check_hub(hub) == []


def test_the_keys_are_those_that_count_at_the_verified_tip(town: Town) -> None:
    lines = authorized_keys(town.hub)
    assert [line.split()[-1] for line in lines] == sorted(ROLES)
    assert all(line.startswith(f'restrict,command="{town.hub}/soptui/serve ') for line in lines)
    admin = town.clone(ADMIN)
    from soptui.desk.office.administration import Administration

    fingerprint = town.keys.public(REGISTRAR).fingerprint
    Administration(admin.desk, sure=True).revoke_key(OfficerId(REGISTRAR), fingerprint, "hilang")
    admin.sync()
    assert REGISTRAR not in [line.split()[-1] for line in authorized_keys(town.hub)]


def test_an_empty_hub_lets_the_founder_in(town: Town, tmp_path: Path) -> None:
    _, trust = open_hub(town.hub)
    hub = tmp_path / "empty.git"
    key = town.keys.public(ADMIN).text
    init_hub(hub, trust.root, first_key=key)
    (line,) = authorized_keys(hub)
    assert line.endswith(f"{key} pendiri")


def test_a_hub_that_forgot_what_it_verified_verifies_again(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    shutil.rmtree(town.hub / "soptui" / "verified")
    (town.hub / "soptui" / "verified").mkdir()
    assert registrar.sync().pushed
    assert check_hub(town.hub) == []


@pytest.mark.parametrize("position", ["[" * 100_000, "1e400", "9" * 5000, '"x"', "null"])
def test_a_spoiled_note_of_what_was_verified_keeps_nobody_out(town: Town, position: str) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    known = town.hub / "soptui" / "verified" / town.hub_tip()
    genesis = registrar.repository.trust.genesis
    known.write_text(f'{{"verifier": {VERSION}, "genesis": "{genesis}", "position": {position}}}')
    assert registrar.sync().pushed
    assert check_hub(town.hub) == []


def test_a_ref_whose_name_looks_like_two_lines_is_refused_as_a_ref(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    refused = registrar.git("push", "origin", "main:refs/heads/a\u2028b", check=False)
    assert "[hub-ref]" in refused.stderr
    assert "[hub-fault]" not in refused.stderr


def test_a_hub_whose_own_history_was_spoiled_takes_nothing_more(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    hook = town.hub / "hooks" / "pre-receive"
    hook.rename(town.folder / "hook")
    registrar.git("commit", "-q", "--allow-empty", "-m", "x")
    registrar.git("push", "-q", "origin", "main")
    (town.folder / "hook").rename(hook)
    registrar.git("commit", "-q", "--allow-empty", "-m", "y")
    refused = registrar.git("push", "origin", "main", check=False)
    assert "[hub-history]" in refused.stderr


def test_the_hook_fails_closed(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    (town.hub / "soptui" / "hub.json").write_text("{")
    refused = registrar.git("push", "origin", "main", check=False)
    assert refused.returncode != 0
    assert "[hub-fault]" in refused.stderr


_MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""
"""Runs a command and prints the kilobytes that the largest of its processes had in memory."""


def test_a_bomb_is_refused_in_little_memory(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    before = town.hub_tip()
    bomb = _zeros(registrar.root / ".git" / "objects", 160)
    tree = git(registrar.root, "ls-tree", "main").stdout + f"100644 blob {bomb}\tzeros\n"
    made = subprocess.run(["git", "mktree"], cwd=registrar.root, input=tree, text=True,
                          capture_output=True, check=True).stdout.strip()  # fmt: skip
    commit = git(registrar.root, "commit-tree", "-S", "-m", "x", "-p", "main", made).stdout.strip()
    registrar.git("config", "core.bigFileThreshold", "1m")
    push = ["git", "push", "origin", f"{commit}:refs/heads/main"]
    refused = subprocess.run([sys.executable, "-c", _MEASURED, *push], cwd=registrar.root,
                             text=True, capture_output=True, check=False)  # fmt: skip
    assert refused.returncode != 0
    assert "[path]" in refused.stderr
    assert town.hub_tip() == before
    assert int(refused.stdout.split()[-1]) < 100 * 1024


def test_the_hook_killed_at_any_instant_leaves_a_hub_that_works(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    for delay in (0.02, 0.06, 0.12, 0.2):
        registrar.register()
        killed(("git", "push", "-q", "origin", "main"), registrar.root, after=delay)
        git(town.hub, "fsck", "--strict")
    assert registrar.sync().ok
    assert registrar.head == town.hub_tip()
    assert not list(town.hub.rglob("*.lock"))
    assert check_hub(town.hub) == []


def test_a_lock_that_a_killed_program_left_does_not_close_the_hub(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    left = [town.hub / "refs/heads/main.lock", town.hub / "HEAD.lock",
            registrar.root / ".git/refs/heads/main.lock",
            registrar.root / ".git/refs/soptui/incoming.lock"]  # fmt: skip
    long_ago = time.time() - 60
    for lock in left:
        lock.parent.mkdir(exist_ok=True)
        lock.touch()
        os.utime(lock, (long_ago, long_ago))
    registrar.register()
    assert registrar.sync().pushed
    assert not any(lock.exists() for lock in left)


def _zeros(objects: Path, megabytes: int) -> str:
    """Store a blob of zeros without ever holding it."""
    header = b"blob %d\0" % (megabytes * 1024 * 1024)
    digest = hashlib.sha1(header, usedforsecurity=False)
    packer = zlib.compressobj(1)
    parts = [packer.compress(header)]
    block = bytes(1024 * 1024)
    for _ in range(megabytes):
        digest.update(block)
        parts.append(packer.compress(block))
    parts.append(packer.flush())
    name = digest.hexdigest()
    (objects / name[:2]).mkdir(exist_ok=True)
    (objects / name[:2] / name[2:]).write_bytes(b"".join(parts))
    return name


def test_what_a_killed_push_left_is_named_once_it_is_old(town: Town) -> None:
    left = town.hub / "objects" / "tmp_objdir-incoming-Ab12cd"
    left.mkdir()
    assert "left-over" not in {one.code for one in check_hub(town.hub)}
    os.utime(left, (0, 0))
    told = [one for one in check_hub(town.hub) if one.code == "left-over"]
    assert [one.message.values["path"] for one in told] == [f"objects/{left.name}"]
