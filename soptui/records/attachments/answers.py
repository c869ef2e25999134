"""What a reader in the worker answers: the text of a file, or a code that says why it has none."""

from __future__ import annotations

import json
from collections.abc import Iterable

MAXIMUM_CHARACTERS = 100_000
"""How much of a text is shown, in characters: some forty pages."""


class Unreadable(Exception):
    """A file whose text cannot be shown; `code` is one of `NO_TEXT`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def answer(lines: Iterable[str]) -> bytes:
    """What the worker writes: the beginning of the text, or the code of what `lines` raises."""
    text = ""
    try:
        for one in lines:
            text += f"{one}\n"
            if len(text) > MAXIMUM_CHARACTERS:
                break
    except Unreadable as fault:
        return json.dumps([fault.code, ""]).encode()
    return json.dumps(["", text[: MAXIMUM_CHARACTERS + 1]]).encode()
