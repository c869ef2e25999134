"""Whose desk it is and what they have set; what looks at the whole: verify, doctor, list."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from soptui.cli.session import Session
from soptui.records.files import layout
from tests.support.commands import Terminal, typed


def test_settings_are_kept_with_their_comments(home: Path) -> None:
    path = Path(typed("config", "path").stdout.strip())
    path.parent.mkdir(parents=True)
    path.write_text('# my settings\nlang = "en" # for now\n\n[keys]\nquit = "q"\n')
    assert typed("config", "set", "records", "/srv/records").exit_code == 0
    text = path.read_text()
    assert "# my settings" in text
    assert "# for now" in text
    assert typed("config", "get", "records").stdout == "/srv/records\n"
    assert typed("config", "set", "records", "--unset").exit_code == 0
    assert typed("config", "get", "records").exit_code == 1
    assert "[keys]" in path.read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang = 5\n", "lang must be id or en"),
        ("colour = true\n", "no key colour"),
        ("lang = \n", "not valid TOML"),
        ("records = ''\n", "records must be"),
    ],
)
def test_settings_that_cannot_be_used_are_named(home: Path, text: str, said: str) -> None:
    path = home / ".config" / "soptui" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    refused = typed("inbox")
    assert refused.exit_code == 2
    assert said in " ".join(refused.stderr.split())
    assert str(path) in refused.stderr
    assert typed("config", "path").exit_code == 0
    assert path.read_text() == text


def test_the_records_are_found_as_git_finds_them(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = terminal.register()
    who = terminal.options("camat-1")[2:]
    monkeypatch.chdir(terminal.root / "cases" / "2026")
    assert case in typed(*who, "list").stdout
    monkeypatch.chdir("/")
    monkeypatch.setenv("SOPTUI_RECORDS", str(terminal.root))
    assert case in typed(*who, "list").stdout
    monkeypatch.delenv("SOPTUI_RECORDS")
    typed("config", "set", "records", str(terminal.root))
    assert case in typed(*who, "list").stdout


def test_the_desk_can_be_remembered(terminal: Terminal) -> None:
    terminal.does("camat-1", "whoami", "--remember")
    shown = typed("--records", str(terminal.root), "whoami")
    assert "camat-1" in shown.stdout


def test_whose_desk_it_is_follows_from_the_key(terminal: Terminal) -> None:
    options = terminal.options("camat-1")
    shown = typed(*options[:2], *options[4:], "whoami", "--json")
    assert json.loads(shown.stdout)["officer"] == "camat-1"


def test_an_auditor_without_a_key_can_look(terminal: Terminal) -> None:
    case = terminal.register()
    look = ["--records", str(terminal.root)]
    assert case in typed(*look, "list").stdout
    assert "Pengukuran kinerja" in typed(*look, "show", case).stdout
    assert "valid, by penerima-1" in typed(*look, "log", case).stdout
    assert typed(*look, "verify", "--full").exit_code == 0


def test_a_verification_of_nothing_new_says_so_and_how_to_repeat_it_all(
    terminal: Terminal,
) -> None:
    terminal.register()
    terminal.does("camat-1", "verify")
    again = " ".join(terminal.does("camat-1", "verify").split())
    position = terminal.data("camat-1", "verify")["position"]
    assert position > 1
    assert (
        f"found {position} commits of the main line, up to {terminal.office.tip[:12]}, good"
        in again
    )
    assert "--full" in again
    assert "signatures" not in again
    assert "All signatures are valid" in terminal.does("camat-1", "verify", "--full")


def test_a_verification_can_begin_at_a_commit(terminal: Terminal) -> None:
    terminal.register()
    commit = terminal.office.tip
    terminal.register()
    report = terminal.data("camat-1", "verify", "--since", commit[:10])
    assert (report["old"], report["commits"]) == (commit, 1)
    assert terminal.run("camat-1", "verify", "--since", "0000000").exit_code == 1
    assert terminal.run("camat-1", "verify", "--since", "").exit_code in (0, 1)


def test_the_doctor_finds_what_is_amiss(terminal: Terminal) -> None:
    case = terminal.register()
    findings = {one["name"]: one for one in terminal.data("camat-1", "doctor")}
    assert findings["key"]["ok"]
    assert findings["records"]["ok"]
    assert findings["settings"]["ok"]
    for name, value in (("core.fsmonitor", "./x"), ("url.ssh://y/.insteadOf", "ssh://z/")):
        subprocess.run(["git", "-C", terminal.root, "config", name, value], check=True)
    warned = terminal.run("camat-1", "doctor", "--json")
    assert warned.exit_code == 1
    told = [one["told"] for one in json.loads(warned.stdout) if one["name"] == "settings"]
    assert [("core.fsmonitor = ./x" in one, "url.ssh://y/" in one) for one in told] == [
        (True, False), (False, True),
    ]  # fmt: skip
    # They are named and nothing more: work goes on.
    terminal.does("camat-1", "inbox")
    (terminal.root / layout.case_path(case)).write_text("x")
    ill = terminal.run("camat-1", "doctor")
    assert ill.exit_code == 1
    assert "soptui restore" in " ".join(ill.stdout.split())
    assert findings["agent"]["ok"]
    lost = typed("--lang", "en", "doctor")
    assert lost.exit_code == 1
    assert "no records" in lost.stdout


def test_the_doctor_misses_an_agent_where_the_key_is_locked(terminal: Terminal, home: Path) -> None:
    locked = home / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "rahasia", "-f", locked], check=True)
    terminal.replace_lost_key("camat-1", locked.with_suffix(".pub"))
    ill = terminal.run("camat-1", "--key", str(locked), "doctor", "--json")
    findings = {one["name"]: one for one in json.loads(ill.stdout)}
    assert not findings["agent"]["ok"]
    assert "ssh-agent" in findings["key"]["told"]


def test_who_has_no_key_reads_without_being_told_to_make_one(terminal: Terminal) -> None:
    session = Session()
    session.options.records = terminal.root
    desk, why = session.seat()
    assert desk.cases().count == 0
    assert "a key that an administrator has registered" in str(why)
    assert "Make a key" not in str(why)
    session.close()


def test_a_list_is_filtered_by_the_words_after_it(terminal: Terminal) -> None:
    first, second = terminal.register(), terminal.register("--number", "470/88/2026")

    def found(*words: str) -> list[str]:
        return [one["case"] for one in terminal.data("camat-1", "list", *words)]

    assert found() == [second, first]
    assert found("470/88") == [second]
    assert found("Bupati", "470") == [second]
    assert found("1/2026")[0] == first  # The id of the other may begin with 1, and is found too.
    assert found("--text", "bany") == found("bany") == [second, first]
    assert found("Wali") == []


def test_lines_pasted_into_an_option_of_one_line_are_joined(terminal: Terminal) -> None:
    admin, person = "admin-1", ("--mail", "x@ajibarang.test")
    terminal.does(admin, "officer", "add", "x-1", "--name", "\nNama\r\n Contoh\n", *person)
    terminal.does(
        admin, "officer", "post", "x-1", "sekretaris", "--capacity", "plt", "--until",
        "31/3/2026", "--basis", "SP 800\ntahun 2026", "--title", "Plt.\nSekretaris",
    )  # fmt: skip
    data = terminal.data(admin, "officer", "show", "x-1")
    (post,) = data["posts"]
    assert (data["name"], post["title"]) == ("Nama Contoh", "Plt. Sekretaris")
    assert post["basis"] == "SP 800 tahun 2026"
