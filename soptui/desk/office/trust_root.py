"""What is on the office's paper, and whether records are the ones that it speaks of.

The trust root is the first commit and the key that signed it, both. The key alone does not tell
records apart that the same person began, to try soptui out, or that a thief of the key began later.
"""

from __future__ import annotations

import re

from msgspec import Struct

from soptui.domain.findings import TrustRoot
from soptui.domain.ids import CommitId, Fingerprint
from soptui.domain.message import Message, Misread, Refusal

ENOUGH = 20
"""How many characters of each are enough to type.

Of the first commit these are 80 bits, which whoever has stolen the first key would have to meet
with another first commit: 2^80 signatures. Of the fingerprint they are 120 bits, which anybody else
would have to meet with a key of their own.
"""

_ALGORITHM = "SHA256:"
_GROUP = 5
_COMMIT = re.compile(rf"[0-9a-f]{{{ENOUGH},40}}")
_FINGERPRINT = re.compile(rf"[0-9A-Za-z+/]{{{ENOUGH},43}}")


class Paper(Struct, frozen=True):
    """The trust root as it was typed from paper: of each part at least the first characters."""

    commit: str
    fingerprint: str

    @classmethod
    def typed(cls, commit: str, fingerprint: str) -> Paper:
        """What somebody typed, in groups or without. Raises `Misread` when it is too little."""
        first = "".join(commit.split()).lower()
        key = "".join(fingerprint.split()).removeprefix(_ALGORITHM).rstrip("=")
        if not _COMMIT.fullmatch(first):
            raise Misread(
                Message(
                    "{text} is no first commit as the paper has it: at least the first {count} of "
                    "its digits and letters a to f. Nothing was changed. Type it again.",
                    text=commit.strip() or "-",
                    count=ENOUGH,
                )
            )
        if not _FINGERPRINT.fullmatch(key):
            raise Misread(
                Message(
                    "{text} is no fingerprint as the paper has it: at least the first {count} "
                    "characters after SHA256:, large and small letters told apart. Nothing was "
                    "changed. Type it again.",
                    text=fingerprint.strip() or "-",
                    count=ENOUGH,
                )
            )
        return cls(first, key)

    def compare(self, found: TrustRoot) -> None:
        """Raises `Refusal` unless `found` is the trust root on paper."""
        if not _bare(found.signer).startswith(self.fingerprint):
            raise Refusal(
                Message(
                    "These records were begun with another key: its fingerprint is {found}. "
                    "Nothing was changed. Do not use them before you have asked the administrator.",
                    found=found.signer,
                )
            )
        if not found.genesis.startswith(self.commit):
            raise Refusal(
                Message(
                    "These records were begun with the right key, but they are others: their first "
                    "commit is {found}. The office may have tried soptui out in them, or somebody "
                    "has stolen the key. Nothing was changed. Do not use them before you have "
                    "asked the administrator.",
                    found=found.genesis,
                )
            )


def short_form(root: TrustRoot) -> tuple[str, str]:
    """As much of the first commit and of the fingerprint as is enough to type, in groups."""
    return _grouped(root.genesis), _grouped(_bare(root.signer))


def whole_root(commit: str, fingerprint: str) -> TrustRoot:
    """The trust root that somebody gives in full, where nothing is at hand to compare it with.

    Raises `Misread` when it is not whole.
    """
    paper = Paper.typed(commit, fingerprint)
    if (len(paper.commit), len(paper.fingerprint)) != (40, 43):
        raise Misread(
            Message(
                "There are no records here to compare with, so both are needed whole: 40 digits "
                "of the first commit, 43 characters of the fingerprint. Nothing was made. soptui "
                "trust show prints them."
            )
        )
    return TrustRoot(CommitId(paper.commit), Fingerprint(_ALGORITHM + paper.fingerprint))


def _bare(fingerprint: Fingerprint) -> str:
    return fingerprint.removeprefix(_ALGORITHM)


def _grouped(text: str) -> str:
    return " ".join(text[start : start + _GROUP] for start in range(0, ENOUGH, _GROUP))
