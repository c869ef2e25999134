"""The keys of a block follow from what the event carries; the format's page tells all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from soptui.domain.events import DETAILS, Action
from soptui.records.files.event_keys import keys_of, keys_of_block

PAGE = Path(__file__).parents[3] / "docs" / "record-format.md"


@pytest.mark.parametrize("action", Action)
def test_the_format_s_page_tells_the_keys_of_an_action_in_their_order(action: Action) -> None:
    (row,) = re.findall(rf"^\| `{action}` \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = re.findall(r"`(\w+)`(\??)", re.sub(r"\([^)]*\)", "", row))
    keys = keys_of_block(action).carried
    assert told == [(key.name, "" if key.required else "?") for key in keys]


def test_only_the_keys_of_a_letter_are_named_otherwise_than_the_fields() -> None:
    for kind in DETAILS.values():
        if kind.action is not Action.REGISTER:
            assert all(key.name == key.field for key in keys_of(kind))
    letter = keys_of_block(Action.REGISTER).carried
    assert [key.name for key in letter if key.name != key.field] == [
        "letter_number", "letter_date", "received_at",
    ]  # fmt: skip
