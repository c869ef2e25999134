"""Setting up an office, its people and keys, its SOPs and calendars, and one's own settings."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from soptui.cli.session import Session
from soptui.desk.words.sop import readings
from soptui.records.clone.genesis import starter_path
from soptui.records.files import layout
from soptui.tui.presentation.sop import identity
from soptui.tui.text.lines import text_of
from tests.support.commands import Terminal, typed

INIT = ("init", "office", "--id", "sekretaris-1", "--name", "Sekretaris Contoh, S.Sos.",
        "--mail", "sekretaris@ajibarang.test", "--nip", "19670701 199109 1 001",
        "--office-name", "Kecamatan Uji")  # fmt: skip


def new_key(path: str) -> str:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


def test_an_office_is_set_up_and_at_once_usable(home: Path) -> None:
    made = typed(*INIT, "--make-key", "key", "--post", "sekretaris")
    assert made.exit_code == 0, made.output
    assert "Fingerprint SHA256:" in " ".join(made.stdout.split())

    os.chdir("office")
    who = typed("whoami").stdout
    assert "Sekretaris Contoh, S.Sos. (sekretaris-1)" in who
    assert "Kecamatan Uji" in who
    assert "Administrator" in who
    assert "Sekretaris" in who
    assert "196707011991091001" in who
    assert "pengukuran-data-kinerja" in typed("sop", "list").stdout
    assert typed("verify", "--full").exit_code == 0
    # Stock Git holds the signature good too.
    subprocess.run(["git", "verify-commit", "HEAD"], check=True, capture_output=True)
    assert subprocess.run(["git", "status", "--short"], capture_output=True).stdout == b""


def test_an_office_is_set_up_with_a_key_that_is_there(home: Path) -> None:
    made = typed(*INIT, "--key", new_key("mine"))
    assert made.exit_code == 0, made.output
    assert typed("--records", "office", "whoami").exit_code == 0


def test_an_office_is_the_one_that_was_named_and_no_other(home: Path) -> None:
    name = "Kecamatan Cilongok"
    made = typed(*INIT, "--make-key", "key", "--office-name", name)
    assert made.exit_code == 0, made.output
    assert f"Office {name} (kecamatan-cilongok)" in " ".join(made.stdout.split())
    text = Path("office/office.toml").read_text()
    assert f'id = "kecamatan-cilongok"\nname = "{name}"\nutc_offset = 420' in text
    assert "Jalan" not in text


def test_on_a_terminal_the_office_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soptui.cli.output.is_terminal", lambda _stream: True)
    answers = "Kecamatan Cilongok\n\nKabupaten Banyumas\n\n"
    made = typed(*INIT, "--make-key", "key", "--office-name", "", stdin=answers)
    assert made.exit_code == 0, made.output
    assert "[kecamatan-cilongok]" in made.stdout
    assert (
        'id = "kecamatan-cilongok"\nname = "Kecamatan Cilongok"\nregency = "Kabupaten Banyumas"\n'
        "utc_offset" in Path("office/office.toml").read_text()
    )


def test_after_setting_up_the_records_are_found_from_everywhere(home: Path) -> None:
    assert "There are no records in" in typed("whoami").stderr
    assert typed(*INIT, "--key", new_key("mine")).exit_code == 0
    assert "sekretaris-1" in typed("whoami").stdout
    assert typed("config", "get", "records").stdout == f"{home}/office\n"

    # Others do not take their place, but are what is meant where one stands in them.
    second = ["other" if word == "office" else word for word in INIT]
    assert typed(*second, "--key", "mine", "--office-name", "Lain").exit_code == 0
    assert "Kecamatan Uji" in typed("whoami").stdout
    os.chdir("other")
    assert "Lain" in typed("whoami").stdout
    # Some other work in Git is no records.
    subprocess.run(["git", "init", "-q", "-b", "main", f"{home}/program"], check=True)
    os.chdir(home / "program")
    assert "Kecamatan Uji" in typed("whoami").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--key", "nowhere"], 5, "There is no usable public key"),
        ([], 5, "have one made with --make-key"),
        (["--make-key", "mine"], 5, "already a file"),
        (["--key", "mine", "--post", "bupati"], 1, "No SOP has a role bupati"),
        (["--key", "mine", "--post", "kasubbag-seksi-lain"], 1, "Name the section"),
        (["--key", "mine", "--id", "aux"], 1, "Windows keeps the name aux"),
        (["--key", "mine", "--nip", "123"], 1, "18 digits"),
        (["--key", "mine", "--id", "Sekretaris"], 1, "id"),
        (["--key", "mine", "--name", "a\x1bb"], 2, "U+001B"),
        (["--key", "mine", "--utc-offset", "5000"], 1, "utc_offset"),
        (["--key", "mine", "--office-name", ""], 1, "Which office is it?"),
        (["--key", "mine", "--office-name", "2026"], 1, "Give one with --office-id"),
    ],
)
def test_what_keeps_an_office_from_being_set_up_leaves_nothing(
    home: Path, words: list[str], code: int, said: str
) -> None:
    new_key("mine")
    refused = typed(*INIT, *words)
    assert refused.exit_code == code, refused.output
    assert said in " ".join(refused.stderr.split()), refused.stderr
    assert not Path("office").exists()


def test_an_office_is_not_set_up_over_something_else(home: Path) -> None:
    Path("office").mkdir()
    Path("office/note.txt").write_text("mine")
    refused = typed(*INIT, "--make-key", "key")
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    assert not Path("key").exists()


def test_a_person_is_registered_appointed_and_leaves(terminal: Terminal) -> None:
    admin = "admin-1"
    terminal.does(
        admin, "officer", "add", "kasi-3", "--name", "Kasi Contoh", "--mail", "kasi@ajibarang.test",
        "--post", "kasubbag-seksi-lain:seksi-kesejahteraan-rakyat",
        "--public-key", new_key("kasi") + ".pub",
    )  # fmt: skip
    terminal.does(
        admin, "officer", "post", "kasi-3", "sekretaris", "--capacity", "plt", "--until",
        "31/3/2026", "--basis", "SP 800/12/2026",
    )  # fmt: skip
    shown = " ".join(terminal.does(admin, "officer", "show", "kasi-3").split())
    assert "Plt. Sekretaris" in shown
    assert "SP 800/12/2026" in shown
    listed = " ".join(terminal.does(admin, "officer", "list").split())
    assert "kasi-3 Kasi Contoh Plt. Sekretaris, Kasub" in listed
    person = terminal.data(admin, "officer", "show", "kasi-3")
    (key,) = person["keys"]
    assert [post["capacity"] for post in person["posts"]] == ["definitif", "plt"]
    section = "seksi-kesejahteraan-rakyat"
    terminal.does(
        admin,
        "officer",
        "end-post",
        "kasi-3",
        "kasubbag-seksi-lain",
        "--section",
        section,
        "--sure",
    )
    terminal.does(
        admin,
        "officer",
        "key",
        "revoke",
        "kasi-3",
        key["fingerprint"],
        "--reason",
        "hilang",
        "--sure",
    )
    assert "REVOKED" in terminal.does(admin, "officer", "show", "kasi-3")
    assert "kasi-3" in terminal.does(admin, "officer", "list")
    assert terminal.data(admin, "verify", "--full")["ok"]
    subprocess.run(
        ["git", "-C", terminal.root, "verify-commit", "HEAD"], check=True, capture_output=True
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "camat-1", "--name", "X", "--mail", "x@y.z"], "already"),
        (["add", "x-1", "--name", "X", "--mail", "not a mail"], "mail"),
        (["add", "con", "--name", "X", "--mail", "x@y.z"], "Windows keeps the name con"),
        (["add", "lpt9", "--name", "X", "--mail", "x@y.z"], "Choose another id"),
        (["post", "nobody", "camat"], "no officer nobody"),
        (["post", "camat-1", "bupati"], "No SOP has a role bupati"),
        (["post", "staff-1", "camat", "--capacity", "plh"], "Plh. Camat stands in for a period"),
        (["post", "staff-1", "camat", "--capacity", "plt", "--until", "31/3/2026"], "--basis"),
        (["post", "staff-1", "camat", "--capacity", "plt", "--basis", "SP 800/1"], "--until"),
        (["post", "staff-1", "kasubbag-seksi-lain"], "Name the section: subbag-umum"),
        (["post", "staff-1", "kasubbag-seksi-lain", "--section", "nosuch"], "no section nosuch"),
        (["post", "staff-1", "staff", "--section", "nosuch"], "seksi-pemerintahan"),
        (
            [
                "add",
                "x-1",
                "--name",
                "X",
                "--mail",
                "x@y.z",
                "--post",
                "kasubbag-seksi-lain:nosuch",
            ],
            "Sections: subbag-umum",
        ),
        (
            ["add", "x-1", "--name", "X", "--mail", "x@y.z", "--post", "kasubbag-seksi-lain"],
            "Several sections hold the post of kasubbag-seksi-lain",
        ),
        (["end-post", "camat-1", "staff"], "holds no such post"),
        (["end-post", "admin-1", "administrator"], "administrator"),
        (["key", "add", "camat-1", "nowhere.pub"], "cannot be read"),
        (["key", "add", "camat-1", "ssh-rsa AAAA"], "not a public key"),
        (["key", "revoke", "camat-1", "SHA256:x", "--reason", "x"], "no valid key"),
        (["show", "nobody"], "no officer nobody"),
    ],
)
def test_what_an_administrator_may_not_do(terminal: Terminal, words: list[str], said: str) -> None:
    before = terminal.office.tip
    refused = terminal.run("admin-1", "officer", *words)
    assert refused.exit_code == 1, refused.output
    assert said in " ".join(refused.stderr.split())
    assert terminal.office.tip == before


def test_a_second_camat_is_recorded_and_told_of_until_one_of_them_ends(
    terminal: Terminal,
) -> None:
    admin, said = "admin-1", "Camat-1 and Sekretaris-1 both hold the post of Camat"
    appointed = terminal.run(admin, "officer", "post", "sekretaris-1", "camat")
    assert appointed.exit_code == 0
    assert said in " ".join(appointed.stderr.split())
    # What was known before is not said again of another change, but of the whole office.
    other = terminal.run(admin, "officer", "post", "staff-1", "staff", "--json")
    assert (other.stderr, json.loads(other.stdout)["warnings"]) == ("", [])
    listed = terminal.run("camat-1", "officer", "list")
    assert listed.exit_code == 0
    assert said in " ".join(listed.stderr.split())
    terminal.does(admin, "officer", "end-post", "camat-1", "camat", "--until", "4/1/2026")
    assert said not in " ".join(terminal.run("camat-1", "officer", "list").stderr.split())


def test_a_plt_of_two_years_is_recorded_and_told_of(terminal: Terminal) -> None:
    data = terminal.data(
        "admin-1", "officer", "post", "sekretaris-1", "camat", "--capacity", "plt",
        "--until", "1/1/2028", "--basis", "SP 1",
    )  # fmt: skip
    (warning,) = data["warnings"]
    assert "once for 3 more" in warning


def test_what_a_stolen_key_signed_is_listed_when_it_is_revoked_and_marked_everywhere(
    terminal: Terminal,
) -> None:
    case = terminal.register()
    terminal.does("camat-1", "receive", case)
    point = terminal.office.tip
    terminal.does("camat-1", "dispose", case, "--to", "sekretaris", "--note", "siapkan")
    disposed = terminal.office.tip
    fingerprint = terminal.data("camat-1", "officer", "show", "camat-1")["keys"][0]["fingerprint"]
    words = ("officer", "key", "revoke", "camat-1", fingerprint, "--reason", "dicuri", "--sure")
    revoked = terminal.does("admin-1", *words, "--suspect-from", point[:12])
    assert "2 commits are to be reviewed" in revoked
    (named,) = (line for line in revoked.splitlines() if line.startswith(disposed[:10]))
    assert case in named
    assert "Disposisi" in named
    assert "in effect" in named

    review = ("officer", "key", "review", "camat-1")
    listed = terminal.data("staff-1", *review)
    assert [one["action"] for one in listed] == ["dispose", "receive"]
    assert terminal.data("staff-1", *review, fingerprint) == listed
    later = terminal.does("staff-1", *review, "--suspect-from", terminal.office.tip)
    assert "Nothing was signed with it" in later

    assert "to be reviewed" in terminal.does("staff-1", "audit", "--limit", "3")
    commits = terminal.data("staff-1", "audit", "--limit", "4")["commits"]
    assert [one["needs_review"] for one in commits] == [False, True, True, False]
    log = terminal.data("staff-1", "log", case)
    assert [one["needs_review"] for one in log] == [False, True, True]
    assert "key revoked since, to be reviewed" in terminal.does("staff-1", "log", case)
    assert "to be reviewed" in terminal.does("staff-1", "commit", disposed)
    shown = " ".join(terminal.does("staff-1", "officer", "show", "camat-1").split())
    assert f"dicuri; suspect from commit {point[:12]} on" in shown


def test_a_review_is_data_when_a_key_is_revoked_for_a_program(terminal: Terminal) -> None:
    case = terminal.register()
    words = ("officer", "key", "revoke", "penerima-1", "--reason", "dicuri", "--sure")
    fingerprint = terminal.data("camat-1", "officer", "show", "penerima-1")["keys"][0][
        "fingerprint"
    ]
    data = terminal.data("admin-1", *words, "--suspect-from", terminal.office.tip, fingerprint)
    assert [(one["case"], one["action"]) for one in data["review"]] == [(case, "register")]


def test_only_an_administrator_changes_the_office(terminal: Terminal) -> None:
    refused = terminal.run("camat-1", "officer", "post", "camat-1", "staff")
    assert refused.exit_code == 1
    assert "Only an administrator" in refused.stderr
    assert "admin-1" in refused.stderr


def starter_sop() -> Path:
    return starter_path() / "sops" / "pengukuran-data-kinerja" / "1.toml"


def test_the_seed_s_defects_are_named_with_their_rows(home: Path) -> None:
    checked = typed("sop", "check", str(starter_sop()), "--json")
    assert checked.exit_code == 0
    codes = {(one["code"], one["row"]) for one in json.loads(checked.stdout)}
    assert {("repeated-word", 6), ("same-output", 5), ("number-without-serial", None)} <= codes


def test_an_sop_is_shown_with_all_that_the_screen_tells_of_it(terminal: Terminal) -> None:
    shown = terminal.does("camat-1", "sop", "show", "pengukuran-data-kinerja")
    lines = {" ".join(line.split()) for line in shown.splitlines()}
    (sop,) = terminal.office.repository.current()[1].sops.values()
    page = text_of(identity(sop, 10_000)).splitlines()
    # The page numbers the items of its lists.
    items = [re.sub(r"^\d+\. ", "", " ".join(line.split())) for line in page]
    assert len(items) > 30
    assert [one for one in items if one not in "\n".join(lines)] == []
    for told in (
        "Created December 2021",
        "Revised -",
        "Address Jalan Raya Ajibarang No 02 Ajibarang",
        "Taking part Staff, Kasubag dan seksi lainnya",
        "Symbol diamond: decision",
        "Other person than in 5",
        "Page ends after this row",
    ):
        assert told in lines, told
    for _row, reading in readings(sop):
        assert f"({reading.confidence} % sure): {reading.reason}" in shown


def test_an_sop_with_errors_ends_with_one(home: Path) -> None:
    text = starter_sop().read_text().replace('actor = "camat"', 'actor = "bupati"', 1)
    Path("bad.toml").write_text(text)
    checked = typed("sop", "check", "bad.toml")
    assert checked.exit_code == 1
    Path("worse.toml").write_text("not = [toml")
    worse = typed("sop", "check", "worse.toml")
    assert worse.exit_code == 1
    assert "not valid TOML" in worse.stderr
    assert typed("sop", "check", "nowhere.toml").exit_code == 1


def test_a_new_version_of_an_sop_is_put_in_force(terminal: Terminal) -> None:
    text = starter_sop().read_text().replace("\nversion = 1\n", "\nversion = 2\n", 1)
    Path("two.toml").write_text("# a comment of the office\n" + text)
    refused = terminal.run("admin-1", "sop", "add", "two.toml")
    assert "says the same as version 1" in " ".join(refused.stderr.split())
    terminal.does("admin-1", "sop", "add", "two.toml", "--sure")
    assert terminal.data("admin-1", "sop", "list")[0]["version"] == 2
    again = terminal.run("admin-1", "sop", "add", "two.toml")
    assert again.exit_code == 1
    assert "cannot be changed" in again.stderr
    old = terminal.does("admin-1", "sop", "show", "pengukuran-data-kinerja", "--version", "1")
    assert ["Version", "1"] in [line.split() for line in old.splitlines()]


def test_calendars_can_be_seen_and_replaced(terminal: Terminal) -> None:
    years = terminal.data("admin-1", "calendar", "list")
    assert {2021, 2027} <= {one["year"] for one in years}
    assert next(one["working_days"] for one in years if one["year"] == 2026) == 240
    shown = terminal.does("admin-1", "calendar", "show", "2026")
    assert "Isra" in shown
    assert "Ramadan: 19 February 2026 to 20 March 2026" in shown
    rows = [line.split() for line in shown.splitlines()]
    assert ["Usual", "Monday-Thursday", "07:15-15:30", "12:00-12:30"] in rows
    assert ["Usual", "Friday", "07:15-15:15", "11:30-13:00"] in rows
    assert ["Ramadan", "Friday", "07:30-11:00", "-"] in rows
    text = (starter_path() / "calendars" / "2026.toml").read_text()
    Path("2026.toml").write_text("# ubah\n" + text.replace("07:15:00", "07:00:00"))
    added = " ".join(terminal.does("admin-1", "calendar", "add", "2026.toml").split())
    assert "measured by the new calendar too; none became late" in added
    Path("2027.toml").write_text(
        (starter_path() / "calendars" / "2027.toml").read_text().replace("07:15:00", "07:00:00")
    )
    again = terminal.data("admin-1", "calendar", "add", "2027.toml")
    assert (again["became_late"], again["became_on_time"]) == (0, 0)
    assert "07:00-15:30" in terminal.does("admin-1", "calendar", "show", "2026")
    assert terminal.run("admin-1", "calendar", "show", "1999").exit_code == 1


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
