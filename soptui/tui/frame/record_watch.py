"""Watches the records of this clone, and notifies the officer of what others record in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from soptui.domain.ids import NO_COMMIT
from soptui.domain.message import Refusal
from soptui.locale import translate
from soptui.tui.frame.notifications import Notifications, new_records_text

if TYPE_CHECKING:
    from textual.app import App

    from soptui.desk import Desk
    from soptui.desk.history.news import News
    from soptui.tui.frame.threads import Threads

_EVERY_SECONDS = 2.0
"""How often it is asked whether somebody else moved the main line: two stats of a file."""


class RecordWatch:
    """Watches the records of one app. Nothing is drawn or sent unless something came."""

    def __init__(
        self,
        app: App[None],
        threads: Threads,
        notifications: Notifications,
        desk: Callable[[], Desk],
    ) -> None:
        self._app = app
        self._threads = threads
        self._notifications = notifications
        self._desk = desk
        self._stamp: object = None
        self._head = NO_COMMIT
        self._is_looking = False
        self.is_paused = False
        """Whether a sync moves the records now, which tells of it itself."""

    def start(self) -> None:
        """From now on, notice when others record something."""
        self.take_as_known()
        self._app.set_interval(_EVERY_SECONDS, self.glance)

    def take_as_known(self) -> None:
        """What is in the records now is no news."""
        desk = self._desk()
        self._stamp, self._head = desk.stamp(), desk.head()

    def glance(self) -> None:
        """Look in a thread, if anything moved."""
        if self.is_paused or self._is_looking or self._desk().stamp() == self._stamp:
            return
        self._is_looking = True
        self._threads.run("watch", self._look, self._tell, when_back=self._end)

    def _end(self) -> None:
        self._is_looking = False

    def _look(self) -> News | None:
        from soptui.desk.history.news import News, news_since

        desk = self._desk()
        stamp, head = desk.stamp(), desk.head()
        try:
            news = news_since(desk, self._head) if head != self._head else None
        except Refusal as refusal:
            # What stands in the way may pass: the next glance tries again.
            return News(0, 0, refusal.message)
        except Exception:
            self._stamp, self._head = stamp, head
            raise
        self._stamp, self._head = stamp, head
        return news

    def _tell(self, news: News | None) -> None:
        if news is None:
            return
        if news.fault is not None:
            self._notifications.tell(translate(news.fault))
        elif news.count:
            text = new_records_text(news.count, news.waiting)
            self._notifications.tell(text, "accent")
            self._notifications.ring(text)
        self._notifications.renew_screen()
