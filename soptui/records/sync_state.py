"""What a clone remembers of its syncs: when the hub last answered, and since when it does not."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from soptui.records.private_files import state_path, write_private
from soptui.records.sync_result import Result


@dataclass(frozen=True, slots=True)
class Contact:
    """When the hub last answered, and why and since when it does not; empty while it does.

    Times are ISO 8601 with an offset.
    """

    answered: str = ""
    offline_since: str = ""
    offline: str = ""

    def after(self, result: Result, now: datetime) -> Contact:
        """The contact after a sync."""
        moment = now.isoformat(timespec="seconds")
        if result.offline:
            return replace(self, offline=result.offline, offline_since=self.offline_since or moment)
        return Contact(answered=moment)


def load_contact(clone: Path) -> Contact:
    """What is remembered of the clone at this path."""
    try:
        fields = json.loads(state_path(clone, ".sync").read_text(encoding="utf-8"))
        return Contact(**{name: str(value) for name, value in fields.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return Contact()


def save_contact(clone: Path, contact: Contact) -> None:
    """Remember it. Raises `OSError`."""
    write_private(state_path(clone, ".sync"), json.dumps(asdict(contact)).encode())
