"""The lean `dataclass` makes what the standard library's makes."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.lean import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: int
    y: int = 0
    names: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place(Point):
    label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    major: int
    minor: int = 0


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing but its kind."""


@dataclass(frozen=True, slots=True)
class Checked:
    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)


Standard = dataclasses.make_dataclass(
    "Version", [("major", int), ("minor", int, 0)], frozen=True, slots=True, order=True
)
pairs = st.tuples(st.integers(-2, 2), st.integers(-2, 2))


@given(pairs, pairs)
def test_equality_hash_order_and_words_are_the_standard_ones(
    left: tuple[int, int], right: tuple[int, int]
) -> None:
    ours, theirs = (Version(*left), Version(*right)), (Standard(*left), Standard(*right))

    def told(one: Any, other: Any) -> tuple[object, ...]:
        return (
            one == other, hash(one) == hash(other), one < other, one <= other, one > other,
            one >= other, repr(one), hash(one),
        )  # fmt: skip

    assert told(*ours) == told(*theirs)


def test_defaults_and_names_of_arguments_are_the_standard_ones() -> None:
    first, second = Point(1), Point(y=2, x=1)
    assert (first.y, first.names, second.y) == (0, [], 2)
    assert first.names is not second.names
    assert [one.name for one in dataclasses.fields(Place)] == ["x", "y", "names", "label"]
    with pytest.raises(TypeError, match="required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]


def test_a_value_is_never_changed() -> None:
    point = Point(1)
    for change in (lambda: setattr(point, "x", 2), lambda: delattr(point, "x")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    with pytest.raises(AttributeError):
        point.unknown = 1  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_values_are_copied_pickled_replaced_and_matched() -> None:
    place = Place(1, 2, ["a"], "here")
    assert copy.deepcopy(place) == place == pickle.loads(pickle.dumps(place))
    assert dataclasses.replace(place, label="there") == Place(1, 2, ["a"], "there")
    assert dataclasses.asdict(place) == {"x": 1, "y": 2, "names": ["a"], "label": "here"}
    match place:
        case Place(x, y):
            assert (x, y) == (1, 2)


def test_kinds_without_fields_differ_by_their_kind_alone() -> None:
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert Empty() != Version(0)


def test_what_a_class_checks_is_checked() -> None:
    with pytest.raises(ValueError, match="-1"):
        Checked(-1)


def test_a_class_tells_its_arguments_before_the_first_was_made() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        """Never made."""

        a: int
        b: str = "b"

    assert list(inspect.signature(Fresh).parameters) == ["a", "b"]


def test_other_classes_are_left_to_the_standard_library() -> None:
    @dataclass(slots=True)
    class Count:
        number: int = 0

    count = Count()
    count.number += 1
    assert count == Count(1)


def test_a_field_of_another_kind_is_refused() -> None:
    if not TYPE_CHECKING:
        with pytest.raises(TypeError, match="Odd"):

            @dataclass(frozen=True, slots=True)
            class Odd:
                number: int = dataclasses.field(compare=False)
