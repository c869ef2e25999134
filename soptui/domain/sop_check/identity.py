"""Whether the identity part of an SOP is complete and consistent."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from soptui.domain.administration.nip import nip_fault
from soptui.domain.message import Message
from soptui.domain.sop import Identity, PartialDate, Sop
from soptui.domain.sop_check.defect import Defect, error, info, warning

_LABELS = {
    "number": Message("number of the SOP"),
    "agency": Message("name of the agency"),
    "created": Message("date of making"),
    "revised": Message("date of revision"),
    "effective": Message("date of effect"),
    "review_due": Message("date of review"),
    "legal_bases": Message("legal bases"),
    "related": Message("related SOPs"),
    "qualifications": Message("qualifications"),
    "equipment": Message("equipment"),
    "warnings": Message("warning"),
    "records_kept": Message("records kept"),
    "position": Message("position of who endorsed the SOP"),
    "name": Message("name of who endorsed the SOP"),
    "rank": Message("rank of who endorsed the SOP"),
    "nip": Message("NIP of who endorsed the SOP"),
}
_EXPECTED = (
    "number", "agency", "created", "legal_bases", "related", "qualifications", "equipment",
    "warnings", "records_kept",
)  # fmt: skip
_DATES = ("created", "revised", "effective", "review_due")

_EMPTY_PART = re.compile(r"^\s*/|/\s*/")
_DIGITS_BUT_A_YEAR = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+")

_LAW_NAME = re.compile(r"([\w-]+)\s+(?:no|nomor)\b\.?\s*\d", re.IGNORECASE)
_LAW_NAMES = {
    name.casefold(): name
    for name in (
        "Undang-undang", "Perpu", "Perppu", "Perpres", "Keppres", "Inpres", "Permendagri",
        "Kepmendagri", "Permenpan", "PermenPANRB", "KepmenPANRB", "Permenkeu", "Permenkumham",
        "Permendesa", "Permenkes", "Permensos", "Peraturan", "Keputusan", "Pergub", "Kepgub",
        "Perbup", "Kepbup", "Perwali", "Kepwali", "Perda", "Perdes", "Perka", "Perma",
    )
}  # fmt: skip
# Lets "Pemandagri" be taken for Permendagri (0.86), but not "Pemerintah" (0.67).
_LIKENESS = 0.8

_ABOUT_PERFORMANCE = re.compile(
    r"\b(?:pengukuran|pengumpulan|pelaporan|laporan|evaluasi)\b.*\bkinerja\b", re.IGNORECASE
)
# Perpres 29/2014 and PermenPANRB 53/2014 govern how performance is measured and reported.
_BASES_OF_PERFORMANCE = {
    "Perpres 29/2014": re.compile(
        r"\b(?:perpres|presiden)\b.*\b29(?:/| tahun )2014\b", re.IGNORECASE
    ),
    "PermenPANRB 53/2014": re.compile(
        r"\b(?:permenpan\w*|aparatur negara)\b.*\b53(?:/| tahun )2014\b", re.IGNORECASE
    ),
}

_NAMED_SOP = re.compile(r"\bSOP\b\s+\w[^;.,:()]*")
_SOP_WORDS = re.compile(
    r"^(?:sop|standard? operasional(?: prosedur)?|prosedur operasional standar)\b[\s:]*",
    re.IGNORECASE,
)


def defects_of(sop: Sop, known_sops: Iterable[Sop]) -> Iterator[Defect]:
    """The defects of the identity part; related SOPs are looked for among `known_sops`."""
    identity = sop.identity
    yield from _missing(identity)
    yield from _number(identity)
    yield from _dates(identity)
    yield from _endorsement(identity)
    yield from _legal_bases(identity)
    yield from _related(identity, known_sops)
    yield from _related_in_rows(sop)


def _missing(identity: Identity) -> Iterator[Defect]:
    if not identity.title:
        yield error("no-title", None, Message("The title is missing."))
    if identity.effective is None:
        yield error("no-effective-date", None, Message("The date of effect is missing."))
    for key in _EXPECTED:
        if not getattr(identity, key):
            yield warning("missing", None, Message("Missing: {field}.", field=_LABELS[key]))


def _number(identity: Identity) -> Iterator[Defect]:
    number = identity.number
    if number and (_EMPTY_PART.search(number) or not _DIGITS_BUT_A_YEAR.search(number)):
        yield warning(
            "number-without-serial",
            None,
            Message("The number {number} has no serial.", number=number),
        )


def _dates(identity: Identity) -> Iterator[Defect]:
    for key in _DATES:
        date: PartialDate | None = getattr(identity, key)
        if date is not None and date.day is None:
            yield warning(
                "date-without-day",
                None,
                Message("The {field} names a month but no day.", field=_LABELS[key]),
            )
    for earlier, later in (
        ("created", "effective"),
        ("created", "revised"),
        ("effective", "review_due"),
    ):
        first, second = getattr(identity, earlier), getattr(identity, later)
        if first is not None and second is not None and _is_before(second, first):
            yield warning(
                "date-order",
                None,
                Message(
                    "The {later} lies before the {earlier}.",
                    later=_LABELS[later],
                    earlier=_LABELS[earlier],
                ),
            )
    if identity.revised is None and identity.review_due is None:
        yield warning(
            "no-revision",
            None,
            Message(
                "Neither a revision nor a date of review is shown, although an SOP must be"
                " evaluated every year."
            ),
        )


def _is_before(one: PartialDate, other: PartialDate) -> bool:
    if (one.year, one.month) != (other.year, other.month):
        return (one.year, one.month) < (other.year, other.month)
    return one.day is not None and other.day is not None and one.day < other.day


def _endorsement(identity: Identity) -> Iterator[Defect]:
    endorsed_by = identity.endorsed_by
    if endorsed_by is None:
        yield error("not-endorsed", None, Message("Nobody has endorsed the SOP."))
        return
    for key in ("position", "name"):
        if not getattr(endorsed_by, key):
            yield error("not-endorsed", None, Message("Missing: {field}.", field=_LABELS[key]))
    for key in ("rank", "nip"):
        if not getattr(endorsed_by, key):
            yield warning("missing", None, Message("Missing: {field}.", field=_LABELS[key]))
    fault = nip_fault(endorsed_by.nip) if endorsed_by.nip else None
    if fault is not None:
        yield warning("nip", None, fault)


def _legal_bases(identity: Identity) -> Iterator[Defect]:
    for law in identity.legal_bases:
        named = _LAW_NAME.search(law)
        if named is None or named[1].casefold() in _LAW_NAMES:
            continue
        for near in difflib.get_close_matches(named[1].casefold(), _LAW_NAMES, 1, _LIKENESS):
            yield warning(
                "law-name",
                None,
                Message(
                    "{found} is probably a typing error for {meant}.",
                    found=named[1],
                    meant=_LAW_NAMES[near],
                ),
            )
    if not identity.legal_bases or not _ABOUT_PERFORMANCE.search(identity.title):
        return
    for law, spelling in _BASES_OF_PERFORMANCE.items():
        if not any(spelling.search(basis) for basis in identity.legal_bases):
            yield warning(
                "legal-basis-lacking",
                None,
                Message(
                    "{law}, which governs the measuring of performance, is not among the legal"
                    " bases.",
                    law=law,
                ),
            )


def _related(identity: Identity, known_sops: Iterable[Sop]) -> Iterator[Defect]:
    known = {_name(sop.identity.title) for sop in known_sops}
    for title in identity.related:
        if _name(title) == _name(identity.title):
            yield warning(
                "related-to-itself", None, Message("{title} is this SOP itself.", title=title)
            )
        elif _name(title) not in known:
            yield info(
                "related-not-registered",
                None,
                Message("{title} is not registered in these records.", title=title),
            )


def _related_in_rows(sop: Sop) -> Iterator[Defect]:
    """Other SOPs that the remarks name and the list of related ones does not."""
    listed = {_name(title) for title in sop.identity.related}
    for step in sop.steps:
        for named in _NAMED_SOP.findall(step.remark):
            name = _name(named)
            if name and name not in listed:
                yield warning(
                    "related-not-listed",
                    step.number,
                    Message("{title} is named, but is not among the related SOPs.", title=named),
                )


def _name(title: str) -> str:
    """A title without the words that only say that it is an SOP."""
    return " ".join(_SOP_WORDS.sub("", title.strip()).casefold().split())
