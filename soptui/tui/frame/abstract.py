"""Abstract screens and widgets: a subclass without every abstract method cannot be made."""

from __future__ import annotations

from abc import ABCMeta

from textual.message_pump import _MessagePumpMeta


class AbstractMeta(_MessagePumpMeta, ABCMeta):
    """Textual's own metaclass, and that of abstract classes."""
