"""The app: one desk at a time, its places, its colours and its language."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ScreenStackError
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Offset
from textual.screen import Screen
from textual.worker import Worker

from soptui.desk.settings.screen import ScreenSettings, load_screen_settings
from soptui.domain.case_list import CaseRow
from soptui.domain.ids import NO_CASE, CaseId, OfficerId
from soptui.domain.message import N_, Message
from soptui.domain.office import Officer
from soptui.domain.replace import replace
from soptui.locale import LANGUAGES, _, language, translate, use
from soptui.tui import places
from soptui.tui.frame.attention_watch import AttentionWatch
from soptui.tui.frame.background_sync import BackgroundSync
from soptui.tui.frame.face import CaseNeighbours, KeepsDraft, ShowsHeader
from soptui.tui.frame.last_place import Remembered, remember, remembered, was_toured
from soptui.tui.frame.notifications import Notifications
from soptui.tui.frame.office_screen import SMALLEST, OfficeScreen
from soptui.tui.frame.record_watch import RecordWatch
from soptui.tui.frame.terminal_cursor import cursor_on
from soptui.tui.frame.threads import Threads
from soptui.tui.keys.commands import PLACES, Command
from soptui.tui.keys.keymap import chosen_keys
from soptui.tui.keys.typed_ahead import TypedAheadApp
from soptui.tui.terminal.driver import redraw
from soptui.tui.terminal.glyphs import AsciiFilter, speaks_utf8
from soptui.tui.terminal.keyboard import LeftOut
from soptui.tui.terminal.themes import DEFAULTS, NAMES, OWN, default_theme
from soptui.tui.widgets.split import Pane

if TYPE_CHECKING:
    from soptui.desk import Desk
    from soptui.tui.frame.face import Face
    from soptui.tui.presentation.facts import Facts
    from soptui.tui.screens.palette import Found

_SIGNALS = (signal.SIGHUP, signal.SIGTERM)
_BLANK_SECONDS = 0.15
"""How long nothing is painted at the start: one frame with everything is there sooner than two."""


class SoptuiApp(TypedAheadApp):
    """The whole face of one desk."""

    TITLE = "soptui"
    DEFAULT_MODE = PLACES[0]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {**places.SCREENS}
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/screens.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", N_("Quit"), show=False, priority=True),
        Binding("ctrl+z", "suspend_process", N_("To the shell"), show=False, priority=True),
        Binding("ctrl+c", "tell_quit", N_("Quit"), show=False, system=True),
    ]

    def __init__(
        self,
        desk: Desk,
        desks: Mapping[str, Desk] | None = None,
        *,
        driver: type[Any] | None = None,
        ascii_only: bool | None = None,
        settings: ScreenSettings | None = None,
        wrong: Sequence[Message] = (),
        read_only: bool = False,
    ) -> None:
        """`wrong` are sentences on settings that were ignored."""
        super().__init__(driver_class=driver)
        self.desk = desk
        all_desks = desks.values() if desks else (desk,)
        self.desks: Mapping[OfficerId, Desk] = {one.officer_id: one for one in all_desks}
        self.settings = settings or ScreenSettings(sync_minutes=0)
        self.own_keys, clashes = chosen_keys(self.settings.keys)
        self.wrong_settings = (*wrong, *clashes)
        self.notifications = Notifications(self)
        self.threads = Threads(
            self,
            refused=lambda refusal: self.notifications.tell(translate(refusal.message)),
            failed=self.notifications.tell,
        )
        self.record_watch = RecordWatch(self, self.threads, self.notifications, lambda: self.desk)
        self.background = BackgroundSync(
            self, self.threads, self.notifications, self.record_watch, lambda: self.desk
        )
        self.attention = AttentionWatch(self, self.threads, lambda: self.desk, self._renew_headers)
        self.offers_tour = False
        self._tour_waits = False
        self.no_officer: Message | None = None
        self.fault: Exception | None = None
        self._asked_read_only = read_only
        # Before the first screen can look: it says so in its title.
        self._close_desks()
        self.facts: Facts | None = None
        self._was_shown = False
        self._blank = ExitStack()
        self.state = remembered(self._genesis, desk.officer_id)
        """What is kept for the next start of who sits here."""
        self._keeps_place = False
        self.opens_next_case = self.state.opens_next_case
        self.pane = Pane(self.state.shows_pane, self.state.pane_size)
        self.filters = tuple(self.state.filters.splitlines())
        self.animation_level = "none"
        self._ascii = AsciiFilter(enabled=self._is_ascii() if ascii_only is None else ascii_only)
        for theme in OWN:
            self.register_theme(theme)
        chosen = self._first_theme()
        if chosen.startswith("ansi"):
            self.theme = chosen
        else:
            # Before anything is there, the theme needs no second pass over the style sheet.
            self.set_reactive(App.theme, chosen)
            self.stylesheet.set_variables(self.get_css_variables())

    @property
    def _genesis(self) -> str:
        return self.desk.genesis

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor is left after each frame: on what is selected."""
        try:
            found = cursor_on(self.screen)
        except (ScreenStackError, NoMatches):
            found = None
        return self._cursor_said if found is None else found

    @cursor_position.setter
    def cursor_position(self, said: Offset) -> None:
        # Textual's own fields say where theirs is; what has the focus is asked instead.
        self._cursor_said = said

    # --- how it is drawn ----------------------------------------------------------------------

    def _first_theme(self) -> str:
        """The colours that were chosen, unless the terminal cannot show them; else the usual."""
        usual = default_theme(self.console.color_system, no_color=self.no_color)
        kept = self.settings.theme or self.state.theme
        can_show = not usual.startswith("ansi") or kept.startswith("ansi")
        return kept if kept in NAMES and can_show else usual

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the terminal's own sets of colours leave open."""
        return DEFAULTS

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Also our own, which draws in ASCII where the terminal speaks nothing else.

        Without colours Textual turns them into greys; those of an ANSI theme all become black.
        """
        filters = list(super().get_line_filters())
        if self.no_color:
            filters = [*(one for one in filters if not isinstance(one, Monochrome)), NoColor()]
        return [*filters, self._ascii] if self._ascii.enabled else filters

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheet again, but for once at the start, when it was just read."""
        if self._was_shown:
            super().refresh_css(animate)

    def redraw(self) -> None:
        """Draw everything again."""
        redraw(self)

    def change_theme(self) -> str:
        """Take the next set of colours; its name."""
        names = list(NAMES)
        position = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(position + 1) % len(names)]
        return self.theme

    def change_language(self) -> None:
        """Speak the other language, on every screen of every place."""
        position = LANGUAGES.index(language())
        use(LANGUAGES[(position + 1) % len(LANGUAGES)])
        for screen in (one for stack in self._screen_stacks.values() for one in stack):
            if isinstance(screen, OfficeScreen) and screen.is_running:
                screen.renew_texts()
        self.refresh()

    def _renew_headers(self) -> None:
        """Draw the headers of all screens that lie one over the other."""
        for screen in self.screen_stack:
            if isinstance(screen, ShowsHeader) and screen.is_running:
                screen.renew_header()

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, as they are now."""
        return self.own_keys.get(command.id, command.keys)

    # --- what was chosen ----------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        """Whether every act is closed."""
        return self._asked_read_only or self.settings.read_only

    def take_settings(self) -> None:
        """Read the configuration again, and let it hold from now on."""
        self.settings, wrong = load_screen_settings()
        self.own_keys, clashes = chosen_keys(self.settings.keys)
        self.wrong_settings = (*wrong, *clashes)
        if self.settings.theme and self.settings.theme != self.theme:
            self.theme = self.settings.theme
        is_ascii = self._is_ascii()
        if is_ascii != self._ascii.enabled:
            self._ascii.enabled = is_ascii
            self.redraw()
        self._apply_settings()
        if isinstance(self.screen, OfficeScreen):
            self.screen.renew_bars()

    def _close_desks(self) -> None:
        """Let nothing be recorded at any desk, where all is to be read only."""
        for desk in {id(one): one for one in (self.desk, *self.desks.values())}.values():
            desk.read_only = self.read_only

    def _apply_settings(self) -> None:
        self._close_desks()
        self.set_keymap({command: ",".join(keys) for command, keys in self.own_keys.items()})
        self.notifications.signal = self.settings.signal
        if self.background.minutes != self.settings.sync_minutes:
            self.background.run_every(self.settings.sync_minutes)

    def _is_ascii(self) -> bool:
        return {"ascii": True, "utf-8": False}.get(self.settings.symbols, not speaks_utf8())

    def _greet(self) -> None:
        """On the first start the tour; what is wrong in the configuration; why all is read only."""
        told = [*self.wrong_settings[:1], *([self.no_officer] if self.no_officer else ())]
        if told and isinstance(self.screen, OfficeScreen):
            self.screen.say(" ".join(map(translate, told)), "warn")
        self._tour_waits = self.offers_tour and not was_toured()
        self._offer_tour()

    def on_resize(self) -> None:
        """The window has another size, once Textual has taken it."""
        self.call_next(self._offer_tour)

    def _offer_tour(self) -> None:
        """Begin the tour as soon as there is room for it; until then the screen asks for room."""
        if self._tour_waits and self.size.width >= SMALLEST[0] and self.size.height >= SMALLEST[1]:
            self._tour_waits = False
            self.open_tour()

    # --- places -------------------------------------------------------------------------------

    def go(self, place: str, key: str = "") -> None:
        """Show a place as it was left, the cursor on `key` if one is given."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if self.current_mode != place:
            self.switch_mode(place)
        if key and isinstance(self.screen, OfficeScreen):
            self.screen.point_at(key)

    def open_case(self, case_id: CaseId, opened_from: CaseNeighbours | None = None) -> None:
        """Show a case above where one is."""
        from soptui.tui.screens.case import CaseScreen

        if not case_id:
            return
        if isinstance(self.screen, CaseScreen):
            self.screen.open(case_id)
        else:
            self.push_screen(CaseScreen(case_id, opened_from))

    def open_reader(self, case_id: CaseId, position: int = -1) -> None:
        """Show an attachment of a case over what is there."""
        self.push_screen(places.reader(case_id, position))

    def open_help(self, screen: str, title: str) -> None:
        """Show the keys of a screen."""
        self.push_screen(places.help_(screen, title))

    def open_palette(self, screen: str, run: Callable[[str], None]) -> None:
        """Find a case or a person and go there, or a command of the screen and `run` it."""

        def found(what: Found | None) -> None:
            match what:
                case Command(id=command_id):
                    run(command_id)
                case CaseRow(id=case_id):
                    self.open_case(case_id)
                case Officer(id=officer_id):
                    self.go("people", officer_id)

        self.push_screen(places.palette(screen), found)

    def open_desks(self) -> None:
        """Choose another officer's desk, and sit down there."""
        self.push_screen(
            places.desks(), lambda officer: self.sit_down(officer) if officer else None
        )

    def open_tour(self) -> None:
        """Show the tour."""
        self.push_screen(places.tour())

    def sit_down(self, officer: OfficerId) -> None:
        """Work at another desk from now on."""
        if officer == self.desk.officer_id:
            return
        self.keep_place()
        self.desk = self.desks[officer]
        self.state = remembered(self._genesis, officer)
        self.facts = None
        self.attention.forget()
        self.go(PLACES[0])
        if isinstance(self.screen, OfficeScreen):
            self.screen.look()

    # --- coming and leaving -------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open what was open last, and be ready to lose the line."""
        self._was_shown = True
        self._blank.enter_context(self.batch_update())
        self.set_timer(_BLANK_SECONDS, self.paint)
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._lost, number)
        self._apply_settings()
        self.record_watch.start()
        self.attention.start()
        if self.state.place in PLACES[1:]:
            self.switch_mode(self.state.place)
        self.call_after_refresh(self._greet)
        self.call_after_refresh(self._open_last, self.state.case)

    def paint(self) -> None:
        """Paint from now on: there is something to be seen, or it takes its time."""
        self._blank.close()

    def _open_last(self, case_id: CaseId) -> None:
        opened_from = self.screen if isinstance(self.screen, CaseNeighbours) else None
        self.open_case(case_id, opened_from)
        self._keeps_place = True

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread of the background has ended; the screens hear of their own."""
        await self.threads.ended(event)

    def on_unmount(self) -> None:
        """Let go of the signals."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.remove_signal_handler(number)

    def _lost(self, number: int) -> None:
        """The line is gone, or somebody asked us to end: keep what was typed."""
        self.once_typed(lambda: self.leave(128 + number))

    def on_left_out(self, event: LeftOut) -> None:
        """Not all that was typed or pasted is there."""
        self.notifications.say_on_top(_(event.sentence), "warn")

    def ask_to_leave(self) -> None:
        """Ask whether to leave: the rest of a pasted text would reach the shell."""
        self.push_screen(places.leave(), lambda agreed: self.leave() if agreed else None)

    def leave(self, status: int = 0) -> None:
        """Keep drafts and the place, and end."""
        self.save_drafts()
        self.keep_place()
        self.exit(return_code=status)

    def save_drafts(self) -> None:
        """Keep what is typed into forms."""
        for screen in self.screen_stack:
            if isinstance(screen, KeepsDraft):
                screen.save_draft()

    def forget_place(self) -> None:
        """Begin in the tray at the next start."""
        self._keeps_place = False
        state = replace(self.state, place=PLACES[0], case=NO_CASE)
        remember(self._genesis, self.desk.officer_id, state)

    def _handle_exception(self, error: Exception) -> None:
        """Keep what is typed, and end without Textual's own report, which shows all variables."""
        if self.fault is None:
            from soptui.tui.frame.crash import keep_work

            self.fault = error
            keep_work(self, error)
        super()._handle_exception(error)
        self._exit_renderables.clear()

    def keep_place(self) -> None:
        """Keep where one is and what one has chosen, if that has changed, however soptui ends."""
        if not self._keeps_place:
            return
        screens = [one for one in self.screen_stack if isinstance(one, OfficeScreen)]
        cases = [case_id for one in screens if (case_id := one.open_case_id())]
        state = Remembered(
            place=self.current_mode,
            case=cases[-1] if cases else NO_CASE,
            theme=self.theme,
            language=language(),
            opens_next_case=self.opens_next_case,
            filters="\n".join(self.filters),
            shows_pane=self.pane.is_shown,
            pane_size=self.pane.size,
        )
        if state != self.state:
            self.state = state
            remember(self._genesis, self.desk.officer_id, state)

    def action_leave(self) -> None:
        """Leave, from wherever one is."""
        self.once_typed(self.leave)

    def action_tell_quit(self) -> None:
        """Ctrl+C ends nothing: say what does."""
        if isinstance(self.screen, OfficeScreen):
            key = self.screen.key_of("quit")
            self.screen.say(_("{key} leaves soptui; what you typed is kept.", key=key))

    def action_help_quit(self) -> None:
        """Textual's own name for the same."""
        self.action_tell_quit()


def _as_face(app: SoptuiApp) -> Face:
    """For the type checker: what screens ask of the app is there."""
    return app
