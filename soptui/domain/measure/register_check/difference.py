"""What changed from one version of a register to another, in terms that words can be made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from msgspec import Struct

from soptui.domain.measure.finding import Subject
from soptui.domain.measure.labels import AGGREGATION_LABELS, FIELD_LABELS, RULE_LABELS
from soptui.domain.measure.number import exact, is_canonical, show_in_full
from soptui.domain.measure.period import QUARTERS, quarter_name
from soptui.domain.measure.register import NO_TARGET, Aggregation, Indicator, Line, Register, Rule
from soptui.domain.message import Message

_Item = TypeVar("_Item", Line, Indicator)

_NUMBERS = frozenset(
    {"pagu", "target_year", "targets", "ceiling", "lower", "upper", "baseline", "plausible"}
)


class Difference(Struct, frozen=True):
    """One difference. `field` is empty where the whole line or indicator came or went.

    `old` and `new` are as tables show them, empty where there is nothing. `quarter` says which of
    the four targets, else it is 0.
    """

    subject: Subject
    id: str
    title: str
    field: str
    old: str
    new: str
    quarter: int = 0


def differences(old: Register, new: Register) -> tuple[Difference, ...]:
    """All differences: of the agreement, of its scales, of lines, of indicators."""
    return (
        *_fields_of(Subject.REGISTER, "", "", _agreement(old), _agreement(new)),
        *_fields_of(Subject.SCALE, "", new.scale.title, _scale(old), _scale(new)),
        *_scales_of_predicates(old, new),
        *_items(Subject.LINE, old.lines, new.lines),
        *_items(Subject.INDICATOR, old.indicators, new.indicators),
    )


def sentence_for(difference: Difference) -> Message:
    """A difference in words."""
    item = _item_in_words(difference)
    if not difference.field:
        if not difference.old:
            return Message("{item} is new.", item=item)
        return Message("{item} is no longer there.", item=item)
    label: Message = Message(FIELD_LABELS[difference.field])
    if difference.quarter:
        label = Message(
            "{label} of {quarter}", label=label, quarter=quarter_name(difference.quarter)
        )
    old, new = (_in_words(difference.field, text) for text in (difference.old, difference.new))
    if not old:
        return Message("{item}: {field} {new} is added.", item=item, field=label, new=new)
    if not new:
        return Message("{item}: {field} {old} is taken out.", item=item, field=label, old=old)
    return Message("{item}: {field} from {old} to {new}.", item=item, field=label, old=old, new=new)


def _in_words(field: str, text: str) -> Message | str:
    """A value as people call it, where it is one of a list."""
    if not text:
        return text
    match field:
        case "rule":
            return Message(RULE_LABELS[Rule(text)])
        case "aggregation":
            return Message(AGGREGATION_LABELS[Aggregation(text)])
    return text


def _item_in_words(difference: Difference) -> Message:
    match difference.subject:
        case Subject.REGISTER:
            return Message("The agreement")
        case Subject.SCALE:
            return Message("The scale {title}", title=difference.title)
        case Subject.PREDICATE_SCALE:
            return Message("The predicates {title}", title=difference.title)
        case Subject.LINE:
            return Message("Line {code} {title}", code=difference.id, title=difference.title)
        case Subject.INDICATOR:
            return Message("Indicator {code} {title}", code=difference.id, title=difference.title)


_Values = Mapping[str, object]


def _items(subject: Subject, old: Sequence[_Item], new: Sequence[_Item]) -> Iterator[Difference]:
    before, after = ({item.code: item for item in items} for items in (old, new))
    for code, item in after.items():
        if code in before:
            yield from _fields_of(subject, code, item.title, _values(before[code]), _values(item))
        else:
            yield Difference(subject, code, item.title, "", "", item.title)
    for code, item in before.items():
        if code not in after:
            yield Difference(subject, code, item.title, "", item.title, "")


def _scales_of_predicates(old: Register, new: Register) -> Iterator[Difference]:
    before, after = (
        {scale.id: scale for scale in register.predicate_scales} for register in (old, new)
    )
    for code in dict.fromkeys((*after, *before)):
        one, other = before.get(code), after.get(code)
        title = (other or one or new.predicate_scales[0]).title
        yield from _fields_of(
            Subject.PREDICATE_SCALE,
            code,
            title,
            {"predicates": [f"{p.label} {p.score}" for p in one.predicates] if one else []},
            {"predicates": [f"{p.label} {p.score}" for p in other.predicates] if other else []},
        )


def _values(item: Line | Indicator) -> _Values:
    names = (name for name in type(item).__annotations__ if name != "code")
    return {name: getattr(item, name) for name in names}


def _agreement(register: Register) -> _Values:
    return {
        "kind": register.kind,
        "effective": register.effective,
        "basis": register.basis,
        "efficiency": register.efficiency,
    }


def _scale(register: Register) -> _Values:
    scale = register.scale
    return {
        "scale": scale.id,
        "policy": scale.policy,
        "compare": scale.compare,
        "source": scale.source,
        "bands": [f"{band.label} {band.bound}" for band in scale.bands],
    }


def _fields_of(
    subject: Subject, code: str, title: str, old: _Values, new: _Values
) -> Iterator[Difference]:
    for field, before in old.items():
        for quarter, one, other in _changes(field, before, new[field]):
            yield Difference(
                subject=subject,
                id=code,
                title=title,
                field=field,
                old=_shown(field, one),
                new=_shown(field, other),
                quarter=quarter,
            )


def _changes(field: str, old: object, new: object) -> Iterator[tuple[int, object, object]]:
    """What changed in one key: of targets those of the quarters that differ, else the whole."""
    if old == new:
        return
    if field != "targets":
        yield 0, old, new
        return
    for quarter, one, other in zip(QUARTERS, _listed(old), _listed(new), strict=False):
        if one != other:
            yield quarter, one, other


def _shown(field: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_shown(field, one) or "–" for one in value)
    if isinstance(value, Enum):
        return str(value.value)
    # Not by equality: the number 0 is as good as False there.
    if value is None or value is False or value == NO_TARGET:
        return ""
    if value is True:
        return "✓"
    text = str(value)
    return show_in_full(exact(text)) if field in _NUMBERS and is_canonical(text) else text


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
