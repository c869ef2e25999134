"""A case from the letter to the archive, walked by command alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from soptui.desk.actions.labels import LABELS
from soptui.domain.events import DETAILS, Letter
from soptui.records.files import layout
from tests.support.commands import Terminal
from tests.support.office_repository import OfficeFixture

ARCHIVE = (
    "--file-number", "17", "--place", "Lemari 2", "--application", "e-SAKIP",
    "--reference", "17/2026",
)  # fmt: skip


def paper(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text(f"%PDF-1.7 {name}" if path.suffix == ".pdf" else name)
    return str(path)


def test_a_case_is_walked_through_all_eight_steps(terminal: Terminal, tmp_path: Path) -> None:
    does = terminal.does
    case = terminal.register("--file", paper(tmp_path, "surat.pdf"))
    does("camat-1", "dispose", case, "--receive", "--instruction", "7", "--note", "Siapkan")
    does("sekretaris-1", "receive", case)
    does(
        "sekretaris-1", "dispose", case, "--instruction", "tindak-lanjuti", "--due", "+3 hari kerja"
    )
    does("kasubbag-1", "receive", case)
    does("kasubbag-1", "request", case, "--section", "seksi-pemerintahan", "--note", "Mohon data")
    does(
        "kasi-1", "submit", case, "--data", "Desa tertib | persen | 90 | 86 |",
        "--data", "Desa maju | desa | 3 | 2", "--file", paper(tmp_path, "bukti.txt"),
    )  # fmt: skip
    does("kasubbag-1", "complete", case, "--requirement", "*", "--output", paper(tmp_path, "bahan"))
    does("staff-1", "complete", case, "--receive", "--requirement", "1", "--requirement", "*",
         "--output", paper(tmp_path, "draft"))  # fmt: skip
    does(
        "kasubbag-1", "complete", case, "--receive", "--requirement", "*",
        "--output", paper(tmp_path, "konsep-1"), "--application", "e-SAKIP", "--reference", "1",
    )  # fmt: skip
    does("sekretaris-1", "return", case, "--receive", "--reason", "koreksi-angka",
         "--note", "Angka triwulan III")  # fmt: skip
    does("kasubbag-1", "complete", case, "--receive", "--requirement", "*",
         "--output", paper(tmp_path, "konsep-2"))  # fmt: skip
    does("sekretaris-1", "approve", case, "--receive")
    does("camat-1", "approve", case, "--receive", "--note", "Setuju")
    does("staff-1", "archive", case, "--receive", *ARCHIVE)

    told = terminal.does("camat-1", "show", case)
    (answer,) = [line for line in told.splitlines() if "answered" in line]
    assert answer.startswith("  Seksi ")
    assert answer.endswith(" by Kasi-1 (kasi-1)")
    shown = terminal.data("camat-1", "show", case)
    assert shown["status"] == "done"
    assert [len(step["visits"]) for step in shown["steps"]] == [1, 1, 1, 1, 1, 2, 2, 1, 1]
    (approval,) = shown["approvals"]
    assert (approval["by"], approval["step"], approval["voided_by"]) == ("camat-1", 7, "")
    assert shown["archive"]["file_number"] == "17"
    assert shown["archive"]["place"] == "Lemari 2"
    rows = {line[:19].strip(): line[21:] for line in told.splitlines() if line[20:21] == " "}
    assert rows["Approved"].startswith("Camat-1 · ")
    assert rows["Classification code"] == "000.8.6.3"
    assert rows["File number"] == "17"
    assert rows["Place"] == "Lemari 2"
    assert rows["Retention"] == "2 years active, 4 inactive, then permanent"
    assert "surat.pdf" in rows["File list"]
    lines = terminal.data("camat-1", "log", case)
    assert all(line["effective"] and line["signer"] == line["by"] for line in lines)
    assert len({line["commit"] for line in lines}) == len(lines)
    assert terminal.data("camat-1", "verify", "--full")["ok"]


@pytest.mark.usefixtures("eighty_columns")
def test_what_people_read_tells_the_same(terminal: Terminal, tmp_path: Path) -> None:
    case = terminal.register("--file", paper(tmp_path, "surat.pdf"))
    terminal.does("camat-1", "receive", case)

    shown = terminal.does("camat-1", "show", case)
    assert "Pengukuran kinerja" in shown
    assert "step 1, Camat-1 (camat-1): In work" in shown
    assert "dispose (Dispose)" in shown
    assert "surat.pdf" in shown

    history = terminal.does("penerima-1", "log", case)
    assert "Register a letter" in history
    assert "valid, by penerima-1" in history
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_why_an_act_of_the_step_is_not_open_is_told_with_who_can(terminal: Terminal) -> None:
    case = terminal.register()
    shown = terminal.does("sekretaris-1", "show", case)
    assert "Not open to you  receive (Receive), dispose (Dispose), return (Return): " in shown
    assert "Who can: Camat (Camat-1)." in shown
    assert "reopen" not in shown
    assert "reopen (Reopen): The case is not closed." in terminal.does(
        "sekretaris-1", "show", case, "--all"
    )


def test_the_history_is_told_in_words(terminal: Terminal) -> None:
    case = terminal.register()
    terminal.does("camat-1", "dispose", case, "--receive", "--instruction", "7", "--due", "besok")
    history = terminal.does("camat-1", "log", case)
    assert "Please kindly  7. Siapkan bahan" in history
    assert "Forwarded to   Sekretaris" in history
    assert "Due date       6 January 2026" in history
    assert "Letter number   005/17" in history


def test_everything_an_event_can_carry_has_a_label() -> None:
    named = {name for details in DETAILS.values() for name in details.__struct_fields__}
    named |= set(Letter.__struct_fields__)
    assert named - {"letter", "sop_sha256"} == set(LABELS)


def test_what_goes_to_no_terminal_is_neither_cut_nor_wrapped(terminal: Terminal) -> None:
    subject = " ".join(["Permintaan data pengukuran kinerja"] * 6)
    case = terminal.register("--subject", subject)
    for words in (["list"], ["inbox"], ["agenda"], ["show", case]):
        assert subject in terminal.does("camat-1", *words)
    refused = terminal.run("camat-1", "officer", "show", "nobody")
    assert len(refused.stderr) > 80
    assert refused.stderr.count("\n") == 1


@pytest.mark.usefixtures("eighty_columns")
def test_sentences_break_between_words_at_a_terminal(terminal: Terminal) -> None:
    lines = terminal.run("camat-1", "officer", "show", "nobody").stderr.splitlines()
    assert " ".join(lines) == (
        "The records know no officer nobody. Nothing was changed. soptui officer list shows who is "
        "registered."
    )
    assert len(lines) == 2
    assert len(lines[0]) <= 80


@pytest.mark.usefixtures("eighty_columns")
def test_everything_shown_fits_eighty_columns(terminal: Terminal) -> None:
    case = terminal.register("--summary", "Kata " * 100)
    for words in (
        ["inbox"], ["list"], ["agenda"], ["show", case], ["sop", "show", "pengukuran-data-kinerja"],
        ["sop", "check", "pengukuran-data-kinerja"], ["officer", "list"], ["calendar", "list"],
        ["doctor"],
    ):  # fmt: skip
        for line in terminal.run("camat-1", *words).stdout.splitlines():
            assert len(line) <= 80, (words, line)


def test_a_case_waits_in_the_inbox_of_who_is_next(terminal: Terminal) -> None:
    case = terminal.register()
    assert case in terminal.does("camat-1", "inbox")
    assert "Nothing waits" in terminal.does("sekretaris-1", "inbox")
    terminal.does("camat-1", "dispose", case, "--receive", "--note", "Siapkan")
    waiting = terminal.data("sekretaris-1", "inbox")
    assert [row["case"] for row in waiting["to_receive"]] == [case]
    assert waiting["counts"]["to_receive"] == 1
    assert terminal.does("sekretaris-1", "inbox", "--brief").startswith("soptui: 1 to receive")


def test_lists_can_be_narrowed(terminal: Terminal) -> None:
    first, second = terminal.register(), terminal.register("--subject", "Undangan rapat")
    terminal.does("camat-1", "receive", first)

    def find(*words: str) -> list[str]:
        return [row["case"] for row in terminal.data("camat-1", "list", *words)]

    assert set(find()) == {first, second}
    assert find("--text", "undangan") == [second]
    assert find("--mine") == [first]
    assert find("--step", "4") == []
    assert find("--limit", "1", "--sort", "registered") == [second]
    assert find("--late") == []


def test_the_mail_register_counts_letters_by_year(terminal: Terminal) -> None:
    cases = [terminal.register(), terminal.register()]
    lines = terminal.data("penerima-1", "agenda", "2026")
    assert [(line["number"], line["case"]) for line in lines] == [(1, cases[0]), (2, cases[1])]
    assert "Bupati Banyumas" in terminal.does("penerima-1", "agenda", "2026")
    assert "empty" in terminal.does("penerima-1", "agenda", "2024")


def test_a_correction_of_the_letter_is_told_where_the_letter_is_read(terminal: Terminal) -> None:
    plain, corrected = terminal.register(), terminal.register()
    office = terminal.office
    letter = office.case(corrected).entries[0].id
    note = "Nomor seharusnya 470/98/2026."
    terminal.does("penerima-1", "correct", corrected, "--event", letter, "--note", note)
    register = terminal.does("penerima-1", "agenda", "2026")
    numbers = [line.split()[0] for line in register.splitlines()[1:]]
    assert numbers[:2] == ["1", "2+"]
    assert "+ The letter was corrected" in register
    assert note in terminal.does("camat-1", "show", corrected)
    assert "Correction" not in terminal.does("camat-1", "show", plain)
    told = {line["case"]: line["corrected"] for line in terminal.data("camat-1", "list")}
    assert told == {plain: False, corrected: True}


def test_what_is_due_soon_is_not_called_urgent(terminal: Terminal, office: OfficeFixture) -> None:
    office.register()
    due = datetime.fromisoformat(terminal.data("camat-1", "list")[0]["deadline"])
    office.clock = due - timedelta(minutes=2)
    assert ", due soon" in terminal.does("camat-1", "list")


def test_a_section_that_does_not_exist_is_named_with_its_option(terminal: Terminal) -> None:
    case = terminal.register()
    does = terminal.does
    does("camat-1", "dispose", case, "--receive", "--note", "Siapkan")
    does("sekretaris-1", "dispose", case, "--receive", "--note", "Siapkan")
    refused = terminal.run("kasubbag-1", "request", case, "--receive", "--section", "seksi-lain")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("--section: ")


def test_ids_can_be_shortened(terminal: Terminal) -> None:
    case = terminal.register()
    for text in (case[:9], case[5:9], case.upper()):
        assert terminal.data("camat-1", "show", text)["case"] == case


def test_a_case_is_named_by_its_agenda_number(terminal: Terminal) -> None:
    first, second = terminal.register(), terminal.register()
    for text, case in (("1/2026", first), ("2/2026", second), ("1/26", first)):
        assert terminal.data("camat-1", "show", text)["case"] == case
    receipt = terminal.data("camat-1", "receive", "2/2026")
    assert (receipt["case"], receipt["agenda"]) == (second, 2)
    for words in ("list", "inbox"):
        lines = [line.split()[:2] for line in terminal.does("camat-1", words).splitlines()]
        assert ["Case", "No."] in lines
        assert [first, "1"] in lines
        assert [second, "2"] in lines
    unknown = terminal.run("camat-1", "show", "3/2026")
    assert unknown.exit_code == 1
    assert "no case 3/2026" in unknown.stderr


def test_a_case_of_another_year_bears_it_beside_its_number(
    terminal: Terminal, office: OfficeFixture
) -> None:
    old = office.register(year=2025)
    assert f"{old}  1/2025" in terminal.does("camat-1", "list")
    assert terminal.data("camat-1", "show", "1/2025")["case"] == old


def test_a_file_comes_out_as_it_went_in(terminal: Terminal, tmp_path: Path) -> None:
    case = terminal.register("--file", paper(tmp_path, "surat.txt"))
    written = terminal.does("camat-1", "attachment", case, "surat.txt", "-o", str(tmp_path / "out"))
    assert Path(written.strip()).read_text() == "surat.txt"
    assert terminal.does("camat-1", "attachment", case, "surat.txt", "-o", "-") == "surat.txt"
    assert terminal.does("camat-1", "attachment", case, "surat.txt", "--text") == "surat.txt\n"
    read = terminal.data("camat-1", "attachment", case, "surat.txt", "--text")
    assert read == {"name": "surat.txt", "text": "surat.txt", "whole": True}


def test_a_dry_run_shows_exactly_what_is_then_signed(terminal: Terminal, tmp_path: Path) -> None:
    case = terminal.register()
    words = (
        "dispose",
        case,
        "--receive",
        "--note",
        "Siapkan",
        "--to",
        "sekretaris",
        "--to",
        "staff",
    )
    shown = terminal.does("camat-1", *words, "--dry-run")
    before = terminal.office.tip
    assert shown.count("[[events]]") == 2
    assert terminal.office.tip == before
    terminal.does("camat-1", *words)
    text = (terminal.root / layout.case_path(case)).read_text()
    times = [line for line in shown.splitlines() if line.startswith(("at = ", "after = "))]
    expected = [line for line in shown.splitlines() if line not in times]
    assert [line for line in text.splitlines() if not line.startswith(("at = ", "after = "))][
        -len(expected) :
    ] == expected


def test_a_dry_run_tells_it_in_words_first(terminal: Terminal) -> None:
    case = terminal.register()
    words = ("dispose", case, "--receive", "--instruction", "5", "--due", "besok", "--dry-run")
    told = terminal.run("camat-1", *words).stderr
    assert "You sign: " in told
    assert "Untuk ditindaklanjuti" in told
    assert "Received first" in told


def test_what_can_be_chosen_is_named_before_anything_is_chosen(terminal: Terminal) -> None:
    case = terminal.register()
    named = terminal.does("camat-1", "dispose", case, "--choices")
    assert "--instruction tindak-lanjuti (5): Untuk ditindaklanjuti" in named
    assert "--to sekretaris: Sekretaris" in named
    data = terminal.data("camat-1", "dispose", case, "--choices")
    assert {"value": "tindak-lanjuti", "number": 5}.items() <= data["--instruction"][4].items()
    assert "--urgency segera: " in terminal.does("penerima-1", "register", "--choices")
    assert len(terminal.data("camat-1", "log", case)) == 1


def test_the_longer_text_can_come_from_standard_input(terminal: Terminal) -> None:
    case = terminal.register()
    terminal.does("camat-1", "note", case, "--note", "-", stdin="Baris satu\nBaris dua\n")
    assert terminal.data("camat-1", "log", case)[-1]["details"]["note"] == "Baris satu\nBaris dua"
