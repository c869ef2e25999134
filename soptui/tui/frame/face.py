"""What screens ask of the app that they belong to: the one way from a screen up to the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from soptui.domain.ids import CaseId, OfficerId

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from soptui.desk import Desk
    from soptui.desk.settings.screen import ScreenSettings
    from soptui.desk.sharing.attention import Attention
    from soptui.domain.message import Message
    from soptui.tui.keys.commands import Command
    from soptui.tui.presentation.facts import Facts
    from soptui.tui.widgets.split import Pane


class SyncControl(Protocol):
    """The syncs that run while people work."""

    @property
    def minutes(self) -> int:
        """Minutes from one sync to the next; 0 when they are off."""

    @property
    def is_running(self) -> bool:
        """Whether a sync is running now."""

    @property
    def came_in(self) -> int | None:
        """How many records the last sync brought; None before the first."""

    def sync(self) -> None:
        """Sync now; a person waits to hear how it went."""

    def share_act(self) -> None:
        """Bring an act just signed to the hub, where syncs in the background are on."""


@runtime_checkable
class CaseNeighbours(Protocol):
    """A list of cases, from which one can be opened and gone on to the next."""

    def go_to_neighbour(self, steps: int) -> CaseId:
        """Put the cursor so many cases further; that case, or an empty string if there is none."""


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen into which something is typed that is to outlive it."""

    def save_draft(self) -> bool:
        """Keep now what was typed; False when that failed. Never raises."""


@runtime_checkable
class Says(Protocol):
    """A screen that can say a sentence."""

    def say(self, text: str, tone: str = "plain") -> None:
        """Say it, in the reader's language, until the next."""


@runtime_checkable
class ShowsHeader(Protocol):
    """A screen with a header, which says what the person should know wherever they are."""

    @property
    def is_running(self) -> bool:
        """Whether it is there to be drawn."""

    def renew_header(self) -> None:
        """Draw the header anew."""


class AttentionControl(Protocol):
    """What the person should know wherever they are."""

    @property
    def known(self) -> Attention | None:
        """What was known at the last look; None before the first."""

    def look(self) -> None:
        """Look again, beside all else."""

    def look_at_key(self) -> None:
        """Also at the key, which could not sign."""


class Face(Protocol):
    """The app as its screens see it. `SoptuiApp` is checked against this, and never imported."""

    facts: Facts | None
    """The office as it stood at the last look; None before the first."""
    filters: tuple[str, ...]
    """The filters that were used last, the newest first."""
    opens_next_case: bool
    """Whether the next case of a list opens after an act."""
    pane: Pane
    """How what stands beside the lists is shown."""

    @property
    def desk(self) -> Desk:
        """The desk at which the officer sits now."""

    @property
    def desks(self) -> Mapping[OfficerId, Desk]:
        """The desks that can be changed to, by officer id."""

    @property
    def no_officer(self) -> Message | None:
        """Why it is not known whose desk this is; None where it is known."""

    @property
    def settings(self) -> ScreenSettings:
        """What this person has chosen for the screen."""

    @property
    def own_keys(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that this person has chosen, by command."""

    @property
    def wrong_settings(self) -> tuple[Message, ...]:
        """A sentence for each setting that was ignored."""

    @property
    def theme(self) -> str:
        """The name of the colours that are shown."""

    @property
    def background(self) -> SyncControl:
        """The syncs that run while people work."""

    @property
    def attention(self) -> AttentionControl:
        """What the person should know wherever they are."""

    # --- where to go --------------------------------------------------------------------------

    def go(self, place: str, key: str = "") -> None:
        """Show a place as it was left, the cursor on the row with this `key` if one is given."""

    def open_case(self, case_id: CaseId, opened_from: CaseNeighbours | None = None) -> None:
        """Show a case over the screen that is there, or in the place of the case that is."""

    def open_reader(self, case_id: CaseId, position: int = -1) -> None:
        """Show an attachment of a case; the newest, unless its `position` is named."""

    def open_help(self, screen: str, title: str) -> None:
        """Show the keys of a screen; `title` is in the reader's language."""

    def open_palette(self, screen: str, run: Callable[[str], None]) -> None:
        """Find a case or a person and go there, or a command of the screen and `run` it."""

    def open_desks(self) -> None:
        """Choose another officer's desk, and sit down there."""

    def open_tour(self) -> None:
        """Show the tour."""

    def ask_to_leave(self) -> None:
        """Ask whether to leave: the rest of a pasted text would reach the shell."""

    def leave(self, status: int = 0) -> None:
        """Keep drafts and the place, and end."""

    # --- how it looks and speaks --------------------------------------------------------------

    def redraw(self) -> None:
        """Draw everything again."""

    def paint(self) -> None:
        """Paint from now on: there is something to be seen."""

    def change_theme(self) -> str:
        """Take the next set of colours; its name."""

    def change_language(self) -> None:
        """Speak the other language, on every screen."""

    def take_settings(self) -> None:
        """Read the configuration again, and let it hold from now on."""

    # --- keys and place -----------------------------------------------------------------------

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, as they are now."""

    def hold_keys(self) -> None:
        """Keep what is typed from now on: a form may come of the last key."""

    def release_keys(self) -> None:
        """Hand on what was kept, once what has come is there to be typed into."""

    def keep_place(self) -> None:
        """Keep where one is for the next start, if that has changed."""


def face_of(node: DOMNode) -> Face:
    """The app of a screen or a widget."""
    return cast("Face", node.app)
