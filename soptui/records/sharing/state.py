"""What a clone remembers of its syncs: when the hub answered, what it held, what was wrong.

Also which events of its officers took no effect, until they have looked at them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from soptui.domain.ids import NO_COMMIT, CaseId, CommitId, EventId, OfficerId
from soptui.domain.replace import replace
from soptui.records.clone.repository import Repository
from soptui.records.git.process import is_full_id
from soptui.records.git.refs import TRACKING, read_ref
from soptui.records.platform.private_files import state_path, write_private
from soptui.records.sharing.result import Result

_WITHOUT_EFFECT = ".without-effect"


class Contact(Struct, frozen=True):
    """When the hub last answered, and why and since when it does not; empty while it does.

    `hub` is the newest commit that it was seen to hold, verified or not, and `went_back` when it
    was found to have gone back, until a sync ends well. Times are ISO 8601 with an offset.
    """

    answered: str = ""
    offline_since: str = ""
    offline: str = ""
    hub: CommitId = NO_COMMIT
    went_back: str = ""

    def after(self, result: Result, now: datetime) -> Contact:
        """The contact after a sync."""
        moment = now.isoformat(timespec="seconds")
        if result.offline:
            since = self.offline_since or moment
            hub = result.hub or self.hub
            return replace(self, offline=result.offline, offline_since=since, hub=hub)
        went_back = self.went_back or (moment if result.hub_went_back else "")
        return Contact(moment, hub=result.hub, went_back="" if result.ok else went_back)

    def lacks(self, repository: Repository) -> bool:
        """Whether the hub, which went back, still lacks what it was known to hold."""
        if not self.went_back:
            return False
        shared = repository.trust.shared
        return not (self.hub and repository.history.is_ancestor(shared, self.hub))

    def held(self, repository: Repository) -> CommitId:
        """The newest commit that the hub is known to hold; empty where none is known."""
        return self.hub if self.lacks(repository) else repository.trust.shared

    def ahead(self, repository: Repository) -> int:
        """How many commits the hub lacks, as far as the clone knows."""
        return repository.history.distance(self.held(repository), repository.head())

    def lacked(
        self, repository: Repository, commits: Sequence[CommitId]
    ) -> frozenset[CommitId] | None:
        """Those of the commits that the hub lacks, as far as the clone knows; None if unknown."""
        return repository.history.lacked(self.held(repository), commits)

    def behind(self, repository: Repository) -> int | None:
        """How many commits the clone lacks; None while it was never told what the hub holds."""
        seen = (self.hub, read_ref(repository.directory, TRACKING))
        head = repository.head()
        return max((repository.history.distance(head, one) for one in seen if one), default=None)


def load_contact(clone: Path) -> Contact:
    """What is remembered of the clone at this path."""
    try:
        fields = json.loads(state_path(clone, ".sync").read_text(encoding="utf-8"))
        told = {name: str(value) for name, value in fields.items()}
        hub = told.pop("hub", "")
        return Contact(**told, hub=CommitId(hub) if is_full_id(hub) else NO_COMMIT)
    except (OSError, ValueError, TypeError, AttributeError):
        return Contact()


def save_contact(clone: Path, contact: Contact) -> None:
    """Remember it. Raises `OSError`."""
    write_private(state_path(clone, ".sync"), json.dumps(asdict(contact)).encode())


EventsByCase = dict[CaseId, tuple[EventId, ...]]
"""The ids of events, by the case's id."""


def load_without_effect(clone: Path, officer: OfficerId) -> EventsByCase:
    """What an officer signed in the clone at this path without effect, and has not seen yet."""
    cases = _without_effect_of_all(clone).get(officer, {})
    return {CaseId(case): tuple(map(EventId, events)) for case, events in cases.items()}


def save_without_effect(clone: Path, officer: OfficerId, events: EventsByCase) -> None:
    """Remember it. Raises `OSError`."""
    fields = _without_effect_of_all(clone)
    fields[officer] = {case: list(ids) for case, ids in events.items()}
    write_private(state_path(clone, _WITHOUT_EFFECT), json.dumps(fields).encode())


def _without_effect_of_all(clone: Path) -> dict[str, dict[str, list[str]]]:
    try:
        fields = json.loads(state_path(clone, _WITHOUT_EFFECT).read_text(encoding="utf-8"))
        return {
            str(officer): {
                str(case): [str(event) for event in events] for case, events in cases.items()
            }
            for officer, cases in fields.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
