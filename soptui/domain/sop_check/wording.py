"""Whether the words of the rows leave no doubt: who acts, on what, and what comes of it.

These rules read Indonesian as SOPs are written in it; they suspect, they do not prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from soptui.domain.message import Message
from soptui.domain.sop import Role, Sop, Step, StepKind
from soptui.domain.sop_check.defect import Defect, warning

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ACTIVE_VERB = re.compile(r"(?:me|ber)\w{3,}", re.IGNORECASE)
_REPEATED = re.compile(r"\b(\w+)\s+\1\b", re.IGNORECASE)
_UNCLEAR = (
    # A letter or a task is disposed of; "Mendisposisi Penyiapan ..." leaves open which.
    re.compile(r"\bmendisposisi(?:kan)?\s+pe\w+an(?:\s+\w+)?", re.IGNORECASE),
    re.compile(r"\b(?:dll|dsb|dst)\b|\b(?:seperlunya|secukupnya)\b", re.IGNORECASE),
)

# Spellings of one and the same word; the first stands for all.
_SAME_WORDS = (
    ("kasubbag", "kasubag", "kasubbid"),
    ("seksi", "kasi"),
    ("staff", "staf"),
)
_SAME = {word: words[0] for words in _SAME_WORDS for word in words}
_DRAFT_WORDS = {"konsep": "draft", "rancangan": "draft", "draf": "draft"}

_POSITION = re.compile(
    r"\b(kepala(?:\s+\w+)?|kasubb?ag|kasubbid|kasi|kabag|kabid|kadis|sekretaris|sekda|camat|lurah"
    r"|asisten|bendahara|operator|arsiparis|staff?)\b",
    re.IGNORECASE,
)
_UPLOAD = re.compile(r"\b(?:mengunggah|unggah|meng-?upload|upload)\w*", re.IGNORECASE)
_INPUT = re.compile(
    r"\b(?:menginput|meng-input|input|mengentri|entri|memasukkan)\b.*\baplikasi\b", re.IGNORECASE
)


def defects_of(sop: Sop) -> Iterator[Defect]:
    """The defects of the rows' wording, and of what a row takes from the rows before it."""
    for step in sop.steps:
        yield from _activity(step)
        yield from _positions(sop, step)
    yield from _outputs(sop)
    yield from _requirements(sop)
    yield from _unapproved_upload(sop)
    yield from _roles_only_inferred(sop)


def _activity(step: Step) -> Iterator[Defect]:
    first = _WORD.search(step.activity)
    if first is not None and not _ACTIVE_VERB.fullmatch(first[0]):
        yield warning(
            "no-active-verb",
            step.number,
            Message(
                "The activity does not begin with an active verb but with {word}.", word=first[0]
            ),
        )
    repeated = _REPEATED.search(step.activity)
    if repeated is not None:
        yield warning(
            "repeated-word",
            step.number,
            Message("A word stands twice: {words}.", words=repeated[0]),
        )
    for unclear in _UNCLEAR:
        phrase = unclear.search(step.activity)
        if phrase is not None:
            yield warning(
                "unclear-phrase",
                step.number,
                Message("The words {words} are unclear.", words=phrase[0]),
            )


def _positions(sop: Sop, step: Step) -> Iterator[Defect]:
    """Offices that the text names and the SOP does not have."""
    titles = frozenset().union(*(_words(role.title) for role in sop.roles))
    for position in _POSITION.finditer(f"{step.activity} {step.remark}"):
        words = position[1].split()
        # Of "kepala seksi" the second word tells which; alone, "kepala" may be any.
        telling = words[-1] if len(words) > 1 else words[0]
        if _canonical(telling) not in titles:
            yield warning(
                "unknown-position",
                step.number,
                Message("{position} is named, but is no role of the SOP.", position=position[1]),
            )


def _outputs(sop: Sop) -> Iterator[Defect]:
    for step, following in pairwise(sop.steps):
        if step.output and _same_text(step.output) == _same_text(following.output):
            yield warning(
                "same-output",
                following.number,
                Message(
                    "The output is the same as in step {row}, so one cannot tell from it how far"
                    " the work is.",
                    row=step.number,
                ),
            )
        elif step.output and not _is_among(step.output, following.requirements):
            yield warning(
                "output-unused",
                step.number,
                Message(
                    "The output {output} is not among the requirements of step {row}.",
                    output=step.output,
                    row=following.number,
                ),
            )


def _requirements(sop: Sop) -> Iterator[Defect]:
    """What a row needs must come from an earlier row, from outside at the start, or be at hand."""
    at_hand = [*sop.registration.requirements, sop.registration.output, *sop.identity.equipment]
    at_hand += sop.steps[0].requirements if sop.steps else ()
    givers: dict[str, Step] = {}
    for step in sop.steps:
        given = {_same_text(text) for text in at_hand} | set(givers)
        for requirement in step.requirements:
            if _same_text(requirement) in given:
                continue
            giver = next(
                (one for text, one in givers.items() if _near(text) == _near(requirement)), None
            )
            if giver is None:
                yield warning(
                    "requirement-not-produced",
                    step.number,
                    Message("No earlier step gives {requirement}.", requirement=requirement),
                )
            else:
                yield warning(
                    "requirement-renamed",
                    step.number,
                    Message(
                        "{requirement} is called {output} in step {row}, which gives it.",
                        requirement=requirement,
                        output=giver.output,
                        row=giver.number,
                    ),
                )
        if step.output:
            givers[_same_text(step.output)] = step


def _unapproved_upload(sop: Sop) -> Iterator[Defect]:
    approving = next((step for step in sop.steps if step.kind is StepKind.APPROVE), None)
    if approving is None:
        return
    later = next(
        (
            step.number
            for step in sop.steps
            if step.number > approving.number
            and (_INPUT.search(step.activity) or _UPLOAD.search(step.activity))
        ),
        None,
    )
    for step in sop.steps:
        if step.number >= approving.number or not _UPLOAD.search(step.activity):
            continue
        if later is None:
            message = Message(
                "Data are uploaded before step {approval} approves them.", approval=approving.number
            )
        else:
            message = Message(
                "Data are uploaded before step {approval} approves them, and entered again in step"
                " {later}.",
                approval=approving.number,
                later=later,
            )
        yield warning("upload-before-approval", step.number, message)


def _roles_only_inferred(sop: Sop) -> Iterator[Defect]:
    """Columns that no row names: that they act is nowhere in the document, only inferred."""
    named = frozenset().union(*(_words(_text_of(step)) for step in sop.steps))
    for role in sop.roles:
        words = _WORD.findall(role.title)
        parts = [_part_of(role, step) for step in (sop.registration, *sop.steps)]
        has_part = any(part is not None for part in parts)
        if has_part and False not in parts and words and _canonical(words[0]) not in named:
            yield warning(
                "role-not-named",
                None,
                Message(
                    "No step names the role {role}; what it does is only inferred.", role=role.title
                ),
            )


def _part_of(role: Role, step: Step) -> bool | None:
    """Whether the role's part in a step is only inferred; None when it has none."""
    inferred = {inference.field for inference in step.inferred}
    if step.actor == role.id:
        return "actor" in inferred
    return "involved" in inferred if role.id in step.involved else None


def _text_of(step: Step) -> str:
    return " ".join((step.activity, *step.requirements, step.output, step.remark))


def _is_among(text: str, texts: tuple[str, ...]) -> bool:
    return _near(text) in {_near(other) for other in texts}


def _words(text: str) -> frozenset[str]:
    return frozenset(_canonical(word) for word in _WORD.findall(text))


def _canonical(word: str) -> str:
    folded = word.casefold()
    return _SAME.get(folded, folded)


def _same_text(text: str) -> str:
    """`text` without differences of case and spacing."""
    return " ".join(text.casefold().split())


def _near(text: str) -> str:
    """`text` with every word for a draft made the same."""
    return " ".join(_DRAFT_WORDS.get(word, word) for word in _same_text(text).split())
