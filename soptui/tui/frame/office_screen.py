"""What all our screens share: bars, commands from the table, work in threads, plain sentences.

A screen holds what else it is made of: `Threads` and `WaitingKeys` here, and where they are wanted
`Tabs`, `Acting`, `AttachmentSaver`. That keeps to one chain of bases, and it has to: for each
message, Textual calls the handler of every class along the MRO, the subclass's first, so that a
handler (`on_...`, or under `@on`) which looks overridden in truth runs as well.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen
from textual.worker import Worker

from soptui.desk.refusals import READ_ONLY, NotOpen
from soptui.desk.words.who_can import sentence_of
from soptui.domain.case import Closed
from soptui.domain.ids import NO_CASE, CaseId
from soptui.domain.message import Refusal
from soptui.locale import _, number, translate
from soptui.tui.design.foot import Foot, Hint
from soptui.tui.design.header import Header, Part
from soptui.tui.frame.abstract import AbstractMeta
from soptui.tui.frame.face import Face, face_of
from soptui.tui.frame.progress import Progressed
from soptui.tui.frame.room import take_room
from soptui.tui.frame.threads import Threads
from soptui.tui.frame.waiting_keys import WaitingKeys
from soptui.tui.keys.commands import PLACES, Command, Reason, Situation, command_of, commands_on
from soptui.tui.keys.keymap import printed_key
from soptui.tui.presentation.facts import Facts, facts_of
from soptui.tui.presentation.office_header import office_header
from soptui.tui.text.lines import Line, Span, line, wrap
from soptui.tui.widgets.alarm import show_alarm
from soptui.tui.widgets.key_bar import KeyBar
from soptui.tui.widgets.news_line import NewsLine
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.tabs import TabBar

if TYPE_CHECKING:
    from soptui.desk import Desk
    from soptui.domain.sop import Sop

SMALLEST = (60, 16)
"""Columns and lines below which a screen says only that it is too small."""
_RECORDING = frozenset({"sync-now", "checkpoint"})
"""Commands that record something, beside the acts upon a case."""
Handlers = Mapping[str, Callable[[], object]]
"""What runs a command, by the command's id."""


class Fetched(Struct, frozen=True):
    """What a thread has fetched for a screen."""

    facts: Facts
    data: Any


class OfficeScreen(Screen[None], metaclass=AbstractMeta):
    """A place, or the case opened from one.

    What it shows is fetched by `fetch` in a thread and handed to `show`; a refusal on the way
    becomes a sentence at the foot, and what was shown stays.
    """

    PLACE: ClassVar[str]
    HEADING: ClassVar[str]
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 (Textual's own type)
        (0, "-narrow"), (80, "-normal"), (120, "-wide"), (180, "-broad"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-low"), (32, "-tall")]  # noqa: RUF012

    _news = query_one("#news", NewsLine)

    def __init__(self) -> None:
        super().__init__()
        self.threads = Threads(self, refused=self.refused, failed=partial(self.say, tone="bad"))
        self.waiting_keys = WaitingKeys()
        self._fetched: Fetched | None = None

    @property
    def face(self) -> Face:
        """The app, as its screens see it."""
        return face_of(self)

    @property
    def desk(self) -> Desk:
        """The desk at which the officer sits now."""
        return self.face.desk

    def _get_breakpoint_classes(
        self, dimension: int, breakpoints: list[tuple[int, str]]
    ) -> set[str]:
        # Textual gives the last that applies; what holds of a wide screen holds of a broad one too.
        found = super()._get_breakpoint_classes(dimension, breakpoints)
        return {*found, "-wide"} if "-broad" in found else found

    # --- what subclasses say ----------------------------------------------------------------

    @abstractmethod
    def body(self) -> ComposeResult:
        """The widgets between the bars."""

    def fetch(self, facts: Facts) -> Any:
        """What `show` needs; runs in a thread and may raise `Refusal`."""
        return None

    def show(self, data: Any) -> None:
        """Put on the screen what was fetched."""

    def is_of_now(self, data: Any) -> bool:
        """Whether what was fetched is of what the screen is about now."""
        return True

    def situation(self) -> Situation:
        """What the checks of commands look at."""
        return Situation(desks=len(self.face.desks))

    def sops(self) -> Sequence[Sop]:
        """The SOPs that give roles their titles here, the one that counts most at the end."""
        return self.face.facts.sops if self.face.facts else ()

    def open_case_id(self) -> CaseId:
        """The case that is open here, to be opened again at the next start; or an empty string."""
        return NO_CASE

    def point_at(self, key: str) -> None:
        """Put the cursor on what has this key, now or once it is there."""

    # --- bars -------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, body, news and keys; and what stands there when there is no room for them."""
        take_room(self)
        yield LineView(self._header_lines, id="title")
        yield from self.body()
        yield NewsLine(id="news")
        yield KeyBar(self.foot, id="keys")
        yield LineView(_too_small, id="too-small")

    def on_screen_resume(self) -> None:
        """Look when the screen is first shown, and again when it comes back.

        What is there already is drawn first.
        """
        if self.face.facts is None:
            self.look()
        else:
            self.call_after_refresh(self.look)

    def renew_texts(self) -> None:
        """Say everything again, in the language that is spoken now."""
        self.renew_bars()
        self.query(TabBar).refresh()
        if self._fetched is not None:
            self.show(self._fetched.data)
            show_alarm(self, self._fetched.facts.clock_fault)

    def on_resize(self) -> None:
        """Say so when there is too little room."""
        size = self.app.size
        self.set_class(size.width < SMALLEST[0] or size.height < SMALLEST[1], "-too-small")

    def say(self, text: str, tone: str = "plain") -> None:
        """A line of news, in the reader's language, until the next; empty to take it away."""
        self._news.say(text, tone)

    def say_beside(self, text: str, tone: str) -> None:
        """News of what others did, below what was said of one's own act, which it leaves."""
        self._news.say_beside(text, tone)

    @property
    def news(self) -> str:
        """What was said last, and what was heard since."""
        return self._news.text

    def renew_bars(self) -> None:
        """Draw header and foot again after something changed."""
        self.renew_header()
        self.renew_keys()

    def renew_header(self) -> None:
        """Draw the header again: what it says of this place, or of the office, is another."""
        self.query_one("#title", LineView).show(self._header_lines)

    def renew_keys(self) -> None:
        """Ask for the keys again: what is open depends on what is under the cursor."""
        self.query_one("#keys", KeyBar).renew()

    def title_parts(self) -> tuple[Part, ...]:
        """What the screen is about, then how much of it, in the reader's language."""
        return (Part(_(self.HEADING), "head"),)

    def title_text(self) -> str:
        """What the screen is about, as plain text."""
        return self.header().text

    def header(self) -> Header:
        """The first line: what the screen is about, what needs the person, whose desk it is."""
        face = self.face
        return office_header(
            self.title_parts(), face.facts, face.attention.known, read_only=self.desk.read_only
        )

    def _header_lines(self, width: int) -> Sequence[Line]:
        return (self.header().line(width),)

    def foot(self) -> Foot:
        """The last line: acts for what is under the cursor, then how one gets elsewhere."""
        return Foot(self.acts(), self.ways(), self.kept_hints())

    def acts(self) -> tuple[Hint, ...]:
        """What can be done here now, the most likely first; nothing that ends a case by the way."""
        situation = self.situation()
        ranked = [one for one in commands_on(self.PLACE) if one.rank is not None]
        ranked.sort(key=self.rank_of)
        return tuple(self.hint(one.id) for one in ranked if self.is_hinted(one, situation))

    def rank_of(self, command: Command) -> int:
        """Where a command stands among the acts of the foot, the lowest first."""
        return command.rank or 0

    def ways(self) -> tuple[Hint, ...]:
        """How one gets to other places, finds something, and narrows the list."""
        known = [one.id for one in commands_on(self.PLACE)]
        places = ((_range_of([self.key_of(one) for one in PLACES]), _("Places")),)
        return (
            *(places if PLACES[0] in known else ()),
            *(self.hint(one) for one in ("palette", "filter") if one in known),
        )

    def kept_hints(self) -> tuple[Hint, ...]:
        """The way back where there is one, and help."""
        back = (self.hint("back"),) if len(self.app.screen_stack) > 1 else ()
        return (*back, self.hint("help"))

    def label_of(self, command: Command) -> str:
        """What a command is called on this screen now, in the reader's language."""
        return _(command.label)

    def hint(self, command_id: str) -> Hint:
        """A command's key, and what it does, in the reader's language."""
        command = command_of(command_id)
        return self.key_of(command_id), _(command.brief) if command.brief else _(command.label)

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """Whether the foot may show a command: when it would do something now."""
        if command.is_about_row and self.waiting_keys.is_loading and not situation.row:
            return False
        if command.ends_case and not self.is_due_to_end(command):
            return False
        return self.why_not(command, situation) is None

    def is_due_to_end(self, command: Command) -> bool:
        """Whether the SOP has the case in hand end now, by this command."""
        return False

    def why_not(self, command: Command, situation: Situation) -> Reason | None:
        """Why a command does nothing now; None when it would do something."""
        records = command.action is not None or command.id in _RECORDING
        if records and self.desk.read_only:
            return self.face.no_officer or READ_ONLY
        return command.check(situation)

    # --- commands ---------------------------------------------------------------------------

    def action_run_command(self, command_id: str) -> None:
        """Run a command of the table, now or once the screen has loaded, or say why it does not."""
        command = command_of(command_id)
        if self.waiting_keys.keep(command):
            self.say(_("Looking ..."), "dim")
            return
        reason = self.why_not(command, self.situation())
        if reason is not None:
            self.say_why(reason)
            return
        self.say("")
        self.handlers()[command_id]()

    def handlers(self) -> Handlers:
        """What runs each command of the screen, now that nothing speaks against it.

        A test holds that no command of any screen is without one.
        """
        return {
            **{place: partial(self._go, place) for place in PLACES},
            "back": self.go_back,
            "help": self.show_help,
            "palette": self.show_palette,
            "desk": self.show_desks,
            "tour": self.show_tour,
            "language": self.change_language,
            "theme": self.change_theme,
            "reload": self.reload,
            "redraw": self.redraw,
            "quit": self.quit,
        }

    def _go(self, place: str) -> None:
        self.face.go(place)

    def say_why(self, reason: Reason) -> None:
        """Say why something cannot be done and, where the gate knows, who could."""
        if isinstance(reason, Closed):
            self._say_refusal(NotOpen(reason))
        else:
            self.say(translate(reason), "warn")

    def key_of(self, command_id: str) -> str:
        """The key of a command, as it is printed."""
        return printed_key(self, command_id)

    def go_back(self) -> None:
        """Back to the screen below, if there is one."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            key = self.key_of("quit")
            self.say(_("Nothing lies below this screen. {key} leaves soptui.", key=key))

    def show_help(self) -> None:
        """Show the keys of this screen."""
        self.face.open_help(self.PLACE, self.title_parts()[0].text)

    def show_palette(self) -> None:
        """Find a command, a case or a person."""
        self.face.open_palette(self.PLACE, self.action_run_command)

    def show_desks(self) -> None:
        """Choose another officer's desk."""
        self.face.open_desks()

    def show_tour(self) -> None:
        """Show the tour again."""
        self.face.open_tour()

    def change_language(self) -> None:
        """Speak the other language."""
        self.face.change_language()

    def change_theme(self) -> None:
        """The next set of colours."""
        self.say(_("Colours: {name}", name=self.face.change_theme()))

    def reload(self) -> None:
        """Look again."""
        self.look()

    def redraw(self) -> None:
        """Draw everything again."""
        self.face.redraw()

    def quit(self) -> None:
        """Leave, once that is confirmed."""
        self.face.ask_to_leave()

    # --- looking, in a thread ---------------------------------------------------------------

    def look(self) -> None:
        """Fetch anew what the screen shows."""
        self.threads.run("look", self._fetch, self.take_fetched)

    def _fetch(self) -> Fetched:
        facts = facts_of(self.desk)
        return Fetched(facts, self.fetch(facts))

    def take_fetched(self, fetched: Fetched) -> None:
        """Show what a thread has fetched."""
        self._fetched = fetched
        self.face.facts = fetched.facts
        self.show(fetched.data)
        self.renew_bars()
        show_alarm(self, fetched.facts.clock_fault)
        self.face.paint()
        self.face.keep_place()
        self.face.attention.look()
        if self.is_of_now(fetched.data):
            self.waiting_keys.is_loading = False
            self.call_next(self._run_waiting)

    def _run_waiting(self) -> None:
        command_id = self.waiting_keys.take()
        if command_id:
            self.action_run_command(command_id)
        elif self.news == _("Looking ..."):
            self.say("")

    def on_progressed(self, event: Progressed) -> None:
        """Say how far a thread is; when it is through, it says so itself."""
        if event.done < event.total:
            self.say(_(event.sentence, done=number(event.done), total=number(event.total)))

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread has ended: nothing that is shown or typed goes, however it did."""
        await self.threads.ended(event)

    def refused(self, refusal: Refusal) -> None:
        """Say what a refusal says and, when the gate refused, who could; no key waits any more."""
        self.waiting_keys.give_up()
        self._say_refusal(refusal)

    def _say_refusal(self, refusal: Refusal) -> None:
        facts = self.face.facts
        text = (
            sentence_of(refusal, facts.registry, facts.now.date(), self.sops())
            if facts
            else translate(refusal.message)
        )
        self.say(text, "warn" if isinstance(refusal, NotOpen) else "bad")


def still_looking() -> Sequence[Line]:
    """What stands where something will be shown that is not there yet."""
    return [line(" ", Span(_("Looking ..."), "dim"))]


def _range_of(keys: Sequence[str]) -> str:
    """Keys that follow one another as a range: `1-8`; others one after the other."""
    follow = all(
        len(one) == len(other) == 1 and ord(other) == ord(one) + 1 for one, other in pairwise(keys)
    )
    return f"{keys[0]}-{keys[-1]}" if follow else " ".join(keys)


def _too_small(width: int) -> Sequence[Line]:
    text = _(
        "The window is too small: {width} columns and {height} lines are needed. Make it larger; "
        "nothing is lost.",
        width=SMALLEST[0],
        height=SMALLEST[1],
    )
    return wrap(text, width)
