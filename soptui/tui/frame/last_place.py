"""Remembers, for each desk, where its officer left soptui, and opens there at the next start."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict

from soptui.desk.settings.state_files import load_state, save_state
from soptui.domain.ids import NO_CASE, CaseId, OfficerId
from soptui.domain.replace import replace

_MOST_FILTERS = 20
_SHORTEST_FILTER = 2
_TOURED = "toured.json"


class Remembered(Struct, frozen=True):
    """The place, the case that was open there, the colours, the language, habits, and filters.

    `filters` are the words last looked for, one filter a line, the newest first. `pane_size` and
    `shows_pane` are of what stands beside the lists.
    """

    place: str = "tray"
    case: CaseId = NO_CASE
    theme: str = ""
    language: str = ""
    opens_next_case: bool = False
    filters: str = ""
    shows_pane: bool = True
    pane_size: int = 1


def _name(genesis: str, officer: OfficerId) -> str:
    return f"screen-{genesis[:16]}-{officer}.json"


def remembered(genesis: str, officer: OfficerId) -> Remembered:
    """What was kept for an officer at these records, or what a first start begins with."""
    first, found = Remembered(), load_state(_name(genesis, officer), genesis, officer)
    if not isinstance(found, dict):
        return first
    known = {
        name: found[name]
        for name in first.__struct_fields__
        if isinstance(found.get(name), type(getattr(first, name)))
    }
    return replace(first, **known)


def with_filter(filters: Sequence[str], text: str) -> tuple[str, ...]:
    """The filters with one more, the newest first; each once, and no more than can be gone through.

    A text of blanks, or of fewer than two letters, is none.
    """
    kept = " ".join(text.split())
    if len(kept) < _SHORTEST_FILTER:
        return tuple(filters)
    return (kept, *(one for one in filters if one != kept))[:_MOST_FILTERS]


def remember(genesis: str, officer: OfficerId, state: Remembered) -> None:
    """Keep the state for the next start; it costs too little to be noticed by who is working."""
    save_state(_name(genesis, officer), asdict(state), genesis, officer)


def was_toured() -> bool:
    """Whether this account has seen the tour, or left it."""
    return load_state(_TOURED) is True


def remember_tour() -> None:
    """Do not offer it again. A state folder that cannot be written only means that it comes up."""
    save_state(_TOURED, True)
