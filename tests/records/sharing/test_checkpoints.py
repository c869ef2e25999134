"""Checkpoints: what an officer signed on paper exposes a hub that rewrote or withheld history."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from soptui.desk.sharing.qr import qr_lines
from soptui.desk.sharing.sharing import Sharing, compact_checkpoint
from soptui.domain.checkpoint import Standing
from soptui.domain.events import Receive
from soptui.domain.ids import CommitId
from soptui.domain.replace import replace
from soptui.records.clone.trust import change_trust
from soptui.records.sharing.bundle import export_bundle, import_bundle
from soptui.records.sharing.checkpoint import BadCheckpoint
from tests.support.town import HEAD, REGISTRAR, SECOND_HEAD, Town, git


def test_a_checkpoint_is_confirmed_by_every_clone_that_goes_on_from_it(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    made, text = Sharing(registrar.desk).checkpoint()
    assert (made.commit, made.cases) == (town.hub_tip(), 1)
    head.sync()
    head.note(case)
    head.sync()
    found, standing = Sharing(head.desk).examine(text)
    assert (found, standing) == (made, Standing.CONFIRMED)
    assert Sharing(head.desk).state().checkpoint == made.at


def test_own_unshared_work_is_not_in_a_checkpoint(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    made, _ = Sharing(registrar.desk).checkpoint()
    assert (made.commit, made.cases) == (town.hub_tip(), 0)


def test_a_hub_that_withholds_is_exposed(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.register()
    registrar.sync()
    _, text = Sharing(registrar.desk).checkpoint()
    assert Sharing(head.desk).examine(text)[1] is Standing.WITHHELD
    head.sync()
    assert Sharing(head.desk).examine(text)[1] is Standing.CONFIRMED


def test_a_hub_that_rewrote_is_exposed(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    other = town.folder / "other-hub.git"
    shutil.copytree(town.hub, other)
    registrar.register()
    registrar.sync()
    _, text = Sharing(registrar.desk).checkpoint()
    victim = town.clone(SECOND_HEAD)
    forger = town.clone(REGISTRAR, "forger")
    for clone in (victim, forger):
        clone.git("config", "remote.origin.url", str(other))
    forger.register()
    forger.sync()
    assert victim.sync().ok
    assert Sharing(victim.desk).examine(text)[1] is Standing.REWRITTEN


def test_a_main_line_that_was_exchanged_and_merged_with_the_old_one_is_exposed(
    town: Town, tmp_path: Path
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    other = town.folder / "other-hub.git"
    shutil.copytree(town.hub, other)
    head.sync()
    head.act(case, Receive())
    head.sync()
    made, text = Sharing(head.desk).checkpoint()
    forger = town.clone(SECOND_HEAD, "forger")
    forger.git("config", "remote.origin.url", str(other))
    forger.sync()
    forger.act(case, Receive())
    forger.sync()
    old_line = export_bundle(head.repository, tmp_path / "old.sop").path
    assert import_bundle(forger.repository, forger.desk, old_line).ok
    assert forger.sync().pushed
    victim = town.clone(SECOND_HEAD, "victim")
    victim.git("config", "remote.origin.url", str(other))
    assert victim.sync().ok
    assert made.commit in git(other, "rev-list", "main").stdout.split()
    assert made.commit not in git(other, "rev-list", "--first-parent", "main").stdout.split()
    assert victim.desk.case(case).entries[-1].event.by == HEAD
    assert Sharing(victim.desk).examine(text)[1] is Standing.SIDE_LINE
    assert Sharing(head.desk).examine(text)[1] is Standing.CONFIRMED


def test_a_checkpoint_stays_confirmed_when_the_clone_that_signed_it_merges_later(
    town: Town,
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    registrar.note(case)
    _, text = Sharing(registrar.desk).checkpoint()
    head.sync()
    head.note(case)
    head.sync()
    assert registrar.sync().merged
    assert Sharing(registrar.desk).examine(text)[1] is Standing.CONFIRMED
    head.sync()
    assert Sharing(head.desk).examine(text)[1] is Standing.CONFIRMED


def test_without_a_hub_a_merge_puts_what_a_checkpoint_stated_on_a_side_line(
    town: Town, tmp_path: Path
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    for clone in (registrar, head):
        change_trust(
            clone.root,
            lambda known: replace(known, shared=CommitId(""), shared_position=0),
            clone.repository.trust,
        )
        clone.repository.recall()
    registrar.note(case)
    made, text = Sharing(registrar.desk).checkpoint()
    assert made.commit == registrar.head
    head.note(case)
    disk = export_bundle(head.repository, tmp_path / "disk.sop").path
    assert import_bundle(registrar.repository, registrar.desk, disk).ok
    assert Sharing(registrar.desk).examine(text)[1] is Standing.SIDE_LINE
    assert Sharing(head.desk).examine(text)[1] is not Standing.CONFIRMED


def test_only_the_officer_s_own_key_makes_a_checkpoint(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    _, text = Sharing(registrar.desk).checkpoint()
    signed = text[: text.index(b"-----BEGIN")].replace(REGISTRAR.encode(), HEAD.encode())
    forged = signed + town.keys.signer(REGISTRAR).sign(signed, "checkpoint@soptui")
    other_namespace = signed + town.keys.signer(HEAD).sign(signed)
    for spoiled in (forged, other_namespace, text.replace(b"cases 0", b"cases 1"), text[:-9], b""):
        with pytest.raises(BadCheckpoint):
            Sharing(registrar.desk).examine(spoiled)


def test_the_printed_code_says_the_same_and_fits_on_a_terminal(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    made, text = Sharing(registrar.desk).checkpoint()
    code = compact_checkpoint(text)
    assert Sharing(registrar.desk).examine(code.encode()) == (made, Standing.CONFIRMED)
    assert max(map(len, qr_lines(code, border=1))) <= 80


def test_stock_ssh_keygen_checks_a_checkpoint(town: Town, tmp_path: Path) -> None:
    registrar = town.clone(REGISTRAR)
    _, text = Sharing(registrar.desk).checkpoint()
    start = text.index(b"-----BEGIN")
    (tmp_path / "signature").write_bytes(text[start:])
    signers = tmp_path / "signers"
    signers.write_text(f"{REGISTRAR} {town.keys.public(REGISTRAR).text}\n")
    subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-n", "checkpoint@soptui", "-I", REGISTRAR,
         "-f", str(signers), "-s", str(tmp_path / "signature")],
        input=text[:start], check=True, capture_output=True,
    )  # fmt: skip


def test_the_state_tells_what_waits_and_since_when_the_hub_is_silent(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    sharing = Sharing(registrar.desk)
    registrar.register()
    assert (sharing.state().ahead, sharing.state().answered) == (1, None)
    town.hub.rename(town.folder / "away")
    assert sharing.sync().offline
    since = sharing.state().offline_since
    assert since is not None
    sharing.sync()
    assert sharing.state().offline_since == since
    (town.folder / "away").rename(town.hub)
    assert sharing.sync().pushed
    state = sharing.state()
    assert (state.ahead, state.offline, state.offline_since) == (0, "", None)
    assert state.answered is not None
    assert state.hub == str(town.hub)
    assert git(registrar.root, "status", "--short").stdout == ""


def test_what_is_printed_below_a_checkpoint_is_not_looked_at(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    made, text = Sharing(registrar.desk).checkpoint()
    sheet = text + "\n".join(qr_lines(compact_checkpoint(text))).encode()
    for data in (sheet, text.rstrip()):
        assert Sharing(registrar.desk).examine(data) == (made, Standing.CONFIRMED)
        assert Sharing(registrar.desk).checkpoints() == ((made, text),)


def test_what_is_wrong_with_a_checkpoint_is_told_in_words(town: Town) -> None:
    sharing = Sharing(town.clone(REGISTRAR).desk)
    text = sharing.checkpoint()[1]
    for spoiled, reason in (
        (text.replace(b"-----END SSH SIGNATURE-----\n", b""), "its signature is not whole"),
        (text.replace(b"cases 0", b"cases 1"), "its signature does not hold"),
        (text.replace(b"cases 0\n", b""), "its lines are not whole"),
    ):
        with pytest.raises(BadCheckpoint, match=f"signed: {reason}"):
            sharing.examine(spoiled)
