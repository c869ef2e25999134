"""The union of two sides of a case's file, which is all that a merge may contain.

The first side's file, followed by those blocks of the second side that the first lacks, in their
order. (`docs/record-format.md`, merges.)
"""

from __future__ import annotations

from soptui.records.files import codec


def union_of_cases(first: bytes, second: bytes) -> bytes | None:
    """The union of two files of one case, or None when they are not files of the same case.

    Raises the codec's fault when a side cannot be split into blocks.
    """
    header, blocks = codec.split_case(first)
    other_header, other_blocks = codec.split_case(second)
    if header != other_header:
        return None
    known = frozenset(blocks)
    return first + b"".join(block for block in other_blocks if block not in known)
