"""What a clone remembers of its syncs: when the hub answered, what it held, what was wrong.

Also which events of its officers took no effect, until they have looked at them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from soptui.domain.ids import NO_COMMIT, CaseId, CommitId, EventId, OfficerId
from soptui.domain.replace import replace
from soptui.records.clone.repository import Repository
from soptui.records.git.process import is_full_id
from soptui.records.git.refs import TRACKING, read_ref
from soptui.records.platform.private_files import load_kept, save_kept, state_path
from soptui.records.sharing.result import Result

_CONTACT, _WITHOUT_EFFECT = ".sync", ".without-effect"


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


def load_contact(repository: Repository) -> Contact:
    """What is remembered of a clone. Raises `Untrusted`."""
    fields = load_kept(state_path(repository.root, _CONTACT), repository.trust.genesis)
    try:
        told = {name: str(value) for name, value in fields.items()}
        hub = told.pop("hub", "")
        return Contact(**told, hub=CommitId(hub) if is_full_id(hub) else NO_COMMIT)
    except (TypeError, AttributeError):
        return Contact()


def save_contact(repository: Repository, contact: Contact) -> None:
    """Remember it. Raises `OSError`."""
    path = state_path(repository.root, _CONTACT)
    save_kept(path, asdict(contact), repository.trust.genesis)


EventsByCase = dict[CaseId, tuple[EventId, ...]]
"""The ids of events, by the case's id."""


def load_without_effect(repository: Repository, officer: OfficerId) -> EventsByCase:
    """What an officer signed in a clone without effect, and has not seen yet."""
    cases = _without_effect_of_all(repository).get(officer, {})
    return {CaseId(case): tuple(map(EventId, events)) for case, events in cases.items()}


def save_without_effect(repository: Repository, officer: OfficerId, events: EventsByCase) -> None:
    """Remember it. Raises `OSError`."""
    fields = _without_effect_of_all(repository)
    fields[officer] = {case: list(ids) for case, ids in events.items()}
    path = state_path(repository.root, _WITHOUT_EFFECT)
    save_kept(path, fields, repository.trust.genesis)


def _without_effect_of_all(repository: Repository) -> dict[str, dict[str, list[str]]]:
    path = state_path(repository.root, _WITHOUT_EFFECT)
    fields = load_kept(path, repository.trust.genesis)
    try:
        return {
            str(officer): {
                str(case): [str(event) for event in events] for case, events in cases.items()
            }
            for officer, cases in fields.items()
        }
    except (TypeError, AttributeError):
        return {}
