"""Syncs in the background while people work: in a thread, at intervals.

Nothing is drawn and nothing is sent to the terminal unless something came or went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.domain.message import Message, Refusal
from soptui.locale import _, translate
from soptui.tui.frame.notifications import Notifications, new_records_text
from soptui.tui.keys.keymap import printed_key

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from soptui.desk import Desk
    from soptui.desk.sharing.sharing import Result
    from soptui.tui.frame.record_watch import RecordWatch
    from soptui.tui.frame.threads import Threads

SECONDS_PER_MINUTE = 60
_FIRST_AFTER_SECONDS = 1.0
"""How long after the start the first sync begins: the first screen comes before it."""


class Outcome(Struct, frozen=True):
    """How a sync ended: with a result, or with a refusal; and how much waits for the officer.

    `without_effect` are the numbers of the cases in which something the officer signed took none,
    and `of_letters` tells of letters that are registered twice or whose number moved.
    """

    result: Result | None = None
    refusal: Refusal | None = None
    waiting: int = 0
    without_effect: tuple[str, ...] = ()
    of_letters: tuple[Message, ...] = ()

    @property
    def brought_news(self) -> bool:
        """Whether records of others came in."""
        return self.result is not None and self.result.behind > 0 and self.result.ok


class BackgroundSync:
    """The syncs of one app, of the desk at which it sits then."""

    def __init__(
        self,
        app: App[None],
        threads: Threads,
        notifications: Notifications,
        watch: RecordWatch,
        desk: Callable[[], Desk],
    ) -> None:
        self._app = app
        self._threads = threads
        self._notifications = notifications
        self._watch = watch
        self._desk = desk
        self._timers: tuple[Timer, ...] = ()
        self._was_offline = False
        self._wanted = False
        self._wanted_by_person = False
        self.minutes = 0
        self.is_running = False
        self.last: Outcome | None = None

    @property
    def came_in(self) -> int | None:
        """How many records the last sync brought; None before the first that had a result."""
        result = self.last.result if self.last else None
        return result.behind if result else None

    def run_every(self, minutes: int) -> None:
        """Sync soon, and go on at these intervals; nothing when they are 0 or without a hub."""
        for timer in self._timers:
            timer.stop()
        self._timers = ()
        self.minutes = minutes
        if minutes > 0:
            self._timers = (
                self._app.set_timer(_FIRST_AFTER_SECONDS, self._sync_quietly),
                self._app.set_interval(minutes * SECONDS_PER_MINUTE, self._sync_quietly),
            )

    def share_act(self) -> None:
        """Bring an act just signed to the hub, where syncs in the background are on."""
        self._watch.take_as_known()
        if self._timers:
            self._sync_quietly()

    def _sync_quietly(self) -> None:
        self.sync(asked=False)

    def sync(self, *, asked: bool = True) -> None:
        """Sync in a thread; `asked` when a person waits to hear how it went.

        While one is running, the next follows it.
        """
        if self._desk().read_only:
            return
        if self.is_running:
            self._wanted = True
            self._wanted_by_person = self._wanted_by_person or asked
            return
        self.is_running = self._watch.is_paused = True
        self._threads.run(
            "sync", self._synced, lambda outcome: self._tell(outcome, asked), when_back=self._end
        )

    def _end(self) -> None:
        """Begin the sync that somebody asked for, or acted for, while this one ran."""
        self.is_running = self._watch.is_paused = False
        if self._wanted:
            self._wanted, by_person = False, self._wanted_by_person
            self._wanted_by_person = False
            self.sync(asked=by_person)

    def _synced(self) -> Outcome | None:
        from soptui.desk.history.news import waiting_for
        from soptui.desk.sharing.registrations import sentences_of
        from soptui.desk.sharing.sharing import Sharing
        from soptui.desk.sharing.without_effect import numbers_of

        desk = self._desk()
        sharing = Sharing(desk)
        try:
            if not sharing.state().hub:
                return None
            result = sharing.sync()
            waiting = waiting_for(desk) if result.behind else 0
            cases = dict.fromkeys(one.case for one in result.without_effect)
            without_effect = numbers_of(desk, cases)
        except Refusal as refusal:
            return Outcome(refusal=refusal)
        return Outcome(
            result=result, waiting=waiting, without_effect=without_effect,
            of_letters=tuple(sentences_of(desk, result.twins, result.renumbered)),
        )  # fmt: skip

    def _tell(self, outcome: Outcome | None, asked: bool) -> None:
        """Say what a sync brought, and show it."""
        if outcome is None:
            return
        self.last = outcome
        if outcome.brought_news:
            self._watch.take_as_known()
        text, tone = self._news(outcome, asked)
        if text and asked:
            self._notifications.answer(text, tone)
        elif text:
            self._notifications.tell(text, tone)
        if outcome.brought_news:
            self._notifications.ring(text)
        if outcome.brought_news or asked:
            self._notifications.renew_screen()

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
            return self._without_effect_text(outcome.without_effect), "bad"
        if outcome.of_letters:
            return " ".join(map(translate, outcome.of_letters)), "warn"
        if result.behind:
            return new_records_text(result.behind, outcome.waiting), "accent"
        if was_offline or asked:
            return _("Synced: these records and the hub hold the same."), "good"
        return "", "plain"

    def _without_effect_text(self, numbers: Sequence[str]) -> str:
        return _(
            "What you signed in {numbers} took no effect; {key} tells why.",
            numbers=numbers, key=printed_key(self._app.screen, "sync"),
        )  # fmt: skip
