"""Keys that came in the place of lost ones: each officer is told of each once.

Nothing but an administrator's word brought such a key in, so whoever works with its owner should
hear of it; what was told is kept in the account's own folder.
"""

from __future__ import annotations

from contextlib import suppress

from soptui.desk.keys import fingerprint_of
from soptui.desk.reading import ReadingDesk
from soptui.domain.message import Message
from soptui.records.platform.private_files import load_kept, save_kept, state_path

_TOLD = ".lost-keys"


def tell_lost_keys(desk: ReadingDesk) -> tuple[Message, ...]:
    """One sentence for each such key that the officer has not been told of; now they are.

    Raises what reading the records does.
    """
    found = [
        (officer, key)
        for _, officer in sorted(desk.registry.officers.items())
        for key in officer.keys
        if key.lost
    ]
    if not found or desk.officer_id not in desk.registry.officers:
        return ()
    told = _told_of_all(desk)
    known = set(told.get(desk.officer_id, ()))
    new = [(officer, key) for officer, key in found if key.public not in known]
    if new:
        told[desk.officer_id] = sorted(known | {key.public for _, key in new})
        # Who cannot write there is told again the next time, which does no harm.
        with suppress(OSError):
            save_kept(state_path(desk.repository.root, _TOLD), told, desk.genesis)
    return tuple(
        Message(
            "{name} ({id}) has had a new key since {day}, in the place of a lost one: "
            "{fingerprint}. Nothing but an administrator's word speaks for it. If {name} knows "
            "nothing of it, tell the administrator at once.",
            name=officer.name,
            id=officer.id,
            day=key.added.date(),
            fingerprint=fingerprint_of(key.public),
        )
        for officer, key in new
    )


def _told_of_all(desk: ReadingDesk) -> dict[str, list[str]]:
    fields = load_kept(state_path(desk.repository.root, _TOLD), desk.genesis)
    try:
        return {str(officer): [str(key) for key in keys] for officer, keys in fields.items()}
    except (TypeError, AttributeError):
        return {}
