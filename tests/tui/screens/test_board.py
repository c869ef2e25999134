"""The board as those who answer for the office look at it: a picture that one walks through."""

from __future__ import annotations

import pytest

from soptui.demo.office import DemoOffice
from soptui.locale import use
from soptui.tui.screens.dashboard import DashboardScreen
from soptui.tui.widgets.spot_view import SpotView
from tests.tui.sitting import Person, compare, sitting

SIZES = ((80, 24), (120, 40), (200, 50))


def board_of(person: Person) -> DashboardScreen:
    screen = person.screen
    assert isinstance(screen, DashboardScreen)
    return screen


def spot_of(person: Person) -> str:
    """The key of the spot under the cursor."""
    spot = person.app.screen.query_one(SpotView).spot
    return spot.key if spot is not None else ""


async def looks_at(person: Person, key: str) -> None:
    """Put the cursor on a spot, and wait until it is told what that is."""
    board = board_of(person)
    board.picture.go_to(key)
    board.tell_now()
    await person.waits()


@pytest.mark.snapshot
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_board_is_as_its_picture(
    looking: DemoOffice, size: tuple[int, int], language: str
) -> None:
    use(language)
    async with sitting(looking, "camat", size) as camat:
        await camat.presses("6")
        await looks_at(camat, "now late")
        compare(f"board-{size[0]}x{size[1]}-{language}", camat.sees())


@pytest.mark.snapshot
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_all_figures_are_a_key_away(looking: DemoOffice, size: tuple[int, int]) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses("6", "a", "tab")
        compare(f"board-tables-{size[0]}x{size[1]}", camat.sees())
        await camat.presses("a")
        assert not board_of(camat).shows_tables


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_each_open_case_lies_in_its_step_without_a_key(
    looking: DemoOffice, size: tuple[int, int]
) -> None:
    async with sitting(looking, "camat", size) as camat:
        await camat.presses("6")
        drawn = board_of(camat).picture.drawn
        cases = [spot for spot in drawn.spots if spot.key.startswith("case ")]
        in_sight = camat.sees().splitlines()
        open_cases = looking.desks["camat"].cases().page(50)
        assert len(cases) == len(open_cases)
        numbers = {str(row.agenda) for row in open_cases}
        assert numbers <= set(" ".join(in_sight).split())


async def test_at_eighty_columns_it_is_seen_which_step_is_late(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("6")
        (step,) = (one for one in camat.sees().splitlines() if one.startswith(" 2   Sekr"))
        assert "3/3" in step
        assert "133% · 32 kali baku" in step


async def test_at_a_hundred_twenty_columns_it_is_seen_whether_it_gets_better(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat", (120, 40)) as camat:
        await camat.presses("6")
        seen = camat.sees()
        assert "Tepat waktu, 13 minggu" in seen
        assert "skala: sampai 100%" in seen


async def test_the_sop_whose_cases_these_are_is_named(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("6")
        assert "PENGUKURAN DATA KINERJA" in camat.title


async def test_a_case_is_opened_from_its_step_and_back_leads_there(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (120, 40)) as camat:
        await camat.presses("6", "tab")
        before = spot_of(camat)
        assert before.startswith("case ")
        await camat.presses("enter")
        assert camat.case_in_hand() == before.split()[-1]
        await camat.presses("q")
        assert spot_of(camat) == before


async def test_the_cases_of_a_week_are_opened_from_its_cell(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (120, 40)) as camat:
        await camat.presses("6", "tab", "tab", "right")
        assert spot_of(camat).startswith("week ")
        await camat.presses("enter")
        assert camat.screen.PLACE == "cases"
        assert "langkah 1 dalam minggu" in camat.title


async def test_arrows_go_to_what_lies_that_way(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (120, 40)) as camat:
        await camat.presses("6", "tab")
        first = spot_of(camat)
        await camat.presses("right", "down")
        assert spot_of(camat) not in ("", first)
        await camat.presses("up", "left")
        assert spot_of(camat) == first
        await camat.presses("up")
        assert spot_of(camat).startswith("now ")


async def test_beside_a_broad_picture_stand_the_cases_of_the_cell_in_hand(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat", (200, 50)) as camat:
        await camat.presses("6")
        await looks_at(camat, "now late")
        assert "4 berkas · Terlambat" in camat.line_of("behind")
        assert "Pengukuran Data Kinerja Triwulan IV" in camat.line_of("behind")


async def test_it_is_told_which_case_a_number_is(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("6", "tab")
        await looks_at(camat, spot_of(camat))
        assert "Pengukuran Data Kinerja Triwulan IV" in camat.line_of("told")


async def test_the_figures_of_an_earlier_quarter_and_of_the_year(looking: DemoOffice) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("6")
        assert "Triwulan IV 2026" in camat.title
        assert "Masuk 11" in camat.sees()
        await camat.presses("left_square_bracket")
        assert "Triwulan III 2026" in camat.title
        assert "Masuk 0" in camat.sees()
        await camat.presses("right_square_bracket", "y")
        assert "Tahun 2026" in camat.title
        await camat.presses("y")
        assert "Triwulan IV 2026" in camat.title


async def test_enter_on_a_figure_opens_the_cases_behind_it_and_back_returns(
    looking: DemoOffice,
) -> None:
    async with sitting(looking, "camat") as camat:
        await camat.presses("6", "a", "tab", "tab", "tab")
        assert camat.table.key == "return 0"
        await camat.presses("enter")
        assert "6 → 5" in camat.title
        assert len(camat.subjects()) == 1
        assert "Perbaikan Data Kinerja" in camat.subjects()[0]
        await camat.presses("q")
        assert camat.screen.PLACE == "board"
        assert camat.table.key == "return 0"


async def test_in_ascii_the_trend_is_told_in_digits(looking: DemoOffice) -> None:
    async with sitting(looking, "camat", (120, 40), ascii_only=True) as camat:
        await camat.presses("6")
        (trend,) = (one for one in camat.sees().splitlines() if "13 minggu" in one)
        assert trend.isascii()
        assert any(digit in trend.split("minggu")[1].split()[0] for digit in "1234567")
