"""Scales have no holes, whatever the policy."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.measure.finding import Severity
from soptui.domain.measure.scale import (
    Band,
    Compare,
    Policy,
    class_of,
    findings_of_scale,
    policy_note,
)
from soptui.domain.replace import replace
from soptui.locale import translate
from tests.domain.measure.builders import LABELS, scale


@pytest.mark.parametrize("policy", list(Policy))
def test_every_thousandth_from_0_to_200_has_one_class_and_none_is_passed_over(
    policy: Policy,
) -> None:
    one = scale(policy)
    classes = [class_of(one, Fraction(thousandths, 1000)) for thousandths in range(200_001)]

    changes = [later for earlier, later in pairwise(["", *classes]) if earlier != later]
    assert tuple(reversed(changes)) == LABELS


@given(
    st.fractions(0, 200, max_denominator=10_000),
    st.fractions(0, 200, max_denominator=10_000),
    st.sampled_from(list(Policy)),
    st.sampled_from(list(Compare)),
)
def test_more_is_never_of_a_lower_class(
    value: Fraction, other: Fraction, policy: Policy, compare: Compare
) -> None:
    one = replace(scale(policy), compare=compare)
    low, high = (LABELS.index(class_of(one, each)) for each in sorted((value, other)))

    assert high <= low


def test_an_office_may_compare_what_is_printed() -> None:
    printed = replace(scale(), compare=Compare.ROUNDED)

    assert class_of(scale(), Fraction(90004, 1000)) == "Sangat Tinggi"
    assert class_of(printed, Fraction(90004, 1000)) == "Tinggi"
    assert class_of(printed, Fraction(90005, 1000)) == "Sangat Tinggi"


def test_the_sentence_under_the_table_names_a_value_of_the_highest_class() -> None:
    notes = {policy: policy_note(scale(policy)) for policy in Policy}

    assert translate(notes[Policy.ABOVE]) == (
        "Kategori dihitung dari nilai yang belum dibulatkan; 90,01 termasuk Sangat Tinggi."
    )
    edges = {policy: note.values["edge"] for policy, note in notes.items()}
    assert edges == {Policy.ABOVE: "90,01", Policy.FROM: "91", Policy.ROUNDED_FROM: "90,5"}
    for policy, edge in edges.items():
        value = Fraction(str(edge).replace(",", "."))
        assert class_of(scale(policy), value) == "Sangat Tinggi"
        assert class_of(scale(policy), value - Fraction(1, 100)) == "Tinggi"


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ((("A", "50"), ("B", "10")), "no-band-at-zero"),
        ((("A", "50"), ("B", "50"), ("C", "0")), "bounds-not-falling"),
        ((("A", "50"), ("B", "60"), ("C", "0")), "bounds-not-falling"),
        ((("A", "50"), ("A", "0")), "label-twice"),
        ((("A", "50"), ("", "0")), "label-twice"),
        ((("A", "50,5"), ("B", "0")), "not-a-number"),
        ((), "no-bands"),
    ],
)
def test_a_scale_with_a_hole_or_an_overlap_is_refused(
    bands: tuple[tuple[str, str], ...], code: str
) -> None:
    faulty = replace(scale(), bands=tuple(Band(label, bound) for label, bound in bands))
    found = list(findings_of_scale(faulty))

    assert code in [finding.code for finding in found]
    assert all(finding.severity is Severity.ERROR for finding in found)


def test_a_scale_names_its_source() -> None:
    assert [one.code for one in findings_of_scale(replace(scale(), source=""))] == ["no-source"]
    assert not list(findings_of_scale(scale()))
