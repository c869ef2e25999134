"""What is easily a slip of an administrator is asked about at a terminal, and refused without."""

from __future__ import annotations

import os

import pytest

from tests.attacks.test_key_requests import at_terminal
from tests.support.commands import Terminal

ENDS = ("officer", "end-post", "camat-1", "camat")


def test_without_a_terminal_a_slip_needs_a_word_of_its_own(terminal: Terminal) -> None:
    before = terminal.office.tip
    refused = terminal.run("admin-1", *ENDS)
    assert refused.exit_code == 1
    said = " ".join(refused.stderr.split())
    assert "the office has no Camat: nothing is disposed, approved, cancelled or reopened" in said
    assert "Nothing was changed." in said
    assert "--sure does it all the same" in said
    assert terminal.office.tip == before
    terminal.does("admin-1", *ENDS, "--sure")
    assert terminal.office.tip != before


@pytest.mark.parametrize(
    ("answer", "code", "said"), [("n\n", 1, "not signed"), ("y\n", 0, "Commit")]
)
def test_at_a_terminal_it_is_said_what_follows_and_asked(
    terminal: Terminal, answer: str, code: int, said: str
) -> None:
    before = terminal.office.tip
    options = terminal.options("admin-1")
    told = at_terminal(*options, *ENDS, answer=answer, cwd=terminal.root, env=dict(os.environ))
    assert "the office has no Camat" in told.text
    assert "Sign it all the same? [y/N]" in told.text
    assert (told.code, said in told.text) == (code, True)
    assert (terminal.office.tip == before) is (code == 1)
