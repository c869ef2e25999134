"""The texts of attached files that were read a while ago, so that looking again costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from soptui.domain.attachment_text import AttachmentText, NoText
from soptui.locale import language

_MOST_CHARACTERS = 2_000_000

_Key = tuple[str, str]
"""A file's digest, and the language in which what is said beside its cells was said."""


class AttachmentTexts:
    """Texts by the digest of the file, the last ones that were asked for. Threads may share it.

    That a file has no text is kept as well: to find that out may take as long.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[_Key, AttachmentText | NoText] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def of(self, sha256: str, read: Callable[[], AttachmentText]) -> AttachmentText:
        """The text of a file, which `read` reads where it is not known. Raises as `read` does."""
        found = self.known(sha256)
        if found is None:
            found = self._read(read)
            self._keep((sha256, language()), found)
        if isinstance(found, NoText):
            raise NoText(found.code)
        return found

    def known(self, sha256: str) -> AttachmentText | NoText | None:
        """The text of a file, or that it has none, where it is known; None where it is not."""
        key = (sha256, language())
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
        return found

    @staticmethod
    def _read(read: Callable[[], AttachmentText]) -> AttachmentText | NoText:
        try:
            return read()
        except NoText as none:
            return none

    def _keep(self, key: _Key, found: AttachmentText | NoText) -> None:
        with self._lock:
            self._characters += _length(found) - _length(self._known.pop(key, None))
            self._known[key] = found
            while self._characters > _MOST_CHARACTERS and len(self._known) > 1:
                _oldest, dropped = self._known.popitem(last=False)
                self._characters -= _length(dropped)


def _length(found: AttachmentText | NoText | None) -> int:
    return len(found.text) if isinstance(found, AttachmentText) else 0
