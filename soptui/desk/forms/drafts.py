"""What was typed into forms and not signed yet, kept so that no crash or lost line takes it.

Private files in the user's state folder, of one clone, officer, case and action each; a form may
have several, so that another letter can be begun before the first is done. A file is replaced in
one piece; a damaged one counts as none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import count
from pathlib import Path

from msgspec import Struct

from soptui.desk.actions.fields import Field, Form, Value
from soptui.desk.actions.table import info_of
from soptui.desk.desk import Desk
from soptui.domain.events import Action
from soptui.records.platform.private_files import state_folder, write_private

_LARGEST = 1 << 20


class Draft(Struct, frozen=True):
    """The values of a form as typed, by field name, and when they were kept."""

    values: Mapping[str, Value]
    saved: datetime


class DraftFile:
    """Where a draft of one form is kept. `case` is empty where a letter is registered.

    Drafts of the same form have a `place` each, counted from 0.
    """

    def __init__(self, desk: Desk, form: Form, case: str = "", place: int = 0) -> None:
        self.place = place
        self._desk = desk
        self._form = form
        self._names = (
            desk.repository.trust.genesis, desk.officer_id, case, form.action.value,
        )  # fmt: skip

    @property
    def path(self) -> Path:
        """The file, whether it is there or not."""
        name = hashlib.sha256("\0".join(self._names).encode()).hexdigest()[:32]
        place = f"-{self.place}" if self.place else ""
        return state_folder() / "drafts" / f"{name}{place}.json"

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

        So an empty form never takes the place of a full one; and a draft in which nothing changed
        stays as old as it is. Returns whether they are kept. Raises `OSError`.
        """
        if not has_input(self._form, values):
            return False
        filled = {
            name: value if isinstance(value, str) else list(value)
            for name, value in values.items()
            if value
        }
        whole = self._read()
        if whole is not None and whole[0] == filled:
            return True
        kept = {"form": self._names, "saved": self._desk.now().isoformat(), "values": filled}
        write_private(self.path, json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
        return True

    def delete(self) -> None:
        """Forget what was kept, once it is signed or thrown away. Raises `OSError`."""
        self.path.unlink(missing_ok=True)


def drafts_of(desk: Desk, form: Form, case: str = "") -> tuple[DraftFile, ...]:
    """The drafts of a form that are kept, by their places."""
    first = DraftFile(desk, form, case).path
    name = re.compile(rf"{first.stem}(?:-([1-9][0-9]*))?\.json", re.ASCII)
    try:
        found = [name.fullmatch(path.name) for path in first.parent.iterdir()]
    except OSError:
        return ()
    places = sorted(int(match[1] or 0) for match in found if match)
    files = (DraftFile(desk, form, case, place) for place in places)
    return tuple(file for file in files if file.saved() is not None)


def newest_first(files: Iterable[DraftFile]) -> tuple[tuple[DraftFile, datetime], ...]:
    """Those of the files that hold a draft, each with when it was kept."""
    kept = [(file, saved) for file in files if (saved := file.saved()) is not None]
    return tuple(sorted(kept, key=lambda one: (one[1], one[0].place), reverse=True))


def new_draft(desk: Desk, form: Form, case: str = "") -> DraftFile:
    """Where one more draft of a form can be kept."""
    files = (DraftFile(desk, form, case, place) for place in count())
    return next(file for file in files if file.saved() is None)


def waiting_drafts(desk: Desk, case: str) -> tuple[tuple[Action, datetime], ...]:
    """The acts in a case of which this officer left a draft, with when it was kept, newest first.

    A damaged draft counts as none; choices that are no longer offered are not looked at.
    """
    found = []
    for action in Action:
        kept = newest_first(drafts_of(desk, Form(action, ()), case))
        found += [(action, saved) for _file, saved in kept[:1]]
    return tuple(sorted(found, key=lambda one: one[1], reverse=True))


class KeptDraft(Struct, frozen=True):
    """That a draft is kept: of which act, in which case (none for a letter), and since when."""

    action: Action
    case: str
    saved: datetime


def kept_drafts(desk: Desk) -> tuple[KeptDraft, ...]:
    """Every draft that this officer left in these records, the newest first; damaged ones count
    as none. One of several cases together names them all, with blanks between.
    """
    try:
        paths = tuple(state_folder().joinpath("drafts").glob("*.json"))
    except OSError:
        return ()
    found = (_draft_at(path, desk) for path in paths)
    return tuple(sorted((one for one in found if one), key=lambda one: one.saved, reverse=True))


def _draft_at(path: Path, desk: Desk) -> KeptDraft | None:
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(_LARGEST))
        genesis, officer, case, action = kept["form"]
        saved = datetime.fromisoformat(kept["saved"])
        found = KeptDraft(Action(action), str(case), saved)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    is_own = (genesis, officer) == (desk.repository.trust.genesis, desk.officer_id)
    return found if is_own and saved.tzinfo is not None else None


def letter_drafts(desk: Desk) -> tuple[Draft, ...]:
    """What was typed of letters that are not registered yet, newest first."""
    form = Form(Action.REGISTER, info_of(Action.REGISTER).fields)
    kept = newest_first(drafts_of(desk, form))
    return tuple(draft for file, _saved in kept if (draft := file.load()))


def has_input(form: Form, values: Mapping[str, Value]) -> bool:
    """Whether the values hold anything that the form did not begin with."""
    return any(
        value and value != field.default
        for field in form.fields
        if (value := values.get(field.name, ""))
    )


def _usable(field: Field, kept: object) -> Value | None:
    """A kept value as the field's kind has it and its choices allow it; None when neither."""
    if isinstance(kept, list):
        kept = tuple(one for one in kept if isinstance(one, str))
    return field.still_offered(kept) or None if isinstance(kept, str | tuple) else None
