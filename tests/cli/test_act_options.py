"""What an action asks is given by options: each with its own, none taken by every command."""

from __future__ import annotations

import pytest

from soptui.cli.base import global_options
from soptui.cli.commands.act import COMMANDS, option_of
from soptui.desk.actions.table import info_of
from soptui.domain.events import Action


@pytest.mark.parametrize("action", Action)
def test_each_field_has_an_option_that_no_other_parameter_shares(action: Action) -> None:
    parameters = COMMANDS[action.value].params
    general = {str(option.name) for option in global_options()}
    names = [str(parameter.name) for parameter in parameters]
    assert len(set(names)) == len(names)
    options = {str(option_of(field).name) for field in info_of(action).fields}
    assert options <= set(names) - general


def test_what_people_type_stays_in_the_singular_and_says_section_and_assignee() -> None:
    typed = {
        word for command in COMMANDS.values() for option in command.params for word in option.opts
    }
    assert typed >= {
        "--instruction", "--section", "--requirement", "--document", "--assignee", "--version",
    }  # fmt: skip
    assert not {"--instructions", "--unit", "--units", "--requirements", "--documents"} & typed
