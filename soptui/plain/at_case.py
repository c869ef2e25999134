"""One case: what it is, what can be done with it, its files and its history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from soptui.desk.actions.table import ACTIONS
from soptui.desk.desk import Desk
from soptui.desk.files import save_as
from soptui.desk.forms.drafts import waiting_drafts
from soptui.desk.sharing.without_effect import mark_seen, not_seen, sentences_for
from soptui.desk.views import CaseView, Opening
from soptui.desk.words import terms
from soptui.desk.words.acts import info_at
from soptui.desk.words.moments import kept_ago
from soptui.desk.words.who_can import sentence_of, why_closed
from soptui.domain.attachment_text import NoText
from soptui.domain.events import Action
from soptui.domain.file_name import proper_name
from soptui.domain.ids import CaseId
from soptui.domain.message import N_, Refusal
from soptui.domain.sop import Step
from soptui.locale import _, translate
from soptui.plain.acting import perform
from soptui.plain.case_words import brief, details, file_sentence, history
from soptui.plain.questions import BACK, HELP
from soptui.plain.voice import Voice

_ENDING = (Action.CANCEL, Action.REOPEN, Action.MIGRATE)
"""Acts that are named last: nobody should meet them by chance."""
_EVERY = [info.action for info in ACTIONS]
_BETWEEN_CELLS = " | "


class _Reading(Struct, frozen=True):
    """Something to read of a case: its key, its name, and what tells it."""

    key: str
    label: str
    tell: Callable[[CaseView], None]


class AtCase:
    """What is said and done at one case."""

    def __init__(
        self, voice: Voice, desk: Desk, case_id: CaseId, signed: Callable[[], None]
    ) -> None:
        """`signed` is called after each act that was recorded."""
        self._voice = voice
        self._desk = desk
        self._case_id = case_id
        self._signed = signed
        self._readings = (
            _Reading("v", N_("Read attachments"), self._read_files),
            _Reading("w", N_("Save as"), self._save_file),
            _Reading("r", N_("Details"), self._tell_details),
            _Reading("y", N_("History"), self._tell_history),
        )

    def stay(self) -> bool:
        """Until one goes back; whether anything was recorded. Raises `Refusal` and `Cut`."""
        has_recorded = False
        while True:
            view = self._desk.view(self._case_id)
            self._tell(view)
            acts = self._open_acts(view)
            self._name(acts, view.case.step, view.acts_of_step)
            recorded = self._answer(view, acts)
            if recorded is None:
                return has_recorded
            has_recorded = has_recorded or recorded

    # --- what is said ---------------------------------------------------------------------------

    def _tell(self, view: CaseView) -> None:
        for line in brief(self._desk, view):
            self._voice.say(line)
        unseen = not_seen(self._desk).get(self._case_id, ())
        for message in sentences_for(self._desk, {self._case_id: unseen} if unseen else {}):
            self._voice.say(translate(message))
        if unseen:
            mark_seen(self._desk, self._case_id, unseen)
        for action, saved in waiting_drafts(self._desk, self._case_id):
            age = kept_ago(saved, self._desk.now())
            label = _(info_at(action, view.case.step).label)
            self._voice.say(_("There is a draft of {act}, kept {age}.", act=label, age=age))

    def _open_acts(self, view: CaseView) -> list[Action]:
        """What is open: first what the case waits for, last what ends it."""
        usual = view.acts_of_step
        table = [info.action for info in ACTIONS]
        found = [one.action for one in view.openings if one.closed_to(receive_first=True) is None]
        return sorted(
            found,
            key=lambda one: (
                one in _ENDING,
                usual.index(one) if one in usual else len(usual),
                table.index(one),
            ),
        )

    def _name(
        self, acts: list[Action], step: Step, among: tuple[Action, ...] | None = None
    ) -> None:
        """Name the acts with their numbers; only those `among` some, where these are given."""
        for number, action in enumerate(acts, 1):
            if among is None or action in among:
                self._voice.say(f"{number}. {_(info_at(action, step).label)}.")

    # --- what is answered -----------------------------------------------------------------------

    def _answer(self, view: CaseView, acts: list[Action]) -> bool | None:
        """Do what is answered: whether anything was recorded, None to go back."""
        question = _("Number of the act, v reads attachments, r details, ? all, q back:")
        while True:
            answer = self._voice.ask(question)
            reading = self._reading_named(answer)
            if answer in ("", HELP):
                self._name_all(acts, view.case.step)
            elif answer in ("q", BACK):
                return None
            elif reading is not None:
                self._told(reading, view)
            elif (action := _act_named(answer, acts, view.case.step)) is not None:
                return self._do(action, view)
            elif not answer.isdecimal() and (closed := _act_named(answer, _EVERY, view.case.step)):
                self._tell_why_not(view, view.opening(closed))
            else:
                self._voice.say(_("{text} is none of them. ? names them all.", text=answer))

    def _name_all(self, acts: list[Action], step: Step) -> None:
        self._name(acts, step)
        for reading in self._readings:
            self._voice.say(f"{reading.key}. {_(reading.label)}.")
        self._voice.say(f"q. {_('Back')}.")

    def _reading_named(self, answer: str) -> _Reading | None:
        return next((one for one in self._readings if one.key == answer), None)

    def _do(self, action: Action, view: CaseView) -> bool:
        try:
            is_recorded = perform(self._voice, self._desk, action, view)
        except Refusal as refusal:
            desk = self._desk
            self._voice.say(sentence_of(refusal, desk.registry, desk.now().date(), desk.sops()))
            return False
        if is_recorded:
            self._signed()
        return is_recorded

    def _told(self, reading: _Reading, view: CaseView) -> None:
        try:
            reading.tell(view)
        except Refusal as refusal:
            self._voice.say(translate(refusal.message))
        except KeyboardInterrupt:
            self._voice.say("")

    # --- what there is to read ------------------------------------------------------------------

    def _tell_details(self, view: CaseView) -> None:
        for line in details(self._desk, view):
            self._voice.say(line)
        for opening in view.openings:
            if opening.action in view.acts_of_step and opening.closed_to(receive_first=True):
                self._tell_why_not(view, opening)

    def _tell_why_not(self, view: CaseView, opening: Opening) -> None:
        """Say why an act is not open, and who could."""
        desk = self._desk
        if opening.closed is not None:
            why = why_closed(opening.closed, desk.registry, desk.now().date(), desk.sops())
            self._voice.say(f"{_(info_at(opening.action, view.case.step).label)}: {why}")

    def _tell_history(self, view: CaseView) -> None:
        for line in history(self._desk, view.case):
            self._voice.say(line)

    def _read_files(self, view: CaseView) -> None:
        place = self._choose_file(view)
        if place is None:
            return
        file = view.attachments[place][0]
        self._voice.say(file_sentence(file))
        try:
            found = self._voice.wait(lambda _cancelled: self._desk.attachment_text(file.sha256))
        except NoText as none:
            self._voice.say(translate(none.message))
            return
        for line in found.text.splitlines():
            if line.strip():
                # What stands in columns is heard cell by cell.
                cells = (" ".join(cell.split()) for cell in line.split(_BETWEEN_CELLS))
                self._voice.say("; ".join(cell for cell in cells if cell))
        if not found.is_whole:
            self._voice.say(_(terms.LEFT_OUT))
        self._voice.say(_("End of {name}.", name=file.name))

    def _save_file(self, view: CaseView) -> None:
        place = self._choose_file(view)
        if place is None:
            return
        file = view.attachments[place][0]
        proposed = proper_name(file.name)
        path = self._voice.ask(_("Save as. Proposed: {name}:", name=proposed)) or proposed
        if path == BACK:
            return
        saved = save_as(self._desk.attachment(file.sha256), Path(path), file.name)
        self._voice.say(_("Saved: {path}.", path=str(saved)))

    def _choose_file(self, view: CaseView) -> int | None:
        """The place of one of the case's files, the newest first; None when none was chosen."""
        files = [file for file, _entry in view.attachments]
        if not files:
            self._voice.say(_("No files are attached to this case."))
            return None
        if len(files) == 1:
            return 0
        for number, file in enumerate(reversed(files), 1):
            self._voice.say(f"{number}. {file_sentence(file)}")
        answer = self._voice.ask(_("Number of the file, empty for the newest:")) or "1"
        if answer.isdecimal() and 0 < int(answer) <= len(files):
            return len(files) - int(answer)
        self._voice.say(_("{text} is none of them. ? names them all.", text=answer))
        return None


def _act_named(answer: str, acts: list[Action], step: Step) -> Action | None:
    """The act that has this number, this key, or a name that begins so and no other's does."""
    if answer.isdecimal():
        return acts[int(answer) - 1] if 0 < int(answer) <= len(acts) else None
    for action in acts:
        if answer == info_at(action, step).key:
            return action
    wanted = answer.casefold()
    found = [one for one in acts if _(info_at(one, step).label).casefold().startswith(wanted)]
    return found[0] if len(found) == 1 else None
