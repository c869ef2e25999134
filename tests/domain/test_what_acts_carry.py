"""What an act must carry to be open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from soptui.domain.actions.contents import files_limit_fault
from soptui.domain.case import Status
from soptui.domain.events import (
    Archive,
    Attach,
    AttachmentKind,
    Complete,
    Dispose,
    Letter,
    Note,
    Reassign,
    Return,
    Suspend,
)
from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.replace import replace
from tests.support.case_story import Story
from tests.support.office_parts import ARCHIVE, LETTER, START, attachment
from tests.support.small_office import SECRETARY, STAFF


def test_an_event_must_name_the_place_where_the_case_is() -> None:
    assert Story().in_work_at(4).complete(place=(4, 2)).code == "other-place"
    assert Story().in_work_at(4).note("x", place=(5, 1)).code == "other-place"
    assert Story().in_work_at(4).note("x", place=(3, 1)).code == ""
    assert Story().register(place=(1, 1)).code == "other-place"


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (replace(LETTER, number=""), "letter-incomplete"),
        (replace(LETTER, sender=""), "letter-incomplete"),
        (replace(LETTER, subject=""), "letter-incomplete"),
        (replace(LETTER, date=date(2026, 1, 6)), "received-before-letter"),
        (replace(LETTER, received=START + timedelta(days=1)), "received-in-future"),
    ],
)
def test_a_letter_is_registered_only_when_it_makes_sense(letter: Letter, code: str) -> None:
    story = Story().register(letter=letter)

    assert (story.code, story.case.status) == (code, Status.NEW)


def test_a_disposition_addresses_the_next_role_and_says_what_to_do() -> None:
    def disposed(details: Dispose) -> str:
        story = Story().register().receive()
        return story.add(story.event(details)).code

    assert disposed(Dispose((STAFF,), ("tindak-lanjuti",))) == "wrong-addressee"
    assert disposed(Dispose((SECRETARY, SECRETARY), ("x",))) == "unknown-addressee"
    assert disposed(Dispose((SECRETARY, RoleId("bupati")), ("x",))) == "unknown-addressee"
    assert disposed(Dispose((SECRETARY,))) == "no-instruction"
    assert disposed(Dispose((SECRETARY,), note="x", due=date(2026, 1, 4))) == "due-in-past"
    assert disposed(Dispose((SECRETARY,), note="x", due=date(2026, 1, 5))) == ""


def test_files_go_where_they_belong_under_a_plain_name() -> None:
    def attached(name: str, kind: AttachmentKind, twice: bool = False) -> str:
        story = Story().in_work_at(4)
        files = (attachment(name, kind),) * (2 if twice else 1)
        return story.add(story.event(Attach(), attachments=files)).code

    assert attached("bukti.pdf", AttachmentKind.SUPPORT) == ""
    assert attached("bukti.pdf", AttachmentKind.OUTPUT) == "attachment-kind"
    assert attached("../bukti.pdf", AttachmentKind.SUPPORT) == "attachment-name"
    assert attached("..", AttachmentKind.SUPPORT) == "attachment-name"
    assert attached("", AttachmentKind.SUPPORT) == "attachment-name"
    assert attached("bukti.pdf", AttachmentKind.SUPPORT, twice=True) == "attachment-twice"
    story = Story().in_work_at(4)
    assert story.add(story.event(Attach())).code == "no-file"


def test_a_file_above_the_office_limit_is_named() -> None:
    small, large = attachment("kecil.pdf"), replace(attachment("besar.pdf"), size=11)

    assert files_limit_fault((small,), 10) is None
    closed = files_limit_fault((small, large), 10)
    assert closed is not None
    assert closed.code == "attachment-too-large"
    assert "besar.pdf" in str(closed.reason)


def test_work_is_complete_only_with_its_requirements_and_its_output() -> None:
    def completed(details: Complete, *files: str) -> str:
        story = Story().in_work_at(3).request("kesra").submit("kesra")
        attachments = tuple(attachment(name) for name in files)
        return story.add(story.event(details, attachments=attachments)).code

    assert completed(Complete(), "bahan.pdf") == "requirement-missing"
    assert completed(Complete(("Disposisi Sekretaris",))) == "output-missing"
    assert completed(Complete(("Disposisi Sekretaris", "x")), "b.pdf") == "unknown-requirement"
    assert completed(Complete(("Disposisi Sekretaris",)), "bahan.pdf") == ""


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (replace(ARCHIVE, classification=""), "archive-incomplete"),
        (replace(ARCHIVE, place=""), "archive-incomplete"),
        (replace(ARCHIVE, items=()), "archive-empty"),
        (replace(ARCHIVE, fate="dibakar"), "unknown-fate"),
        (replace(ARCHIVE, inactive_years=-1), "negative-retention"),
    ],
)
def test_the_archive_wants_a_full_description(details: Archive, code: str) -> None:
    story = Story().in_work_at(8).archive(details=details)

    assert (story.code, story.case.status) == (code, Status.RUNNING)


def test_acts_that_need_a_reason_are_refused_without_one() -> None:
    story = Story().in_work_at(4)
    for details in (Suspend(""), Note(""), Reassign(OfficerId("staff-2"), "")):
        assert story.add(story.event(details)).code == "no-reason"
    assert story.add(story.event(Return(3, "data-kurang", ""))).code == "no-reason"
