"""What only colour shows, kept as whole pictures: `pytest --snapshot-update` draws them anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from soptui.demo.office import DemoOffice
from soptui.tui.app import SoptuiApp
from soptui.tui.terminal.themes import NAMES, default_theme
from tests.tui.sitting import Person

pytestmark = pytest.mark.snapshot


@pytest.mark.parametrize(
    ("theme", "officer", "keys"),
    [
        ("soptui-dark", "kasubbag-pk", []),
        ("soptui-light", "camat", ["2"]),
        ("ansi-dark", "camat", ["2"]),
    ],
)
def test_the_colours_are_as_in_the_picture(
    looking: DemoOffice,
    snap_compare: Callable[..., bool],
    theme: str,
    officer: str,
    keys: list[str],
) -> None:
    app = SoptuiApp(looking.desks[officer], looking.desks, ascii_only=False)
    app.theme = theme

    async def settled(pilot: Pilot[None]) -> None:
        person = Person(pilot, app)
        await person.waits()
        await person.presses(*keys)

    assert snap_compare(app, terminal_size=(80, 24), run_before=settled)


def test_terminals_with_few_colours_get_their_own() -> None:
    assert default_theme("standard", no_color=False) == "ansi-dark"
    assert default_theme(None, no_color=False) == "ansi-dark"
    assert default_theme("truecolor", no_color=True) == "ansi-dark"
    assert default_theme("256", no_color=False) in NAMES
