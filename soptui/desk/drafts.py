"""What was typed into forms and not signed yet, kept so that no crash or lost line takes it.

One private file for each clone, officer, case and action, in the user's state folder. It is
replaced in one piece; a damaged one counts as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soptui.desk.desk import Desk
from soptui.desk.fields import Field, Form, Value
from soptui.domain.events import Action
from soptui.records.private_files import state_folder, write_private

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Draft:
    """The values of a form as typed, by field name, and when they were kept."""

    values: Mapping[str, Value]
    saved: datetime


class DraftFile:
    """Where the draft of one form is kept. `case` is empty where a letter is registered."""

    def __init__(self, desk: Desk, form: Form, case: str = "") -> None:
        self._desk = desk
        self._form = form
        self._names = (
            desk.repository.trust.genesis, desk.officer_id, case, form.action.value,
        )  # fmt: skip

    @property
    def path(self) -> Path:
        """The file, whether it is there or not."""
        name = hashlib.sha256("\0".join(self._names).encode()).hexdigest()[:32]
        return state_folder() / "drafts" / f"{name}.json"

    def load(self) -> Draft | None:
        """What was kept; None when there is nothing, or it is damaged or of another form.

        Choices that the form no longer offers are left out.
        """
        whole = self._read()
        if whole is None:
            return None
        typed, saved = whole
        values = {
            field.name: value
            for field in self._form.fields
            if (value := _usable(field, typed.get(field.name))) is not None
        }
        return Draft(values, saved) if values else None

    def saved(self) -> datetime | None:
        """When it was kept; None when there is nothing, or it is damaged or of another form."""
        whole = self._read()
        return whole[1] if whole else None

    def _read(self) -> tuple[dict[str, object], datetime] | None:
        try:
            with self.path.open("rb") as file:
                kept = json.loads(file.read(_LARGEST))
            if kept["form"] != list(self._names):
                return None
            saved, typed = datetime.fromisoformat(kept["saved"]), dict(kept["values"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return (typed, saved) if saved.tzinfo is not None else None

    def save(self, values: Mapping[str, Value]) -> bool:
        """Keep the values, unless nothing is in them that the form did not begin with.

        So an empty form never takes the place of a full one. Returns whether they were kept.
        Raises `OSError`.
        """
        if not has_input(self._form, values):
            return False
        kept = {
            "form": self._names,
            "saved": self._desk.now().isoformat(),
            "values": {name: value for name, value in values.items() if value},
        }
        write_private(self.path, json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
        return True

    def delete(self) -> None:
        """Forget what was kept, once it is signed or thrown away. Raises `OSError`."""
        self.path.unlink(missing_ok=True)


def waiting_drafts(desk: Desk, case: str) -> tuple[tuple[Action, datetime], ...]:
    """The acts in a case of which this officer left a draft, with when it was kept, newest first.

    A damaged draft counts as none; choices that are no longer offered are not looked at.
    """
    found = []
    for action in Action:
        file = DraftFile(desk, Form(action, ()), case)
        saved = file.saved()
        if saved is not None:
            found.append((action, saved))
    return tuple(sorted(found, key=lambda one: one[1], reverse=True))


def has_input(form: Form, values: Mapping[str, Value]) -> bool:
    """Whether the values hold anything that the form did not begin with."""
    return any(
        value and value != field.default
        for field in form.fields
        if (value := values.get(field.name, ""))
    )


def _usable(field: Field, kept: object) -> Value | None:
    """A kept value as the field's kind has it and its choices allow it; None when neither."""
    if isinstance(kept, str):
        known = not field.choices or any(choice.value == kept for choice in field.choices)
        return kept if kept and known else None
    if not isinstance(kept, list):
        return None
    values = tuple(one for one in kept if isinstance(one, str))
    if field.choices:
        offered = {choice.value for choice in field.choices}
        values = tuple(one for one in values if one in offered)
    return values or None
