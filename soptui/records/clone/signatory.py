"""Who signs what is written into a clone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from soptui.domain.office import Officer

Sign = Callable[[bytes], bytes]
"""Turns the bytes to be signed into an armoured SSH signature."""


class Signatory(Protocol):
    """An officer who can sign now, as a desk is one.

    Officer and signature are asked for only when there is something to sign: somebody who is not
    registered yet can follow the hub all the same.
    """

    @property
    def officer_id(self) -> str:
        """The officer's id, registered or not."""

    @property
    def officer(self) -> Officer:
        """The officer as registered now. Raises `Refusal` when there is none."""

    def signing(self) -> Sign:
        """What signs as this officer. Raises `Refusal` when no registered key is at hand."""

    def now(self) -> datetime:
        """The time that the signed commit bears, in the office's zone."""
