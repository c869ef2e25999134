"""What a command is, and the checks that say why it does nothing now."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from msgspec import Struct

from soptui.desk.views import CaseView
from soptui.domain.case import Closed
from soptui.domain.events import Action
from soptui.domain.message import Message

WIDE = 120
"""From so many columns on there is room for a preview beside a list."""


BROAD = 180
"""From so many columns on the preview has sheets."""


class PaneState(Enum):
    """How it is with the preview of the row under the cursor."""

    SHOWN = auto()
    HIDDEN = auto()
    NARROW = auto()
    NONE = auto()


class Situation(Struct, frozen=True):
    """What a check may look at: the row under the cursor, and the case that is on the screen.

    `neighbours` is whether there is another case, or another attachment, to go on to; `last_case`
    is the one in which the officer acted last. `pane` says how it is with the preview of the row,
    and `has_sheets` whether it is so wide that it has sheets.
    """

    row: str = ""
    view: CaseView | None = None
    desks: int = 1
    neighbours: bool = False
    closed_to_register: Closed | None = None
    last_case: str = ""
    pane: PaneState = PaneState.NONE
    has_sheets: bool = False


Reason = Message | Closed
"""Why a command does nothing now: a sentence or, for acts upon a case, the gate's answer."""

LAST_OF_LIST = Message("This is the last case of the list.")
FIRST_OF_LIST = Message("This is the first case of the list.")


def always(situation: Situation) -> Reason | None:
    """No reason ever: the command always does something."""
    return None


class Command(Struct, frozen=True):
    """One thing that a key does.

    `label` and `help` are msgids, as is `brief`, which the foot says where the label is long.
    `keys` are Textual's names of keys, the usual one first. `rank` orders the left of the foot,
    the most likely first; None keeps the command out of it. `runs` is a Textual action of the
    focused list or of a form; other commands are run by the screen. What a `lasting` command does
    (it signs, sends, or writes) no key takes back, so that its keys are none that pasted text could
    hold. What `ends_case` stands in a foot only where the SOP has the case end there.
    """

    id: str
    label: str
    help: str
    keys: tuple[str, ...]
    screens: tuple[str, ...]
    group: str
    rank: int | None = None
    check: Callable[[Situation], Reason | None] = always
    runs: str = ""
    action: Action | None = None
    lasting: bool = False
    brief: str = ""
    ends_case: bool = False

    @property
    def is_about_row(self) -> bool:
        """Whether it does something to the case or the row in sight, and nothing without one."""
        return self.action is not None or self.check in (needs_row, needs_case)


def needs_row(situation: Situation) -> Reason | None:
    """A reason where nothing is under the cursor."""
    return None if situation.row else Message("There is nothing under the cursor.")


def needs_case(situation: Situation) -> Reason | None:
    """A reason where neither a case is on the screen nor one under the cursor."""
    return None if situation.view is not None else needs_row(situation)


def needs_desks(situation: Situation) -> Reason | None:
    """A reason where there is no other desk to change to."""
    if situation.desks > 1:
        return None
    return Message("This desk is yours alone; only the demonstration has others to change to.")


def needs_neighbours(situation: Situation) -> Reason | None:
    """A reason where the case was opened from no list."""
    if situation.neighbours:
        return None
    return Message("This case was not opened from a list: none comes before or after it.")


def needs_other_files(situation: Situation) -> Reason | None:
    """A reason where the case has no other attachment."""
    return None if situation.neighbours else Message("The case has no other attachment.")


def needs_room(situation: Situation) -> Reason | None:
    """A reason where there is no preview, or no room for it beside the list."""
    if situation.pane is PaneState.NARROW:
        return Message("The pane stands beside the list from {width} columns on.", width=WIDE)
    if situation.pane is PaneState.NONE:
        return Message("Nothing here has a pane.")
    return None


def needs_pane(situation: Situation) -> Reason | None:
    """A reason where no preview is shown."""
    if situation.pane is PaneState.HIDDEN:
        return Message("The pane is hidden.")
    return needs_room(situation)


def needs_sheets(situation: Situation) -> Reason | None:
    """A reason where the preview has no sheets."""
    reason = needs_pane(situation)
    if reason is not None or situation.has_sheets:
        return reason
    return Message("The pane has sheets from {width} columns on.", width=BROAD)


def needs_last_case(situation: Situation) -> Reason | None:
    """A reason where nothing was done from the list yet."""
    if situation.last_case:
        return None
    return Message("Nothing was done from this list yet.")


def asks_gate(action: Action) -> Callable[[Situation], Reason | None]:
    """What asks the gate about an action upon the case in sight; without one, only for a row."""

    def check(situation: Situation) -> Reason | None:
        if action is Action.REGISTER:
            return situation.closed_to_register
        if situation.view is not None:
            return situation.view.opening(action).closed_to(receive_first=True)
        return needs_row(situation)

    return check
