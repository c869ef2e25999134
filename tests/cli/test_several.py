"""Acting in several cases with one command: each signed on its own, with a result for each."""

from __future__ import annotations

import json

from tests.support.commands import Terminal

HEAD = "camat-1"


def test_several_letters_are_received_and_disposed_with_a_line_for_each(terminal: Terminal) -> None:
    cases = [terminal.register(), terminal.register()]
    lines = terminal.does(HEAD, "receive", *cases).splitlines()
    assert [line.split(":")[0] for line in lines] == cases
    assert all("recorded and signed in commit" in line for line in lines)
    disposed = terminal.data(
        HEAD, "dispose", *cases, "--to", "sekretaris", "--instruction", "tindak-lanjuti"
    )
    assert [one["case"] for one in disposed] == cases
    assert len({one["commit"] for one in disposed}) == 2
    for case in cases:
        assert terminal.data("sekretaris-1", "show", case)["step"] == 2
    assert terminal.data(HEAD, "verify", "--full")["ok"]


def test_a_case_that_refuses_keeps_nothing_from_the_others(terminal: Terminal) -> None:
    taken, free = terminal.register(), terminal.register()
    terminal.does(HEAD, "receive", taken)
    result = terminal.run(HEAD, "receive", taken, free, "--json")
    assert result.exit_code == 1
    outcomes = {one["case"]: one for one in json.loads(result.stdout)}
    assert outcomes[free]["commit"]
    assert outcomes[taken]["commit"] is None
    assert "received" in outcomes[taken]["reason"]


def test_a_case_named_twice_is_acted_in_once(terminal: Terminal) -> None:
    case = terminal.register()
    received = terminal.data(HEAD, "receive", case, case[:9])
    assert received["case"] == case
    assert len(terminal.data(HEAD, "log", case)) == 2


def test_what_would_be_signed_is_shown_for_each_and_nothing_recorded(terminal: Terminal) -> None:
    cases = [terminal.register(), terminal.register()]
    before = terminal.office.repository.head()
    shown = terminal.does(
        HEAD, "dispose", *cases, "--to", "sekretaris", "--note", "Siapkan.", "--receive",
        "--dry-run",
    )  # fmt: skip
    assert shown.count('action = "dispose"') == 2
    assert terminal.office.repository.head() == before
