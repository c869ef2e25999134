"""Joining an office: a clone that nobody trusts yet, looked at, then pinned by a person.

The history is fetched into a folder beside the one that was asked for, and verified against its
own first commit. What that is worth a person decides, by comparing the fingerprint with the one on
paper. Only then does the folder get its name; before, nothing was made. What came over a line that
dropped waits beside it for the next try.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from soptui.domain.findings import Finding, Found, Report, TrustRoot
from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer, Registry
from soptui.records.clone.repository import Repository
from soptui.records.clone.trust import load_trust
from soptui.records.files.snapshot import Shelf
from soptui.records.git.commit import read_commit
from soptui.records.git.history import History
from soptui.records.git.objects import ObjectReader
from soptui.records.git.process import GitDirectory, GitFailed
from soptui.records.git.refs import INCOMING, MAIN, update_ref
from soptui.records.keys.signing import Signer
from soptui.records.platform.limits import MOST_MEMORY
from soptui.records.sharing.arrival import fetch_line, has_begun, take_over
from soptui.records.sharing.bundle import unpacked
from soptui.records.sharing.remote import Remote
from soptui.records.sharing.scratch import hold, left_behind
from soptui.records.sharing.ssh import KeyNotTaken, Unreachable
from soptui.records.sharing.transfer import Progress
from soptui.records.verify.identity import read_signed
from soptui.records.verify.walk import seconds_now, verify

_RECORDS = "records"


class NotJoined(Refusal):
    """The records that were offered cannot be joined; `findings` say why, where there are any."""

    def __init__(self, message: Message, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class Candidate(Struct, frozen=True):
    """Records that verify in themselves, before anyone has said that they are the office's own.

    `root` is what has to be compared with the paper; `founder` signed the first commit.
    """

    staging: Path
    target: Path
    address: str
    root: TrustRoot
    report: Report
    office: str
    founder: Officer
    registry: Registry


@contextmanager
def open_candidate(
    source: str,
    target: Path,
    *,
    signers: Sequence[Signer] = (),
    progress: Progress | None = None,
) -> Iterator[Candidate]:
    """The records at `source`, a hub's address or a file from a flash disk, for a look.

    `signers` are the keys by which the hub may know who comes. Whatever was not accepted is gone at
    the end. Raises `NotJoined`, `Unreachable`, `BadFile`.
    """
    target = target.absolute()
    if target.exists() and any(target.iterdir()):
        raise NotJoined(
            Message(
                "{path} is not empty. Nothing was changed. Choose a new folder.", path=str(target)
            )
        )
    with _staging(target) as staging:
        directory = _empty_clone(staging)
        take_over(left_behind(target.parent, _prefix(target)), directory)
        address = "" if Path(source).is_file() else source
        if address:
            remote = Remote(directory, address, signers=signers, progress=progress)
            tip = _fetched(remote, directory)
        else:
            with unpacked(Path(source), directory) as (scratch, tip):
                directory.run(
                    "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                    operands=(scratch.path, f"+{MAIN}:{INCOMING}"), memory=MOST_MEMORY,
                )  # fmt: skip
        if tip is None:
            raise NotJoined(
                Message(
                    "The hub is empty. Nothing was changed. Its administrator pushes the records "
                    "first."
                )
            )
        yield _examined(directory, staging, target, address, tip)


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A folder beside `target` in which the clone is made; it stays only if the line drops."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    is_kept = False
    with hold(folder):
        try:
            yield folder / _RECORDS
        except Unreachable as gone:
            is_kept = has_begun(GitDirectory.at(folder / _RECORDS / ".git"))
            if not is_kept:
                raise
            raise Unreachable(
                gone.reason,
                Message(
                    "{refusal} What came so far is kept in {path}: the same command goes on from "
                    "there.",
                    refusal=gone.message,
                    path=str(folder),
                ),
            ) from None
        finally:
            if not is_kept:
                shutil.rmtree(folder, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}.join-"


def _fetched(remote: Remote, directory: GitDirectory) -> CommitId | None:
    try:
        return fetch_line(remote, directory)
    except KeyNotTaken as refusal:
        raise NotJoined(
            Message(
                "{refusal} As long as the hub does not know your key, join from a file that a "
                "colleague writes with soptui disk export; it makes the request as well.",
                refusal=refusal.message,
            )
        ) from None


def accept_candidate(joining: Candidate) -> Repository:
    """Make the clone and pin its root, because a person has compared it. Raises `OSError`."""
    from soptui.records.clone.config import set_remote

    directory = GitDirectory.at(joining.staging / ".git")
    update_ref(directory, MAIN, joining.report.new, None, reason="soptui join")
    if joining.address:
        set_remote(directory, joining.address)
    if joining.target.exists():
        joining.target.rmdir()
    joining.staging.rename(joining.target)
    repository = Repository.open(joining.target)
    repository.pin(joining.root.genesis, joining.root.signer)
    tip, position = joining.report.new, joining.report.position
    shared = (tip, position) if joining.address else (NO_COMMIT, 0)
    repository.adopt(tip, position, old=tip, shared=shared[0], shared_position=shared[1])
    return repository


def _empty_clone(staging: Path) -> GitDirectory:
    from git import Repo

    from soptui.records.clone.config import configure

    Repo.init(staging, initial_branch="main").close()
    directory = GitDirectory.at(staging / ".git")
    configure(directory)
    return directory


def _examined(
    directory: GitDirectory, staging: Path, target: Path, address: str, tip: CommitId
) -> Candidate:
    history = History(directory)
    with ObjectReader(directory) as reader:
        try:
            genesis = history.first_commit(tip)
            signed = read_signed(reader, genesis)
        except (Found, GitFailed, ValueError) as error:
            raise _not_records(error) from None
        root = TrustRoot(genesis, signed.key.fingerprint)
        report = verify(history, reader, root, new=tip, now=seconds_now())
        if not report.ok:
            raise NotJoined(
                Message(
                    "The records fail verification ({code}), so they were not joined. Tell the "
                    "administrator.",
                    code=report.errors[0].code,
                ),
                report.errors,
            )
        shelf = Shelf(reader)
        first = shelf.snapshot(signed.commit.tree).registry
        owned = first.owner_of(signed.key.text)
        tree = read_commit(reader, tip).tree
        registry = shelf.snapshot(tree).registry
    if owned is None:
        raise _not_records(None)
    _refuse_older(history, root, target, tip)
    return Candidate(
        staging=staging,
        target=target,
        address=address,
        root=root,
        report=report,
        office=first.office.name,
        founder=owned[0],
        registry=registry,
    )


def _refuse_older(history: History, root: TrustRoot, target: Path, tip: CommitId) -> None:
    """Raises `NotJoined` when a clone at `target` is remembered that had more from the hub.

    What was not shared went with that clone; what the hub held does not go back.
    """
    known = load_trust(target)
    if known is None or known.root != root or not known.shared:
        return
    if not history.is_on_main_line(known.shared, tip):
        raise NotJoined(
            Message(
                "These records do not go on from those that were in {path} before (rollback): the "
                "hub, or the file, is older or was rewritten. Nothing was changed. Tell the "
                "administrator before you join them in another folder.",
                path=str(target),
            ),
            (Found("rollback").at(tip),),
        )


def _not_records(error: Exception | None) -> NotJoined:
    code = error.code if isinstance(error, Found) else "root"
    return NotJoined(
        Message(
            "These are not records of soptui ({code}). Nothing was changed. Check the address or "
            "the file.",
            code=code,
        )
    )
