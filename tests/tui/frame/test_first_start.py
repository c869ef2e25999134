"""The first start: the tour is offered once, and in too small a window only after that is said."""

from __future__ import annotations

from soptui.demo.office import DemoOffice
from soptui.tui.app import SoptuiApp
from soptui.tui.frame.last_place import was_toured
from soptui.tui.screens.tour import TourDialog
from tests.tui.sitting import person_at


async def test_in_too_small_a_window_the_tour_waits_until_there_is_room(
    office: DemoOffice,
) -> None:
    app = SoptuiApp(office.desks["camat"], office.desks)
    app.offers_tour = True
    async with person_at(app, (59, 15)) as camat:
        assert not isinstance(app.screen, TourDialog)
        assert "terlalu kecil" in camat.sees()
        assert not was_toured()
        await camat.resizes(80, 24)
        assert isinstance(app.screen, TourDialog)
        await camat.presses("escape")
        await camat.resizes(60, 16)
        await camat.resizes(80, 24)
        assert not isinstance(app.screen, TourDialog)
