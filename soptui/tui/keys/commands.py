"""The one table of what keys do: bindings, footer, help and palette are made from it.

What can be done to a case comes from `soptui.desk.actions`; whether it is open, and why not, is
the gate's answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding, BindingType

from soptui.desk.actions.table import ACTIONS
from soptui.domain.actions.guards import STEP_ACTIONS
from soptui.domain.events import Action
from soptui.domain.message import N_
from soptui.tui.keys.command import (
    Command,
    Reason,
    Situation,
    asks_gate,
    needs_case,
    needs_desks,
    needs_last_case,
    needs_neighbours,
    needs_other_files,
    needs_pane,
    needs_room,
    needs_row,
    needs_sheets,
)

__all__ = (
    "COMMANDS", "GROUP_ORDER", "PLACES", "SCREENS", "Command", "Reason", "Situation", "binding_of",
    "bindings_for", "command_of", "commands_on",
)  # fmt: skip

PLACES = ("tray", "cases", "sop", "people", "audit", "board", "sync", "settings")
"""The screens that have a key of their own; each is the bottom of the way back."""

SCREENS = (*PLACES, "case", "commit", "reader", "dialog", "form")
"""Every screen, by the name that the table uses; all dialogs share one, and all forms."""

_OFFICE = (*PLACES, "case", "commit")
_CASE_LISTS = ("tray", "cases")
_READING = (*_OFFICE, "reader")
_LISTS = (*_READING, "dialog")
_WITH_CASE = (*_CASE_LISTS, "case")
_WITH_PANE = (*_WITH_CASE, "sop", "people", "audit", "sync", "settings")

_LASTING_KEYS = ("f10", "ctrl+t")
"""The keys that sign, send and write; nothing that can stand in pasted text does."""

_GO = N_("Places")
_MOVE = N_("Moving about")
_ACT = N_("Acts upon a case")
_MORE = N_("Everything else")
_FORM = N_("In a form")

GROUP_ORDER = {group: position for position, group in enumerate((_ACT, _GO, _MOVE, _FORM, _MORE))}
"""The groups of the help: acts first, for they are what people look for."""

_PLACE_COMMANDS = (
    Command(
        "tray", N_("Waiting for me"), N_("What waits for you, grouped and counted."),
        ("1",), _OFFICE, _GO,
    ),
    Command(
        "cases", N_("All cases"), N_("Every case: where it lies, with whom, since when."),
        ("2",), _OFFICE, _GO,
    ),
    Command(
        "sop", N_("SOP"), N_("The procedure: identity, table with flowchart, readings, defects."),
        ("3",), _OFFICE, _GO,
    ),
    Command(
        "people", N_("People and posts"), N_("Who holds which post, how and until when."),
        ("4",), _OFFICE, _GO,
    ),
    Command(
        "audit", N_("Audit trail"),
        N_("The history as commits, and whether every signature and every rule holds."),
        ("5",), _OFFICE, _GO,
    ),
    Command(
        "board", N_("Dashboard"),
        N_("Where every case is, time used against the norm, returns; by quarter and year."),
        ("6",), _OFFICE, _GO,
    ),
    Command(
        "sync", N_("Sync and checkpoints"),
        N_("How these records stand to the hub, and what was stated of them."),
        ("7",), _OFFICE, _GO,
    ),
    Command(
        "settings", N_("Settings"), N_("Language, colours, keys and what else you may choose."),
        ("8",), _OFFICE, _GO,
    ),
)  # fmt: skip

_LIST_COMMANDS = (
    Command("up", N_("Up"), N_("One line up."), ("up", "k"), _LISTS, _MOVE, runs="move(-1)"),
    Command("down", N_("Down"), N_("One line down."), ("down", "j"), _LISTS, _MOVE, runs="move(1)"),
    Command(
        "page-up", N_("Page up"), N_("One page up."), ("pageup", "ctrl+b"), _LISTS, _MOVE,
        runs="page(-1)",
    ),
    Command(
        "page-down", N_("Page down"), N_("One page down."), ("pagedown", "ctrl+f"), _LISTS, _MOVE,
        runs="page(1)",
    ),
    Command(
        "first", N_("First"), N_("To the first line."), ("home", "g"), _LISTS, _MOVE, runs="first",
    ),
    Command("last", N_("Last"), N_("To the last line."), ("end", "E"), _LISTS, _MOVE, runs="last"),
    Command(
        "mark", N_("Mark"), N_("Mark the line, or page on where there is nothing to mark."),
        ("space",), _LISTS, _MOVE, runs="mark",
    ),
)  # fmt: skip

_PICTURE_COMMANDS = (
    Command(
        "left", N_("Left"), N_("To what lies to the left."), ("left",), ("board",), _MOVE,
        runs="step(-1)",
    ),
    Command(
        "right", N_("Right"), N_("To what lies to the right."), ("right",), ("board",), _MOVE,
        runs="step(1)",
    ),
)  # fmt: skip

_SCREEN_COMMANDS = (
    Command(
        "open", N_("Open"), N_("Open what is under the cursor."), ("enter",),
        (*_OFFICE, "dialog"), _MOVE, 1, needs_row,
    ),
    Command(
        "back", N_("Back"), N_("Back to where you came from; first it clears marks and filter."),
        ("q", "escape"), (*_READING, "dialog"), _MOVE,
    ),
    Command(
        "filter", N_("Filter"), N_("Show only what contains the words, as you type."),
        ("slash",), (*_CASE_LISTS, "people"), _MOVE,
    ),
    Command(
        "sort", N_("Sort"), N_("Put the list into its next order."), ("S",), _CASE_LISTS, _MOVE, 45,
    ),
    Command(
        "filters", N_("Saved filters"),
        N_("Take a filter that was saved, with its order, or save the present one under a name."),
        ("F",), _CASE_LISTS, _MOVE, 51,
    ),
    Command(
        "next-tab", N_("Next page"), N_("To the next page of this screen."),
        ("tab", "right"), ("case", "sop", "audit", "settings"), _MOVE, 32,
        brief=N_("Sheet"),
    ),
    Command(
        "previous-tab", N_("Page before"), N_("To the page of this screen before this one."),
        ("shift+tab", "left"), ("case", "sop", "audit", "settings"), _MOVE,
    ),
    Command(
        "next-part", N_("Next part"), N_("To the next part of the picture, or the next table."),
        ("tab",), ("board",), _MOVE, 32,
    ),
    Command(
        "previous-part", N_("Part before"), N_("To the part or the table before this one."),
        ("shift+tab",), ("board",), _MOVE,
    ),
    Command(
        "tables", N_("All figures"), N_("All figures as tables, or the picture again."),
        ("a",), ("board",), _MOVE, 31,
    ),
    Command(
        "earlier", N_("Earlier"), N_("The quarter or the year before."),
        ("left_square_bracket", "comma"), ("board",), _MOVE, 33,
    ),
    Command(
        "later", N_("Later"), N_("The next quarter or year."),
        ("right_square_bracket", "full_stop"), ("board",), _MOVE, 34,
    ),
    Command(
        "span", N_("Quarter or year"), N_("Figures of a whole year, or of a quarter."),
        ("y",), ("board",), _MOVE, 35,
    ),
    Command(
        "pane", N_("Pane"),
        N_("Show what lies under the cursor beside the list, or hide it."),
        ("P",), _WITH_PANE, _MOVE, 36, needs_room,
    ),
    Command(
        "pane-down", N_("Pane down"), N_("Scroll the pane down; the cursor stays."),
        ("ctrl+d",), _WITH_PANE, _MOVE, None, needs_pane,
    ),
    Command(
        "pane-up", N_("Pane up"), N_("Scroll the pane up; the cursor stays."),
        ("ctrl+u",), _WITH_PANE, _MOVE, None, needs_pane,
    ),
    Command(
        "pane-larger", N_("Larger pane"), N_("Give the pane more room."),
        ("plus",), _WITH_PANE, _MOVE, None, needs_room,
    ),
    Command(
        "pane-smaller", N_("Smaller pane"), N_("Give the pane less room."),
        ("underscore",), _WITH_PANE, _MOVE, None, needs_room,
    ),
    Command(
        "signed", N_("Signed today"), N_("What you have signed today, and whether it was sent."),
        ("Y",), ("tray",), _MORE, 52,
    ),
    Command(
        "next-sheet", N_("Next sheet"),
        N_("The next sheet of the pane: letter, steps, history, requests."),
        ("tab",), _CASE_LISTS, _MOVE, None, needs_sheets,
    ),
    Command(
        "previous-sheet", N_("Sheet before"), N_("The sheet of the pane before this one."),
        ("shift+tab",), _CASE_LISTS, _MOVE, None, needs_sheets,
    ),
    Command(
        "next-case", N_("Next case"), N_("The next case of the list from which this was opened."),
        ("J", "f"), ("case",), _MOVE, None, needs_neighbours,
    ),
    Command(
        "previous-case", N_("Case before"), N_("The case before this one in its list."),
        ("K",), ("case",), _MOVE, None, needs_neighbours,
    ),
    Command(
        "last-case", N_("That case"), N_("Open the case in which you acted last."),
        ("O",), _WITH_CASE, _MOVE, 2, needs_last_case,
    ),
    Command(
        "go-on", N_("Go on after acting"),
        N_("Whether the next case of the list opens after an act; on or off."),
        ("N",), _WITH_CASE, _MORE,
    ),
    Command(
        "read", N_("Read attachments"), N_("Read what is attached to the case, the newest first."),
        ("v",), _WITH_CASE, _MORE, 33, needs_case, brief=N_("Read"),
    ),
    Command(
        "next-file", N_("Next file"), N_("To the attachment that came after this one."),
        ("right", "n", "tab"), ("reader",), _MOVE, 1, needs_other_files,
    ),
    Command(
        "previous-file", N_("File before"), N_("To the attachment that came before this one."),
        ("left", "p", "shift+tab"), ("reader",), _MOVE, None, needs_other_files,
    ),
    Command(
        "save", N_("Save as"), N_("Write the attachment to a file of your own."),
        ("w",), ("case", "reader"), _MORE, 47, needs_row,
    ),
    Command(
        "verify-all", N_("Verify all"), N_("Check the whole history anew, from the first commit."),
        ("v",), ("audit",), _MORE, 33,
    ),
    Command(
        "sync-now", N_("Sync now"), N_("Share with the hub: take what is new, send what is yours."),
        _LASTING_KEYS, ("sync",), _MORE, 2, lasting=True,
    ),
    Command(
        "change", N_("Change"), N_("Change the setting or the keys under the cursor."),
        _LASTING_KEYS, ("settings",), _MORE, 1, needs_row, lasting=True,
    ),
    Command(
        "checkpoint", N_("Sign a checkpoint"), N_("State and sign how far the records have come."),
        ("c",), ("sync",), _MORE, 3,
    ),
    Command(
        "check-file", N_("Check a file"),
        N_("Hold a checkpoint from a file against these records."),
        ("v",), ("sync",), _MORE, 48,
    ),
    Command(
        "save-checkpoint", N_("Write to a file"),
        N_("Write the checkpoint under the cursor to a file."),
        ("w",), ("sync",), _MORE, 47, needs_row,
    ),
    Command(
        "export", N_("Write to a file"), N_("Write the whole audit trail to a file of your own."),
        ("w",), ("audit",), _MORE, 47,
    ),
    Command(
        "palette", N_("Find"), N_("Find a command, a case or a person by a few letters."),
        ("colon", "ctrl+p"), _OFFICE, _MORE,
    ),
    Command(
        "desk", N_("Change desk"), N_("Sit down at another officer's desk (demonstration)."),
        ("D", "f2"), _OFFICE, _MORE, 48, needs_desks,
    ),
    Command(
        "language", N_("Language"), N_("Indonesian or English, at once."), ("L",), _OFFICE, _MORE,
    ),
    Command(
        "tour", N_("Tour"), N_("A short tour through soptui, in five pages."),
        ("H",), _OFFICE, _MORE,
    ),
    Command(
        "theme", N_("Colours"), N_("The next set of colours."), ("T",), _OFFICE, _MORE,
    ),
    Command(
        "reload", N_("Refresh"), N_("Look again at the records."), ("f5", "r"), _READING, _MORE,
    ),
    Command(
        "redraw", N_("Redraw"), N_("Draw the whole screen anew."), ("ctrl+l",),
        (*_READING, "dialog", "form"), _MORE,
    ),
    Command(
        "quit", N_("Quit"), N_("Leave soptui; drafts are kept."), ("Q", "ctrl+q"), _READING,
        _MORE, 70,
    ),
    Command(
        "help", N_("Help"), N_("What the keys of this screen do."), ("question_mark", "f1"),
        (*_READING, "dialog"), _MORE,
    ),
)  # fmt: skip

_MOVES_ON = frozenset({Action.RECEIVE, Action.SUBMIT, Action.RETURN}).union(*STEP_ACTIONS.values())
"""The acts that a case waits for: in a foot they come first, the others after the sheets."""

_ACTION_COMMANDS = tuple(
    Command(
        info.action.value, info.label, info.help, (info.key,), _WITH_CASE, _ACT,
        position + (10 if info.action in _MOVES_ON else 35), asks_gate(info.action),
        action=info.action, ends_case=info.ends_case,
    )
    for position, info in enumerate(ACTIONS)
)  # fmt: skip

_FORM_COMMANDS = (
    Command(
        "form-sign", N_("Sign"), N_("Sign what is filled in, and record it."),
        _LASTING_KEYS, ("form",), _FORM, 1, runs="sign", lasting=True,
    ),
    Command(
        "form-look", N_("Look again"),
        N_("See the case as it is now, when others acted meanwhile; what you typed stays."),
        ("f5",), ("form",), _FORM, 2, runs="look_again",
    ),
    Command(
        "form-preview", N_("Preview"),
        N_("Show the exact lines that will be signed, and the files that go along."),
        ("f3",), ("form",), _FORM, 3, runs="preview",
    ),
    Command(
        "form-leave", N_("Back"),
        N_("Leave; what you typed is kept as a draft. While signing: stop."),
        ("escape",), ("form",), _FORM, runs="leave",
    ),
    Command(
        "form-files", N_("Pick files"), N_("Pick files from folders."),
        ("f4", "ctrl+o"), ("form",), _FORM, 5, runs="pick_files",
    ),
    Command(
        "form-read", N_("Attachments"),
        N_("Read what is attached to the case, the newest first; the form waits."),
        ("f2",), ("form",), _FORM, 4, runs="read",
    ),
    Command(
        "form-copy", N_("Copy a line"),
        N_("Copy a line of what is read beside the form into the field; a letter names it."),
        ("f7",), ("form",), _FORM, 6, runs="copy_line",
    ),
    Command(
        "form-sheet", N_("Next sheet"),
        N_("To the next of what is read beside the form: document, changes, letter, scans."),
        ("ctrl+n",), ("form",), _FORM, 7, runs="next_sheet",
    ),
    Command(
        "form-scroll", N_("Read on"), N_("Read on in what stands beside the form."),
        ("ctrl+d",), ("form",), _FORM, 8, runs="scroll_paper(1)",
    ),
    Command(
        "form-scroll-back", N_("Read back"), N_("Back in what stands beside the form."),
        ("ctrl+u",), ("form",), _FORM, runs="scroll_paper(-1)",
    ),
    Command(
        "form-draft", N_("Draft"),
        N_("Go through the drafts of this form that are kept, then begin an empty one."),
        ("f8",), ("form",), _FORM, 7, runs="next_draft",
    ),
    Command(
        "form-forget", N_("Throw away"),
        N_("Throw away what is typed here, with its draft; asks once."),
        ("f6",), ("form",), _FORM, runs="forget",
    ),
    Command(
        "form-next", N_("Next"), N_("To the next field. In a path, complete it first."),
        ("tab",), ("form",), _FORM, 8, runs="go(1)",
    ),
    Command(
        "form-previous", N_("Before"), N_("To the field before."), ("shift+tab",), ("form",), _FORM,
        runs="go(-1)",
    ),
    Command(
        "form-editor", N_("Editor"),
        N_("Write a long text in your own editor, the one that EDITOR names."),
        ("ctrl+e",), ("form",), _FORM, runs="screen.edit_outside",
    ),
    Command(
        "form-help", N_("Help"), N_("What the keys of this form do."),
        ("f1",), ("form",), _FORM, runs="help",
    ),
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    *_PLACE_COMMANDS,
    *_LIST_COMMANDS,
    *_PICTURE_COMMANDS,
    *_SCREEN_COMMANDS,
    *_ACTION_COMMANDS,
    *_FORM_COMMANDS,
)
"""All commands, in the order of the help."""

_BY_ID = {command.id: command for command in COMMANDS}


def command_of(command_id: str) -> Command:
    """The command with this id. Raises `KeyError`."""
    return _BY_ID[command_id]


def commands_on(screen: str) -> Iterator[Command]:
    """The commands of a screen, in the order of the table."""
    return (command for command in COMMANDS if screen in command.screens)


def binding_of(command_id: str, action: str = "", *, is_heard_first: bool = False) -> Binding:
    """The binding of one command to what it `runs`, or to another action of the same meaning.

    It has the command's id, by which a configuration can give it other keys. `is_heard_first`, it
    is asked before the field in hand.
    """
    one = _BY_ID[command_id]
    keys, does = ",".join(one.keys), action or one.runs
    return Binding(keys, does, one.label, show=False, id=one.id, priority=is_heard_first)


def bindings_for(screen: str, *, widget: bool = False) -> list[BindingType]:
    """The bindings of a screen or, with `widget`, those that its lists handle themselves."""
    if widget:
        return [binding_of(one.id) for one in _LIST_COMMANDS]
    return [
        binding_of(one.id, f"run_command({one.id!r})")
        for one in commands_on(screen)
        if not one.runs
    ]
