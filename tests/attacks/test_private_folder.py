"""What lies in the officer's private folder says whose it is, and is not shown to anybody else.

Each file there is put in the place of another's: of other records, another officer, an older state.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from soptui.desk.actions.fields import Form
from soptui.desk.clone import Clone as OpenClone
from soptui.desk.forms.drafts import DraftFile
from soptui.desk.office.lost_keys import tell_lost_keys
from soptui.desk.settings.clone_files import DeskFile, load_desk_file, save_desk_file
from soptui.desk.sharing import without_effect
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.events import Action
from soptui.domain.ids import CommitId, EventId, Fingerprint, OfficerId
from soptui.records.clone.trust import Trust, load_trust, save_trust
from soptui.records.index.index import index_path
from soptui.records.platform.private_files import load_kept, save_kept, state_folder, state_path
from soptui.records.sharing.checkpoint import checkpoints_of, last_checkpoint_of
from soptui.records.sharing.state import load_contact, save_without_effect
from soptui.tui.frame.last_place import Remembered, remember, remembered
from tests.support.town import HEAD, REGISTRAR, Clone, Town

OTHER = CommitId("1" * 40)
CAMAT, STAFF = OfficerId(HEAD), OfficerId(REGISTRAR)


@pytest.fixture
def clone(town: Town) -> Clone:
    return town.clone(REGISTRAR)


def given_to(path: Path, *owner: str) -> None:
    """Let a file say that it is somebody else's."""
    path.write_text(json.dumps(json.loads(path.read_text()) | {"of": owner}))


@pytest.mark.parametrize("owner", [(), (OTHER,), (OTHER, HEAD), ("x", HEAD, "y")])
def test_what_is_kept_for_one_is_nothing_for_another(
    tmp_path: Path, owner: tuple[str, ...]
) -> None:
    path = tmp_path / "kept"
    save_kept(path, {"a": 1}, "x", HEAD)
    assert load_kept(path, "x", HEAD) == {"a": 1}
    assert load_kept(path, *owner) is None
    for damaged in ("", "[]", "[1, 2", '{"of": "x"}', "\0"):
        path.write_text(damaged)
        assert load_kept(path, "x", HEAD) is None


def test_the_seat_is_that_of_these_records(clone: Clone) -> None:
    genesis = clone.desk.genesis
    save_desk_file(clone.root, genesis, DeskFile(STAFF, "/key"))
    assert load_desk_file(clone.root, genesis).officer == REGISTRAR
    assert load_desk_file(clone.root, OTHER) == DeskFile()
    given_to(state_path(clone.root, ".desk"), OTHER)
    with OpenClone.open(clone.root) as opened:
        assert opened.seat == DeskFile()


def test_syncs_and_acts_without_effect_are_those_of_these_records(clone: Clone) -> None:
    case = clone.register()
    Sharing(clone.desk).sync()
    assert load_contact(clone.repository).answered
    save_without_effect(clone.repository, STAFF, {case: (EventId("0" * 64),)})
    assert without_effect.not_seen(clone.desk)
    assert without_effect.sentences_for(clone.desk, without_effect.not_seen(clone.desk)) == ()
    for suffix in (".sync", ".without-effect"):
        given_to(state_path(clone.root, suffix), OTHER)
    assert not load_contact(clone.repository).answered
    assert not without_effect.not_seen(clone.desk)


def test_a_draft_is_shown_to_nobody_else(town: Town, clone: Clone) -> None:
    head = town.clone(HEAD)
    form = Form(Action.NOTE, ())
    mine, theirs = DraftFile(clone.desk, form, "case"), DraftFile(head.desk, form, "case")
    mine.path.parent.mkdir(parents=True, exist_ok=True)
    names = [clone.desk.genesis, REGISTRAR, "case", "note"]
    kept = {"form": names, "saved": clone.desk.now().isoformat(), "values": {"note": "Rahasia"}}
    mine.path.write_text(json.dumps(kept))
    assert mine.saved()
    shutil.copy(mine.path, theirs.path)
    assert theirs.saved() is None
    mine.path.write_text(json.dumps(kept | {"form": [OTHER, *names[1:]]}))
    assert mine.saved() is None


def test_a_screen_opens_where_its_own_officer_left_it(clone: Clone, home: Path) -> None:
    genesis = clone.desk.genesis
    remember(genesis, CAMAT, Remembered(place="audit", filters="rahasia"))
    (path,) = state_folder().glob("screen-*")
    path.rename(path.with_name(path.name.replace(HEAD, REGISTRAR)))
    assert remembered(genesis, STAFF) == Remembered()
    assert home


def test_what_was_told_of_lost_keys_is_told_of_these_records(clone: Clone) -> None:
    assert tell_lost_keys(clone.desk) == ()
    save_kept(state_path(clone.root, ".lost-keys"), {REGISTRAR: ["x"]}, OTHER)
    assert load_kept(state_path(clone.root, ".lost-keys"), clone.desk.genesis) is None


def test_a_checkpoint_of_other_records_is_none_of_these(clone: Clone) -> None:
    checkpoint, text = Sharing(clone.desk).checkpoint()
    assert last_checkpoint_of(clone.repository) == checkpoint
    (folder,) = (path.parent for path in state_path(clone.root, "").parent.parent.glob(
        "checkpoints/*/*.txt"))  # fmt: skip
    (path,) = folder.iterdir()
    path.write_bytes(text.replace(checkpoint.genesis.encode(), OTHER.encode()))
    assert list(checkpoints_of(clone.repository)) == []


def shown(clone: Clone) -> list[tuple[str, str, int]]:
    rows = clone.desk.cases().page(50, 0)
    return [(row.id, row.subject, row.step) for row in rows]


def test_an_index_of_other_records_or_of_another_state_is_made_anew(
    town: Town, clone: Clone
) -> None:
    clone.register()
    older = shown(clone)
    clone.desk.close()
    path = index_path(clone.root)
    old_file = shutil.copy(path, path.with_name("old"))
    case = clone.register()
    newer = shown(clone)
    assert len(newer) == len(older) + 1
    for wrong in ("old", "other records", "other commit", "damaged"):
        clone.desk.close()
        if wrong == "old":
            shutil.copy(old_file, path)
        else:
            _spoil(path, wrong)
        again = town.open(clone.root, REGISTRAR)
        assert sorted(shown(again)) == sorted(newer), wrong
        again.desk.close()
    assert case in {row[0] for row in newer}


def _spoil(path: Path, how: str) -> None:
    """Change what an index says and whose it says that it is."""
    import sqlite3

    if how == "damaged":
        path.write_bytes(b"SQLite format 3\0" + bytes(100))
        return
    with closing(sqlite3.connect(path)) as index:
        index.execute("UPDATE cases SET subject = 'Palsu'")
        column = "genesis" if how == "other records" else "commit_id"
        index.execute(f"UPDATE state SET {column} = ?", (OTHER,))
        index.commit()


@pytest.mark.parametrize(
    "wrong",
    [Trust(OTHER, Fingerprint("SHA256:x")), None],
    ids=["of other records", "of another key"],
)
def test_what_is_trusted_of_other_records_is_not_trusted_of_these(
    clone: Clone, wrong: Trust | None
) -> None:
    known = load_trust(clone.root)
    assert known is not None
    save_trust(clone.root, wrong or Trust(known.genesis, Fingerprint("SHA256:x")))
    with OpenClone.open(clone.root) as opened:
        codes = {one.code for one in opened.verify(full=True).errors}
    assert codes & {"root", "root-signer"}


def test_the_days_of_a_note_for_the_prompt_are_those_of_its_clone(town: Town, clone: Clone) -> None:
    """Its name may be another's, by chance or on purpose: inside stands whose it is."""
    from tests.cli.test_sharing import soptui

    own = {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    right = soptui("inbox", "--brief", cwd=clone.root, env=own).stdout
    (path,) = state_folder().glob("brief-*")
    kept = json.loads(path.read_text())
    note = kept["kept"]
    false = note | {"lines": dict.fromkeys(note["lines"], "soptui: palsu")}
    path.write_text(json.dumps(kept | {"kept": false}))
    assert "palsu" in soptui("inbox", "--brief", cwd=clone.root, env=own).stdout, "it is read"
    for name, value in {
        "records": "/elsewhere", "tip": OTHER, "officer": HEAD, "program": "0",
        "day": note["day"] - 1,
    }.items():  # fmt: skip
        path.write_text(json.dumps(kept | {"kept": false | {name: value}}))
        assert soptui("inbox", "--brief", cwd=clone.root, env=own).stdout == right, name
