"""Settings of the screen by command."""

from __future__ import annotations

from tests.support.commands import Terminal


def test_what_belongs_to_the_screen_is_set_by_command(terminal: Terminal) -> None:
    terminal.does("camat-1", "config", "set", "screen.sync_minutes", "15")

    assert terminal.data("camat-1", "config", "get") == {"screen.sync_minutes": 15}
    assert terminal.run("camat-1", "config", "set", "screen.mouse", "maybe").exit_code != 0
