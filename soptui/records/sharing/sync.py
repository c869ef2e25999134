"""Sync: bring a clone and the hub to one history, in which nothing that anyone signed is lost.

1. Fetch what the hub has, to a private ref, and verify it from what it was known to hold. A hub
   that went back or was rewritten is refused, and told.
2. If the hub's line goes on from one's own, follow it. If one's own goes on from the hub's, push
   it. Otherwise sign a union merge whose first parent is the hub's, and push that.
3. When somebody else was faster, drop one's own merge and begin again.
4. Only then does the main line move, by compare-and-swap; a crash at any instant leaves the old
   state or the new one, and the next run makes up for the rest.

Works the same for what came on a flash disk (`join_lines`), only without a push.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from soptui.domain.ids import CommitId
from soptui.records.clone.lost import forget_suspicion, has_lost_objects, is_loss_suspected
from soptui.records.clone.repository import Repository
from soptui.records.clone.signatory import Signatory
from soptui.records.git.objects import ObjectFault
from soptui.records.git.process import GitFailed
from soptui.records.sharing.remote import Remote
from soptui.records.sharing.repair import fetch_lost_objects
from soptui.records.sharing.result import Busy, Choices, DamagedClone, Result
from soptui.records.sharing.scratch import remove_left_behind
from soptui.records.sharing.sync_run import SyncRun


def synchronise(
    repository: Repository,
    signatory: Signatory,
    remote: Remote,
    *,
    choices: Choices | None = None,
    cancelled: threading.Event | None = None,
) -> Result:
    """Bring clone and hub to one history.

    What the clone has lost of its objects is fetched anew where the hub has it.
    Raises `Busy`, `Cancelled`, `DamagedClone`, and what signing raises; nothing was changed then.
    """
    until = cancelled or threading.Event()

    def run() -> Result:
        return SyncRun(repository, signatory, choices or Choices()).with_hub(remote, until)

    with sync_lock(repository):
        with suppress(ObjectFault, DamagedClone), _damage_as_fault():
            result = run()
            if not _tells_of_damage(result) and (result.offline or not _lacks_objects(repository)):
                return result
        fetch_lost_objects(repository.directory, remote)
        forget_suspicion(repository.root)
        repository.close()
        try:
            with _damage_as_fault():
                result = run()
        except ObjectFault as fault:
            raise DamagedClone(f"{fault.oid[:12]}: {fault.code}") from None
        if _tells_of_damage(result):
            raise DamagedClone(result.findings[0].code)
        return result


@contextmanager
def _damage_as_fault() -> Iterator[None]:
    """What Git says of lost objects, as `DamagedClone`."""
    try:
        yield
    except GitFailed as failed:
        if not failed.tells_of_damage:
            raise
        raise DamagedClone(failed.last_words) from None


def _lacks_objects(repository: Repository) -> bool:
    """Whether an object that somebody has missed is lost, and not only asked for in vain."""
    if not is_loss_suspected(repository.root):
        return False
    if has_lost_objects(repository.directory, repository.head()):
        return True
    forget_suspicion(repository.root)
    return False


def _tells_of_damage(result: Result) -> bool:
    """Whether objects of one's own side are lost."""
    return result.own_refused and any(one.code == "object" for one in result.findings)


def join_lines(
    repository: Repository,
    signatory: Signatory,
    incoming: CommitId,
    *,
    choices: Choices | None = None,
) -> Result:
    """Join the commit `incoming`, whose objects are here but not verified, to the main line.

    Raises `Busy` and what signing raises; nothing was changed then.
    """
    with sync_lock(repository):
        return SyncRun(repository, signatory, choices or Choices()).with_line(incoming)


@contextmanager
def sync_lock(repository: Repository) -> Iterator[None]:
    """One sync of a clone at a time; a killed one holds no lock. Raises `Busy`."""
    folder = repository.directory.own_folder
    folder.mkdir(exist_ok=True)
    with (folder / "sync.lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        remove_left_behind(repository.directory)
        yield
