"""An attack as data: what is done to honest records, and which finding it must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.attacks.builder import OTHER_CASE, Records

Build = Callable[[Records], object]


@dataclass(frozen=True)
class Attack:
    """One attack, pushed on top of honest records.

    `row` is the row of the threat table, "list" for the list under it, or "later" for the surfaces
    that came after that. `code` is the finding when only what was pushed is verified; `whole` the
    one when the whole history is, empty when the history by itself is in order. `twin` does the
    honest thing that resembles it most.
    """

    name: str
    row: str
    build: Build
    code: str
    whole: str
    twin: Build | None = None

    def __str__(self) -> str:
        return self.name


ATTACKS: list[Attack] = []
"""Every attack that can be pushed. `tests.attacks.catalogue` has them all."""


def attack(
    row: str, code: str, *, whole: str | None = None, twin: Build | None = None
) -> Callable[[Build], Build]:
    """Put the decorated function into `ATTACKS`, under its own name."""

    def keep(build: Build) -> Build:
        name = build.__name__
        ATTACKS.append(Attack(name, row, build, code, code if whole is None else whole, twin))
        return build

    return keep


def opening() -> Records:
    """Honest records: one case about to be received at step 3, another registered, a note."""
    records = Records()
    records.walk(5)
    records.walk(1, OTHER_CASE)
    records.note("staff-1")
    return records
