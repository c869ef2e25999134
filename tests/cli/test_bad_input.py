"""Bad input gets a clear sentence and an exit code of its own, and nothing is lost."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from soptui.desk.actions.table import ACTIONS
from soptui.domain.events import Action, Receive
from soptui.records.files import layout
from soptui.records.index.index import index_path
from tests.support.commands import Program, Terminal, typed
from tests.support.programs import SOPTUI, path_with
from tests.support.waiting import until


def refused(result: Result, code: int, *words: str) -> None:
    """It ended with this code and said, on standard error alone, sentences with these words."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    said = " ".join(result.stderr.split())
    for word in words:
        assert word in said


def test_a_folder_without_records(home: Path) -> None:
    refused(typed("inbox"), 3, "There are no records in", "--records")


def test_a_repository_that_is_none(home: Path) -> None:
    refused(typed("--records", str(home), "inbox"), 3, "is not a repository of records", "init")


def test_an_ordinary_git_repository(home: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", "."], check=True)
    commit = ["git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--allow-empty"]
    subprocess.run([*commit, "-m", "x"], check=True)
    refused(typed("inbox"), 3, "not trusted yet")
    refused(typed("trust", "show"), 1, "not signed")


def test_a_clone_that_nobody_trusted_yet(terminal: Terminal, home: Path) -> None:
    subprocess.run(["git", "clone", "-q", terminal.root, "clone"], check=True)
    clone = ["--records", "clone", *terminal.options("camat-1")[2:]]
    refused(typed(*clone, "inbox"), 3, "soptui trust accept")
    root = terminal.office.repository.trust.root
    wrong = "SHA256:" + "x" * 43
    refused(typed(*clone, "trust", "accept", root.genesis, wrong), 1, "begun with another key")
    refused(typed(*clone, "trust", "accept", "1" * 40, root.signer), 1, "they are others")
    refused(typed(*clone, "trust", "accept", root.genesis[:12], root.signer), 2, "at least")
    shown = typed(*clone, "trust", "show").stdout
    assert root.genesis in shown
    assert root.signer in shown
    assert typed(*clone, "trust", "accept", root.genesis, root.signer).exit_code == 0
    assert typed(*clone, "inbox").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        *((info.action.value, "CASE") for info in ACTIONS if info.action is not Action.REGISTER),
        ("receive", "CASE", "OTHER"),
        ("register", "--number", "1", "--date", "5/1/2026", "--sender", "B", "--subject", "x"),
        ("officer", "post", "staff-1", "camat"),
        ("officer", "end-post", "staff-1", "staff"),
        ("officer", "key", "revoke", "staff-1", "SHA256:x", "--reason", "hilang"),
    ],
    ids=" ".join,
)
def test_a_mistyped_officer_is_told_so_whatever_they_do(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    cases = {"CASE": terminal.register(), "OTHER": terminal.register()}
    before = terminal.office.tip
    mistyped = [*terminal.options("camat-1")[:2], "--officer", "nobody"]
    result = typed(*mistyped, *(cases.get(word, word) for word in words))
    refused(result, 1, "The records know no officer nobody", "soptui officer list")
    assert "Who can" not in result.stderr
    assert terminal.office.tip == before


def test_records_of_a_newer_format(terminal: Terminal) -> None:
    office = terminal.office
    snapshot = office.repository.current()[1]
    data = office.repository.reader.read(snapshot.lookup(layout.OFFICE), "blob", 1 << 20)
    from tests.support.office_repository import signer_of

    office.repository.add_change(
        office.tip, layout.OFFICE, data.replace(b"format = 1\n", b"format = 2\n"),
        office.officers["admin-1"], office.tick(), signer_of("admin-1").sign,
    )  # fmt: skip
    result = terminal.run("camat-1", "inbox")
    assert result.exit_code == 4
    assert "newer soptui" in " ".join(result.stderr.split())
    register = ["register", "--number", "1", "--date", "5/1/2026", "--sender", "B"]
    refused(terminal.run("penerima-1", *register, "--subject", "x"), 4, "nothing was written")


def test_a_case_file_edited_by_hand_is_named_and_the_records_stand(terminal: Terminal) -> None:
    case = terminal.register()
    path = terminal.root / layout.case_path(case)
    signed = path.read_bytes()
    path.write_bytes(b"nonsense")

    shown = terminal.run("camat-1", "show", case)
    assert shown.exit_code == 6
    assert "Pengukuran kinerja" in shown.stdout
    assert f"{case}.toml was edited by hand" in shown.stderr
    assert terminal.run("camat-1", "verify").exit_code == 6

    done = terminal.run("camat-1", "receive", case)
    assert done.exit_code == 0
    assert "edited by hand" in done.stderr
    assert path.read_bytes() == b"nonsense"

    assert "was put back as it was signed" in terminal.does("camat-1", "restore", str(path))
    assert path.read_bytes().startswith(signed)
    assert terminal.run("camat-1", "show", case).exit_code == 0


def test_restore_knows_only_files_of_the_records(terminal: Terminal) -> None:
    for path in ("/etc/passwd", "cases/2026/0/0/2026-00000000.toml", "../x"):
        refused(terminal.run("camat-1", "restore", path), 1, "no file")


def test_a_damaged_case_is_named_and_the_rest_shown(terminal: Terminal) -> None:
    bad, good = terminal.register(), terminal.register()
    index = index_path(terminal.root)
    oid = terminal.office.repository.current()[1].lookup(layout.case_path(bad))
    loose = terminal.root / ".git" / "objects" / oid[:2] / oid[2:]
    loose.chmod(0o600)
    loose.write_bytes(b"rot")
    index.unlink(missing_ok=True)

    listed = terminal.run("camat-1", "list")
    assert listed.exit_code == 6
    assert good in listed.stdout
    assert f"{bad}.toml is damaged" in listed.stderr
    refused(terminal.run("camat-1", "show", bad), 6, "damaged or missing")
    assert terminal.run("camat-1", "receive", good).exit_code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.pdf", "There is no file"),
        ("folder", "is a folder"),
        ("pipe", "not an ordinary file"),
        ("large.bin", "is too large"),
        ("locked.pdf", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_attached(terminal: Terminal, name: str, said: str) -> None:
    case = terminal.register()
    Path("folder").mkdir()
    os.mkfifo("pipe")
    with Path("large.bin").open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    # A folder in the place of a file fails for root too, where a mode would not.
    Path("locked.pdf").symlink_to("locked.pdf")
    before = terminal.office.tip
    refused(terminal.run("camat-1", "attach", case, "--file", name), 1, said)
    assert terminal.office.tip == before


def test_an_attachment_whose_content_was_lost(terminal: Terminal) -> None:
    Path("surat.pdf").write_text("%PDF-1.7")
    case = terminal.register("--file", "surat.pdf")
    (file,) = terminal.data("camat-1", "show", case)["attachments"]
    refused(terminal.run("camat-1", "attachment", case, "lain.pdf"), 1, "no file lain.pdf")
    refused(terminal.run("camat-1", "attachment", case, "surat.pdf"), 1, "already a file")
    path = layout.attachment_path(file["sha256"])
    oid = terminal.office.repository.current()[1].lookup(path)
    loose = terminal.root / ".git" / "objects" / oid[:2] / oid[2:]
    loose.chmod(0o600)
    loose.write_bytes(loose.read_bytes()[:-4])
    refused(terminal.run("camat-1", "attachment", case, "surat.pdf", "-o", "out"), 6, "damaged")
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--date", "32/1/2026"], 2, "January has only 31 days"),
        (["--date", "dulu"], 2, "is not understood as a date"),
        (["--date", "6/2/2026"], 1, "before its own date"),
        (["--received", "1/1/2030 08.00"], 1, "in the future"),
        (["--received", "kapan-kapan"], 2, "--received"),
        (["--subject", "   "], 2, "--subject"),
        (["--subject", "x" * 9_000], 2, "too long"),
        (["--subject", "\x1b[31mmerah"], 2, "U+001B"),
        (["--subject", "a\x1bb"], 2, "U+001B"),
        (["--urgency", "kilat"], 2, "there is no choice kilat"),
    ],
)
def test_a_letter_that_cannot_be_registered(
    terminal: Terminal, words: list[str], code: int, said: str
) -> None:
    before = terminal.office.tip
    result = terminal.run(
        "penerima-1", "register", "--number", "1", "--date", "5/1/2026", "--sender", "Bupati",
        "--subject", "Hal", *words,
    )  # fmt: skip
    refused(result, code, said)
    assert len(result.stderr) < 1_000
    assert terminal.office.tip == before


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_note_that_no_line_of_a_record_can_hold(
    terminal: Terminal, more: tuple[str, ...]
) -> None:
    case = terminal.register()
    before = terminal.office.tip
    result = terminal.run("camat-1", "note", case, "--note", "績" * 6_000, *more)
    refused(result, 1, "longer than 16 KB", "Nothing was recorded", "several parts")
    assert terminal.office.tip == before


def test_what_is_not_open_says_why_and_who_can(terminal: Terminal) -> None:
    case = terminal.register()
    refused(
        terminal.run("sekretaris-1", "dispose", case, "--note", "x"),
        1, "another role", "Who can: Camat (Camat-1).", "Nothing was recorded.",
    )  # fmt: skip
    refused(terminal.run("camat-1", "dispose", case, "--note", "x"), 1, "receive it first")


def test_a_case_that_is_not_there_or_not_meant(terminal: Terminal) -> None:
    terminal.register()
    terminal.register()
    refused(terminal.run("camat-1", "show", "2026-zzzzzzzz"), 1, "no case 2026-zzzzzzzz")
    refused(terminal.run("camat-1", "show", "9999"), 1, "no case 9999")
    refused(terminal.run("camat-1", "show", "2026-"), 1, "can mean several cases")
    refused(terminal.run("camat-1", "show", ""), 1, "no case")
    refused(terminal.run("camat-1", "show", "%"), 1, "no case")


def test_keys_that_cannot_sign(terminal: Terminal, home: Path) -> None:
    case = terminal.register()
    base = ["--records", str(terminal.root), "--officer", "camat-1"]
    refused(typed(*base, "receive", case), 5, "No SSH key was found")
    refused(typed(*base, "--key", "nowhere", "receive", case), 5, "no key file")
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-f", "other"]
    subprocess.run([*make, "-N", ""], check=True)
    refused(typed(*base, "--key", "other", "receive", case), 5, "not registered for you")
    subprocess.run([*make[:-1], "locked", "-N", "secret"], check=True)
    terminal.replace_lost_key("camat-1", Path("locked.pub"))
    refused(typed(*base, "--key", "locked", "receive", case), 5, "locked", "ssh-add")
    refused(typed("--records", str(terminal.root), "whoami"), 5, "not known whose desk")
    assert terminal.run("camat-1", "receive", case).exit_code == 0


def test_an_officer_who_is_not_there(terminal: Terminal) -> None:
    refused(terminal.run("camat-1", "--officer", "nobody", "inbox"), 1, "know no officer nobody")


def test_a_full_disk_records_nothing(terminal: Terminal, program: Program) -> None:
    case = terminal.register()
    before = terminal.office.tip
    Path("big.bin").write_bytes(os.urandom(300_000))

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = program(
        *terminal.options("camat-1"), "attach", case, "--file", "big.bin", preexec_fn=small_files
    )
    assert done.returncode == 1
    assert "Nothing was recorded" in done.stderr
    assert "Traceback" not in done.stderr
    assert terminal.office.repository.head() == before
    assert terminal.run("camat-1", "attach", case, "--file", "big.bin").exit_code == 0


def interrupted(command: Sequence[str], is_waiting: Callable[[int], bool]) -> None:
    """A command on which Ctrl+C is pressed once it waits for somebody says that it did nothing."""
    with subprocess.Popen(
        [*SOPTUI, *command],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        until(lambda: is_waiting(process.pid), lambda: "it waits for nobody")
        process.send_signal(signal.SIGINT)
        _out, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrupted. Nothing was recorded." in said
    assert "Traceback" not in said


def test_ctrl_c_says_that_nothing_was_recorded(terminal: Terminal) -> None:
    case = terminal.register()
    before = terminal.office.repository.head()

    def reads(pid: int) -> bool:
        return "pipe_read" in Path(f"/proc/{pid}/wchan").read_text()

    interrupted([*terminal.options("camat-1"), "note", case, "--note", "-"], reads)
    assert terminal.office.repository.head() == before


def test_ctrl_c_does_not_wait_for_a_key_that_waits_for_a_touch(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = terminal.register()
    before = terminal.office.repository.head()
    asked = tmp_path / "asked"
    asked.touch()
    script = f"echo $$ > {asked}\nexec sleep 60"
    monkeypatch.setenv("PATH", path_with(tmp_path, "ssh-keygen", script))
    interrupted(
        [*terminal.options("camat-1"), "receive", case], lambda _pid: bool(asked.read_text())
    )
    assert terminal.office.repository.head() == before
    left = Path("/proc", asked.read_text().strip(), "cmdline")
    assert not (left.exists() and left.read_bytes())


def test_two_desks_that_act_at_once_both_learn_what_became_of_it(
    terminal: Terminal, program: Program
) -> None:
    case = terminal.register()
    results: list[subprocess.CompletedProcess[str]] = []
    threads = [
        threading.Thread(
            target=lambda *words: results.append(program(*words)),
            args=(*terminal.options(who), *words),
        )
        for who, words in (
            [("camat-1", ["receive", case])] * 2
            + [("penerima-1", ["note", case, "--note", f"catatan {n}"]) for n in range(3)]
        )
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done.returncode for done in results) == [0, 0, 0, 0, 1]
    (loser,) = (done for done in results if done.returncode)
    assert "received already" in loser.stderr or "acted in this case meanwhile" in loser.stderr
    assert [line["action"] for line in terminal.data("camat-1", "log", case)].count("receive") == 1
    assert terminal.data("camat-1", "verify", "--full")["ok"]


def test_a_clock_that_was_set_back_is_warned_of(terminal: Terminal) -> None:
    case = terminal.register()
    terminal.office.clock -= timedelta(days=2)
    assert "Correct the clock" in " ".join(terminal.run("camat-1", "doctor").stdout.split())
    done = terminal.run("camat-1", "note", case, "--note", "x")
    assert done.exit_code == 0
    assert "Correct the clock" in " ".join(done.stderr.split())


def test_a_history_that_is_not_good_is_found_and_not_built_upon(terminal: Terminal) -> None:
    case = terminal.register()
    git = ["git", "-C", str(terminal.root), "-c", "user.name=X", "-c", "user.email=x@y"]
    (terminal.root / "office.toml").write_text("format = 1\n")
    subprocess.run([*git, "commit", "-q", "-a", "--no-gpg-sign", "-m", "forged"], check=True)
    result = terminal.run("camat-1", "verify")
    assert result.exit_code == 4
    assert "error unsigned" in result.stdout
    assert "NOT good" in result.stdout
    refused(terminal.run("camat-1", "receive", case), 4, "fail verification (unsigned)")
    shown = terminal.run("camat-1", "show", case)
    assert shown.exit_code == 4
    assert "last state that is good" in " ".join(shown.stderr.split())


def test_what_others_did_meanwhile_must_be_seen_first(terminal: Terminal) -> None:
    case = terminal.register()
    desk_sees = terminal.office.case(case).last_id
    terminal.office.act("camat-1", case, Receive())
    assert terminal.office.case(case).last_id != desk_sees
    refused(terminal.run("camat-1", "receive", case), 1, "received already")
