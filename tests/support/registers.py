"""A register of indicators of an office of the tests. All of it is invented."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from soptui.domain.measure.register import Register
from soptui.domain.replace import replace
from tests.domain.measure import builders

SCAN = b"%PDF-1.7 Perjanjian Kinerja Contoh 2026, tanda tangan Camat Contoh\n"
SECTION = "seksi-pemerintahan"


def example_register(**changes: Any) -> Register:
    """A register without errors, of which one section reports everything."""
    register = builders.register(
        lines=tuple(replace(line, owner=SECTION if line.owner else "") for line in builders.LINES),
        indicators=tuple(replace(one, owner=SECTION) for one in builders.INDICATORS),
        basis_sha256=sha256(SCAN).hexdigest(),
        digest="",
    )
    return replace(register, **changes)
