"""What reported rows are held against at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field

from soptui.domain.measure.period import Period
from soptui.domain.measure.prior import Prior
from soptui.domain.measure.register import Register
from soptui.domain.measure.row import Figures


class Surroundings(Struct, frozen=True):
    """What rows are held against: the register, earlier quarters, and what stands in the case.

    `priors` are by quarter. `history` has each indicator's reported values of earlier quarters,
    the oldest first, over the years. `is_amending` while the agreement is being changed.
    """

    register: Register
    period: Period
    priors: Mapping[int, Prior] = field(default_factory=dict)
    history: Mapping[str, Sequence[Fraction]] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    is_amending: bool = False
