"""What the domain knows of the actions: of every one, and only what an event can bear."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from soptui.domain import actions
from soptui.domain.actions.guards import STEP_ACTIONS
from soptui.domain.actions.table import RULES
from soptui.domain.events import DETAILS, Action, Letter
from soptui.domain.separation import FINISHING


@pytest.mark.parametrize("action", Action)
def test_a_rule_is_about_what_its_action_carries(action: Action) -> None:
    assert RULES[action].details is DETAILS[action]
    assert DETAILS[action].action is action


def test_who_finishes_a_step_answers_for_it() -> None:
    moving = {action for acts in STEP_ACTIONS.values() for action in acts}
    assert moving - FINISHING == {Action.REGISTER, Action.REQUEST}
    assert moving >= FINISHING


def test_what_a_fault_names_is_a_field_of_an_event() -> None:
    known = {name for kind in (*DETAILS.values(), Letter) for name in kind.__struct_fields__}
    named = {
        keyword.value.value
        for path in Path(*actions.__path__).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "field" and isinstance(keyword.value, ast.Constant)
    }
    assert len(named) > 10
    assert named <= known | {"attachments"}
