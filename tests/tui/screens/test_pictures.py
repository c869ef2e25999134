"""Every screen as it stands, in both languages and at two sizes.

The pictures are in `pictures/`. SOPTUI_DRAW=1 draws them anew; read the difference before you
commit it.
"""

from __future__ import annotations

import pytest

from soptui.demo.office import DemoOffice
from soptui.locale import use
from tests.tui.sitting import SIZES, compare, sitting

# A name, whose desk, and the keys that lead there from the tray.
SCREENS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("tray", "kasubbag-pk", ()),
    ("tray-section", "kasi-pemerintahan", ()),
    ("cases", "camat", ("2",)),
    ("case-steps", "camat", ("end", "enter")),
    ("case-openings", "camat", ("end", "enter", "tab")),
    ("case-history", "camat", ("end", "enter", "tab", "tab", "down", "down")),
    ("case-files", "camat", ("end", "enter", "tab", "tab", "tab")),
    ("case-requests", "kasubbag-pk", ("end", "up", "enter", "left", "left", "left")),
    ("case-letter", "camat", ("end", "enter", "left", "left")),
    ("case-flow", "camat", ("end", "enter", "left")),
    ("sop-table", "camat", ("3",)),
    ("sop-identity", "camat", ("3", "tab")),
    ("sop-readings", "camat", ("3", "tab", "tab")),
    ("sop-check", "camat", ("3", "left")),
    ("people", "camat", ("4", "down")),
    ("audit", "camat", ("5",)),
    ("help", "camat", ("question_mark",)),
    ("palette", "camat", ("colon", "s", "o", "p")),
    ("desks", "camat", ("D",)),
)


@pytest.mark.snapshot
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("name", "officer", "keys"), SCREENS, ids=[one[0] for one in SCREENS])
async def test_the_screen_is_as_its_picture(
    looking: DemoOffice,
    name: str,
    officer: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
    language: str,
) -> None:
    use(language)
    async with sitting(looking, officer, size) as person:
        await person.presses(*keys)
        compare(f"{name}-{size[0]}x{size[1]}-{language}", person.sees())


BROAD: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("tray", "kasubbag-pk", ()),
    ("cases", "camat", ("2",)),
    ("cases-history", "camat", ("2", "tab", "tab")),
    ("case-steps", "camat", ("2", "enter")),
)


@pytest.mark.snapshot
@pytest.mark.parametrize(("name", "officer", "keys"), BROAD, ids=[one[0] for one in BROAD])
async def test_a_broad_screen_is_as_its_picture(
    looking: DemoOffice, name: str, officer: str, keys: tuple[str, ...]
) -> None:
    async with sitting(looking, officer, (200, 50)) as person:
        await person.presses(*keys)
        compare(f"{name}-200x50-id", person.sees())


@pytest.mark.snapshot
@pytest.mark.parametrize(
    "keys", [(), ("end", "enter"), ("2",), ("3",)], ids=["tray", "case", "cases", "sop"]
)
async def test_sixty_columns_can_be_used(looking: DemoOffice, keys: tuple[str, ...]) -> None:
    async with sitting(looking, "camat", (60, 20)) as person:
        await person.presses(*keys)
        compare(f"narrow-{person.screen.PLACE}", person.sees())
