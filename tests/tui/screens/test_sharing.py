"""What the screen says of sharing while people work at it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from soptui.desk.settings.screen import ScreenSettings
from soptui.desk.sharing.sharing import Sharing
from soptui.desk.sharing.without_effect import not_seen
from soptui.domain.events import Recall
from soptui.locale import use
from soptui.tui.app import SoptuiApp
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.presentation.facts import Facts
from soptui.tui.screens.case import CaseNow, CaseScreen
from soptui.tui.text.lines import text_of
from soptui.tui.widgets.table import Table
from tests.support.town import HEAD, REGISTRAR, Clone, Town
from tests.support.waiting import until_at_rest, until_so

SETTINGS = ScreenSettings(sync_minutes=60, signal="bell")
BY_HAND = ScreenSettings(sync_minutes=0, signal="bell")


Presses = Callable[..., Awaitable[None]]


class Sitter:
    """Somebody at the screen."""

    pilot: Pilot[None]

    def __init__(self, app: SoptuiApp) -> None:
        self.app = app
        self.bells = 0

    @property
    def screen(self) -> OfficeScreen:
        screen = self.app.screen
        assert isinstance(screen, OfficeScreen)
        return screen

    def ring(self) -> None:
        self.bells += 1


@asynccontextmanager
async def screen_of(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, settings: ScreenSettings
) -> AsyncIterator[tuple[Sitter, Presses]]:
    use("en")
    app = SoptuiApp(clone.desk, settings=settings)
    sitter = Sitter(app)
    monkeypatch.setattr(app, "bell", sitter.ring)
    async with app.run_test() as pilot:
        sitter.pilot = pilot
        await until_at_rest(pilot)
        if settings is SETTINGS:
            # The first sync begins by a timer, so that the first screen comes before it.
            await until_so(pilot, lambda: app.background.last is not None)
            await until_at_rest(pilot)

        async def presses(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                await until_at_rest(pilot)

        yield sitter, presses
    use("id")


async def test_work_that_comes_in_is_told_in_one_line_and_rings_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.register()
    registrar.sync()
    async with screen_of(head, monkeypatch, SETTINGS) as (sitter, _presses):
        assert sitter.screen.news == "1 new record came in. Waiting for you: 1."
        assert sitter.bells == 1


async def test_a_sync_that_brings_nothing_says_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = town.clone(HEAD)
    async with screen_of(head, monkeypatch, SETTINGS) as (sitter, _presses):
        assert sitter.screen.news == ""
        assert sitter.bells == 0


async def test_every_header_says_what_is_unsent_and_since_when_the_hub_is_silent(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    async with screen_of(registrar, monkeypatch, BY_HAND) as (sitter, presses):

        def needs() -> list[str]:
            told = [need.text.partition(" since ")[0] for need in sitter.screen.header().needs]
            # The clock of this computer is behind the town's records.
            return [one for one in told if one != "clock wrong"]

        assert needs() == ["unsent 1"]
        away = town.hub.with_name("away")
        town.hub.rename(away)
        await presses("7", "f10", "2")
        assert needs() == ["unsent 1", "offline"]
        away.rename(town.hub)
        await presses("7", "f10")
        assert needs() == []
        await presses("1")
        assert needs() == []


async def test_a_sync_by_key_sends_ones_own_and_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.register()
    async with screen_of(registrar, monkeypatch, BY_HAND) as (sitter, presses):
        await presses("7")
        assert "Not sent yet        1" in state_told(sitter)
        await presses("f10")
        assert sitter.screen.news == "Synced: these records and the hub hold the same."
        assert "Not sent yet        0" in state_told(sitter)
    assert head.sync().behind == 1


async def test_a_hub_out_of_reach_is_told_and_work_goes_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = town.clone(HEAD)
    town.hub.rename(town.folder / "unplugged")
    async with screen_of(head, monkeypatch, SETTINGS) as (sitter, presses):
        assert "Your work is kept." in sitter.screen.news
        await presses("7")
        assert "Offline since" in state_told(sitter)


async def test_a_read_only_desk_syncs_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.register()
    registrar.sync()
    settings = ScreenSettings(sync_minutes=60, read_only=True)
    async with screen_of(head, monkeypatch, settings) as (sitter, _presses):
        assert sitter.screen.news == ""
    assert head.sync().behind == 1


def state_told(sitter: Sitter) -> str:
    """What the place of sync says of the sharing."""
    from soptui.tui.widgets.painted import LineView

    return text_of(sitter.screen.query_one("#state", LineView).lines)


async def test_an_act_is_shared_as_soon_as_it_is_signed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    registrar.register()
    registrar.sync()
    async with screen_of(head, monkeypatch, SETTINGS) as (_sitter, presses):
        await presses("t", "f10")
        assert town.hub_tip() == head.head
        assert head.head != registrar.head


def overtaken(town: Town) -> tuple[Clone, str]:
    """The head, who disposed a letter that the registrar had taken back, with its case."""
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    head.dispose(case)
    registrar.act(case, Recall())
    registrar.sync()
    return head, case


async def test_what_took_no_effect_is_told_in_full_and_found_until_the_case_is_opened(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, case = overtaken(town)
    whole = "What you signed in 1/2026 (Receive, Dispose) took no effect: "
    async with screen_of(head, monkeypatch, BY_HAND) as (sitter, presses):
        await presses("7", "f10")
        assert sitter.screen.news == "What you signed in 1/2026 took no effect; 7 tells why."
        assert whole in " ".join(state_told(sitter).split())
        await presses("1")
        table = sitter.screen.query_one("#list", Table)
        assert table.key == f"without-effect {case}"
        await presses("enter")
        assert sitter.screen.news.startswith(whole)
        await presses("q")
        assert table.key == ""
        await presses("7")
        assert "took no effect" not in state_told(sitter)


async def test_who_leaves_a_case_before_it_is_shown_is_told_the_next_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, case = overtaken(town)
    Sharing(head.desk).sync()
    is_fetched, may_be_shown = threading.Event(), threading.Event()
    fetch = CaseScreen.fetch

    def fetch_slowly(screen: CaseScreen, facts: Facts) -> CaseNow:
        found = fetch(screen, facts)
        is_fetched.set()
        may_be_shown.wait()
        return found

    async with screen_of(head, monkeypatch, BY_HAND) as (sitter, presses):
        with monkeypatch.context() as slow:
            slow.setattr(CaseScreen, "fetch", fetch_slowly)
            try:
                await sitter.pilot.press("enter")
                await until_so(sitter.pilot, is_fetched.is_set)
                await sitter.pilot.press("q")
                await until_so(sitter.pilot, lambda: not isinstance(sitter.screen, CaseScreen))
            finally:
                may_be_shown.set()
        await until_at_rest(sitter.pilot)
        assert list(not_seen(head.desk)) == [case]
        await presses("enter")
        assert sitter.screen.news.startswith("What you signed in 1/2026")
        assert not_seen(head.desk) == {}
