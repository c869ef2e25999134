"""Abstract screens and widgets: one that lacks what every kind of it must say cannot be made."""

from __future__ import annotations

from abc import ABCMeta

from textual.message_pump import _MessagePumpMeta


class AbstractMeta(_MessagePumpMeta, ABCMeta):
    """Textual's own metaclass, and that of abstract classes."""
