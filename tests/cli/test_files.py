"""Files that go along with an act, and out of a case: what is asked, and what never happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from soptui.locale import use
from soptui.records.clone.genesis import starter_path
from tests.records.attachments.workbooks import row, said, value, workbook
from tests.support.commands import Terminal

PDF = "%PDF-1.7"


def letter(number: str) -> tuple[str, ...]:
    return ("register", "--number", number, "--date", "5/1/2026", "--sender", "Bupati",
            "--subject", "Contoh")  # fmt: skip


def told(result: Result) -> str:
    return " ".join(result.stderr.split())


def case_at(terminal: Terminal, step: int) -> str:
    case = terminal.register()
    terminal.office.forward_to(case, step)
    return case


ACTS_WITH_FILES = {
    "attach": ("camat-1", 1, ("--file",)),
    "dispose": ("camat-1", 1, ("--receive", "--instruction", "1", "--file")),
    "submit": ("kasi-1", 3, ("--section", "seksi-pemerintahan", "--file")),
    "complete": ("staff-1", 4, ("--receive", "--requirement", "*", "--output")),
    "correct": ("kasubbag-1", 4, ("--note", "Salah", "--event", "{completed}", "--output")),
}


@pytest.mark.parametrize("act", ACTS_WITH_FILES)
def test_an_empty_file_goes_along_only_for_who_says_so(terminal: Terminal, act: str) -> None:
    """Follows open-eid/DigiDoc4-Client#471."""
    officer, step, words = ACTS_WITH_FILES[act]
    case = case_at(terminal, step)
    if act == "submit":
        terminal.does("kasubbag-1", "request", case, "--receive", "--section", "seksi-pemerintahan")
    events = terminal.data("camat-1", "log", case)
    completed = [one["event"] for one in events if one["action"] == "complete"]
    words = tuple(word.format(completed=(completed or [""])[-1]) for word in words)
    Path("scan0001.pdf").touch()
    before = terminal.office.tip
    refused = terminal.run(officer, act, case, *words, "scan0001.pdf")
    assert refused.exit_code == 1, refused.output
    assert "scan0001.pdf is empty: there is nothing in it." in told(refused)
    assert "Nothing was recorded. --any-file attaches it all the same." in told(refused)
    assert terminal.office.tip == before
    terminal.does(officer, act, case, *words, "scan0001.pdf", "--any-file")
    assert terminal.office.tip != before


def test_the_scan_of_a_letter_that_is_no_scan_is_asked_about(terminal: Terminal) -> None:
    Path("surat.pdf").write_text("<html>404 Not Found</html>")
    before = terminal.office.tip
    refused = terminal.run("penerima-1", *letter("1/2026"), "--file", "surat.pdf")
    assert refused.exit_code == 1
    assert "surat.pdf is not what its name says: it seems to be a text." in told(refused)
    assert terminal.office.tip == before
    use("id")
    spoken = terminal.run("penerima-1", *letter("1/2026"), "--file", "surat.pdf", "--lang", "id")
    assert "Isi surat.pdf bukan seperti kata namanya: tampaknya teks." in told(spoken)


def test_of_several_cases_none_gets_a_doubtful_file(terminal: Terminal) -> None:
    cases = [case_at(terminal, 1) for _ in range(2)]
    Path("bukti.pdf").touch()
    before = terminal.office.tip
    words = ("--receive", "--instruction", "1", "--file", "bukti.pdf")
    refused = terminal.run("camat-1", "dispose", *cases, *words)
    assert refused.exit_code == 1
    assert "--any-file" in told(refused)
    assert terminal.office.tip == before
    terminal.does("camat-1", "dispose", *cases, *words, "--any-file")


@pytest.mark.parametrize("name", [" surat.pdf", "surat.pdf ", " surat.pdf ", "\u00a0surat.pdf"])
def test_a_path_is_taken_with_all_its_blanks(terminal: Terminal, name: str) -> None:
    """Follows pazz/alot#126, OpenSID/OpenSID#7619."""
    Path(name).write_text(PDF)
    case = terminal.register("--file", name)
    (file,) = terminal.data("camat-1", "show", case)["attachments"]
    assert file["name"] == "surat.pdf"
    refused = terminal.run("camat-1", "attach", case, "--file", f"{name} ")
    assert "There is no file" in told(refused)


def test_two_files_of_one_name_can_both_go_along(terminal: Terminal) -> None:
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "pindai.pdf").write_text(f"{PDF} {folder}")
    case = terminal.register("--file", "a/pindai.pdf", "--file", "b/pindai.pdf")
    files = terminal.data("camat-1", "show", case)["attachments"]
    assert [file["name"] for file in files] == ["pindai.pdf", "pindai (2).pdf"]
    written = terminal.does("camat-1", "attachment", case, "pindai (2).pdf", "-o", "keluar.pdf")
    assert Path(written.strip()).read_text() == f"{PDF} b"


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\u202e", "\u061c"]
)
def test_what_nobody_sees_is_left_out_of_a_text_and_told(terminal: Terminal, unseen: str) -> None:
    """Follows medic/cht-core#7654, chamilo/chamilo-lms PR#7176."""
    done = terminal.run(
        "penerima-1", "register", "--number", "1/2026", "--date", "5/1/2026", "--sender", "Bupati",
        "--subject", f"Undangan{unseen} Rapat", "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "--subject: 1 character that nobody sees was left out." in told(done)
    (row,) = terminal.data("camat-1", "list")
    assert row["subject"] == "Undangan Rapat"


def test_what_nobody_sees_is_left_out_of_standard_input_and_of_people_too(
    terminal: Terminal,
) -> None:
    case = terminal.register()
    noted = terminal.run("camat-1", "note", case, "--note", "-", stdin="Segera\u200b\u200b\n")
    assert noted.exit_code == 0, noted.output
    assert "--note: 2 characters that nobody sees were left out." in told(noted)
    added = terminal.run(
        "admin-1", "officer", "add", "staff-9", "--name", "Staf\u200b Contoh",
        "--mail", "staff-9@kecamatan.example",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    assert "--name: 1 character that nobody sees was left out." in told(added)


@pytest.mark.parametrize("nothing", ["   ", "\u2800\u2800", "\u200b", "\u00a0\n"])
def test_a_reason_that_says_nothing_is_no_reason(terminal: Terminal, nothing: str) -> None:
    case = terminal.register()
    before = terminal.office.tip
    refused = terminal.run("camat-1", "cancel", case, "--note", nothing)
    assert refused.exit_code == 2, refused.output
    assert "Fill in: Reason." in told(refused)
    assert terminal.office.tip == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_calendar_that_notepad_saved_is_read(terminal: Terminal, encoding: str) -> None:
    """Follows hukkin/tomli#304, Nayjest/lm-proxy#79, influxdata/telegraf#1378."""
    text = (starter_path() / "calendars" / "2027.toml").read_text()
    changed = text.replace("07:15:00", "07:00:00").replace("\n", "\r\n") + "# disunting\r\n"
    Path("2027.toml").write_bytes(changed.encode(encoding))
    assert terminal.data("admin-1", "calendar", "add", "2027.toml")["path"] == "calendars/2027.toml"


def test_a_text_in_another_encoding_says_which_it_must_have(terminal: Terminal) -> None:
    text = (starter_path() / "calendars" / "2027.toml").read_text()
    Path("2027.toml").write_bytes(f"# caf\u00e9\n{text}".encode("cp1252"))
    refused = terminal.run("admin-1", "calendar", "add", "2027.toml")
    assert "The file is not in the encoding UTF-8." in told(refused)


def test_a_configuration_that_notepad_saved_is_read(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOPTUI_LANG")
    folder = Path.home() / ".config" / "soptui"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_bytes(b'\xef\xbb\xbflang = "id"\r\n')
    assert "Tidak ada" in terminal.run("camat-1", "show", "2026-zzzzzzzz").stderr


def test_a_file_is_written_neither_over_another_nor_through_a_link(terminal: Terminal) -> None:
    Path("surat.pdf").write_text(PDF)
    case = terminal.register("--file", "surat.pdf")
    Path("milikku").write_text("kunci")
    Path("keluar.pdf").symlink_to("milikku")
    refused = terminal.run("camat-1", "attachment", case, "surat.pdf", "-o", "keluar.pdf")
    assert "say --force" in told(refused)
    terminal.does("camat-1", "attachment", case, "surat.pdf", "-o", "keluar.pdf", "--force")
    assert Path("keluar.pdf").read_text() == PDF
    assert not Path("keluar.pdf").is_symlink()
    assert Path("milikku").read_text() == "kunci"


def test_the_limit_of_a_file_is_told_in_mb(terminal: Terminal) -> None:
    with Path("besar.pdf").open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    refused = terminal.run("penerima-1", *letter("1/2026"), "--file", "besar.pdf")
    assert "besar.pdf is too large: 26 MB of at most 25 MB." in told(refused)


def test_what_is_handed_over_is_written_through_no_link(terminal: Terminal, tmp_path: Path) -> None:
    """A flash disk may hold a link under the very name that is written there."""
    mine, paper = tmp_path / "authorized_keys", tmp_path / "checkpoint.txt"
    mine.write_text("kunci")
    paper.symlink_to(mine)
    terminal.does("camat-1", "checkpoint", "sign", "--to", str(paper))
    assert not paper.is_symlink()
    assert mine.read_text() == "kunci"
    request = tmp_path / "permintaan"
    request.symlink_to(tmp_path / "nowhere")
    refused = terminal.run(
        "camat-1", "officer", "key", "request", "camat-1", "--key", str(tmp_path / "baru"),
        "--passphrase", "", "--lost", "--request", str(request),
    )  # fmt: skip
    assert refused.exit_code == 1, refused.output
    assert not (tmp_path / "nowhere").exists()


def test_a_sheet_of_another_program_is_read_as_its_cells_show_it(terminal: Terminal) -> None:
    """Follows pyexcel/pyexcel-xlsx#42, XLSForm/pyxform#611, jasp-stats/jasp-issues#4322."""
    cells = (said("A1", "REALISASI"), value("B1", "1234567.5", style=1), value("C1", "1,5"))
    styles = (
        '<fills count="1"><fill/></fills><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/></cellXfs>'
    )
    Path("isian.xlsx").write_bytes(workbook(row(*cells), styles=styles))
    case = terminal.register("--file", "isian.xlsx")
    read = terminal.does("camat-1", "attachment", case, "isian.xlsx", "--text")
    assert read == "[Lembar1]\nREALISASI | 1.234.567,50 | 1,5\n"
