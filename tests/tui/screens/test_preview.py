"""The case under the cursor beside the list: what it tells, and how one has it, or has it not."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk import FileToAttach
from soptui.desk.reading import ReadingDesk
from soptui.domain.attachment_text import AttachmentText
from soptui.domain.events import Attach
from soptui.domain.ids import CaseId
from soptui.locale import use
from soptui.tui.app import SoptuiApp
from tests.support.waiting import until_so
from tests.tui.sitting import Person, sitting

WIDE, BROAD = (120, 40), (200, 50)


def pane(person: Person) -> str:
    """What stands beside the list, on one line."""
    return " ".join(person.line_of("detail").split())


@asynccontextmanager
async def sitting_without_waiting(office: DemoOffice) -> AsyncIterator[Person]:
    """The camat, while what is read in threads may still be on its way."""
    app = SoptuiApp(office.desks["camat"], office.desks)
    async with app.run_test(size=WIDE) as pilot:
        yield Person(pilot, app)


@pytest.mark.parametrize("size", [WIDE, BROAD], ids=["wide", "broad"])
@pytest.mark.parametrize("keys", [(), ("2",)], ids=["tray", "cases"])
async def test_letter_step_and_first_lines_stand_beside_the_list(
    looking: DemoOffice, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses(*keys)
        await camat.puts_cursor_on("Triwulan IV")
        told = pane(camat)
        for words in (
            "10/2026", "Bupati Banyumas", "Pengukuran Data Kinerja Triwulan IV Tahun 2026",
            "[1]", "Langkah 1 dari 8", "Lampiran 1/1", "Nomor: 000.8.6/2401/2026",
        ):  # fmt: skip
            assert words in told
        assert "│" in camat.sees().splitlines()[10]


async def test_why_a_case_is_late_is_told_without_a_key(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", WIDE) as camat:
        told = pane(camat)
        assert "terlambat" in told.lower() or "telat" in told or "lewat" in told
        assert "aku 15 Menit" in told
        assert "menunggu 9 jam 45 menit" in told


async def test_one_key_hides_the_pane_and_it_stays_hidden_after_a_restart(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat", WIDE) as camat:
        await camat.presses("P")
        assert "Langkah 1 dari 8" not in camat.sees()
        assert "Surat dari" in camat.sees(), "the list has the room of the pane"
        await camat.presses("2")
        assert "Lampiran" not in camat.sees()
    async with sitting(looking, "camat", WIDE) as camat:
        assert "Lampiran" not in camat.sees()
        await camat.presses("P")
        assert "Lampiran" in camat.sees()
    async with sitting(looking, "camat", WIDE) as camat:
        assert "Lampiran" in camat.sees()


async def test_the_pane_grows_and_shrinks_and_keeps_its_size(looking: DemoOffice) -> None:
    def edge(person: Person) -> int:
        return person.sees().splitlines()[10].index("│")

    async with sitting(looking, "camat", WIDE) as camat:
        middle = edge(camat)
        await camat.presses("plus")
        large = edge(camat)
        assert large < middle
        await camat.presses("plus")
        assert edge(camat) == large, "no larger than that"
        await camat.presses("underscore", "underscore")
        small = edge(camat)
        assert small > middle
    async with sitting(looking, "camat", WIDE) as camat:
        assert edge(camat) == small


async def test_the_letter_scrolls_while_the_cursor_stays(
    office: DemoOffice, tmp_path: Path
) -> None:
    letter = tmp_path / "panjang.txt"
    letter.write_text("".join(f"baris ke-{number}\n" for number in range(60)), encoding="utf-8")
    desk = office.desks["camat"]
    async with sitting(office, "camat", WIDE) as camat:
        case_id = camat.case_in_hand()
        desk.act(case_id, Attach("surat"), files=[FileToAttach(letter)])
        await camat.presses("r")
        assert "baris ke-9" in camat.sees()
        assert "baris ke-10" not in camat.sees(), "the rest waits until somebody scrolls"
        await camat.presses("ctrl+d", "ctrl+d", "ctrl+d")
        assert "baris ke-40" in camat.sees()
        assert camat.case_in_hand() == case_id
        await camat.presses("ctrl+u", "ctrl+u", "ctrl+u")
        assert "baris ke-2" in camat.sees()
        await camat.presses("down", "up")
        assert "baris ke-10" not in camat.sees(), "another case begins at its beginning"


async def test_a_broad_pane_has_sheets(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", BROAD) as camat:
        await camat.presses("2")
        await camat.puts_cursor_on("Bulan Berjalan")
        assert "[Surat]" in pane(camat)
        await camat.presses("tab")
        assert "[Langkah]" in pane(camat)
        await camat.presses("tab")
        assert "[Riwayat" in pane(camat)
        await camat.presses("tab")
        assert "[Permintaan 3]" in pane(camat)
        await camat.presses("shift+tab", "shift+tab", "shift+tab")
        assert "[Surat]" in pane(camat)


@pytest.mark.parametrize(
    ("size", "key", "says"),
    [((80, 24), "P", "120"), ((80, 24), "ctrl+d", "120"), (WIDE, "tab", "180")],
)
async def test_where_there_is_no_room_the_key_says_from_when_on(
    looking: DemoOffice, size: tuple[int, int], key: str, says: str
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses(key)
        assert f"{says} kolom" in camat.news


async def test_a_window_resized_in_the_middle_of_a_preview_loses_nothing(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat", WIDE) as camat:
        await camat.presses("2", "down", "down")
        case_id = camat.case_in_hand()
        for size in ((80, 24), (59, 15), (200, 50), (120, 40)):
            await camat.resizes(*size)
        assert camat.case_in_hand() == case_id
        assert "Langkah 7 dari 8" in camat.sees()


async def test_what_is_read_late_is_not_shown_beside_another_case(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, read = threading.Event(), ReadingDesk.attachment_text
    asked: list[str] = []

    def slow(desk: ReadingDesk, sha256: str) -> AttachmentText:
        asked.append(sha256)
        may_go_on.wait(60)
        return read(desk, sha256)

    monkeypatch.setattr(ReadingDesk, "attachment_text", slow)
    monkeypatch.setattr(ReadingDesk, "known_text", lambda desk, sha256: None)
    async with sitting_without_waiting(looking) as camat:
        await until_so(camat.pilot, lambda: len(asked) == 1)
        assert "Membaca" in pane(camat)
        await camat.pilot.press("down")
        await camat.pilot.pause()
        may_go_on.set()
        await camat.waits()
        assert "6/2026" in pane(camat)
        assert "000.8.6/2401/2026" not in pane(camat)
        assert "Indikator" in pane(camat)


async def test_a_window_resized_while_a_preview_is_read_and_esc_is_pressed_loses_nothing(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, read = threading.Event(), ReadingDesk.attachment_text
    asked: list[str] = []

    def slow(desk: ReadingDesk, sha256: str) -> AttachmentText:
        asked.append(sha256)
        may_go_on.wait(60)
        return read(desk, sha256)

    monkeypatch.setattr(ReadingDesk, "attachment_text", slow)
    monkeypatch.setattr(ReadingDesk, "known_text", lambda desk, sha256: None)
    async with sitting_without_waiting(looking) as camat:
        await until_so(camat.pilot, lambda: len(asked) == 1)
        case_id = camat.case_in_hand()
        for width, height, key in ((59, 15, "escape"), (80, 24, "escape"), (200, 50, "down")):
            await camat.pilot.resize_terminal(width, height)
            await camat.pilot.press(key)
        await camat.pilot.press("up")
        may_go_on.set()
        await camat.resizes(*WIDE)
        await camat.waits()
        assert camat.case_in_hand() == case_id
        assert "000.8.6/2401/2026" in pane(camat)
        assert "Mohon data disampaikan" in pane(camat)


async def test_the_pane_speaks_the_readers_language(looking: DemoOffice) -> None:
    use("en")
    async with sitting(looking, "camat", WIDE) as camat:
        assert "Step 1 of 8" in pane(camat)


async def test_a_case_that_cannot_be_read_says_why(
    looking: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soptui.desk.refusals import no_case

    def refuse(desk: ReadingDesk, case_id: CaseId) -> None:
        raise no_case(case_id)

    monkeypatch.setattr(ReadingDesk, "view", refuse)
    async with sitting(looking, "camat", WIDE) as camat:
        assert camat.case_in_hand() in pane(camat)
