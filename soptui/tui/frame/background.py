"""Sync while people work, and notice what others record in the same clone: in a thread, at
intervals, told in one quiet line.

Nothing is drawn and nothing is sent to the terminal unless something came or went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.message import Refusal
from soptui.locale import _, _n, translate
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.keys.keymap import printed_key
from soptui.tui.text.lines import one_line

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from soptui.desk import Desk
    from soptui.desk.history.news import News
    from soptui.desk.sharing.sharing import Result

SECONDS_PER_MINUTE = 60
_FIRST_AFTER_SECONDS = 1.0
"""How long after the start the first sync begins: the first screen comes before it."""
_WATCH_SECONDS = 2.0
"""How often it is asked whether somebody else moved the main line: two stats of a file."""


class Outcome(Struct, frozen=True):
    """How a sync ended: with a result, or with a refusal; and how much waits for the officer.

    `without_effect` are the numbers of the cases in which something the officer signed took none.
    """

    result: Result | None = None
    refusal: Refusal | None = None
    waiting: int = 0
    without_effect: tuple[str, ...] = ()

    @property
    def brought_news(self) -> bool:
        """Whether records of others came in."""
        return self.result is not None and self.result.behind > 0 and self.result.ok


class Background:
    """The syncs of one app, of the desk at which it sits then.

    `signal` is how news rings: `off`, `bell` or `osc9`.
    """

    def __init__(
        self, app: App[None], desk: Callable[[], Desk], *, minutes: int = 0, signal: str = "off"
    ) -> None:
        self._app = app
        self._desk = desk
        self._timers: tuple[Timer, ...] = ()
        self._stamp: object = None
        self._head = ""
        self._is_looking = False
        self._was_offline = False
        self.minutes = minutes
        self.signal = signal
        self.is_running = False
        self._wanted = False
        self._wanted_by_person = False
        self.last: Outcome | None = None

    @property
    def came_in(self) -> int | None:
        """How many records the last sync brought; None before the first that had a result."""
        result = self.last.result if self.last else None
        return result.behind if result else None

    def start(self) -> None:
        """Sync soon, and go on at intervals; nothing when they are off or without a hub."""
        self.stop()
        if self.minutes > 0:
            self._timers = (
                self._app.set_timer(_FIRST_AFTER_SECONDS, self.sync_quietly),
                self._app.set_interval(self.minutes * SECONDS_PER_MINUTE, self.sync_quietly),
            )

    def stop(self) -> None:
        """No further syncs by themselves."""
        for timer in self._timers:
            timer.stop()
        self._timers = ()

    def sync_quietly(self) -> None:
        """Sync in a thread, if there is a hub and no sync is running."""
        self.sync(asked=False)

    def share_act(self) -> None:
        """Bring an act just signed to the hub, where syncs in the background are on."""
        self._note()
        if self._timers:
            self.sync_quietly()

    def sync(self, *, asked: bool = True) -> None:
        """Sync in a thread; `asked` when a person waits to hear how it went."""
        if self._desk().read_only:
            return
        if self.is_running:
            self._wanted = True
            self._wanted_by_person = self._wanted_by_person or asked
            return
        self.is_running = True
        self._app.run_worker(
            lambda: self._work(asked), group="sync", thread=True, exit_on_error=False
        )

    def _work(self, asked: bool) -> None:
        outcome: Outcome | None = None
        try:
            outcome = self._synced()
        except Refusal as refusal:
            outcome = Outcome(refusal=refusal)
        finally:
            self.is_running = False
        if outcome is not None and self._app.is_running:
            self._app.call_from_thread(self._ended, outcome, asked)

    def _synced(self) -> Outcome | None:
        from soptui.desk.history.news import waiting_for
        from soptui.desk.sharing.sharing import Sharing
        from soptui.desk.sharing.without_effect import numbers_of

        desk = self._desk()
        sharing = Sharing(desk)
        if not sharing.state().hub:
            return None
        result = sharing.sync()
        waiting = waiting_for(desk) if result.behind else 0
        cases = dict.fromkeys(one.case for one in result.without_effect)
        return Outcome(result=result, waiting=waiting, without_effect=numbers_of(desk, cases))

    # --- what others record in this clone --------------------------------------------------------

    def watch(self) -> None:
        """From now on, notice when others record something in this clone."""
        self._note()
        self._app.set_interval(_WATCH_SECONDS, self._glance)

    def _note(self) -> None:
        desk = self._desk()
        self._stamp, self._head = desk.stamp(), desk.head()

    def _glance(self) -> None:
        if self.is_running or self._is_looking or self._desk().stamp() == self._stamp:
            return
        self._is_looking = True
        self._app.run_worker(self._look, group="watch", thread=True, exit_on_error=False)

    def _look(self) -> None:
        from soptui.desk.history.news import News, news_since

        desk = self._desk()
        stamp, head = desk.stamp(), desk.head()
        try:
            news = news_since(desk, self._head) if head != self._head else None
            self._stamp, self._head = stamp, head
        except Refusal as refusal:
            # What stands in the way may pass: the next glance tries again.
            news = News(0, 0, refusal.message)
        except Exception:
            self._stamp, self._head = stamp, head
            raise
        finally:
            self._is_looking = False
        if news is not None and self._app.is_running:
            self._app.call_from_thread(self._noticed, news)

    def _noticed(self, news: News) -> None:
        screen = self._screen()
        if screen is None:
            return
        if news.fault is not None:
            screen.say_beside(translate(news.fault), "bad")
        elif news.count:
            text = _came(news.count, news.waiting)
            screen.say_beside(text, "accent")
            self._ring(text)
        if self._app.screen is screen:
            screen.look()

    def tell(self, fault: str) -> None:
        """Say that something went wrong in the background."""
        screen = self._screen()
        if screen is not None:
            screen.say_beside(fault, "bad")

    # --- telling ---------------------------------------------------------------------------------

    def _ended(self, outcome: Outcome, asked: bool) -> None:
        """Say what a sync brought, show it, and begin the next one that was asked for meanwhile."""
        self.last = outcome
        if outcome.brought_news:
            self._note()
        if self._wanted:
            # Somebody acted, or asked, while this sync ran.
            self._wanted, by_person = False, self._wanted_by_person
            self._wanted_by_person = False
            self.sync(asked=by_person)
        screen = self._screen()
        if screen is None:
            return
        text, tone = self._news(outcome, asked)
        if text and asked:
            screen.say(text, tone)
        elif text:
            screen.say_beside(text, tone)
        if outcome.brought_news:
            self._ring(text)
        if self._app.screen is screen and (outcome.brought_news or asked):
            screen.look()

    def _news(self, outcome: Outcome, asked: bool) -> tuple[str, str]:
        """The one line to say, empty when nobody need hear it; and its tone."""
        from soptui.desk.sharing.sentences import sentences

        if outcome.refusal is not None:
            return (translate(outcome.refusal.message), "bad") if asked else ("", "plain")
        result = outcome.result
        if result is None:
            return "", "plain"
        was_offline, self._was_offline = self._was_offline, bool(result.offline)
        if result.offline:
            is_news = asked or not was_offline
            return (translate(next(sentences(result))), "warn") if is_news else ("", "plain")
        if not result.ok:
            return " ".join(map(translate, sentences(result))), "bad"
        if outcome.without_effect:
            return _took_no_effect(outcome.without_effect, self._app), "bad"
        if result.behind:
            return _came(result.behind, outcome.waiting), "accent"
        if was_offline or asked:
            return _("Synced: these records and the hub hold the same."), "good"
        return "", "plain"

    def _ring(self, text: str) -> None:
        if self.signal == "bell":
            self._app.bell()
        elif self.signal == "osc9":
            driver = self._app._driver
            if driver is not None:
                driver.write(f"\x1b]9;{one_line(text)}\x07")

    def _screen(self) -> OfficeScreen | None:
        found = [one for one in self._app.screen_stack if isinstance(one, OfficeScreen)]
        return found[-1] if found else None


def _took_no_effect(numbers: Sequence[str], app: App[None]) -> str:
    return _(
        "What you signed in {numbers} took no effect; {key} tells why.",
        numbers=numbers, key=printed_key(app.screen, "sync"),
    )  # fmt: skip


def _came(count: int, waiting: int) -> str:
    came = _n("{count} new record came in.", "{count} new records came in.", count)
    return f"{came} {_('Waiting for you: {count}.', count=waiting)}"
