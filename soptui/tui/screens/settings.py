"""Settings: what this person has chosen, in the configuration file of their account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.settings.config_file import config_path, set_config
from soptui.desk.settings.screen import SCREEN, set_keys, set_screen
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, language, translate
from soptui.tui.design.columns import Column
from soptui.tui.frame.dialogs import AskDialog
from soptui.tui.frame.lists import ListScreen, Tabs
from soptui.tui.frame.office_screen import Handlers
from soptui.tui.keys.commands import COMMANDS, Command, Situation, bindings_for
from soptui.tui.keys.keymap import chosen_keys, key_name, name_of, printed_keys
from soptui.tui.text.lines import Line, Span, labelled, line, wrap
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sources import Row, Rows
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table
from soptui.tui.widgets.tabs import Tab

if TYPE_CHECKING:
    from soptui.tui.presentation.facts import Facts

_TABS = (Tab("settings", N_("Settings")), Tab("keys", N_("Keys of commands")))

_SETTING_COLUMNS = (
    Column(N_("Setting"), 24, grow=1),
    Column(N_("Value"), 24, grow=2),
)
_KEY_COLUMNS = (
    Column(N_("Command"), 24, grow=1),
    Column(N_("Key"), 20, grow=2),
    Column("", 9, rank=1),
)
_VALUES = {
    "auto": N_("as the terminal says"),
    "utf-8": N_("lines and symbols"),
    "ascii": N_("letters only"),
    "off": N_("off"),
    "bell": N_("bell"),
    "osc9": N_("message of the terminal"),
    "changes": N_("only what changed"),
    "spared": N_("no pane before its key"),
    "whole": N_("all that is drawn"),
    "id": "Bahasa Indonesia",
    "en": "English",
}

_Change = Callable[[], None]


class _Choice(Struct, frozen=True):
    """A setting by its key in the file: its label and help, and its value in words."""

    key: str
    label: str
    help: str
    value: str


class SettingsScreen(ListScreen):
    """A key that no pasted text holds changes the setting under the cursor, and writes it."""

    PLACE = "settings"
    HEADING = N_("Settings")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("settings")]

    def __init__(self) -> None:
        super().__init__()
        self.tabs = Tabs(self, _TABS, self.show_tab)

    def body(self) -> ComposeResult:
        """What is wrong in the file, the tabs, and the row under the cursor in full."""
        yield LineView(self.summary, id="summary")
        yield self.tabs.bar
        yield Split(Table(id="list"), self.detail)

    def handlers(self) -> Handlers:
        """Also what turns the tabs, and what changes a setting."""
        return {**super().handlers(), **self.tabs.handlers(), "change": self.change}

    def is_hinted(self, command: Command, situation: Situation) -> bool:
        """Not what opens: nothing lies behind a setting, and Enter only says which key changes."""
        return command.id != "open" and super().is_hinted(command, situation)

    def fetch(self, facts: Facts) -> None:
        """Nothing more than the app has."""

    def show(self, data: None) -> None:
        """What is wrong in the file, and the page in sight."""
        self.query_one("#summary", LineView).show(self.summary)
        self.show_tab()

    def show_tab(self) -> None:
        """The settings, or the keys of all commands."""
        if self.tabs.current == "settings":
            choices = [
                Row(one.key, (line(_(one.label)), line(one.value)), one) for one in self._choices()
            ]
            self.table.show(Rows(choices), _SETTING_COLUMNS)
        else:
            keys = [self._key_row(one) for one in COMMANDS]
            self.table.show(Rows(keys), _KEY_COLUMNS)

    # --- what it says ---------------------------------------------------------------------------

    def _choices(self) -> Iterator[_Choice]:
        settings = self.face.settings
        help_ = N_("Indonesian or English, at once.")
        yield _Choice("lang", N_("Language"), help_, _VALUES[language()])
        for key, setting in SCREEN.items():
            value = getattr(settings, key)
            if key == "theme":
                value = self.face.theme
            yield _Choice(key, setting.label, setting.help, _value_text(value))

    def _key_row(self, command: Command) -> Row[Command]:
        keys = ", ".join(printed_keys(self, command.id))
        is_own = command.id in self.face.own_keys
        mark = Span(_("changed"), "accent") if is_own else Span("")
        label = _(command.label)
        if command.screens == ("form",):
            label = _("Form: {label}", label=label)
        return Row(command.id, (line(label), line(keys), line(mark)), command)

    def summary(self, width: int) -> Sequence[Line]:
        """What is wrong in the file, and where it is."""
        lines: list[Line] = []
        for message in self.face.wrong_settings:
            lines += wrap(translate(message), width - 2, "bad")
        lines += wrap(str(config_path()), width - 2, "dim")
        return [(Span(" "), *one) for one in lines]

    def detail(self, width: int) -> Sequence[Line]:
        """The help of a setting or a command, and its name in the file."""
        chosen = self.table.value
        if isinstance(chosen, Command):
            usual = ", ".join(map(key_name, chosen.keys))
            return [
                *wrap(_(chosen.help), width),
                *labelled(_("Name in the file"), f"keys.{chosen.id}", width),
                *labelled(_("Usual keys"), usual, width),
            ]
        if not isinstance(chosen, _Choice):
            return ()
        key = chosen.key
        name = key if key == "lang" else f"screen.{key}"
        lines = [*wrap(_(chosen.help), width), *labelled(_("Name in the file"), name, width)]
        if key in SCREEN and not SCREEN[key].at_once:
            lines += wrap(_("A change is felt at the next start."), width, "dim")
        return lines

    # --- changing -------------------------------------------------------------------------------

    @on(Table.Chosen)
    def _say_how(self) -> None:
        self.say(_("{key} changes it.", key=self.key_of("change")), "accent")

    def change(self) -> None:
        """Change what is under the cursor."""
        match self.table.value:
            case Command() as command:
                self._ask_keys(command)
            case _Choice(key="lang"):
                self.face.change_language()
                self._write(lambda: set_config("lang", language()))
            case _Choice(key=key):
                self._change(key)

    def _change(self, key: str) -> None:
        setting = SCREEN[key]
        if setting.most:
            self._ask_number(key)
            return
        if setting.choices:
            now = self.face.theme if key == "theme" else getattr(self.face.settings, key)
            place = setting.choices.index(now) if now in setting.choices else -1
            value: str | bool = setting.choices[(place + 1) % len(setting.choices)]
        else:
            value = not getattr(self.face.settings, key)
        self._set(key, value)

    def _ask_number(self, key: str) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                given = text.strip()
                self._set(key, int(given) if given.isascii() and given.isdecimal() else given)

        now = str(getattr(self.face.settings, key))
        dialog = AskDialog(_(SCREEN[key].help), now, writes=_("Change"))
        self.app.push_screen(dialog, answered)

    def _set(self, key: str, value: str | int | bool) -> None:
        self._write(lambda: set_screen(key, value))

    def _ask_keys(self, command: Command) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self._take_keys(command, text)

        now = ",".join(self.face.keys_of(command))
        title = _("Keys for {command}, with commas between", command=_(command.label))
        self.app.push_screen(AskDialog(title, now, writes=_("Change")), answered)

    def _take_keys(self, command: Command, text: str) -> None:
        keys = tuple(dict.fromkeys(name_of(one.strip()) for one in text.split(",") if one.strip()))
        if keys == command.keys:
            self._write(lambda: set_keys(command.id, ()))
            return
        wanted = {key: value for key, value in self.face.own_keys.items() if key != command.id}
        _taken, wrong = chosen_keys({**wanted, command.id: keys})
        if wrong or not keys:
            self._refuse(wrong)
            return
        self._write(lambda: set_keys(command.id, keys))

    def _refuse(self, wrong: Sequence[Message]) -> None:
        self.say(" ".join(map(translate, wrong)) or _("Nothing was changed."), "bad")

    def _write(self, change: _Change) -> None:
        try:
            change()
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.face.take_settings()
        self.show(None)
        self.query_one(Split).show_detail()
        self.say(_("Written to {path}.", path=str(config_path())), "good")


def _value_text(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    return _(_VALUES[text]) if text in _VALUES else text
