"""People and their posts and keys: registered, appointed, ended, revoked, reviewed."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.cli.test_founding import new_key
from tests.support.commands import Terminal


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
    # A day that has passed: without a terminal that is said to be meant.
    ended = ("officer", "end-post", "camat-1", "camat", "--until", "4/1/2026", "--sure")
    terminal.does(admin, *ended)
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
