"""What a terminal sends, made into keys and pastes, whatever it is: no byte ends anything.

Textual's own thread ends, with a traceback over the screen, at the first byte that is no UTF-8, and
its parser at some sequences. Here a byte that is no UTF-8 is left out (a terminal set to Latin-1,
Alt as the eighth bit, a noisy line), a sequence that the parser cannot take is forgotten, and what
a terminal may say of itself but cannot be relied on (its size) is not believed. Pasted text is
taken as it stands between its brackets; Textual's parser makes keys of what follows an Esc in it.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Generator, Iterator

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.message import Message

from soptui.domain.message import N_

_START, _END = "\x1b[200~", "\x1b[201~"
_LONGEST_PASTE = 200_000
"""Characters of one paste that are taken; the longest text of a record has 8,000."""
_PAUSE_SECONDS = 5.0
"""A paste of which nothing more comes for so long has lost its end, and what came is taken."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_NOT_UTF_8 = N_("A character that is no UTF-8 was left out. Set the terminal to UTF-8 to type it.")
_NO_TEXT = N_("Control characters, or more than fits, were left out of the pasted text.")

_SURROGATES = re.compile("[\ud800-\udfff]")


class LeftOut(Message):
    """Something that was typed or pasted is not there; `sentence` is the msgid of why."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class Keyboard:
    """Makes messages of bytes. `events` takes what came; `tick` is called when nothing does."""

    def __init__(self, *, mouse: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        """`mouse` is whether the terminal was asked to tell of its mouse."""
        self._mouse = mouse
        self._clock = clock
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._parser = XTermParser()
        self._held = ""
        """The beginning of a bracket, of which the rest may come."""
        self._after_escape = False
        self._pasted: list[str] | None = None
        """The text of the paste that has begun; None outside one."""
        self._last = clock()
        self._is_garbled = False

    def events(self, data: bytes) -> Iterator[Message]:
        """What these bytes, behind those before them, are."""
        self._last = self._clock()
        text = self._held + self._without_odd_bytes(self._decode(data))
        self._held = ""
        while text:
            if self._pasted is None:
                text = yield from self._typed(text)
            else:
                text = yield from self._more_pasted(text)
        yield from self._told()

    def tick(self) -> Iterator[Message]:
        """What it means that nothing more has come for a moment."""
        if self._pasted is not None:
            if self._clock() - self._last > _PAUSE_SECONDS:
                self._pasted.append(self._held)
                self._held = ""
                yield from self._end_paste()
            return
        held, self._held = self._held, ""
        yield from self._keys(held)
        try:
            ticked = list(self._parser.tick())
        except Exception:  # noqa: BLE001 (whatever the parser meets, the keyboard goes on)
            ticked = self._begin_anew()
        if ticked:
            self._after_escape = False
        yield from filter(self._is_believed, ticked)
        yield from self._told()

    # --- text -----------------------------------------------------------------------------------

    def _without_odd_bytes(self, text: str) -> str:
        kept = _SURROGATES.sub("", text)
        self._is_garbled |= kept != text
        return kept

    def _told(self) -> Iterator[Message]:
        if self._is_garbled:
            self._is_garbled = False
            yield LeftOut(_NOT_UTF_8)

    # --- keys -----------------------------------------------------------------------------------

    def _typed(self, text: str) -> Generator[Message, None, str]:
        """Hand on the keys up to a paste; returns what follows its opening bracket."""
        if self._after_escape and text.startswith(_START[1:]):
            self._begin_anew()
            self._pasted = []
            return text[len(_START) - 1 :]
        before, bracket, after = text.partition(_START)
        if bracket:
            self._pasted = []
        else:
            # A lone Esc is a key, and waits in the parser.
            self._held = _beginning_of(_START, text, least=2)
            before = before[: len(before) - len(self._held)]
        yield from self._keys(before)
        return after

    def _keys(self, text: str) -> Iterator[Message]:
        for character in text:
            try:
                # One by one, so that a sequence that cannot be taken takes nothing along.
                found = list(self._parser.feed(character))
            except Exception:  # noqa: BLE001 (whatever the parser meets, the keyboard goes on)
                found = self._begin_anew()
            yield from filter(self._is_believed, found)
        if text:
            self._after_escape = text.endswith("\x1b")

    def _begin_anew(self) -> list[Message]:
        self._parser = XTermParser()
        self._after_escape = False
        return []

    def _is_believed(self, message: Message) -> bool:
        """Not a size of the window, which the system knows, nor keys that no text can have."""
        match message:
            case events.Resize() | messages.InBandWindowResize():
                return False
            case events.MouseEvent():
                return self._mouse
            case events.Key(character=str(character)):
                return not _SURROGATES.search(character)
        return True

    # --- pastes ---------------------------------------------------------------------------------

    def _more_pasted(self, text: str) -> Generator[Message, None, str]:
        """Keep what belongs to the paste; returns what follows its closing bracket."""
        before, bracket, after = text.partition(_END)
        if not bracket:
            self._held = _beginning_of(_END, text, least=1)
            before = before[: len(before) - len(self._held)]
        if self._pasted is not None and sum(map(len, self._pasted)) <= _LONGEST_PASTE:
            self._pasted.append(before)
        if bracket:
            yield from self._end_paste()
        return after

    def _end_paste(self) -> Iterator[Message]:
        whole = "".join(self._pasted or ())
        self._pasted = None
        lines = _LINE_ENDS.sub("\n", whole[:_LONGEST_PASTE])
        text = _CONTROLS.sub("", lines)
        yield events.Paste(text)
        if len(whole) > _LONGEST_PASTE or text != lines:
            yield LeftOut(_NO_TEXT)


def _beginning_of(bracket: str, text: str, *, least: int) -> str:
    """The end of `text` with which `bracket` may begin, if it has at least so many characters."""
    lengths = range(len(bracket) - 1, least - 1, -1)
    return next((bracket[:one] for one in lengths if text.endswith(bracket[:one])), "")
