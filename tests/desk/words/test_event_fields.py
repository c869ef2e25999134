"""What an event carries, as people read it: the same in the commands and on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from soptui.desk.words.event import event_fields
from soptui.domain.events import Archive, Correct, Details, Migrate, Reassign, Return
from soptui.domain.ids import OfficerId
from soptui.locale import use
from tests.support.case_story import Story
from tests.support.small_office import REGISTRY

SEKRETARIS_1 = OfficerId("sekretaris-1")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield
    use("id")


def told(story: Story, details: Details) -> dict[str, str]:
    return dict(event_fields(story.case, story.event(details, "camat-1"), REGISTRY))


def test_a_letter_is_told_whole() -> None:
    story = Story().register()
    letter = dict(event_fields(story.case, story.events[-1][1], REGISTRY))

    assert letter["Letter number"]
    assert letter["Letter from"]
    assert letter["Urgency"] == "Ordinary"
    assert letter["Security class"]


def test_steps_are_told_as_the_sop_prints_them() -> None:
    story = Story().register()
    reason = story.case.sop.return_reasons[0]

    returned = told(story, Return(0, reason.code, "perbaiki"))

    assert returned == {"Back to": "1a", "Reason": reason.text, "Note": "perbaiki"}
    migrated = told(story, Migrate(2, "0" * 64, ((0, 0), (1, 1)), "versi baru"))
    assert migrated == {"Version": "2", "Steps": "1a → 1a, 1 → 1", "Note": "versi baru"}


def test_codes_and_ids_are_told_in_words() -> None:
    story = Story().register()
    first = story.events[-1][0]

    assert told(story, Reassign(SEKRETARIS_1, "cuti"))["Officer"] == (
        REGISTRY.officers[SEKRETARIS_1].name
    )
    assert told(story, Reassign(OfficerId("nobody-1"), "cuti"))["Officer"] == "nobody-1"
    corrected = told(story, Correct(first, "salah tanggal"))
    assert corrected["Corrects"].startswith("Register a letter · 5 Jan 2026 ")
    archived = told(
        story, Archive("000.8.6.3", "17", "Judul", ("Surat",), "Lemari", 2, 4, "musnah")
    )
    assert archived["Final fate"] == "Destroy"
    assert "Note" not in archived
