"""Six officers, six terminals over a real sshd, six clones and one hub; one line drops."""

from __future__ import annotations

import getpass
import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.demo.people import ADMIN
from soptui.domain.case import Status
from soptui.domain.events import Action
from tests.e2e.acting import assert_sound, the_only_case
from tests.e2e.officer import OfficerAtScreen, desk_options, surroundings, wait_for_draft
from tests.e2e.papers import Papers
from tests.e2e.terminal import Tmux
from tests.support.programs import SOPTUI
from tests.support.sshd import Sshd, running_sshd

SUBJECT = "Pengukuran Kinerja TW IV"
SECTION = "kasi-pemerintahan"
OFFICERS = ("penerima-surat", "camat", "sekretaris", "kasubbag-pk", SECTION, "staff-1")


class Town:
    """The office's server, with the hub and a home for each officer."""

    def __init__(self, office: DemoOffice, server: Sshd, tmux: Tmux) -> None:
        self.office = office
        self._server = server
        self._tmux = tmux
        self.hub = office.folder / "records.git"
        self._login = office.folder / "keys" / "login"
        self._found_hub()

    def _found_hub(self) -> None:
        """As an administrator does it: make the hub, send the records, let the officers in."""
        subprocess.run(
            ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._login)), check=True
        )
        first_key = self.office.folder / "keys" / f"{ADMIN}.pub"
        records = desk_options(self.office, ADMIN)
        self.command(ADMIN, "hub", "init", str(self.hub), "--first-key", str(first_key), *records)
        self._let_in()
        self.command(ADMIN, "sync", "--hub", self._address, *records)
        self._let_in()

    def _let_in(self) -> None:
        officers = self.command(ADMIN, "hub", "keys", str(self.hub))
        people = self._login.with_suffix(".pub").read_text("utf-8")
        self._server.authorized_keys.write_text(f"{officers}\n{people}", encoding="utf-8")

    @property
    def _address(self) -> str:
        return self._server.url(getpass.getuser(), self.hub)

    def clone_of(self, who: str) -> Path:
        """The folder of an officer's own records."""
        return self.office.folder / "homes" / who / "records"

    def state_of(self, who: str) -> Path:
        """Where an officer's drafts are kept."""
        return self.clone_of(who).with_name("state")

    def surroundings_of(self, who: str) -> dict[str, str]:
        """The environment of an officer's account."""
        home = self.clone_of(who).parent
        home.mkdir(parents=True, exist_ok=True)
        key = self.office.folder / "keys" / who
        is_admin = who == ADMIN
        return surroundings(
            self.office,
            HOME=str(home),
            SOPTUI_STATE=str(self.office.folder / "state" if is_admin else self.state_of(who)),
            GIT_SSH_COMMAND=self._server.command(key),
            GIT_CONFIG_NOSYSTEM="1",
        )

    def joins(self, who: str) -> None:
        """Get records of one's own from the hub, with what is on paper."""
        root = self.office.repository.trust.root
        key = str(self.office.folder / "keys" / who)
        self.command(
            who, "join", self._address, str(self.clone_of(who)),
            "--commit", root.genesis, "--fingerprint", root.signer,
            "--key", key,
        )  # fmt: skip
        self.command(who, "config", "set", "screen.sync_minutes", "0")

    def sits_down(self, who: str) -> OfficerAtScreen:
        """Log in over SSH and start the screen."""
        environment = self.surroundings_of(who)
        settings = [f"{name}={value}" for name, value in environment.items()]
        options = desk_options(self.office, who, self.clone_of(who))
        remote = shlex.join(["env", "-i", *settings, *SOPTUI, *options])
        login = self._server.command(self._login).split()
        port = str(self._server.port)
        terminal = self._tmux.open(
            *login, "-tt", "-p", port, f"{getpass.getuser()}@127.0.0.1", remote,
            environment=environment, folder=self.office.folder,
        )  # fmt: skip
        officer = OfficerAtScreen(terminal, who)
        officer.goes_to("tray")
        return officer

    def command(self, who: str, *words: str) -> str:
        """What a command says, which must go well."""
        done = subprocess.run(
            (*SOPTUI, *words),
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env=self.surroundings_of(who),
        )
        assert done.returncode == 0, f"{words}: {done.stderr}{done.stdout}"
        return done.stdout


@pytest.fixture
def town(office: DemoOffice, tmux: Tmux, tmp_path: Path) -> Iterator[Town]:
    with running_sshd(tmp_path / "sshd") as server:
        yield Town(office, server, tmux)


@pytest.mark.slow
def test_six_officers_share_a_case_over_ssh_though_a_line_drops(town: Town) -> None:
    papers = Papers(town.office)
    for who in OFFICERS:
        town.joins(who)
    at = {who: town.sits_down(who) for who in OFFICERS}
    registrar, camat, secretary, head, section, staff = (at[who] for who in OFFICERS)

    registrar.does(
        Action.REGISTER,
        number="000.8.6/2401/2026", date="kemarin", sender="Bupati Banyumas", subject=SUBJECT,
        file=papers.letter(SUBJECT),
    )  # fmt: skip
    registrar.syncs()

    takes(camat, step=1)
    camat.begins(Action.DISPOSE, instructions=("Koordinasi",), note="Koordinasikan dengan seksi.")
    camat = drops_and_comes_back(town, camat, "Koordinasikan dengan seksi.")
    camat.begins(Action.DISPOSE)
    camat.reads("Koordinasikan dengan seksi.")
    camat.signs(Action.DISPOSE)
    camat.syncs()

    takes(secretary, step=2)
    passes_on(secretary, Action.DISPOSE, note="Kumpulkan data.")
    takes(head, step=3)
    others = ("Seksi Pemberdayaan", "Seksi Kesejahteraan")
    head.does(Action.REQUEST, units=others, note="Mohon data realisasi.")
    head.syncs()
    section.syncs()
    section.finds(SUBJECT, step=3)
    passes_on(section, Action.SUBMIT, file=papers.table("bukti.csv", "86"))
    head.syncs()
    head.finds(SUBJECT, step=3)
    head.finishes_step(papers.table("bahan.csv", "86"))
    head.syncs()
    takes(staff, step=4)
    staff.finishes_step(papers.table("draft.csv", "86"))
    staff.syncs()
    takes(head, step=5)
    head.finishes_step(papers.table("konsep.csv", "86"), reference="Unggah 1/2026")
    head.syncs()
    takes(secretary, step=6)
    passes_on(secretary, Action.APPROVE)
    takes(camat, step=7)
    passes_on(camat, Action.APPROVE, note="Setuju.")
    takes(staff, step=8)
    passes_on(
        staff, Action.ARCHIVE,
        file_number="000.8.6.3/12/2026", place="Lemari 1, map 3", reference="Input 30/2026",
    )  # fmt: skip

    for officer in at.values():
        if officer.who != "camat":
            officer.syncs()
    camat.syncs()
    assert len({head_of(town.clone_of(who)) for who in OFFICERS} | {head_of(town.hub)}) == 1
    for who in OFFICERS:
        town.command(who, "verify", *desk_options(town.office, who, town.clone_of(who)))
    town.command(ADMIN, "sync", *desk_options(town.office, ADMIN))
    case = the_only_case(town.office)
    assert case.status is Status.DONE
    assert all(entry.effective for entry in case.entries)
    assert_sound(town.office)


def takes(officer: OfficerAtScreen, *, step: int) -> None:
    """Fetch what is new, and take the case in hand."""
    officer.syncs()
    officer.finds(SUBJECT, step=step)
    officer.receives()


def passes_on(officer: OfficerAtScreen, action: Action, **fillings: str | Path) -> None:
    """Act, and share it."""
    officer.does(action, **fillings)
    officer.syncs()


def drops_and_comes_back(town: Town, officer: OfficerAtScreen, typed: str) -> OfficerAtScreen:
    """The line is gone while a form is being filled in; later the officer logs in anew."""
    officer.reads(typed)
    os.kill(officer.terminal.pid, signal.SIGKILL)
    wait_for_draft(town.state_of(officer.who), typed)
    again = town.sits_down(officer.who)
    again.reads(SUBJECT)
    again.points_at(SUBJECT)
    return again


def head_of(repository: Path) -> str:
    """The newest commit of a clone or the hub."""
    done = subprocess.run(
        ("git", "-C", str(repository), "rev-parse", "refs/heads/main"),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
