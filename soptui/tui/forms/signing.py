"""Previews and signs what is filled in, in threads; what was previewed is signed as shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.files import DoubtfulFile, take_in
from soptui.desk.forms.filling import Filled, fill
from soptui.domain.ids import CaseId
from soptui.domain.message import Message, Refusal
from soptui.domain.replace import replace

if TYPE_CHECKING:
    from soptui.desk.actions.fields import Value
    from soptui.desk.views import Shown
    from soptui.domain.events import Attachment
    from soptui.domain.receipt import Receipt
    from soptui.tui.forms.preview import PreviewPart
    from soptui.tui.forms.target import Target
    from soptui.tui.frame.signature import Signature
    from soptui.tui.frame.threads import Threads


class Preview(Struct, frozen=True):
    """What is shown before signing: of which values, as what they were read, and case by case."""

    values: Mapping[str, Value]
    filled: Filled
    parts: tuple[PreviewPart, ...]
    files: Sequence[Attachment]

    @property
    def shown(self) -> Mapping[CaseId, Shown]:
        """What would be appended, by case."""
        return {part.shown.case: part.shown for part in self.parts if part.shown is not None}

    def holds(self, values: Mapping[str, Value], now: datetime) -> bool:
        """Whether these values can be signed as they were shown."""
        return values == self.values and all(one.holds(now) for one in self.shown.values())


class Signing:
    """Signs the form of a target; what was previewed is signed as it was shown, while it holds."""

    def __init__(self, target: Target, threads: Threads, signature: Signature) -> None:
        self._target = target
        self._threads = threads
        self._signature = signature
        self._preview: Preview | None = None
        self._doubted: set[Path] = set()
        """Files of which it was asked whether they are meant: they are empty, or misnamed."""

    def forget_preview(self) -> None:
        """The form is another: nothing of it was shown yet."""
        self._preview = None

    def preview(self, values: Mapping[str, Value], show: Callable[[Preview], None]) -> None:
        """Ask the desk what would be appended, and `show` it."""
        self._threads.run("preview", lambda: self._previewed(values), show)

    def _previewed(self, values: Mapping[str, Value]) -> Preview:
        target = self._target
        filled = fill(target.desk, target.form, values)
        parts = target.preview(filled)
        files = take_in(filled.files, target.desk.office.attachment_limit)
        self._preview = Preview(values, filled, parts, tuple(files))
        return self._preview

    def sign(
        self,
        values: Mapping[str, Value],
        *,
        sign_key: str,
        check: Callable[[Filled], None],
        signed: Callable[[Receipt], None],
        when_back: Callable[[], None],
    ) -> None:
        """Sign these values and record them, then call `signed`.

        `check` runs in the thread as well, and raises `Refusal` where something is to be asked
        before. `sign_key` is the key that then signs all the same. `when_back` is called before
        all else, however it ends.
        """
        cancelled = self._signature.begin()

        def back() -> None:
            self._signature.end()
            when_back()

        self._threads.run(
            "sign", lambda: self._record(values, sign_key, check, cancelled), signed, when_back=back
        )

    def _record(
        self,
        values: Mapping[str, Value],
        sign_key: str,
        check: Callable[[Filled], None],
        cancelled: threading.Event,
    ) -> Receipt:
        filled, shown = self._filled(values)
        filled = self._with_doubts_answered(filled)
        try:
            check(filled)
            return self._target.record(filled, shown, cancelled)
        except DoubtfulFile as doubt:
            self._doubted.add(doubt.file.path)
            doubt.message = Message(
                "{doubt} {key} again attaches it all the same.", doubt=doubt.message, key=sign_key
            )
            raise
        except Refusal:
            self._target.catch_up()
            raise

    def _with_doubts_answered(self, filled: Filled) -> Filled:
        """Files that were asked about before go along as they are: this is the answer."""
        files = (replace(file, as_is=file.path in self._doubted) for file in filled.files)
        return replace(filled, files=tuple(files))

    def _filled(self, values: Mapping[str, Value]) -> tuple[Filled, Mapping[CaseId, Shown]]:
        """What the values make of the form; as it was shown, and what was, while that holds."""
        before = self._preview
        if before is not None and before.holds(values, self._target.desk.now()):
            return before.filled, before.shown
        return fill(self._target.desk, self._target.form, values), {}
