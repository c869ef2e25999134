"""What a clone trusts, kept outside its records: the pinned first commit and the verified tip.

One private file a clone, in the user's state folder (XDG), found by the clone's real path. A
record that came in by any way is shown only after it was verified from the tip remembered here.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from soptui.domain.findings import Report, TrustRoot
from soptui.domain.ids import NO_COMMIT, CommitId, Fingerprint
from soptui.domain.replace import replace
from soptui.records.git.process import is_full_id
from soptui.records.platform.private_files import state_path, write_private
from soptui.records.verify.version import VERSION


class Trust(Struct, frozen=True):
    """The pinned root of a clone, and how far its main line was verified and by which rules.

    `shared` is the highest verified commit that the hub is known to hold, `shared_position` its
    place on the main line. What lies between it and `tip` is the clone's own and may still be
    joined to others' work in another order; what lies before it never changes.
    `remembered` is the newest tip that was ever found good here. It is another one than `tip` only
    where the rules have changed since, and binds all the same.
    """

    genesis: CommitId
    signer: Fingerprint
    tip: CommitId = NO_COMMIT
    position: int = 0
    verifier: int = VERSION
    shared: CommitId = NO_COMMIT
    shared_position: int = 0
    remembered: CommitId = NO_COMMIT

    @property
    def root(self) -> TrustRoot:
        """The root for the verifier."""
        return TrustRoot(self.genesis, self.signer)

    def after(self, report: Report, *, goes_on: bool = True) -> Trust:
        """This trust with the tip to which a report found the history good.

        `goes_on`: that tip continues the remembered one; else only `tip` becomes an earlier one.
        """
        return replace(
            self,
            tip=report.good,
            position=report.position,
            verifier=VERSION,
            remembered=report.good if goes_on else self.remembered,
        )

    def at(self, tip: CommitId, position: int, shared: CommitId, shared_position: int) -> Trust:
        """This trust with a verified tip, and with what of it the hub is known to hold."""
        return replace(
            self,
            tip=tip,
            position=position,
            verifier=VERSION,
            shared=shared,
            shared_position=shared_position,
            remembered=tip,
        )


def load_trust(clone: Path) -> Trust | None:
    """What is trusted of the clone at this path; None when nothing was pinned, or the file is bad.

    A tip that another version of the rules accepted is not trusted: it is verified again, and
    stays remembered.
    """
    try:
        fields = json.loads(_trust_path(clone).read_text(encoding="ascii"))
        known = {name: fields[name] for name in Trust.__struct_fields__ if name in fields}
        trust = Trust(**known)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not _is_sound(trust):
        return None
    return trust if trust.verifier == VERSION else replace(trust, tip=NO_COMMIT, position=0)


def _is_sound(trust: Trust) -> bool:
    commits = (trust.tip, trust.shared, trust.remembered)
    texts = (trust.genesis, trust.signer, *commits)
    counts = (trust.position, trust.verifier, trust.shared_position)
    return (
        all(type(text) is str for text in texts)
        and all(type(count) is int and count >= 0 for count in counts)
        and is_full_id(trust.genesis)
        and all(not commit or is_full_id(commit) for commit in commits)
    )


def save_trust(clone: Path, trust: Trust) -> None:
    """Remember what is trusted of the clone at this path. Raises `OSError`."""
    fields = asdict(trust) | {"path": str(clone)}
    write_private(_trust_path(clone), json.dumps(fields).encode("ascii"))


def change_trust(clone: Path, change: Callable[[Trust], Trust], known: Trust) -> Trust:
    """Remember what `change` makes of what is trusted now, and return it. Raises `OSError`.

    Processes that do so at once wait for each other, so that none undoes what another learned;
    `known` is used where nothing was remembered yet.
    """
    path = _trust_path(clone)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        trust = change(load_trust(clone) or known)
        save_trust(clone, trust)
    return trust


def _trust_path(clone: Path) -> Path:
    return state_path(clone, ".json")
