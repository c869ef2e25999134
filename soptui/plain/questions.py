"""One question for each kind of field: a line, a number, lines until an empty one, paths.

An empty answer takes what is proposed. Some answers mean the same everywhere: `?` names all there
is to choose or says how to write it, `-` leaves the field empty, `<` goes one question back and
`<<` leaves the form, whose draft stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from soptui.desk.actions.fields import Choice, Field, FieldKind, Value, number_of
from soptui.desk.actions.labels import DATUM_LABELS
from soptui.desk.forms.paths import Item, items_of, named_by, recent_folders, remember_folder
from soptui.desk.forms.sheet import Sheet
from soptui.domain.replace import replace
from soptui.domain.size import Size
from soptui.locale import _, size, translate
from soptui.plain.voice import Voice

BACK, LEAVE, HELP, NOTHING, ALL = "<", "<<", "?", "-", "*"

_FEW = 4
"""So many choices are named without being asked for."""
_MOST_FILES = 12
_CELL_MARK = "|"

Keep = Callable[[Value], None]
"""Takes what was answered so far, so that it is kept should the line be lost."""


class Back(Exception):
    """The question before is to be asked again."""


class Leave(Exception):
    """The form is to be left."""


def ask_field(voice: Voice, sheet: Sheet, name: str, keep: Keep) -> Value:
    """What is answered for a field, as it was typed; what is proposed where nothing is.

    Raises `Back`, `Leave` and `Cut`.
    """
    field, proposed = sheet.field(name), sheet.values[name]
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return _Choices(voice, sheet, field).ask(proposed)
        case FieldKind.LONG_TEXT:
            return _lines(voice, sheet, field, proposed, keep)
        case FieldKind.DATA:
            return _data(voice, sheet, field, proposed, keep)
        case FieldKind.FILES:
            return _Files(voice, sheet, field).ask(proposed, keep)
    while True:
        answer = _heard(voice, _question(sheet, field))
        if answer != HELP:
            return _taken(answer, proposed)
        _say_how(voice, field, _("Write it on one line."))


def _heard(voice: Voice, question: str) -> str:
    """The answer to a question, unless it says where to go. Raises `Back`, `Leave` and `Cut`."""
    answer = voice.ask(question)
    if answer == BACK:
        raise Back
    if answer == LEAVE:
        raise Leave
    return answer


def _taken(answer: str, proposed: Value) -> Value:
    return "" if answer == NOTHING else answer or proposed


def _question(sheet: Sheet, field: Field, how: str = "") -> str:
    """`Label, needed. How. Proposed: what.` with a colon at its end."""
    parts = [_(field.label) + (f", {_('needed')}" if field.required else "")]
    if how:
        parts.append(how)
    if sheet.values[field.name]:
        parts.append(_("Proposed: {value}", value=sheet.words_of(field.name)))
    return f"{'. '.join(parts)}:"


def _say_how(voice: Voice, field: Field, how: str) -> None:
    """Say what belongs into a field, how it is answered, and what the short answers mean."""
    for text in (_(field.help) if field.help else "", field.hint, how):
        if text:
            voice.say(text)
    voice.say(
        _(
            "An empty line takes what is proposed. {nothing} leaves it empty, {back} goes one "
            "question back, {leave} leaves the form and keeps the draft.",
            nothing=NOTHING, back=BACK, leave=LEAVE,
        )
    )  # fmt: skip


# --- choices --------------------------------------------------------------------------------------


class _Choices:
    """Asks for one or several of a field's choices by their numbers, or by how they begin."""

    def __init__(self, voice: Voice, sheet: Sheet, field: Field) -> None:
        self._voice = voice
        self._sheet = sheet
        self._field = field
        self._several = field.kind is FieldKind.CHOICES
        self._numbers = [number_of(one, place) for place, one in enumerate(field.choices)]

    def ask(self, proposed: Value) -> Value:
        """The values chosen."""
        if not self._field.choices:
            self._voice.say(_("{label}: there is nothing to choose.", label=_(self._field.label)))
            return proposed
        if len(self._field.choices) <= _FEW:
            self._name_all()
        how = _("Numbers, {all} for all, ? names them", all=ALL) if self._several else ""
        question = _question(self._sheet, self._field, how or _("Number, ? names them"))
        while True:
            answer = _heard(self._voice, question)
            if answer == HELP:
                self._name_all()
                _say_how(self._voice, self._field, _("Answer with a number of the list."))
            elif answer in ("", NOTHING):
                return () if answer and self._several else _taken(answer, proposed)
            elif (chosen := self._chosen(answer)) is not None:
                return chosen

    def _name_all(self) -> None:
        for number, choice in zip(self._numbers, self._field.choices, strict=True):
            text = label_of(choice)
            self._voice.say(text if choice.value == number else f"{number}. {text}")

    def _chosen(self, answer: str) -> Value | None:
        if self._several and answer == ALL:
            return tuple(one.value for one in self._field.choices)
        values = []
        for text in answer.replace(",", " ").split() if self._several else (answer,):
            value = self._value(text) or (self._value(answer) if self._several else "")
            if not value:
                self._voice.say(
                    _("{text} is no choice of {label}. ? names them.",
                      text=text, label=_(self._field.label))
                )  # fmt: skip
                return None
            values.append(value)
        return tuple(dict.fromkeys(values)) if self._several else values[0]

    def _value(self, text: str) -> str:
        """The value of the one choice that has this number, or begins so; empty where none does."""
        pairs = tuple(zip(self._numbers, self._field.choices, strict=True))
        found = [one.value for number, one in pairs if text in (number, one.value)]
        if not found:
            wanted = text.casefold()
            found = [
                one.value for _number, one in pairs if label_of(one).casefold().startswith(wanted)
            ]
        return found[0] if len(found) == 1 else ""


def label_of(choice: Choice) -> str:
    """What a choice is called, in the reader's language."""
    return choice.label if isinstance(choice.label, str) else translate(choice.label)


# --- several lines --------------------------------------------------------------------------------


def _lines(voice: Voice, sheet: Sheet, field: Field, proposed: Value, keep: Keep) -> Value:
    how = _("Line by line, an empty line ends it")
    question = _question(sheet, field, how)
    written: list[str] = []
    while True:
        answer = _heard(voice, question if not written else _("Next line:"))
        if answer == HELP and not written:
            _say_how(voice, field, how + ".")
        elif not written and answer in ("", NOTHING):
            return _taken(answer, proposed)
        elif not answer:
            return "\n".join(written)
        else:
            written.append(answer)
            keep("\n".join(written))


def _data(voice: Voice, sheet: Sheet, field: Field, proposed: Value, keep: Keep) -> Value:
    """A line a datum, asked cell by cell: columns are no help to whoever hears them."""
    first, *others = (_(DATUM_LABELS[name]) for name in DATUM_LABELS)
    how = _("Figure by figure, an empty name ends it")
    written: list[str] = []
    voice.say(_question(sheet, field, how))
    while True:
        answer = _heard(voice, f"{first}:")
        if answer == HELP:
            # The help of the field is for who writes a whole line of it.
            _say_how(voice, replace(field, help=""), how + ".")
        elif not written and answer in ("", NOTHING):
            return _taken(answer, proposed)
        elif not answer:
            return "\n".join(written)
        else:
            written.append(_cell(answer))
            keep("\n".join(written))
            for label in others:
                written[-1] += f" {_CELL_MARK} {_cell(_heard(voice, f'{answer}, {label}:'))}"
                keep("\n".join(written))


def _cell(answer: str) -> str:
    return answer.replace(_CELL_MARK, "/")


# --- files ----------------------------------------------------------------------------------------


class _Files:
    """Asks for files: by their paths, or by their numbers in the folder that was used last."""

    def __init__(self, voice: Voice, sheet: Sheet, field: Field) -> None:
        self._voice = voice
        self._sheet = sheet
        self._field = field
        self._folder = next(iter(recent_folders()), Path.cwd())
        self._listed: Sequence[Item] = ()

    def ask(self, proposed: Value, keep: Keep) -> Value:
        """The paths."""
        how = _("A path, ? names the newest files of {folder}", folder=str(self._folder))
        question = _question(self._sheet, self._field, how)
        taken: list[str] = []
        while True:
            answer = _heard(self._voice, question if not taken else _("Another file:"))
            if answer == HELP:
                self._name_files()
                _say_how(self._voice, self._field, _("Answer with a path or a number of the list."))
            elif not taken and answer in ("", NOTHING):
                return () if answer else proposed
            elif not answer:
                return tuple(taken)
            elif path := self._path(answer):
                taken.append(path)
                keep(tuple(taken))

    def _path(self, answer: str) -> str:
        """The file that is meant, empty where there is none; a folder's files are named."""
        if answer.isdecimal() and 0 < int(answer) <= len(self._listed):
            path = self._folder / self._listed[int(answer) - 1].name
        else:
            path = Path(named_by(answer)).expanduser()
        if path.is_dir():
            self._folder = path
            self._name_files()
            return ""
        fault = self._sheet.fault_of_path(str(path))
        if fault is not None:
            self._voice.say(translate(fault))
            return ""
        remember_folder(path.absolute().parent)
        return str(path)

    def _name_files(self) -> None:
        """Name the newest files of the folder, the newest first."""
        try:
            items = [item for item in items_of(self._folder) if not item.is_folder]
        except OSError:
            items = []
        self._listed = items[:_MOST_FILES]
        if not items:
            self._voice.say(_("There are no files in {folder}.", folder=str(self._folder)))
        for number, item in enumerate(self._listed, 1):
            self._voice.say(f"{number}. {item.name}, {size(Size(item.size))}")
        if len(items) > len(self._listed):
            count = len(items) - len(self._listed)
            self._voice.say(_("{count} older ones are not named.", count=count))
