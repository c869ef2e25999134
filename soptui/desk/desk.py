"""The desk of one officer: what waits, what is open, and acting on it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from soptui.desk.files import take_in, take_in_sure
from soptui.desk.keys import signer_of
from soptui.desk.new_case import empty_case
from soptui.desk.reading import ReadingDesk
from soptui.desk.refusals import (
    READ_ONLY,
    NotOpen,
    does_not_fit,
    no_case,
    not_written,
    receipt_stands,
    refuse_if_overtaken,
    too_busy,
)
from soptui.desk.views import FileToAttach, Shown
from soptui.domain.actions.register import sop_withdrawn
from soptui.domain.authority import authority
from soptui.domain.case import Case, Closed
from soptui.domain.events import (
    Attachment,
    Details,
    Event,
    Letter,
    Receive,
    Register,
    Submit,
)
from soptui.domain.fold import apply
from soptui.domain.gate import judge
from soptui.domain.ids import ANY_SOP, NO_CASE, NO_EVENT, NO_UNIT, CaseId, CommitId, EventId, SopId
from soptui.domain.message import Message, Refusal
from soptui.domain.receipt import Receipt
from soptui.domain.sop import Sop
from soptui.records.clone.signatory import Sign
from soptui.records.files import case as case_file
from soptui.records.files.codec import CodecFault, block_id
from soptui.records.git.refs import RefMoved

if TYPE_CHECKING:
    pass

ATTEMPTS = 8
"""How often an addition is tried when other processes keep moving the main line."""

Contents = Mapping[Attachment, bytes]


class Desk(ReadingDesk):
    """One officer at one clone, looking and acting. Each act is one signed commit."""

    # --- acting --------------------------------------------------------------------------------

    def act(
        self,
        case_id: CaseId,
        details: Details,
        *,
        files: Sequence[FileToAttach] = (),
        seen: EventId = NO_EVENT,
        receive_first: bool = False,
        shown: Shown | None = None,
        cancelled: threading.Event | None = None,
    ) -> Receipt:
        """Record an action in a case, signed.

        `seen` is the last event the officer was shown: when something that matters happened
        since, the action is refused so that they look again. `receive_first` takes the case in
        hand, as an event of its own, when only that is missing and the action will then be open.
        `shown` is the action's preview: its very lines are signed while case and details still
        make them and it holds; otherwise the action is one of now.
        Raises `NotOpen` when the gate refuses, `DoubtfulFile` for a file that may not be the one
        meant, and `Refusal` for anything else; nothing was recorded then, or the receipt alone,
        and the sentence says so.
        """
        with self._acting:
            contents = take_in_sure(files, self.office.attachment_limit)
            if not (receive_first and self._must_receive(case_id, details)):
                return self._record(case_id, details, contents, seen, shown, cancelled)
            self._blocks_with_receipt(self.case(case_id), details, tuple(contents), self.now())
            received = self._record(case_id, Receive(), {}, seen, shown, cancelled)
            try:
                return self._record(case_id, details, contents, received.event, shown, cancelled)
            except Refusal as refusal:
                refusal.message = receipt_stands(refusal.message, received.commit)
                raise

    def register(
        self,
        letter: Letter,
        *,
        sop_id: SopId = ANY_SOP,
        files: Sequence[FileToAttach] = (),
        shown: Shown | None = None,
        cancelled: threading.Event | None = None,
    ) -> Receipt:
        """Register a letter as a new case under the newest version of an SOP.

        Without `sop_id` under the only SOP there is. `shown` is its preview, signed as `act`
        does, under the id that it gave the case. Raises as `act` does.
        """
        with self._acting:
            contents = take_in_sure(files, self.office.attachment_limit)
            sop = self._sop(sop_id)
            for _ in range(ATTEMPTS):
                parent, snapshot = self.repository.sound()
                wish = shown.case if shown else NO_CASE
                case = empty_case(snapshot, sop, self.now().year, wish)
                event = self._event_as_shown(case, Register(letter), tuple(contents), shown)
                try:
                    return self._sign_and_add(parent, case, event, contents, cancelled)
                except RefMoved:
                    continue
            raise too_busy()

    def preview(
        self,
        case_id: CaseId,
        details: Details,
        *,
        files: Sequence[FileToAttach] = (),
        receive_first: bool = False,
    ) -> Shown:
        """The exact lines that `act` would append now. Raises as `act`, but doubts no file."""
        attachments = tuple(take_in(files, self.office.attachment_limit))
        case, now = self.case(case_id), self.now()
        blocks: tuple[bytes, ...]
        if receive_first and self._must_receive(case_id, details):
            blocks = self._blocks_with_receipt(case, details, attachments, now)
        else:
            blocks = (_lines_of(self._event(case, details, attachments, now)),)
        return Shown(case_id, now, blocks)

    def preview_registration(
        self, letter: Letter, *, sop_id: SopId = ANY_SOP, files: Sequence[FileToAttach] = ()
    ) -> Shown:
        """The file of the case that `register` would open now, under the id that it can have.

        Raises as `register` does, but doubts no file.
        """
        attachments = tuple(take_in(files, self.office.attachment_limit))
        now = self.now()
        case = empty_case(self._snapshot(), self._sop(sop_id), now.year)
        block = _lines_of(self._event(case, Register(letter), attachments, now))
        return Shown(case.id, now, (block,), case_file.encode_header(case.header))

    # --- how an action is recorded --------------------------------------------------------------

    def _must_receive(self, case_id: CaseId, details: Details) -> bool:
        return self.opening(self.case(case_id), details.action).needs_receipt

    def _blocks_with_receipt(
        self, case: Case, details: Details, attachments: tuple[Attachment, ...], at: datetime
    ) -> tuple[bytes, bytes]:
        """The blocks of the receipt and of the act after it. Raises `NotOpen` when either is."""
        receipt = self._event(case, Receive(), (), at)
        first = _lines_of(receipt)
        received = apply(case, block_id(first), receipt, self._snapshot().sops)
        return first, _lines_of(self._event(received, details, attachments, at))

    def _record(
        self,
        case_id: CaseId,
        details: Details,
        contents: Contents,
        seen: EventId,
        shown: Shown | None,
        cancelled: threading.Event | None,
    ) -> Receipt:
        for _ in range(ATTEMPTS):
            parent, snapshot = self.repository.sound()
            file = snapshot.case_file(case_id)
            if file is None:
                raise no_case(case_id)
            event = self._event_as_shown(file.case, details, tuple(contents), shown)
            refuse_if_overtaken(file.case, event, seen)
            try:
                return self._sign_and_add(parent, file.case, event, contents, cancelled)
            except RefMoved:
                continue
        raise too_busy()

    def _event_as_shown(
        self,
        case: Case,
        details: Details,
        attachments: tuple[Attachment, ...],
        shown: Shown | None,
    ) -> Event:
        """The event that was shown, where it is still the same; else one of now.

        Raises `NotOpen`.
        """
        if shown is not None and shown.holds(self.now()):
            event = self._event(case, details, attachments, shown.at)
            if _lines_of(event) in shown.blocks:
                return event
        return self._event(case, details, attachments, self.now())

    def _event(
        self, case: Case, details: Details, attachments: tuple[Attachment, ...], at: datetime
    ) -> Event:
        """The event as it would be recorded, found open by the gate. Raises `NotOpen`."""
        opening = self.opening(case, details.action)
        if opening.closed is not None:
            raise NotOpen(opening.closed)
        role = opening.role
        unit = details.unit if isinstance(details, Submit) else NO_UNIT
        post = self.officer.post_for(role, at.date(), unit=unit)
        if post is None:
            raise NotOpen(
                Closed("post-not-held", Message("You do not hold that post."), roles=(role,))
            )
        visit = case.visit
        event = Event(
            step=visit.step if visit else 0,
            round=visit.round if visit else 1,
            by=self.officer_id,
            role=role,
            capacity=post.capacity,
            at=at,
            after=case.last_id,
            details=details,
            attachments=attachments,
        )
        closed = judge(case, event) or authority(self.registry, case, event)
        if closed is not None:
            raise NotOpen(closed)
        return event

    def _sign_and_add(
        self,
        parent: CommitId,
        case: Case,
        event: Event,
        contents: Contents,
        cancelled: threading.Event | None,
    ) -> Receipt:
        blobs = {file.sha256: content for file, content in contents.items()}
        try:
            sign = self.signing(cancelled)
            return self.repository.add_event(parent, case.header, event, blobs, self.officer, sign)
        except CodecFault as fault:
            raise does_not_fit(fault) from None
        except OSError as error:
            raise not_written(error) from None

    def signing(self, cancelled: threading.Event | None = None) -> Sign:
        """What signs as this officer. Raises `Refusal` when no registered key is at hand."""
        if self.read_only:
            raise NotOpen(READ_ONLY)
        signer = signer_of(self.officer, self.key, cancelled=cancelled)
        return lambda payload: signer.sign(payload, cancelled=cancelled)

    # --- small things -----------------------------------------------------------------------------

    def _sop(self, sop_id: SopId) -> Sop:
        known = {sop.id: sop for sop in self.sops_in_force()}
        chosen = sop_id or (next(iter(known)) if len(known) == 1 else ANY_SOP)
        sop = known.get(chosen)
        for other in self.sops() if sop is None else ():
            closed = sop_withdrawn(self.office, other)
            if closed is not None and (other.id == sop_id or not (sop_id or known)):
                raise NotOpen(closed)
        if sop is None:
            raise Refusal(
                Message(
                    "Name the SOP under which the letter is handled. Nothing was recorded. Known: "
                    "{names}.",
                    names=", ".join(known),
                )
            )
        return sop


def _lines_of(event: Event) -> bytes:
    try:
        return case_file.encode_event(event)
    except CodecFault as fault:
        raise does_not_fit(fault) from None
