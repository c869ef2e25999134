"""What the lists of cases tell: numbers that agree, marks, secrecy, and subjects in few cells."""

from __future__ import annotations

import re
from datetime import time

import pytest

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.case_list import CaseRow
from soptui.domain.events import Security, Urgency
from soptui.domain.office import Officer
from soptui.domain.replace import replace
from soptui.locale import use
from soptui.tui.text.shortening import shortened
from tests.tui.sitting import Person, sitting


def letter_arrives(
    office: DemoOffice, number: str, subject: str, security: Security = Security.OPEN
) -> str:
    """A case that waits at the head's desk since this morning."""
    actor = Actor(office)
    letter = replace(
        bupati_letter(number, "IV", office.workday(0, time(8, 0))),
        subject=subject, security=security, urgency=Urgency.ORDINARY,
    )  # fmt: skip
    actor.register("penerima-surat", letter)
    office.clock.set_to(None)
    return actor.case_id


def headings(person: Person) -> list[str]:
    source = person.table.source
    found = [source.row(index) for index in range(len(source))]
    return ["".join(span.text for span in row.cells[0]) for row in found if row.is_heading]


# --- the tray's numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "officer", ["camat", "sekretaris", "kasubbag-pk", "kasi-kesejahteraan-rakyat"]
)
async def test_the_head_and_the_groups_of_the_tray_count_alike(
    looking: DemoOffice, officer: str
) -> None:
    use("en")
    async with sitting(looking, officer, (120, 40)) as person:
        labels = r"(To receive|In work|Requests|Due soon|Late) (\d+)"
        head = [
            (label.replace("Requests", "Data asked of your section"), int(count))
            for label, count in re.findall(labels, person.line_of("counters"))
        ]
        groups = []
        for heading in headings(person):
            label, _, count = heading.rpartition(" ")
            groups.append((label.strip(), int(count)))
        assert head == groups
        assert all(count for _label, count in head)
        assert sum(count for _label, count in head) == len(person.subjects()) > 0


# --- subjects -------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [14, 20, 26, 36, 50])
def test_a_period_in_the_middle_of_a_subject_is_told_once(width: int) -> None:
    subject = "Pengukuran data kinerja TW IV tahun 2026 pada Kecamatan Ajibarang dan seluruh seksi"
    drawn = shortened(subject, width)
    assert drawn.count("TW IV") == 1
    assert drawn.endswith("…"), "the subject does not end in its period"
    assert len(drawn) <= width


def test_a_period_at_the_end_stays_the_end() -> None:
    assert shortened("Pengukuran Data Kinerja Triwulan IV Tahun 2026", 26) == (
        "Pengukuran Data…TW IV 2026"
    )


# --- marks ----------------------------------------------------------------------------------------


async def test_while_rows_are_marked_the_screen_says_how_many_and_what_can_be_done(
    office: DemoOffice,
) -> None:
    letter_arrives(office, "045/701", "Rapat satu")
    letter_arrives(office, "045/702", "Rapat dua")
    async with sitting(office, "camat") as person:
        assert "ditandai" not in person.sees()
        await person.puts_cursor_on("Rapat satu")
        await person.presses("space")
        assert "1 ditandai" in person.sees().splitlines()[0]
        await person.puts_cursor_on("Rapat dua")
        await person.presses("space")
        await person.puts_cursor_on("Rekonsiliasi")
        assert "2 ditandai" in person.sees().splitlines()[0]
        assert person.keys.startswith(" t Terima  d Disposisi  1-8 ")
        assert person.keys.rstrip().endswith("Esc Hapus tanda  ? Bantuan")
        await person.presses("escape")
        assert "ditandai" not in person.sees()
        assert "Enter Buka" in person.keys


async def test_marked_cases_that_wait_for_neither_act_offer_none(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.puts_cursor_on("Rekonsiliasi")
        await person.presses("space")
        kept = ("1-8 Layar", ": Cari", "/ Saring", "Esc Hapus tanda", "? Bantuan")
        assert person.keys.split() == " ".join(kept).split()


async def test_a_mark_on_the_only_row_is_told_too(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2", "end", "space")
        assert "1 ditandai" in person.sees().splitlines()[0]
        await person.presses("space")
        assert "ditandai" not in person.sees()


# --- secrecy --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("security", "sign"),
    [
        (Security.LIMITED, "terbatas · "),
        (Security.SECRET, "rahasia · "),
        (Security.TOP_SECRET, "sangat rahasia · "),
        (Security.OPEN, ""),
    ],
)
async def test_a_secret_letter_is_told_in_words_in_every_list(
    office: DemoOffice, security: Security, sign: str
) -> None:
    words = f"Sandi{security.value.replace('-', '')}"
    letter_arrives(office, "045/703", words, security)
    async with sitting(office, "camat") as person:
        assert [one for one in person.subjects() if words in one] == [f"{sign}{words}"]
        await person.presses("2")
        assert [one for one in person.subjects() if words in one] == [f"{sign}{words}"]
        await person.presses("colon")
        await person.types(words.casefold())
        assert person.subjects() == [f"{sign}{words}"]
        await person.presses("escape")


# --- finding --------------------------------------------------------------------------------------


async def test_who_is_named_as_typed_comes_before_what_has_it_somewhere(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("colon")
        await person.types("kasi")
        source = person.table.source
        found = [source.row(index).value for index in range(len(source))]
        assert all(isinstance(one, Officer) for one in found[:3])
        assert any(isinstance(one, CaseRow) for one in found[3:])
        in_hand = person.table.value
        assert isinstance(in_hand, Officer)
        assert in_hand.id.startswith("kasi-")
        await person.presses("escape")


# --- the ends of a list, and long sentences -------------------------------------------------------


async def test_at_either_end_of_a_list_the_case_says_which_end(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("2", "end", "enter", "J")
        assert person.news == "Ini berkas terakhir dalam daftar."
        await person.presses("q", "home", "enter", "K")
        assert person.news == "Ini berkas pertama dalam daftar."


async def test_a_case_that_was_found_says_that_it_is_of_no_list(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        await person.presses("colon")
        await person.types("rekonsiliasi")
        await person.presses("enter")
        assert person.screen.PLACE == "case"
        await person.presses("J")
        assert person.news.startswith("Berkas ini tidak dibuka dari sebuah daftar")


async def test_a_long_sentence_is_read_to_its_end(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as person:
        person.screen.say(" ".join(f"kata{number}" for number in range(60)))
        await person.waits_until(lambda: "kata59" in person.sees())


async def test_of_a_list_that_is_cut_the_header_says_which_row_one_is_on(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat", (80, 16)) as person:
        await person.presses("2", "home")
        person.screen.say("\n".join(["Kalimat yang panjang sekali."] * 6))
        await person.waits()
        await person.presses("down")
        assert "· 2/11" in person.line_of("title")
        await person.presses("end")
        assert "· 11/11" in person.line_of("title")
