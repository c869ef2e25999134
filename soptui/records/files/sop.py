"""The SOP file, `sops/<id>/<version>.toml`: from the parsed document to a `Sop` and back.

Sections in the file's order; a key whose value is empty is absent:

- header: `format`, `id`, `version`, `head` (the role that may cancel and reopen)
- `[identity]`: `title`, `number`, `agency`, `address`, `created`, `revised`, `effective`,
  `review_due` (partial dates, "2021-12" or "2021-12-31"), `legal_bases`, `related`,
  `qualifications`, `equipment`, `warnings`, `records_kept`, as printed
- `[identity.endorsed_by]`: `position`, `name`, `rank`, `nip`
- `[[roles]]`, in the order of the printed columns: `id`, `title`, `short`, `several`, `outside`
- `[registration]`, the sub-step of row 1, and `[[steps]]`: see `_STEP`. `row` is the printed number
  where it is another; `recorded_by` signs where the `actor` is outside the office. The norm is kept
  as printed and as read, the latter under one of `norm_minutes` and `norm_working_days`.
- `[filing]`, where no row files: `by`
- `[[steps.returns]]`: `to` (0 is the registration), `reasons`
- `[[steps.ways]]`: `label`, `to` (0 is the end)
- `[[return_reasons]]`: `code`, `text`
- `[[inferred]]`, `[[registration.inferred]]`, `[[steps.inferred]]`: `field`, `reason`,
  `confidence` (percent)

The form is judged here; whether a case can be walked through the SOP is judged by
`soptui.domain.sop_check.check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from soptui.domain.ids import NO_ROLE, RoleId, SopId
from soptui.domain.message import Message
from soptui.domain.sop import (
    END,
    FILING,
    REGISTRATION,
    Endorsement,
    Identity,
    Inference,
    PartialDate,
    ReturnEdge,
    ReturnReason,
    Role,
    Sop,
    Step,
    StepKind,
    Symbol,
    Way,
)
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.records.files import layout
from soptui.records.files.tables import Table, read_canonical, without_empty

LAST_STEP = FILING - 1
"""Highest number that a step may have."""

_SOP = (
    "format", "id", "version", "head",
    "identity", "roles", "registration", "filing", "steps", "return_reasons", "inferred",
)  # fmt: skip
_DATES = ("created", "revised", "effective", "review_due")
_LISTS = (
    "legal_bases", "related", "qualifications", "equipment", "warnings", "records_kept",
)  # fmt: skip
_IDENTITY = ("title", "number", "agency", "address", *_DATES, *_LISTS, "endorsed_by")
_ENDORSEMENT = ("position", "name", "rank", "nip")
_ROLE = ("id", "title", "short", "several", "outside")
_REGISTRATION = (
    "activity", "actor", "involved", "requirements", "norm_printed", "norm_minutes",
    "norm_working_days", "output", "remark", "inferred",
)  # fmt: skip
_STEP = (
    "number", "row", "activity", "kind", "symbol", "actor", "recorded_by", "involved",
    "requirements", "norm_printed",
    "norm_minutes", "norm_working_days", "output", "remark", "distinct_from", "page_break_after",
    "returns", "ways", "inferred",
)  # fmt: skip
_FILING = ("by",)
_RETURN = ("to", "reasons")
_WAY = ("label", "to")
_REASON = ("code", "text")
_INFERENCE = ("field", "reason", "confidence")

_PARTIAL_DATE = re.compile(r"([12]\d{3})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LONGEST_NORM = 1_000_000


def sop_from_document(document: Mapping[str, Any], digest: str) -> Sop:
    """The SOP that a parsed document holds; `digest` is the SHA-256 of its file.

    Raises `RecordFault` with the first fault of form.
    """

    def read(content: Mapping[str, Any]) -> Sop:
        return _sop(Table(content, _SOP), digest)

    return read_canonical(document, read, sop_to_document)


def sop_to_document(sop: Sop) -> dict[str, Any]:
    """The document of the SOP, keys in the file's order, absent where a value is empty."""
    return without_empty(
        {
            "format": layout.FORMAT,
            "id": sop.id,
            "version": sop.version,
            "head": sop.head,
            "identity": _identity_table(sop.identity),
            "roles": [
                without_empty({key: getattr(role, key) for key in _ROLE}) for role in sop.roles
            ],
            "registration": _step_table(sop.registration, _REGISTRATION),
            "filing": without_empty({"by": sop.filed_by}),
            "steps": [_step_table(step, _STEP) for step in sop.steps],
            "return_reasons": [
                {key: getattr(reason, key) for key in _REASON} for reason in sop.return_reasons
            ],
            "inferred": inference_tables(sop.inferred),
        }
    )


def inferences_in(table: Table) -> tuple[Inference, ...]:
    """The inferences under the key `inferred` of a table. Raises `RecordFault`."""
    return tuple(_inference(inference) for inference in table.tables("inferred", _INFERENCE))


def inference_tables(inferences: Iterable[Inference]) -> list[dict[str, Any]]:
    """The inferences as the tables of a document."""
    return [
        {"field": one.field, "reason": one.reason, "confidence": one.confidence}
        for one in inferences
    ]


def _sop(table: Table, digest: str) -> Sop:
    table.format()
    roles = tuple(_role(role) for role in table.tables("roles", _ROLE))
    table.require_unique("roles", (role.id for role in roles))
    steps = tuple(_step(step) for step in table.tables("steps", _STEP))
    numbers = [step.number for step in steps]
    table.require_unique("steps", numbers)
    if numbers != sorted(numbers):
        raise table.fault("steps", Message("The steps must stand in the order of their numbers."))
    reasons = tuple(
        ReturnReason(reason.slug("code"), reason.text("text"))
        for reason in table.tables("return_reasons", _REASON)
    )
    table.require_unique("return_reasons", (reason.code for reason in reasons))
    filing = table.table_if_any("filing", _FILING)
    return Sop(
        id=SopId(table.slug("id")),
        version=table.number("version", least=1, most=9999),
        identity=_identity(table.table_if_any("identity", _IDENTITY)),
        head=RoleId(table.slug_if_any("head")),
        roles=roles,
        registration=_registration(table.table_if_any("registration", _REGISTRATION)),
        steps=steps,
        filed_by=RoleId(filing.slug("by")) if filing else NO_ROLE,
        return_reasons=reasons,
        inferred=inferences_in(table),
        digest=digest,
    )


def _identity(table: Table | None) -> Identity:
    table = table or Table({}, _IDENTITY, "identity")
    endorsement = table.table_if_any("endorsed_by", _ENDORSEMENT)
    created, revised, effective, review_due = (_partial_date(table, key) for key in _DATES)
    return Identity(
        title=table.text_if_any("title"),
        number=table.text_if_any("number"),
        agency=table.text_if_any("agency"),
        address=table.text_if_any("address"),
        created=created,
        revised=revised,
        effective=effective,
        review_due=review_due,
        endorsed_by=None
        if endorsement is None
        else Endorsement(*(endorsement.text_if_any(key) for key in _ENDORSEMENT)),
        **{key: table.texts(key) for key in _LISTS},
    )


def _partial_date(table: Table, key: str) -> PartialDate | None:
    text = table.text_if_any(key)
    if not text:
        return None
    parts = _PARTIAL_DATE.fullmatch(text)
    try:
        year, month, day = (int(part) for part in parts.groups("0")) if parts else (0, 0, 0)
        date(year, month, day or 1)
    except ValueError:
        parts = None
    if parts is None or parts[3] == "00":
        raise table.fault(
            key, Message("{value} is neither a month like 2021-12 nor a day.", value=text)
        )
    return PartialDate(year, month, day or None)


def _role(table: Table) -> Role:
    role_id = RoleId(table.slug("id"))
    flags = table.flag("several"), table.flag("outside")
    return Role(role_id, table.text("title"), table.text("short"), *flags)


def _registration(table: Table | None) -> Step:
    table = table or Table({}, _REGISTRATION, "registration")
    return Step(number=REGISTRATION, kind=StepKind.REGISTER, **_row(table))


def _step(table: Table) -> Step:
    kind = table.choice("kind", StepKind)
    if kind is StepKind.REGISTER:
        raise table.fault("kind", Message("Only the registration is of this kind."))
    returns = tuple(
        ReturnEdge(edge.number("to", least=REGISTRATION, most=LAST_STEP), edge.slugs("reasons"))
        for edge in table.tables("returns", _RETURN)
    )
    table.require_unique("returns", (edge.to for edge in returns))
    ways = tuple(
        Way(way.number("to", least=END, most=LAST_STEP), way.text_if_any("label"))
        for way in table.tables("ways", _WAY)
    )
    if len(ways) > 1 and not all(way.label for way in ways):
        raise table.fault("ways", Message("Where there are several ways, each needs a label."))
    table.require_unique("ways", (way.label for way in ways))
    if ways and kind is StepKind.ARCHIVE:
        raise table.fault("ways", Message("A step that archives ends the case; it has no ways."))
    row = _row(table)
    recorder = table.slug_if_any("recorded_by")
    if recorder:
        if row["norm"] is not None:
            raise table.fault(
                "recorded_by",
                Message("The time of somebody outside is not counted; leave out the norm as read."),
            )
        row |= {"actor": recorder, "stands_for": row["actor"]}
    return Step(
        number=table.number("number", least=1, most=LAST_STEP),
        row=table.text_if_any("row"),
        symbol=_symbol(table),
        kind=kind,
        returns=returns,
        ways=ways,
        distinct_from=table.numbers("distinct_from", least=1, most=LAST_STEP),
        page_break_after=table.flag("page_break_after"),
        **row,
    )


def _symbol(table: Table) -> Symbol | None:
    if not table.text_if_any("symbol"):
        return None
    symbol = table.choice("symbol", Symbol)
    if symbol in (Symbol.ARROW, Symbol.PAGE_CONNECTOR):
        raise table.fault("symbol", Message("A step is drawn as kapsul, kotak or belah_ketupat."))
    return symbol


def _row(table: Table) -> dict[str, Any]:
    """What the registration and the steps have in common."""
    return {
        "activity": table.text_if_any("activity"),
        "actor": table.slug_if_any("actor"),
        "involved": table.slugs("involved"),
        "requirements": table.texts("requirements"),
        "norm_printed": table.text_if_any("norm_printed"),
        "norm": _norm(table),
        "output": table.text_if_any("output"),
        "remark": table.text_if_any("remark"),
        "inferred": inferences_in(table),
    }


def _norm(table: Table) -> NormTime | None:
    printed = table.text_if_any("norm_printed")
    minutes = table.number_if_any("norm_minutes", least=1, most=_LONGEST_NORM)
    days = table.number_if_any("norm_working_days", least=1, most=_LONGEST_NORM)
    if minutes is not None and days is not None:
        raise table.fault(
            "norm_working_days", Message("A norm is either in minutes or in working days.")
        )
    if minutes is not None:
        return NormTime(printed, minutes, NormUnit.MINUTES)
    return None if days is None else NormTime(printed, days, NormUnit.WORKING_DAYS)


def _inference(table: Table) -> Inference:
    field = table.text("field")
    if not _FIELD.fullmatch(field):
        raise table.fault("field", Message("{value} is not the name of a key.", value=field))
    return Inference(field, table.text("reason"), table.number("confidence", least=0, most=100))


def _identity_table(identity: Identity) -> dict[str, Any]:
    table: dict[str, Any] = {key: getattr(identity, key) for key in _IDENTITY}
    for key in _DATES:
        table[key] = None if table[key] is None else str(table[key])
    for key in _LISTS:
        table[key] = list(table[key])
    if identity.endorsed_by is not None:
        table["endorsed_by"] = without_empty(
            {key: getattr(identity.endorsed_by, key) for key in _ENDORSEMENT}
        )
    return without_empty(table)


def _step_table(step: Step, keys: Iterable[str]) -> dict[str, Any]:
    norm = step.norm
    special: dict[str, Any] = {
        "kind": step.kind.value,
        "symbol": step.symbol.value if step.symbol else None,
        "actor": step.column,
        "recorded_by": step.actor if step.stands_for else None,
        "norm_minutes": norm.amount if norm and norm.unit is NormUnit.MINUTES else None,
        "norm_working_days": norm.amount if norm and norm.unit is NormUnit.WORKING_DAYS else None,
        "returns": [
            without_empty({"to": edge.to, "reasons": list(edge.reasons)}) for edge in step.returns
        ],
        "ways": [without_empty({"label": way.label}) | {"to": way.to} for way in step.ways],
        "inferred": inference_tables(step.inferred),
    }
    table = {}
    for key in keys:
        value = special[key] if key in special else getattr(step, key)
        table[key] = list(value) if isinstance(value, tuple) else value
    return without_empty(table)
