"""What a clone trusts, kept outside its records: the pinned first commit and the verified tip.

One private file a clone, in the user's state folder (XDG), found by the clone's real path. A
record that came in by any way is shown only after it was verified from the tip remembered here.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from soptui.records.findings import Report, TrustRoot
from soptui.records.verify import VERSION


@dataclass(frozen=True, slots=True)
class Trust:
    """The pinned root of a clone, and how far its main line was verified and by which rules."""

    genesis: str
    signer: str
    tip: str = ""
    position: int = 0
    verifier: int = VERSION

    @property
    def root(self) -> TrustRoot:
        """The root for the verifier."""
        return TrustRoot(self.genesis, self.signer)

    def after(self, report: Report) -> Trust:
        """This trust with the tip to which a report found the history good."""
        return replace(self, tip=report.good, position=report.position, verifier=VERSION)


def state_folder() -> Path:
    """Where soptui keeps what is the user's own: $SOPTUI_STATE, or `soptui` in XDG's state home."""
    named = os.environ.get("SOPTUI_STATE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "soptui"


def load_trust(clone: Path) -> Trust | None:
    """What is trusted of the clone at this path; None when nothing was pinned, or the file is bad.

    A tip that another version of the rules accepted is not trusted: it is verified again.
    """
    try:
        fields = json.loads(_trust_path(clone).read_text(encoding="ascii"))
        trust = Trust(**{name: fields[name] for name in Trust.__dataclass_fields__})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return trust if trust.verifier == VERSION else replace(trust, tip="", position=0)


def save_trust(clone: Path, trust: Trust) -> None:
    """Remember what is trusted of the clone at this path. Raises `OSError`."""
    fields = asdict(trust) | {"path": str(clone)}
    write_private(_trust_path(clone), json.dumps(fields).encode("ascii"))


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only the user may read, whole or not at all. Raises `OSError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _trust_path(clone: Path) -> Path:
    name = hashlib.sha256(os.fsencode(clone.resolve())).hexdigest()[:24]
    return state_folder() / "clones" / f"{name}.json"
