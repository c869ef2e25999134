"""What was typed survives leaving, a crash, a signal and a full disk, and only signing ends it."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from soptui.desk import Desk
from soptui.desk.forms.drafts import DraftFile, drafts_of
from soptui.desk.forms.form_for import form_for
from soptui.domain.events import Action
from tests.tui.forming import Office, Person, at_screen, draft_of, form_of


def kept(desk: Desk, office: Office) -> Mapping[str, Any]:
    draft = draft_of(desk, Action.NOTE, office.case).load()
    return {} if draft is None else draft.values


@pytest.fixture
def desk(office: Office) -> Desk:
    office.letter_arrives()
    return office.desk("camat")


async def test_what_was_typed_is_offered_again_with_its_age(office: Office, desk: Desk) -> None:
    async with at_screen(form_of(desk, Action.NOTE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.types("Tunggu dulu")
        await camat.presses("escape")
        assert camat.receipt is None
    later = desk.now() + timedelta(hours=2, minutes=5)
    office.demo.clock.set_to(later)
    form = form_of(desk, Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        assert "disimpan 2 jam lalu" in form.news
        assert "Tunggu dulu" in Person(pilot).sees()


async def test_a_draft_that_is_only_looked_at_stays_as_old_as_it_is(
    office: Office, desk: Desk
) -> None:
    file = draft_of(desk, Action.DISPOSE, office.case)
    file.save({"instructions": ("koordinasikan",), "to": ("sekretaris",), "note": "Lama"})
    before = file.saved()
    office.demo.clock.set_to(desk.now() + timedelta(hours=2))
    async with at_screen(form_of(desk, Action.DISPOSE, office.case)) as pilot:
        await Person(pilot).presses("f8", "f8", "escape")
    assert file.saved() == before
    async with at_screen(form_of(desk, Action.DISPOSE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.presses("2", "escape")
    assert before is not None
    assert file.saved() == before + timedelta(hours=2)


async def test_a_draft_and_an_empty_form_change_places_without_loss(
    office: Office, desk: Desk
) -> None:
    draft_of(desk, Action.NOTE, office.case).save({"note": "Lama"})
    form = form_of(desk, Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("f8")
        assert form.sheet.values["note"] == ""
        await camat.presses("f8")
        assert form.sheet.values["note"] == "Lama"
        await camat.presses("f8", "escape")
    assert kept(desk, office) == {"note": "Lama"}


async def test_signing_from_an_empty_form_leaves_the_draft_that_made_way_for_it(
    office: Office,
) -> None:
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save({"number": "A/1", "date": "20/11/2026"})
    async with at_screen(form_of(desk, Action.REGISTER)) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f8")
        await clerk.types("B/2\n23/11\nBupati\nUndangan")
        await clerk.presses("f10")
        assert clerk.receipt is not None
        letter = desk.case(clerk.receipt.case).letter
        assert letter is not None
        assert letter.number == "B/2"
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        assert "Ini draf Anda" in form.news
        assert form.sheet.values["number"] == "A/1"
        assert form.sheet.values["date"] == "20/11/2026"
        await Person(pilot).presses("f8")
        assert not form.sheet.has_input


async def test_what_is_typed_beside_a_draft_is_a_draft_of_its_own_though_the_line_is_lost(
    office: Office,
) -> None:
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save({"number": "A/1"})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f8")
        await clerk.types("B/2")
        form.save_draft()
        kept_now = [file.load() for file in drafts_of(desk, form.form)]
        assert [one.values["number"] for one in kept_now if one] == ["A/1", "B/2"]
    form = form_of(desk, Action.REGISTER)
    seen = []
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        for _press in range(4):
            seen.append((form.sheet.values["number"], "berikutnya dari 2" in form.news))
            await clerk.presses("f8")
    assert seen == [("B/2", False), ("", False), ("A/1", True), ("B/2", False)]


async def test_what_is_changed_in_a_draft_is_there_when_one_comes_back_to_it(
    office: Office,
) -> None:
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save({"number": "A/1"})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        form.rows["sender"].editor.focus()
        await clerk.types("Bupati")
        await clerk.presses("f8")
        assert form.sheet.values["sender"] == ""
        await clerk.presses("f8")
        assert form.sheet.values["sender"] == "Bupati"


async def test_on_a_full_disk_a_draft_makes_no_way_for_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desk("penerima-surat")
    draft_of(desk, Action.REGISTER).save({"number": "A/1"})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        monkeypatch.setattr("soptui.desk.forms.drafts.write_private", no_room)
        form.rows["sender"].editor.focus()
        await clerk.types("Bupati")
        await clerk.presses("f8")
        assert form.sheet.values["sender"] == "Bupati"
        assert "disk penuh" in form.news


async def test_a_draft_is_thrown_away_when_asked_twice_and_the_others_stay(
    office: Office,
) -> None:
    desk = office.desk("penerima-surat")
    for place, number in enumerate(("A/1", "B/2")):
        DraftFile(desk, form_for(desk, Action.REGISTER), "", place).save({"number": number})
    form = form_of(desk, Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        assert "F6 membuangnya" in form.news
        await clerk.presses("f6")
        assert "F6 sekali lagi" in form.news
        assert form.sheet.values["number"] == "B/2"
        await clerk.presses("f6")
        assert not form.sheet.has_input
        await clerk.presses("escape")
    (left,) = drafts_of(desk, form.form)
    assert left.place == 0


async def test_who_types_on_is_asked_anew_before_anything_is_thrown_away(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.presses("f6")
        assert form.news == ""
        await clerk.types("A")
        await clerk.presses("f6")
        await clerk.types("B")
        assert form.news == ""
        await clerk.presses("f6")
        assert form.sheet.values["number"] == "AB"
        await clerk.presses("f6")
        assert form.sheet.values["number"] == ""


async def test_an_empty_form_begins_in_its_first_field(office: Office, desk: Desk) -> None:
    draft_of(desk, Action.DISPOSE, office.case).save({"note": "Lama"})
    form = form_of(desk, Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        form.rows["due"].editor.focus()
        await camat.presses("f8")
        assert camat.focused() is form.rows["instructions"].editor


async def test_while_typing_the_draft_is_on_disk_before_the_form_is_left(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soptui.tui.forms.drafts._EVERY_SECONDS", 0.01)
    async with at_screen(form_of(desk, Action.NOTE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.types("Segera")
        await camat.waits_until(lambda: kept(desk, office) == {"note": "Segera"})


async def test_an_empty_form_never_takes_the_place_of_a_full_one(
    office: Office, desk: Desk
) -> None:
    draft_of(desk, Action.NOTE, office.case).save({"note": "Isi"})
    form = form_of(desk, Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        # All of it with one key: a draft may be kept between any two.
        await camat.presses("ctrl+u")
        assert form.sheet.values["note"] == ""
        await camat.presses("escape")
    assert kept(desk, office) == {"note": "Isi"}


async def test_defaults_alone_make_no_draft(office: Office, desk: Desk) -> None:
    async with at_screen(form_of(desk, Action.DISPOSE, office.case)) as pilot:
        await Person(pilot).presses("tab", "tab", "escape")
    assert draft_of(desk, Action.DISPOSE, office.case).load() is None


async def test_signing_ends_the_draft(office: Office, desk: Desk) -> None:
    file = draft_of(desk, Action.NOTE, office.case)
    file.save({"note": "Sudah dibaca"})
    async with at_screen(form_of(desk, Action.NOTE, office.case)) as pilot:
        camat = Person(pilot)
        await camat.presses("f10")
        assert camat.receipt is not None
    assert not file.path.exists()


def no_room(path: Path, content: bytes) -> None:
    """How a disk that is full answers."""
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which no draft finds room."""
    monkeypatch.setattr("soptui.desk.forms.drafts.write_private", no_room)


@pytest.mark.usefixtures("full_disk")
async def test_a_full_disk_is_said_and_the_form_goes_on(office: Office, desk: Desk) -> None:
    form = form_of(desk, Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.types("Isi")
        form.save_draft()
        assert "disk penuh" in form.news
        await camat.presses("f10")
        assert camat.receipt is not None


@pytest.mark.usefixtures("full_disk")
async def test_a_screen_that_ends_on_a_full_disk_ends_in_order(office: Office, desk: Desk) -> None:
    form = form_of(desk, Action.NOTE, office.case)
    async with at_screen(form) as pilot:
        await Person(pilot).types("Isi")
    assert form.sheet.has_input


def test_a_draft_is_private_and_of_one_form_alone(office: Office, desk: Desk) -> None:
    file = draft_of(desk, Action.NOTE, office.case)
    file.save({"note": "Rahasia"})
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.path.parent.stat().st_mode & 0o777 == 0o700
    assert draft_of(desk, Action.CANCEL, office.case).load() is None
    assert draft_of(office.desk("sekretaris"), Action.NOTE, office.case).load() is None
    office.letter_arrives()
    assert draft_of(desk, Action.NOTE, office.case).load() is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"form": null}', b"\xff\xfe", b"[" * 100_000, b'{"saved": 1}'],
)
def test_a_damaged_draft_counts_as_none(office: Office, desk: Desk, content: bytes) -> None:
    file = draft_of(desk, Action.NOTE, office.case)
    file.save({"note": "x"})
    file.path.write_bytes(content)
    assert file.load() is None


def test_choices_that_are_not_offered_any_more_are_left_out(office: Office, desk: Desk) -> None:
    file = draft_of(desk, Action.DISPOSE, office.case)
    file.save({"instructions": ("koordinasikan",), "note": "Segera"})
    fields = json.loads(file.path.read_text())
    fields["values"] |= {"instructions": ["koordinasikan", "lama"], "to": ["siapa"], "due": 7}
    file.path.write_text(json.dumps(fields))
    draft = file.load()
    assert draft is not None
    assert draft.values == {"instructions": ("koordinasikan",), "note": "Segera"}
