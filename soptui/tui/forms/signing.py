"""The part of a form that works in threads: previewing what would be signed, and signing it."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from textual.screen import Screen
from textual.worker import Worker

from soptui.desk import Desk
from soptui.desk.actions.fields import Form, Value
from soptui.desk.clock import clock_fault
from soptui.desk.files import DoubtfulFile, take_in
from soptui.desk.forms.filling import Filled, fill
from soptui.desk.refusals import NotOpen
from soptui.desk.several import with_own_receipt
from soptui.desk.views import Shown
from soptui.desk.words.terms import FILE_KIND
from soptui.desk.words.who_can import who_can_sentence
from soptui.domain.case import Case
from soptui.domain.events import Attachment, Register
from soptui.domain.ids import CaseId
from soptui.domain.message import Message, Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.domain.text import safe
from soptui.locale import _, translate
from soptui.tui.forms.preview import told_of
from soptui.tui.forms.refresh import Found, found_now
from soptui.tui.frame.abstract import AbstractMeta
from soptui.tui.frame.face import Face, face_of
from soptui.tui.frame.signature import Signature
from soptui.tui.frame.threads import Threads
from soptui.tui.keys.keymap import printed_key
from soptui.tui.text.lines import BLANK, Line, Span, line, wrap
from soptui.tui.text.phrases import size_of
from soptui.tui.widgets.alarm import show_alarm


class Part(Struct, frozen=True):
    """What would be appended to one case, or the reason why nothing would.

    `title` names the case where there are several; `told` says in plain sentences what is signed.
    """

    shown: Shown | None = None
    title: str = ""
    told: str = ""
    reason: Message | None = None


class _Previewed(Struct, frozen=True):
    """What was shown before signing: of which values, as what they were read, and by case."""

    values: Mapping[str, Value]
    filled: Filled
    shown: Mapping[CaseId, Shown]

    def holds(self, values: Mapping[str, Value], now: datetime) -> bool:
        """Whether these values can be signed as they were shown."""
        return values == self.values and all(one.holds(now) for one in self.shown.values())


class SigningScreen(Screen[Receipt | None], metaclass=AbstractMeta):
    """A screen with a form to sign. What is typed outlives whatever goes wrong."""

    def __init__(self, desk: Desk, form: Form, case: Case | None, *, receive_first: bool) -> None:
        super().__init__()
        self.desk = desk
        self.form = form
        self.case = case
        self.receive_first = receive_first
        self.receipt_stands = False
        """Whether the case was received here, and the act itself came to nothing so far."""
        self.signature = Signature(self)
        self.threads = Threads(self, refused=self.refused, failed=self._failed)
        self._previewed: _Previewed | None = None
        self._doubted: set[Path] = set()
        """Files of which it was asked whether they are meant: they are empty, or misnamed."""

    @property
    def face(self) -> Face:
        """The app, as its screens see it."""
        return face_of(self)

    def read_clock(self) -> None:
        """Hold the clock, whose time will be signed, against the records; say what is wrong."""
        self.threads.run("clock", lambda: clock_fault(self.desk), partial(show_alarm, self))

    # --- what the screen says --------------------------------------------------------------------

    @abstractmethod
    def say(self, text: str, tone: str = "plain") -> None:
        """A sentence at the foot."""

    @abstractmethod
    def refused(self, refusal: Refusal) -> None:
        """It was not recorded: say why."""

    @abstractmethod
    def signed(self, receipt: Receipt) -> None:
        """It is recorded."""

    @abstractmethod
    def show_preview(self, parts: Sequence[Part], files: Sequence[Attachment]) -> None:
        """Show the lines that would be appended, and the files that would go along."""

    @abstractmethod
    async def take_found(self, found: Found) -> None:
        """Show the form and its cases as they are now."""

    @property
    def is_signing(self) -> bool:
        """Whether a signature is being made."""
        return self.signature.is_awaited

    # --- signing ---------------------------------------------------------------------------------

    def begin_signing(self, values: dict[str, Value]) -> None:
        """Sign these values, in a thread."""
        cancelled = self.signature.begin()
        self.threads.run(
            "sign", lambda: self._sign(values, cancelled), self.signed, when_back=self.end_signing
        )

    def end_signing(self) -> None:
        """The thread is back."""
        self.signature.end()

    def _sign(self, values: dict[str, Value], cancelled: threading.Event) -> Receipt:
        filled, shown = self._filled(values)
        filled = self._with_doubts_answered(filled)
        try:
            return self.record(filled, shown, cancelled)
        except DoubtfulFile as doubt:
            self._doubted.add(doubt.file.path)
            doubt.message = Message(
                "{doubt} {key} again attaches it all the same.",
                doubt=doubt.message, key=printed_key(self, "form-sign"),
            )  # fmt: skip
            raise
        except Refusal:
            self.catch_up()
            raise

    def _with_doubts_answered(self, filled: Filled) -> Filled:
        """Files that were asked about before go along as they are: this is the answer."""
        files = (replace(file, as_is=file.path in self._doubted) for file in filled.files)
        return replace(filled, files=tuple(files))

    def _filled(self, values: dict[str, Value]) -> tuple[Filled, Mapping[CaseId, Shown]]:
        """What the values make of the form; as it was shown, and what was, while that holds."""
        before = self._previewed
        if before is not None and before.holds(values, self.desk.now()):
            return before.filled, before.shown
        return fill(self.desk, self.form, values), {}

    def record(
        self, filled: Filled, shown: Mapping[CaseId, Shown], cancelled: threading.Event
    ) -> Receipt:
        """Sign and record; runs in a thread. `shown` are the previews that hold, by case.

        Raises `Refusal` when nothing was recorded.
        """
        if self.case is None and isinstance(filled.details, Register):
            return self.desk.register(
                filled.details.letter,
                sop_id=filled.sop,
                files=filled.files,
                shown=next(iter(shown.values()), None),
                cancelled=cancelled,
            )
        if self.case is None:
            raise ValueError(filled.details)
        return self.desk.act(
            self.case.id,
            filled.details,
            files=filled.files,
            seen=self.case.last_id,
            receive_first=self.receive_first,
            shown=shown.get(self.case.id),
            cancelled=cancelled,
        )

    def catch_up(self) -> None:
        """See one's own receipt, recorded before the act itself came to nothing."""
        if self.case is not None and self.receive_first:
            now = with_own_receipt(self.desk, self.case)
            self.receipt_stands = self.receipt_stands or now.last_id != self.case.last_id
            self.case = now

    # --- preview ---------------------------------------------------------------------------------

    def preview(self, values: dict[str, Value]) -> None:
        """Ask the desk what would be appended, and show it."""
        self.threads.run(
            "preview", lambda: self._preview(values), lambda found: self.show_preview(*found)
        )

    def _preview(self, values: dict[str, Value]) -> tuple[Sequence[Part], Sequence[Attachment]]:
        filled = fill(self.desk, self.form, values)
        parts = self.parts_of(filled)
        shown = {part.shown.case: part.shown for part in parts if part.shown is not None}
        self._previewed = _Previewed(values, filled, shown)
        files = take_in(filled.files, self.desk.office.attachment_limit)
        return parts, tuple(files)

    def parts_of(self, filled: Filled) -> tuple[Part, ...]:
        """What would be appended; runs in a thread."""
        shown = self._shown_of(filled)
        told = told_of(
            self.desk, filled, self.case, self.case_number(), receive_first=self.receive_first
        )
        return (Part(shown, told=told),)

    def case_number(self) -> str:
        """How people name the case: by its number in the mail register, else by its id."""
        return self.case.id if self.case else ""

    def _shown_of(self, filled: Filled) -> Shown:
        if self.case is None and isinstance(filled.details, Register):
            letter = filled.details.letter
            return self.desk.preview_registration(letter, sop_id=filled.sop, files=filled.files)
        if self.case is None:
            raise ValueError(filled.details)
        return self.desk.preview(
            self.case.id, filled.details, files=filled.files, receive_first=self.receive_first
        )

    # --- looking again ----------------------------------------------------------------------------

    def look_again(self) -> None:
        """Ask the desk for the form and its cases as they are now."""
        self.threads.run("look", self.found_now, self.take_found)

    def found_now(self) -> Found:
        """What is there now; runs in a thread."""
        return found_now(self.desk, self.form.action, self.case)

    # --- what threads may end in ------------------------------------------------------------------

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread has ended: nothing that is typed goes, however it did."""
        await self.threads.ended(event)

    def _failed(self, notice: str) -> None:
        kept = _("What you typed is kept; look at the case before you sign again.")
        self.say(f"{notice} {kept}", "bad")

    def sentence_of(self, refusal: Refusal) -> str:
        """What a refusal says and, when the gate refused, who could act."""
        told, who, desk = translate(refusal.message), "", self.desk
        if isinstance(refusal, NotOpen):
            who = who_can_sentence(refusal.closed, desk.registry, desk.now().date(), desk.sops())
        return f"{told} {who}".rstrip()


def preview_lines(parts: Sequence[Part], files: Sequence[Attachment], width: int) -> list[Line]:
    """What will be signed: of every part in plain words and its exact lines, then the files."""
    made: list[Line] = []
    for part in parts:
        if part.title:
            made += [*([BLANK] if made else []), *wrap(part.title, width, "bold")]
        if part.reason is not None:
            made += wrap(_("Not signed: {reason}", reason=part.reason), width, "warn")
        if part.shown is None:
            continue
        if part.told:
            made += [*wrap(part.told, width), BLANK]
        for one in safe(part.shown.lines.decode("utf-8")).strip("\n").split("\n"):
            made += wrap(one, width, "head" if one.startswith("[") else "plain", indent="    ")
    made.append(BLANK)
    if not files:
        return [*made, line(Span(_("No files go along."), "dim"))]
    made.append(line(Span(_("Files that go along:"), "head")))
    for file in files:
        made.append(
            line(
                f"+ {file.name}", Span(f"  {_(FILE_KIND[file.kind])}, {size_of(file.size)}", "dim")
            )
        )
        made += wrap(f"  sha256 {file.sha256}", width, "dim", indent="    ")
    return made
