"""An office whose people work on their own clones of one hub, with real keys and real Git."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from soptui.desk.desk import Desk
from soptui.desk.office.administration import Administration
from soptui.desk.office.trust_root import Paper
from soptui.domain.events import Details, Dispose, Note, Receive
from soptui.domain.findings import Report, TrustRoot
from soptui.domain.ids import CaseId, CommitId, OfficerId, RoleId
from soptui.domain.office import ADMINISTRATOR, Officer
from soptui.records.clone.config import set_author, set_remote
from soptui.records.clone.genesis import initialise, starter_files
from soptui.records.clone.repository import Repository
from soptui.records.clone.trust import Trust, load_trust, save_trust
from soptui.records.files import codec
from soptui.records.files.office import office_from_document
from soptui.records.hub.hub import init_hub
from soptui.records.keys.signing import Signer, make_key
from soptui.records.keys.sshsig import PublicKey
from soptui.records.sharing.remote import Remote, remote_of
from soptui.records.sharing.result import Choices, Result
from soptui.records.sharing.sync import synchronise
from tests.support.office_parts import LETTER, START, officer_with, post

REGISTRAR, HEAD, SECRETARY, ADMIN = "penerima-1", "camat-1", "sekretaris-1", "admin-1"
SECOND_HEAD = "camat-2"
ROLES = {
    ADMIN: (ADMINISTRATOR, "staff"),
    REGISTRAR: ("staff-penerima-surat",),
    HEAD: ("camat",),
    SECOND_HEAD: ("camat",),
    SECRETARY: ("sekretaris",),
}


class Clock:
    """A clock that goes on by a minute whenever it is read; each process has its own copy."""

    def __init__(self) -> None:
        self._now = START

    def goes_on(self, time: timedelta) -> None:
        """Let time pass."""
        self._now += time

    def __call__(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now.astimezone(UTC)


@dataclass
class Keys:
    """The key files of the office's people."""

    folder: Path
    made: dict[str, PublicKey] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        return self.folder / name

    def public(self, name: str) -> PublicKey:
        if name not in self.made:
            self.made[name] = make_key(self.path(name), name)
        return self.made[name]

    def signer(self, name: str) -> Signer:
        return Signer(self.public(name), self.path(name))


class Clone:
    """One person's clone, their desk, and what they do there."""

    def __init__(self, root: Path, officer: str, keys: Keys, clock: Clock) -> None:
        self.root = root
        self.repository = Repository.open(root)
        self.desk = Desk(self.repository, OfficerId(officer), clock=clock, key=keys.path(officer))

    @property
    def head(self) -> CommitId:
        return self.repository.head()

    def sync(self, *, cancelled: threading.Event | None = None, **choices: bool) -> Result:
        remote = Remote(self.repository.directory, remote_of(self.repository.directory))
        return synchronise(
            self.repository, self.desk, remote, choices=Choices(**choices), cancelled=cancelled
        )

    def register(self) -> CaseId:
        return self.desk.register(LETTER).case

    def act(self, case: CaseId, details: Details) -> str:
        return self.desk.act(case, details).event

    def note(self, case: CaseId, text: str = "Catatan.") -> str:
        return self.act(case, Note(text))

    def dispose(self, case: CaseId) -> str:
        self.act(case, Receive())
        return self.act(case, Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",)))

    def events(self, case: CaseId) -> list[str]:
        return [entry.id for entry in self.desk.case(case).entries]

    def cases(self) -> dict[str, bytes]:
        snapshot = self.repository.current()[1]
        return {
            case: self.repository.reader.read(oid, "blob", codec.CASE_LIMIT)
            for case, oid in snapshot.case_ids()
        }

    def git(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return git(self.root, *words, check=check)

    def verified(self) -> Report:
        return self.repository.verify(full=True)

    def close(self) -> None:
        self.repository.close()


def git(root: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Stock Git, as a person would run it."""
    done = subprocess.run(
        ["git", *words], cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert not check or done.returncode == 0, f"git {' '.join(words)}: {done.stderr}{done.stdout}"
    return done


@dataclass
class Town:
    """An office with a hub and clones, below one folder."""

    folder: Path
    keys: Keys
    clock: Clock
    trust: Trust
    clones: list[Clone] = field(default_factory=list)

    @property
    def hub(self) -> Path:
        return self.folder / "records.git"

    def clone(self, officer: str, name: str = "") -> Clone:
        """A clone as `join` would have made it: a copy of the first one, whose trust is pinned."""
        root = self.folder / (name or officer)
        origin = self.folder / "origin"
        if not root.exists():
            shutil.copytree(origin, root)
        return self.open(root, officer)

    def open(self, root: Path, officer: str) -> Clone:
        if load_trust(root) is None:
            save_trust(root, self.trust)
        clone = Clone(root, officer, self.keys, self.clock)
        directory = clone.repository.directory
        set_author(directory, clone.desk.officer, self.keys.path(officer))
        set_remote(directory, str(self.hub))
        self.clones.append(clone)
        return clone

    def first_trust(self) -> TrustRoot:
        """What is on paper."""
        return self.trust.root

    def begins_others(self, path: Path) -> TrustRoot:
        """Begin other records in `path` with the office's own key, as a trial office would."""
        registry = self.clone(ADMIN).desk.registry
        signer = self.keys.signer(ADMIN)
        with initialise(
            path,
            office=registry.office,
            officer=registry.officers[OfficerId(ADMIN)],
            files=starter_files(),
            at=START - timedelta(days=30),
            sign=signer.sign,
            fingerprint=signer.public_key.fingerprint,
        ) as records:
            return records.trust.root

    def hub_tip(self) -> CommitId:
        return CommitId(git(self.hub, "rev-parse", "refs/heads/main").stdout.strip())

    def close(self) -> None:
        for clone in self.clones:
            clone.close()


def found_office(folder: Path) -> Town:
    """A new office: its people registered, and a hub that holds the first clone's history."""
    keys, clock = Keys(folder / "keys"), Clock()
    root = folder / "origin"
    admin = _officer(ADMIN, keys)
    office = office_from_document(codec.parse_document(starter_files()["office.toml"]))
    signer = keys.signer(ADMIN)
    initialise(
        root,
        office=office,
        officer=admin,
        files=starter_files(),
        at=START,
        sign=signer.sign,
        fingerprint=signer.public_key.fingerprint,
    ).close()
    with Repository.open(root) as repository:
        desk = Desk(repository, OfficerId(ADMIN), clock=clock, key=keys.path(ADMIN))
        for name in ROLES:
            if name != ADMIN:
                Administration(desk).add_officer(_officer(name, keys))
        tip, position = repository.trust.tip, repository.trust.position
        trust = repository.trust.at(tip, position, tip, position)
        town = Town(folder, keys, clock, trust)
        init_hub(town.hub, trust.root)
    subprocess.run(
        ["git", "push", "-q", str(town.hub), "main"], cwd=root, check=True, capture_output=True
    )
    return town


def on_paper(town: Town) -> Paper:
    """What the office's paper says, as it is typed."""
    root = town.first_trust()
    return Paper.typed(root.genesis, root.signer)


def move_office(template: Town, folder: Path) -> Town:
    """The office of `template` anew in another folder."""
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    save_trust(folder / "origin", template.trust)
    return Town(folder, Keys(folder / "keys", template.keys.made), Clock(), template.trust)


def _officer(name: str, keys: Keys) -> Officer:
    return officer_with(keys.public(name).text, name, *(post(role) for role in ROLES[name]))


@pytest.fixture(scope="session")
def founded_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """An office with a hub, to be copied."""
    return found_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def town(
    founded_town: Town, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    """An office with a hub; nobody has acted yet."""
    monkeypatch.setenv("SOPTUI_STATE", str(tmp_path / "own-state"))
    town = move_office(founded_town, tmp_path / "office")
    yield town
    town.close()
