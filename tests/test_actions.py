"""Every table of the actions is total: whoever adds one is told of each place that lacks it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from soptui.cli.app import sections
from soptui.cli.commands.act import COMMANDS
from soptui.desk.actions.table import ACTIONS
from soptui.domain.actions.table import RULES
from soptui.domain.events import DETAILS, Action
from soptui.records.files.commit_message import VERBS
from soptui.records.index import case_scan
from soptui.tui.keys.commands import COMMANDS as KEYS

FORMAT = (Path(__file__).parents[1] / "docs" / "record-format.md").read_text("utf-8")
ROWS = FORMAT.partition("| action | keys |")[2].partition("\n\n")[0]

TABLES: dict[str, Iterable[str]] = {
    "soptui/domain/events.py: Details": DETAILS,
    "soptui/domain/actions/table.py: RULES": RULES,
    "soptui/records/files/commit_message.py: VERBS": VERBS,
    "soptui/desk/actions.py: ACTIONS": [info.action for info in ACTIONS],
    "soptui/cli/commands/act.py: COMMANDS": COMMANDS,
    "soptui/cli/app.py: sections": [
        entry.name for section in sections() for entry in section.entries if entry.module == "act"
    ],
    "soptui/tui/keys/commands.py: COMMANDS": [one.action for one in KEYS if one.action],
    "docs/record-format.md, section 3": re.findall(r"^\| `([a-z]+)` ", ROWS, re.MULTILINE),
}  # fmt: skip


def test_every_table_of_the_actions_has_each_action_once() -> None:
    amiss = []
    for place, table in TABLES.items():
        names = list(table)
        amiss += [f"{place} lacks {name}" for name in Action if name not in names]
        amiss += [f"{place} has {name}, which is no action" for name in {*names} - {*Action}]
        amiss += [f"{place} has {name} twice" for name in {*names} if names.count(name) > 1]
    assert not amiss, "\n".join(amiss)


def test_what_is_said_of_some_actions_is_said_of_actions() -> None:
    some = case_scan._LINE_DECIDES | case_scan._NO_LINE_DECIDES | case_scan._MAY_NAME_A_DAY
    assert some <= set(Action)
    assert not case_scan._LINE_DECIDES & case_scan._NO_LINE_DECIDES


def test_every_action_has_its_own_words_and_key() -> None:
    for texts in (
        VERBS.values(),
        [info.label for info in ACTIONS],
        [info.done for info in ACTIONS],
        [info.key for info in ACTIONS],
    ):
        assert len(set(texts)) == len(Action)
