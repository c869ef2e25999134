"""The office file is the office's: shown, changed by command, never at the cost of what is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.commands import Terminal

FREE = "seksi-pemberdayaan-masyarakat"
USED = "seksi-pemerintahan"


def plain(text: str) -> str:
    return " ".join(text.split())


def test_an_administrator_changes_the_facts_of_the_office(terminal: Terminal) -> None:
    told = plain(terminal.does("admin-1", "office", "set", "name", "Kecamatan Cilongok"))
    assert "Name: Kecamatan Ajibarang -> Kecamatan Cilongok" in told
    assert "office.toml" in told
    terminal.does("admin-1", "office", "set", "attachment-limit", "10 MB")
    terminal.does("admin-1", "office", "set", "week-days", "6")
    office = terminal.data("admin-1", "office", "show")
    assert (office["name"], office["attachment_limit"]) == ("Kecamatan Cilongok", 10 * 1024 * 1024)
    assert office["week_days"] == 6
    # What the office set itself is no example any more.
    assert "week_days" not in {one["field"] for one in office["inferred"]}
    assert terminal.run("camat-1", "verify", "--full").exit_code == 0


def test_a_preview_signs_nothing(terminal: Terminal) -> None:
    before = terminal.office.repository.head()
    shown = plain(terminal.does("admin-1", "office", "set", "name", "Lain", "--preview"))
    assert shown == "Name: Kecamatan Ajibarang -> Lain"
    assert terminal.office.repository.head() == before


def test_the_clock_is_asked_about_before_it_changes(terminal: Terminal) -> None:
    refused = terminal.run("admin-1", "office", "set", "time-zone", "WITA")
    assert refused.exit_code == 1
    assert "changes from WIB (UTC+7) to WITA (UTC+8)" in plain(refused.stderr)
    terminal.does("admin-1", "office", "set", "time-zone", "WITA", "--sure")
    assert terminal.data("admin-1", "office", "show")["utc_offset"] == 480


def test_lists_grow_and_what_nobody_uses_can_go(terminal: Terminal) -> None:
    terminal.does("admin-1", "office", "add", "section", "seksi-pelayanan", "Seksi Pelayanan Umum")
    terminal.does("admin-1", "office", "set", "section", "seksi-pelayanan", "Seksi Pelayanan")
    terminal.does("admin-1", "office", "remove", "section", FREE)
    terminal.does("admin-1", "office", "add", "instruction", "segera", "Selesaikan hari ini")
    terminal.does(
        "admin-1", "office", "add", "code", "400.7", "Kesehatan",
        "--active", "2", "--inactive", "3", "--fate", "musnah",
    )  # fmt: skip
    terminal.does("admin-1", "office", "set", "code", "400.7", "--first")
    terminal.does("admin-1", "office", "add", "application", "e-Puskesmas")
    terminal.does("admin-1", "office", "remove", "application", "SIPD")
    office = terminal.data("admin-1", "office", "show")
    titles = {one["id"]: one["title"] for one in office["units"]}
    assert titles["seksi-pelayanan"] == "Seksi Pelayanan"
    assert FREE not in titles
    assert office["instructions"][-1] == {
        "number": 17, "code": "segera", "text": "Selesaikan hari ini",
    }  # fmt: skip
    assert office["classifications"][0]["code"] == "400.7"
    assert office["applications"] == ["e-SAKIP", "e-Puskesmas"]


def test_what_is_in_use_is_withdrawn_and_not_removed(terminal: Terminal) -> None:
    refused = terminal.run("admin-1", "office", "remove", "section", USED)
    assert refused.exit_code == 1
    said = plain(refused.stderr)
    assert f"The section {USED} is in use: kasi-1. Nothing was changed." in said
    assert f"soptui office withdraw section {USED}" in said
    terminal.does("admin-1", "office", "withdraw", "section", USED)
    assert "withdrawn" in terminal.does("admin-1", "office", "show")
    terminal.does("admin-1", "office", "withdraw", "section", USED, "--back")
    units = terminal.data("admin-1", "office", "show")["units"]
    assert not any(one.get("withdrawn") for one in units)


def test_an_instruction_that_a_case_has_names_the_case(terminal: Terminal) -> None:
    case = terminal.register()
    terminal.does("camat-1", "receive", case)
    terminal.does("camat-1", "dispose", case, "--to", "sekretaris", "--instruction", "pelajari")
    refused = terminal.run("admin-1", "office", "remove", "instruction", "pelajari")
    assert f"is in use: {case}." in plain(refused.stderr)
    terminal.does("admin-1", "office", "withdraw", "instruction", "pelajari")
    second = terminal.register()
    terminal.does("camat-1", "receive", second)
    refused = terminal.run(
        "camat-1", "dispose", second, "--to", "sekretaris", "--instruction", "pelajari"
    )
    assert refused.exit_code != 0
    # What was signed with it stays readable.
    assert "Untuk dipelajari/ditelaah" in terminal.does("camat-1", "log", case)


def test_the_codes_that_come_along_are_taken_over_as_far_as_they_are_used(
    terminal: Terminal,
) -> None:
    words = ("office", "import", "permendagri-83-2022", "--only", "000.8", "--only", "400.7")
    shown = plain(terminal.does("admin-1", *words, "--preview"))
    assert "of the list: classification code" in shown
    before = {one["code"] for one in terminal.data("admin-1", "office", "show")["classifications"]}
    terminal.does("admin-1", *words)
    codes = terminal.data("admin-1", "office", "show")["classifications"]
    added = {one["code"] for one in codes} - before
    assert len(added) > 20
    assert all(one.startswith(("000.8", "400.7")) for one in added)
    # A code that was there keeps its retention; a new one has none yet.
    known = next(one for one in codes if one["code"] == "000.8.6.3")
    assert (known["active_years"], known["inactive_years"]) == (2, 4)
    assert "fate" not in codes[-1]
    assert terminal.run("camat-1", "verify", "--full").exit_code == 0


def test_the_whole_list_fits_into_the_office_file_and_twice_as_much_is_refused(
    terminal: Terminal,
) -> None:
    terminal.does("admin-1", "office", "import", "permendagri-83-2022")
    assert len(terminal.data("admin-1", "office", "show")["classifications"]) > 1800
    many = "".join(f"999.{n // 999 + 1}.{n % 999 + 1},{'panjang ' * 30}\n" for n in range(1500))
    Path("banyak.csv").write_text(f"kode,uraian\n{many}")
    refused = terminal.run("admin-1", "office", "import", "banyak.csv")
    assert refused.exit_code == 1
    assert "--only 000.8" in plain(refused.stderr)


@pytest.mark.parametrize(
    ("name", "text", "word", "found"),
    [
        ("seksi.csv", "kode;judul\nseksi-a;Seksi A\nseksi-b;Seksi B\n", "units", "Seksi B"),
        ("isi.csv", "nomor,kode,isi\n20,segera,Hari ini\n", "instructions", "Hari ini"),
        ("kode.csv", "kode,uraian,aktif,inaktif,nasib\n400.7,Kesehatan,2,3,Musnah\n",
         "classifications", "Kesehatan"),
        ("kantor.toml", '[[units]]\nid = "seksi-c"\ntitle = "Seksi C"\n', "units", "Seksi C"),
    ],
)  # fmt: skip
def test_a_list_comes_from_a_file(
    terminal: Terminal, name: str, text: str, word: str, found: str
) -> None:
    Path(name).write_text(text)
    terminal.does("admin-1", "office", "import", name)
    assert found in json.dumps(terminal.data("admin-1", "office", "show")[word])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("baru.toml", 'format = 2\n[[units]]\nid = "x"\ntitle = "X"\n', "newer soptui (format 2)"),
        ("lain.toml", "judul = 'x'\n", "none of the office's lists"),
        ("rusak.toml", "not = [toml", "cannot be read as TOML"),
        ("kosong.csv", "", "none of the office's lists"),
        ("kode.csv", "kode,uraian\n61,Lama\n", "is not an archive code"),
        ("huruf.csv", "kode,uraian\n400.7,a\x1bb\n", "is not plain text"),
    ],
)
def test_a_file_that_is_no_list_changes_nothing(
    terminal: Terminal, name: str, text: str, said: str
) -> None:
    Path(name).write_text(text)
    before = terminal.office.repository.head()
    refused = terminal.run("admin-1", "office", "import", name)
    assert refused.exit_code != 0, refused.output
    assert said in plain(refused.stderr)
    assert terminal.office.repository.head() == before


@pytest.mark.parametrize(
    ("officer", "words", "said"),
    [
        ("camat-1", ("set", "name", "X"), "Only an administrator"),
        ("admin-1", ("set", "name", "Kecamatan Ajibarang"), "hold just this already"),
        ("admin-1", ("set", "attachment-limit", "10"), "Write it with its unit"),
        ("admin-1", ("set", "attachment-limit", "49 MB"), "attachment_limit"),
        ("admin-1", ("set", "time-zone", "Jakarta"), "is not a time zone"),
        ("admin-1", ("set", "week-days", "7"), "week_days"),
        ("admin-1", ("set", "section", "seksi-x", "X"), "has no section seksi-x"),
        ("admin-1", ("add", "section", USED, "X"), "is there already"),
        ("admin-1", ("add", "section", "Seksi X", "X"), "cannot be an id"),
        ("admin-1", ("add", "section", "seksi-x"), "Say what the section seksi-x is called"),
        ("admin-1", ("add", "code", "61", "X"), "is not an archive code"),
        ("admin-1", ("add", "code", "400.7", "X", "--active", "2"), "three parts"),
        ("admin-1", ("add", "application", "SIPD"), "SIPD twice"),
        ("admin-1", ("remove", "code", "999"), "has no classification code 999"),
        ("admin-1", ("confirm", "name"), "is marked as an example"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(
    terminal: Terminal, officer: str, words: tuple[str, ...], said: str
) -> None:
    before = terminal.office.repository.head()
    refused = terminal.run(officer, "office", *words)
    assert refused.exit_code != 0
    assert said in plain(refused.stderr)
    assert terminal.office.repository.head() == before
