"""The office of the tests of forms."""

from __future__ import annotations

import pytest

from tests.tui.forming import Office


@pytest.fixture
def office(small_office: Office) -> Office:
    """An office in which one case stands where a test wants it."""
    return small_office
