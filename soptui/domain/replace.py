"""A copy of a record in which some fields are others: records themselves never change.

`msgspec.structs.replace` makes it, but takes any name for a field as far as the type checker can
tell. For `dataclasses.replace` the type checker looks up the fields, with their types, of whatever
is like a dataclass; so that is what it is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace
else:
    import dataclasses

    from msgspec import Struct, structs

    def replace(record, /, **changes):
        """The copy."""
        make = structs.replace if isinstance(record, Struct) else dataclasses.replace
        return make(record, **changes)


__all__ = ["replace"]
