"""Whether the words of the rows leave no doubt: who acts, on what, and what comes of it.

These rules read Indonesian as SOPs are written in it; they suspect, they do not prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from soptui.domain.message import Message
from soptui.domain.sop import Role, Sop, Step, StepKind
from soptui.domain.sop_check.defect import Defect, info, warning
from soptui.domain.time.normtime import parse_norm_time

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
    ("subbagian", "subbag", "subag"),
    ("staff", "staf"),
)
_SAME = {word: words[0] for words in _SAME_WORDS for word in words}
_POSITIONS = {
    "kadis": "kepala dinas", "kaban": "kepala badan", "kabag": "kepala bagian",
    "kabid": "kepala bidang", "kasubbag": "kepala subbagian", "kasubag": "kepala subbagian",
    "kasubbid": "kepala subbidang", "kasi": "kepala seksi", "kapus": "kepala puskesmas",
    "sekcam": "sekretaris", "sekdin": "sekretaris", "sekda": "sekretaris",
}  # fmt: skip
"""Titles in one word, as offices write them, and what they stand for."""
_OF_THE_WHOLE = frozenset({"dinas", "badan", "kantor", "opd", "skpd", "perangkat", "instansi"})
"""What the head of an office is the head of, by whatever name the office goes."""
_DRAFT_WORDS = {"konsep": "draft", "rancangan": "draft", "draf": "draft"}

_POSITION = re.compile(
    r"\b(kepala(?:\s+\w+)?|kasubb?ag|kasubbid|kasi|kabag|kabid|kadis|kaban|sekretaris|sekcam|sekda"
    r"|camat|lurah|asisten|bendahara|operator|arsiparis|staff?)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:waktu keseluruhan|total waktu|jumlah waktu|waktu total)\b\W*([^;.]+)", re.IGNORECASE
)
# Lets a slip of the pen be taken for the same paper, but not one paper for another.
_LIKENESS = 0.9
_UPLOAD = re.compile(r"\b(?:mengunggah|unggah|meng-?upload|upload)\w*", re.IGNORECASE)
_INPUT = re.compile(
    r"\b(?:menginput|meng-input|input|mengentri|entri|memasukkan)\b.*\baplikasi\b", re.IGNORECASE
)


def defects_of(sop: Sop) -> Iterator[Defect]:
    """The defects of the rows' wording, and of what a row takes from the rows before it."""
    for step in sop.steps:
        yield from _activity(step)
        yield from _positions(sop, step)
        yield from _other_actor(sop, step)
    yield from _verbs(sop)
    yield from _same_outputs(sop)
    yield from _requirements(sop)
    yield from _own_judges(sop)
    yield from _printed_total(sop)
    yield from _unapproved_upload(sop)
    yield from _roles_only_inferred(sop)


def _verbs(sop: Sop) -> Iterator[Defect]:
    """One line for all rows, for an office writes its tables in one manner."""
    rows = (step for step in sop.steps if not sop.continues(step))
    begun = [(step.number, _WORD.search(step.activity)) for step in rows]
    nouns = {row: word[0] for row, word in begun if word and not _ACTIVE_VERB.fullmatch(word[0])}
    if nouns:
        yield warning(
            "no-active-verb",
            next(iter(nouns)) if len(nouns) == 1 else None,
            Message(
                "Step {rows} does not begin with an active verb but with: {words}.",
                rows=", ".join(map(str, nouns)),
                words=", ".join(dict.fromkeys(nouns.values())),
            ),
        )


def _activity(step: Step) -> Iterator[Defect]:
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
        words = _words_in_order(position[1])
        # Of "kepala seksi" the second word tells which; alone, "kepala" may be any.
        telling = words[-1]
        if telling == "kepala" or (telling in _OF_THE_WHOLE and "kepala" in titles):
            continue
        if telling not in titles:
            yield warning(
                "unknown-position",
                step.number,
                Message("{position} is named, but is no role of the SOP.", position=position[1]),
            )


def _other_actor(sop: Sop, step: Step) -> Iterator[Defect]:
    """The sentence begins with who does it, and the symbol stands in another's column."""
    taking_part = {step.actor, step.column, *step.involved}
    words = _words_in_order(step.activity)
    named = [
        role
        for role in sop.roles
        if (title := _words_in_order(role.title)) and words[: len(title)] == title
    ]
    if named and not any(role.id in taking_part for role in named):
        yield warning(
            "other-actor-named",
            step.number,
            Message(
                "The activity names {named}, but stands in the column of {actor}.",
                named=named[0].title,
                actor=_title(sop, step.column),
            ),
        )


def _same_outputs(sop: Sop) -> Iterator[Defect]:
    onward = ((step, sop.step(way.to)) for step in sop.steps for way in sop.ways_of(step))
    for step, following in onward:
        if following is None or following.number <= step.number or sop.continues(following):
            continue
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


def _requirements(sop: Sop) -> Iterator[Defect]:
    """What a row needs and an earlier one gives under another name; the rest is one line."""
    at_hand = [*sop.registration.requirements, sop.registration.output, *sop.identity.equipment]
    at_hand += sop.steps[0].requirements if sop.steps else ()
    givers: dict[str, Step] = {}
    unknown: dict[str, None] = {}
    for step in sop.steps:
        given = {_same_text(text) for text in at_hand} | set(givers)
        for requirement in step.requirements:
            if _same_text(requirement) in given:
                continue
            giver = next((one for text, one in givers.items() if _is_near(text, requirement)), None)
            if giver is None:
                unknown[requirement] = None
                continue
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
    if unknown:
        yield info(
            "requirement-not-produced",
            None,
            Message("No earlier step gives: {requirements}.", requirements="; ".join(unknown)),
        )


def _own_judges(sop: Sop) -> Iterator[Defect]:
    """Whoever checks a document has the role of who made it."""
    maker: Step | None = None
    for step in sop.steps:
        if step.kind in (StepKind.WORK, StepKind.COLLECT) and step.output:
            maker = step
        elif (
            step.kind in (StepKind.REVIEW, StepKind.APPROVE)
            and maker is not None
            and step.actor == maker.actor
            and maker.number not in step.distinct_from
        ):
            yield warning(
                "same-role-checks",
                step.number,
                Message(
                    "{role} checks here what {role} made in step {row}; let the step be for"
                    " another person.",
                    role=_title(sop, step.actor),
                    row=maker.number,
                ),
            )


def _printed_total(sop: Sop) -> Iterator[Defect]:
    """A time that is printed for the whole, and that the rows do not make."""
    for step in sop.steps:
        found = _TOTAL.search(step.remark)
        total = parse_norm_time(found[1].strip()) if found else None
        norms = [one.norm for one in sop.steps if one.norm is not None]
        if total is None or not norms or any(norm.unit is not total.unit for norm in norms):
            continue
        amount = sum(norm.amount for norm in norms)
        if amount != total.amount:
            yield warning(
                "total-differs",
                step.number,
                Message(
                    "The norm times of the steps make {sum}, not the printed {total}.",
                    sum=amount,
                    total=found[1].strip() if found else "",
                ),
            )


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
        if has_part and False not in parts and words and _words_in_order(words[0])[0] not in named:
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


def _title(sop: Sop, role_id: str) -> str:
    role = next((one for one in sop.roles if one.id == role_id), None)
    return role.title if role else role_id


def _is_near(one: str, other: str) -> bool:
    """Whether two texts mean the same paper, by their words but for what is said of a draft."""
    first, second = _near(one), _near(other)
    return first == second or SequenceMatcher(None, first, second).ratio() > _LIKENESS


def _words(text: str) -> frozenset[str]:
    return frozenset(_words_in_order(text))


def _words_in_order(text: str) -> list[str]:
    """The words of a text, each spelling of one word made the same, short titles written out."""
    return [part for word in _WORD.findall(text) for part in _canonical(word).split()]


def _canonical(word: str) -> str:
    folded = word.casefold()
    return _POSITIONS.get(folded, _SAME.get(folded, folded))


def _same_text(text: str) -> str:
    """`text` without differences of case and spacing."""
    return " ".join(text.casefold().split())


def _near(text: str) -> str:
    """`text` with every word for a draft made the same."""
    return " ".join(_DRAFT_WORDS.get(word, word) for word in _same_text(text).split())
