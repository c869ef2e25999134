"""The text of an attachment is taken out once, and no look waits for somebody who acts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from soptui.desk import FileToAttach
from soptui.desk.attachment_texts import AttachmentTexts
from soptui.domain.attachment_text import AttachmentText, NoText
from soptui.domain.events import Attach
from soptui.locale import use
from tests.support.desks import Desks


class Reading:
    """Counts how often a file is read."""

    def __init__(self, found: AttachmentText | NoText) -> None:
        self.found = found
        self.times = 0

    def __call__(self) -> AttachmentText:
        self.times += 1
        if isinstance(self.found, NoText):
            raise self.found
        return self.found


def text(length: int) -> AttachmentText:
    return AttachmentText("a" * length, is_whole=True)


def test_a_text_is_read_once_in_each_language() -> None:
    texts, read = AttachmentTexts(), Reading(text(3))
    assert texts.known("a") is None
    for _time in range(3):
        assert texts.of("a", read) == text(3)
    assert (read.times, texts.known("a")) == (1, text(3))
    use("en")
    assert texts.of("a", read) == text(3)
    assert read.times == 2


def test_that_there_is_no_text_is_found_out_once() -> None:
    texts, read = AttachmentTexts(), Reading(NoText("scan"))
    for _time in range(2):
        with pytest.raises(NoText) as none:
            texts.of("a", read)
        assert none.value.code == "scan"
    assert read.times == 1


def test_the_oldest_texts_go_when_there_are_too_many() -> None:
    texts = AttachmentTexts()
    for name in "abc":
        texts.of(name, Reading(text(900_000)))
    assert texts.known("a") is None
    assert texts.known("b") == texts.known("c") == text(900_000)


def test_a_case_is_read_while_somebody_signs_at_the_same_desk(desks: Desks, tmp_path: Path) -> None:
    letter = tmp_path / "surat.txt"
    letter.write_text("BUPATI BANYUMAS\n", encoding="utf-8")
    desk, case = desks["camat-1"], desks.office.register()
    desk.act(case, Attach("surat"), files=[FileToAttach(letter)])
    found: list[str] = []

    def look() -> None:
        view = desk.view(case)
        found.append(desk.attachment_text(view.attachments[-1][0].sha256).text)

    with desk._acting:
        looking = threading.Thread(target=look)
        looking.start()
        looking.join(60)
    assert found == ["BUPATI BANYUMAS\n"]
