"""Scales of performance classes (*kategori capaian*), without holes and without overlaps.

A band is known by its lower bound alone, and the lowest takes what is left, so that every value
from 0 up has exactly one class. The printed integer ranges of Permendagri 86/2017 (91 to 100, 76 to
90, ...) leave open what 90,5 is; the policy says it, and is printed under each table.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from soptui.domain.measure.finding import Finding, Subject, error
from soptui.domain.measure.number import PERCENT_PLACES, exact, is_canonical, rounded, show_in_full
from soptui.domain.message import Message


class Policy(StrEnum):
    """How a value is held against lower bounds: above, at or above, or rounded and then so."""

    ABOVE = "gt"
    FROM = "ge"
    ROUNDED_FROM = "round0"


class Compare(StrEnum):
    """What is compared: the exact value, or the one that is printed with two places."""

    EXACT = "exact"
    ROUNDED = "rounded"


class Band(Struct, frozen=True):
    """A class and its lower bound, a decimal."""

    label: str
    bound: str


class Scale(Struct, frozen=True):
    """Classes from the highest down; the last is from 0. `source` says which rule it is from."""

    id: str
    title: str
    policy: Policy
    source: str
    bands: tuple[Band, ...]
    compare: Compare = Compare.EXACT


def class_of(scale: Scale, value: Fraction) -> str:
    """The label of the class of a value of 0 or more, on a scale that is without defects."""
    if scale.compare is Compare.ROUNDED:
        value = rounded(value, PERCENT_PLACES)
    if scale.policy is Policy.ROUNDED_FROM:
        value = rounded(value, 0)
    for band in scale.bands[:-1]:
        bound = exact(band.bound)
        if value > bound or (value == bound and scale.policy is not Policy.ABOVE):
            return band.label
    return scale.bands[-1].label


def policy_note(scale: Scale) -> Message:
    """The sentence under a table that says how its classes were found."""
    label, edge = scale.bands[0].label, show_in_full(_edge_of_highest(scale))
    if scale.policy is Policy.ROUNDED_FROM:
        return Message(
            "Classes are found from the value rounded to whole percent; {edge} is {label}.",
            edge=edge,
            label=label,
        )
    if scale.compare is Compare.ROUNDED:
        return Message(
            "Classes are found from the value rounded to two places; {edge} is {label}.",
            edge=edge,
            label=label,
        )
    return Message(
        "Classes are found from the value before rounding; {edge} is {label}.",
        edge=edge,
        label=label,
    )


def _edge_of_highest(scale: Scale) -> Fraction:
    """The lowest value, of those with two places, that is in the highest class."""
    bound = exact(scale.bands[0].bound)
    match scale.policy:
        case Policy.ABOVE:
            return bound + Fraction(1, 100)
        case Policy.FROM:
            return bound
        case Policy.ROUNDED_FROM:
            return bound - Fraction(1, 2)


def findings_of_scale(scale: Scale) -> Iterator[Finding]:
    """Every defect of a scale: bounds that do not fall, no class for 0, a label that recurs."""
    if not scale.source:
        yield error(
            "no-source", Subject.SCALE, Message("The scale names no source."), field="source"
        )
    if not scale.bands:
        yield error("no-bands", Subject.SCALE, Message("The scale has no classes."), field="bands")
        return
    for band in scale.bands:
        if not is_canonical(band.bound):
            yield error(
                "not-a-number",
                Subject.SCALE,
                Message(
                    "{field}: {text} is not a number as records write it, such as 1234.5.",
                    field=band.label,
                    text=band.bound,
                ),
                field="bands",
            )
            return
    if scale.bands[-1].bound != "0":
        yield error(
            "no-band-at-zero",
            Subject.SCALE,
            Message("The lowest class, {label}, is not from 0.", label=scale.bands[-1].label),
            field="bands",
        )
    for higher, lower in pairwise(scale.bands):
        if exact(higher.bound) <= exact(lower.bound):
            yield error(
                "bounds-not-falling",
                Subject.SCALE,
                Message(
                    "{higher} from {bound} stands above {lower}, which does not begin lower.",
                    higher=higher.label,
                    bound=show_in_full(exact(higher.bound)),
                    lower=lower.label,
                ),
                field="bands",
            )
    seen: set[str] = set()
    for band in scale.bands:
        if not band.label or band.label in seen:
            yield error(
                "label-twice",
                Subject.SCALE,
                Message("A class has no name, or the name of another: {label}.", label=band.label),
                field="bands",
            )
        seen.add(band.label)
