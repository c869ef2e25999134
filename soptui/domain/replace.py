"""A copy of a record in which some fields are others: records themselves never change.

`msgspec.structs.replace` makes it, but takes any name for a field as far as the type checker can
tell. For `dataclasses.replace` the type checker looks up the fields, with their types, of whatever
is like a dataclass; so that is what it is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace  # noqa: TID251 (the one place that may name it)
else:
    from msgspec.structs import replace

__all__ = ["replace"]
