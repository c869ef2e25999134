"""The keys of a form: footer, help and bindings are made from this one table."""

from __future__ import annotations

from dataclasses import dataclass

from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.lines import BLANK, Line, Span, wrap


@dataclass(frozen=True, slots=True)
class FormKey:
    """A key of the form. `printed` is how the footer calls it; empty keeps it out of the footer."""

    id: str
    keys: tuple[str, ...]
    action: str
    printed: str
    label: str
    help: str


FORM_KEYS = (
    FormKey(
        "sign", ("f10", "ctrl+o"), "sign", "F10", N_("Sign"),
        N_("Sign what is filled in, and record it. Ctrl+O does the same."),
    ),
    FormKey(
        "preview", ("f3",), "preview", "F3", N_("Preview"),
        N_("Show the exact lines that will be signed, and the files that go along."),
    ),
    FormKey(
        "leave", ("escape",), "leave", "Esc", N_("Back"),
        N_("Leave; what you typed is kept as a draft. While signing: stop."),
    ),
    FormKey(
        "files", ("f4",), "pick_files", "F4", N_("Pick files"),
        N_("Pick files from folders."),
    ),
    FormKey(
        "draft", ("f8",), "swap_draft", "F8", N_("Draft"),
        N_("Change between the draft that was kept and an empty form."),
    ),
    FormKey(
        "next", ("tab",), "go(1)", "Tab", N_("Next"),
        N_("To the next field. In a path, complete it first."),
    ),
    FormKey(
        "previous", ("shift+tab",), "go(-1)", "", N_("Before"), N_("To the field before."),
    ),
    FormKey(
        "editor", (), "", "", N_("Editor"),
        N_("Write a long text in your own editor, the one that EDITOR names."),
    ),
    FormKey("redraw", ("ctrl+l",), "redraw", "", N_("Redraw"), N_("Draw the whole screen anew.")),
    FormKey("help", ("f1",), "help", "F1", N_("Help"), N_("What the keys of this form do.")),
)  # fmt: skip
"""In the order of the footer."""

_NAMES = {"editor": "Ctrl+E", "previous": "Shift+Tab", "redraw": "Ctrl+L"}


def help_lines(width: int) -> list[Line]:
    """The keys of a form, explained."""
    made: list[Line] = []
    for one in FORM_KEYS:
        name = one.printed or _NAMES[one.id]
        first, *rest = wrap(_(one.help), max(20, width - 11))
        made.append((Span(name.ljust(11), "bold"), *first))
        made += [(Span(" " * 11), *more) for more in rest]
    made.append(BLANK)
    dates = _(
        "Dates: 24/11/2026, 24 Nov, besok, Senin, +3 hari kerja; beside it stands what was "
        "understood."
    )
    lists = _(
        "Lists: type the number, or go with the arrows and choose with Space. A letter goes to "
        "the next choice with a word that begins so."
    )
    return [*made, *wrap(dates, width), *wrap(lists, width)]
