"""An act from its first question to its receipt.

Every act goes through here: its form says what is asked. What was answered is kept as a draft
after each question, so that a line that is cut loses nothing; nothing is signed before it was told
in full and a `y` was typed to that very question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from soptui.desk.actions.table import ActionInfo
from soptui.desk.clock import clock_fault
from soptui.desk.desk import Desk
from soptui.desk.files import DoubtfulFile, take_in
from soptui.desk.forms.drafts import DraftFile, drafts_of, new_draft, newest_first
from soptui.desk.forms.duplicate_letter import duplicate_notice, registered_before
from soptui.desk.forms.filling import Filled, field_at_fault, fill
from soptui.desk.forms.form_for import form_for
from soptui.desk.forms.sheet import Sheet
from soptui.desk.refusals import FieldFault, NotOpen
from soptui.desk.views import CaseView
from soptui.desk.words.acts import info_at
from soptui.desk.words.moments import kept_ago
from soptui.desk.words.names import officer_line
from soptui.desk.words.who_can import sentence_of
from soptui.domain.events import Action
from soptui.domain.message import Refusal
from soptui.domain.replace import replace
from soptui.domain.system_fault import reason_of
from soptui.locale import _, translate
from soptui.plain.case_words import file_sentence
from soptui.plain.questions import BACK, HELP, LEAVE, Back, Leave, ask_field
from soptui.plain.target import OneCase, Shows, Target
from soptui.plain.voice import Cut, Voice

YES = ("y", "ya", "yes")
"""What signs, typed to the question whether to."""

_MOST_OF_A_DRAFT = 3


def perform(voice: Voice, desk: Desk, action: Action, view: CaseView | None) -> bool:
    """Ask what an act asks, tell what would be signed, and sign it when that is answered with yes.

    Without a case a letter is registered. Whether anything was recorded; that nothing was is said.
    Raises `NotOpen` where the gate is closed, and `Cut`.
    """
    opening = view.opening(action) if view else None
    closed = opening.closed_to(receive_first=True) if opening else desk.closed_to_register()
    if closed is not None:
        raise NotOpen(closed)
    receive_first = opening is not None and opening.needs_receipt
    case = view.case if view else None
    return perform_at(voice, OneCase(desk, action, case, receive_first=receive_first))


def perform_at(voice: Voice, target: Target) -> bool:
    """The same of a target that the gate has let pass."""
    talk = _Act(voice, target)
    try:
        return talk.perform()
    except Leave:
        talk.tell_left()
    except KeyboardInterrupt:
        voice.say("")
        talk.tell_left()
    except Cut:
        talk.tell_left()
        raise
    return False


class _Act:
    """One act being filled in."""

    def __init__(self, voice: Voice, target: Target) -> None:
        self._voice = voice
        self._target = target
        self._desk = target.desk
        self._form = form_for(target.desk, target.action, target.first)
        self._sheet = Sheet(target.desk, self._form)
        self._names = [field.name for field in self._form.fields]
        self._doubted: set[Path] = set()
        self._draft: DraftFile = new_draft(target.desk, self._form, target.draft_name)
        self._is_kept = False

    @property
    def _info(self) -> ActionInfo:
        first = self._target.first
        return info_at(self._form.action, first.step if first else None)

    def perform(self) -> bool:
        """Go through the questions, and sign. Raises `Leave` and `Cut`."""
        info = self._info
        self._voice.say(f"{_(info.label)}. {_(info.help)}")
        self._take_draft()
        self._fill()
        return self._sign()

    def tell_left(self) -> None:
        """Say that nothing was signed, and whether what was answered is kept."""
        kept = _("What you answered is kept as a draft.") if self._is_kept else ""
        self._voice.say(f"{_('Nothing was signed.')} {kept}".rstrip())

    # --- the draft ----------------------------------------------------------------------------

    def _take_draft(self) -> None:
        """Offer the draft that was kept last."""
        for file, saved in newest_first(drafts_of(self._desk, self._form, self._target.draft_name))[
            :1
        ]:
            draft = file.load()
            if draft is None:
                continue
            age = kept_ago(saved, self._desk.now())
            self._voice.say(_("There is a draft, kept {age}.", age=age))
            before = dict(self._sheet.values)
            self._sheet.fill_with(draft.values)
            changed = [name for name in self._names if self._sheet.values[name] != before[name]]
            for name in changed[:_MOST_OF_A_DRAFT]:
                self._voice.say(self._told(name))
            question = _("Go on with it? Empty: yes. n: an empty form. x: throw it away:")
            answer = self._voice.ask(question).casefold()
            if answer in ("n", "x"):
                self._sheet.fill_with({})
            if answer == "x":
                file.delete()
            elif answer != "n":
                self._draft, self._is_kept = file, True

    def _keep(self) -> None:
        if not self._sheet.has_input:
            return
        try:
            self._is_kept = self._draft.save(self._sheet.values)
        except OSError as error:
            reason = translate(reason_of(error))
            self._voice.say(_("The draft could not be kept ({reason}).", reason=reason))

    # --- the questions ------------------------------------------------------------------------

    def _fill(self, first: int = 0) -> None:
        """Ask field by field from the place `first` on. Raises `Leave` and `Cut`."""
        place = first
        while place < len(self._names):
            try:
                self._ask(self._names[place])
            except Back:
                if place == 0:
                    raise Leave from None
                place -= 1
            else:
                place += 1

    def _ask(self, name: str) -> None:
        """Ask for one field until its answer is right. Raises `Back`, `Leave` and `Cut`."""
        sheet = self._sheet
        while True:
            before = dict(sheet.values)

            def keep(value: Sequence[str] | str) -> None:
                sheet.values[name] = value if isinstance(value, str) else tuple(value)
                self._keep()

            value = ask_field(self._voice, sheet, name, keep)
            sheet.put(name, value)
            sheet.leave(name)
            fault = sheet.fault(name)
            if fault is None:
                break
            self._voice.say(translate(fault))
            sheet.values.update(before)
        note, _tone = sheet.note(name)
        if note:
            self._voice.say(note)
        self._keep()

    # --- signing ------------------------------------------------------------------------------

    def _sign(self) -> bool:
        """Tell what would be signed and ask; whether it was, which it is not when refused."""
        while True:
            try:
                filled = self._filled()
                shown = self._target.preview(filled)
            except FieldFault as fault:
                self._voice.say(translate(fault.message))
                self._ask_again(fault.field)
                continue
            except Refusal as refusal:
                if not self._mended(refusal):
                    return False
                continue
            for line in self._all_told(filled):
                self._voice.say(line)
            if self._is_agreed(shown):
                is_recorded, is_over = self._record(filled, shown)
                if is_over:
                    return is_recorded

    def _filled(self) -> Filled:
        filled = fill(self._desk, self._form, self._sheet.values)
        files = (replace(file, as_is=file.path in self._doubted) for file in filled.files)
        return replace(filled, files=tuple(files))

    def _all_told(self, filled: Filled) -> Iterator[str]:
        """Everything that is signed, as sentences: the act, each answer by its number, files."""
        desk = self._desk
        yield from self._target.told(filled)
        yield _("As {officer}.", officer=officer_line(desk.officer, desk.posts()))
        for number, name in enumerate(self._names, 1):
            if self._sheet.values[name]:
                yield f"{number}. {self._told(name)}"
        for file in take_in(filled.files, desk.office.attachment_limit):
            yield f"{_('Goes along')}: {file_sentence(file)}"
        row = registered_before(desk, filled.details, self._target.first)
        if row is not None:
            yield translate(duplicate_notice(row))
        fault = clock_fault(desk)
        if fault is not None:
            yield translate(fault)

    def _told(self, name: str) -> str:
        return f"{_(self._sheet.field(name).label)}: {self._sheet.words_of(name)}"

    def _is_agreed(self, shown: Shows) -> bool:
        """Whether yes was typed; else what was asked for instead is done. Raises as `_fill`."""
        question = _(
            "Sign, yes? y signs, a number changes that answer, ? tells the exact lines, {back} "
            "goes back, {leave} leaves:",
            back=BACK, leave=LEAVE,
        )  # fmt: skip
        while True:
            answer = self._voice.ask_now(question).casefold()
            if answer in YES:
                return True
            if answer == LEAVE or (answer == BACK and not self._names):
                raise Leave
            if answer == BACK:
                self._fill(len(self._names) - 1)
                return False
            if answer.isdecimal() and 0 < int(answer) <= len(self._names):
                self._ask_again(self._names[int(answer) - 1])
                return False
            if answer == HELP:
                for lines in shown.values():
                    self._voice.say(lines.lines.decode("utf-8").strip("\n"))

    def _ask_again(self, name: str) -> None:
        try:
            self._ask(name)
        except Back:
            return

    def _record(self, filled: Filled, shown: Shows) -> tuple[bool, bool]:
        """Sign and record: whether anything was recorded, and whether that is all."""
        self._voice.say(_("Signing ... Ctrl+C stops it."))
        target = self._target
        try:
            said = self._voice.wait(lambda cancelled: target.record(filled, shown, cancelled))
        except DoubtfulFile as doubt:
            question = _("{doubt} Attach it all the same? y, or empty:",
                         doubt=translate(doubt.message))  # fmt: skip
            if self._voice.ask_now(question).casefold() in YES:
                self._doubted.add(doubt.file.path)
                return self._record(self._filled(), shown)
            return False, False
        except Refusal as refusal:
            return False, not self._mended(refusal)
        self._forget_draft()
        for line in said:
            self._voice.say(line)
        return True, True

    def _mended(self, refusal: Refusal) -> bool:
        """Say why it was refused; whether a field by which it can be mended was asked again."""
        desk = self._desk
        self._target.catch_up()
        self._voice.say(sentence_of(refusal, desk.registry, desk.now().date(), desk.sops()))
        name = field_at_fault(self._form, refusal)
        if name:
            self._ask_again(name)
            return True
        self.tell_left()
        return False

    def _forget_draft(self) -> None:
        try:
            self._draft.delete()
        except OSError as error:
            reason = translate(reason_of(error))
            self._voice.say(_("The draft could not be thrown away ({reason}).", reason=reason))
