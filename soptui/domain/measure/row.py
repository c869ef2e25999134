"""What a section reports: typed rows of a `submit` or a `correct`, and which of them stand.

Nobody's row is ever overwritten. What counts for an indicator or a line is the last row for it, in
the order of the case's file, of the collecting round at hand; if that round has none, of the round
before, and so on. All others stay readable beside it, each with who gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field

from soptui.domain.measure.value import EMPTY, Absent, Entry, Figure, Parts

MINIMUM_REASON = 10
"""Least characters of the reason with which a warning is passed."""

Reported = Figure | Parts | Absent
"""What a signed row says: a row that says nothing cannot be made."""


class Texts(Struct, frozen=True):
    """The words of a row: what drove it, what stood in the way, what is done about it, a note.

    *Faktor pendorong*, *kendala*, *tindak lanjut*.
    """

    driver: str = ""
    obstacle: str = ""
    follow_up: str = ""
    note: str = ""


NO_TEXTS = Texts()


class IndicatorRow(Struct, frozen=True):
    """A section's row for an indicator in the period of the case.

    `evidence` are SHA-256 in hex of files attached in the same event. `passed` are the codes of
    the warnings that its author saw and passed, for `reason`.
    """

    indicator: str
    reported: Reported
    texts: Texts = NO_TEXTS
    evidence: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    reason: str = ""

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.indicator


class LineRow(Struct, frozen=True):
    """A section's row for the money of a line: what is spent to date, in rupiah, or why unknown."""

    line: str
    reported: Figure | Absent
    texts: Texts = NO_TEXTS
    evidence: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    reason: str = ""

    @property
    def code(self) -> str:
        """The code of the line."""
        return self.line


Row = IndicatorRow | LineRow


def has_reason(row: Row) -> bool:
    """Whether a row gives a reason that is long enough to pass a warning."""
    return len(row.reason.strip()) >= MINIMUM_REASON


class Answer(Struct, frozen=True):
    """An effective event that brings rows: a section's `submit`, or a `correct` of figures.

    `event` is its id, `round` the collecting step's round that was at hand. `corrects` is the id
    of the event whose values it corrects, empty for a `submit`.
    """

    event: str
    by: str
    unit: str
    at: datetime
    round: int
    rows: tuple[Row, ...]
    corrects: str = ""


class Version(Struct, frozen=True):
    """One row as it was given, and the event that brought it."""

    row: Row
    answer: Answer


class Standing(Struct, frozen=True):
    """The row that counts, and all others for the same thing, the newest first.

    `carried_from` is the earlier round it is from, or 0 when it is of the round at hand.
    """

    current: Version
    others: tuple[Version, ...]
    carried_from: int

    @property
    def row(self) -> Row:
        """The row that counts."""
        return self.current.row

    @property
    def event(self) -> str:
        """The id of the event that brought it."""
        return self.current.answer.event


class Figures(Struct, frozen=True):
    """The rows that count in a case: by the code of an indicator, and by the code of a line."""

    indicators: Mapping[str, Standing] = field(default_factory=dict)
    lines: Mapping[str, Standing] = field(default_factory=dict)

    def entry_of(self, indicator: str) -> Entry:
        """What stands for an indicator."""
        standing = self.indicators.get(indicator)
        return standing.row.reported if standing else EMPTY

    def spending(self) -> dict[str, Entry]:
        """What stands for the money of each line that was reported."""
        return {code: standing.row.reported for code, standing in self.lines.items()}


def figures_of(answers: Iterable[Answer], in_round: int) -> Figures:
    """The rows that count in a collecting round; `answers` in the order of the case's file.

    What belongs to a later round is not looked at.
    """
    indicators: dict[str, list[Version]] = {}
    lines: dict[str, list[Version]] = {}
    for answer in answers:
        if answer.round > in_round:
            continue
        for row in answer.rows:
            versions = indicators if isinstance(row, IndicatorRow) else lines
            versions.setdefault(row.code, []).append(Version(row, answer))
    return Figures(
        {code: _standing(versions, in_round) for code, versions in indicators.items()},
        {code: _standing(versions, in_round) for code, versions in lines.items()},
    )


def _standing(versions: list[Version], in_round: int) -> Standing:
    newest_first = versions[::-1]
    # `max` takes the first of equals, which is the last in the file.
    current = max(newest_first, key=lambda version: version.answer.round)
    at_hand = current.answer.round
    return Standing(
        current,
        tuple(version for version in newest_first if version is not current),
        0 if at_hand == in_round else at_hand,
    )
