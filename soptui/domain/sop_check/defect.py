"""What a check of an SOP finds."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from soptui.domain.message import Message


class Severity(StrEnum):
    """How much a defect matters, the gravest first.

    `ERROR`: the SOP cannot be put in force; no case can be walked through it, or nobody answers
    for it. `WARNING`: it runs, but the document should be mended. `INFO`: something for the
    office to confirm.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Defect(Struct, frozen=True):
    """One defect. `code` is stable; `row` is a step's number (0 is the registration), or None."""

    code: str
    severity: Severity
    row: int | None
    message: Message


def error(code: str, row: int | None, message: Message) -> Defect:
    """A defect that keeps the SOP from being put in force."""
    return Defect(code, Severity.ERROR, row, message)


def warning(code: str, row: int | None, message: Message) -> Defect:
    """A defect of the document that should be mended."""
    return Defect(code, Severity.WARNING, row, message)


def info(code: str, row: int | None, message: Message) -> Defect:
    """Something for the office to confirm."""
    return Defect(code, Severity.INFO, row, message)
