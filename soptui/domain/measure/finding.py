"""What a check of a register or of reported figures finds, with its place."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from soptui.domain.message import Message


class Severity(StrEnum):
    """What a finding asks for: an error is mended, a warning gets a reason, information is read."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def sign(self) -> str:
        """The sign in front of a finding: "!", "~" or "i"."""
        return {"error": "!", "warning": "~", "info": "i"}[self.value]


class Subject(StrEnum):
    """What a finding or a difference is about; the values are the tables of the register's file."""

    REGISTER = "register"
    SCALE = "scale"
    PREDICATE_SCALE = "predicate_scales"
    LINE = "lines"
    INDICATOR = "indicators"


class Finding(Struct, frozen=True):
    """One finding. `code` is stable; `id` and `field` say which line or indicator, and which key.

    `id` is empty for what concerns the whole, `field` for what concerns all of its fields.
    """

    code: str
    severity: Severity
    subject: Subject
    id: str
    field: str
    message: Message


def error(
    code: str, subject: Subject, message: Message, *, of: str = "", field: str = ""
) -> Finding:
    """A finding that keeps the register from being put in force, or the row from being signed."""
    return Finding(code, Severity.ERROR, subject, of, field, message)


def warning(
    code: str, subject: Subject, message: Message, *, of: str = "", field: str = ""
) -> Finding:
    """A finding that passes with a reason."""
    return Finding(code, Severity.WARNING, subject, of, field, message)


def info(
    code: str, subject: Subject, message: Message, *, of: str = "", field: str = ""
) -> Finding:
    """A finding that is only told."""
    return Finding(code, Severity.INFO, subject, of, field, message)
