"""The records at a tree: what neighbouring trees share is read once."""

from __future__ import annotations

from tests.attacks.builder import Records


def test_calendars_are_read_once_for_all_trees_that_share_them() -> None:
    records = Records()
    before = records.snapshot()
    records.walk(2)
    after = records.snapshot()
    assert before.root != after.root
    assert before.calendars()
    assert after.calendars() is before.calendars()
