"""Sync and checkpoints: how these records stand to the hub, and what was stated of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from soptui.desk.files import save_as
from soptui.domain.checkpoint import Checkpoint, Standing
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, number, translate
from soptui.tui.frame.dialogs import AskDialog, TextDialog
from soptui.tui.frame.lists import ListScreen
from soptui.tui.frame.office_screen import Handlers, still_looking
from soptui.tui.keys.commands import bindings_for
from soptui.tui.presentation.sync import (
    CHECKPOINT_COLUMNS,
    KeptCheckpoint,
    checkpoint_lines,
    checkpoint_row,
    sharing_lines,
)
from soptui.tui.text.lines import Line, Span, wrap
from soptui.tui.widgets.painted import LineView
from soptui.tui.widgets.sources import Rows
from soptui.tui.widgets.split import Split
from soptui.tui.widgets.table import Table

if TYPE_CHECKING:
    from soptui.desk.sharing.sharing import Sharing, SharingState
    from soptui.tui.presentation.facts import Facts


class Shown(Struct, frozen=True):
    """What the place shows: the state, and the checkpoints with their texts.

    `without_effect` tells of what the officer signed without effect, or under an agenda number that
    moved, and has not looked at yet.
    """

    state: SharingState
    checkpoints: tuple[KeptCheckpoint, ...]
    without_effect: tuple[Message, ...]


class SyncScreen(ListScreen):
    """The state of sharing, with checkpoints below; Enter holds one against the records."""

    PLACE = "sync"
    HEADING = N_("Sync and checkpoints")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("sync")]

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._standings: dict[str, Message] = {}

    def body(self) -> ComposeResult:
        """State, checkpoints, and the one under the cursor in full."""
        yield LineView(self._state, id="state")
        empty = N_("No checkpoint was made or seen here yet.")
        yield Split(Table(CHECKPOINT_COLUMNS, empty=empty, id="list"), self.detail)

    def fetch(self, facts: Facts) -> Shown:
        """How things stand, told without asking the hub."""
        from soptui.desk.sharing.registrations import renumbered_not_seen
        from soptui.desk.sharing.without_effect import not_seen, sentences_for

        sharing = self._sharing()
        without_effect = sentences_for(self.desk, not_seen(self.desk))
        without_effect += (*renumbered_not_seen(self.desk).values(),)
        kept = tuple(starmap(KeptCheckpoint, sharing.checkpoints()))
        return Shown(sharing.state(), kept, without_effect)

    def _sharing(self) -> Sharing:
        from soptui.desk.sharing.sharing import Sharing

        return Sharing(self.desk)

    def show(self, data: Shown) -> None:
        """State and checkpoints."""
        facts = self.face.facts
        if facts is None:
            return
        self._shown = data
        self.query_one("#state", LineView).show(self._state)
        rows = [
            checkpoint_row(str(place), one, facts) for place, one in enumerate(data.checkpoints)
        ]
        self.table.show(Rows(rows))

    # --- what it says ---------------------------------------------------------------------------

    def _state(self, width: int) -> Sequence[Line]:
        facts, background = self.face.facts, self.face.background
        if self._shown is None or facts is None:
            return still_looking()
        how_often = (
            _("every {count} minutes", count=background.minutes)
            if background.minutes
            else _("off; {key} syncs now", key=self.key_of("sync-now"))
        )
        state = sharing_lines(
            self._shown.state, facts, width,
            came_in=background.came_in, background=how_often,
        )  # fmt: skip
        sentences = map(translate, self._shown.without_effect)
        lines = (line for one in sentences for line in wrap(one, width - 2, "bad"))
        return [*state, *((Span(" "), *line) for line in lines)]

    def detail(self, width: int) -> Sequence[Line]:
        """The checkpoint under the cursor, or what a checkpoint is for."""
        chosen = self.table.value
        if not isinstance(chosen, KeptCheckpoint):
            return wrap(
                _(
                    "A checkpoint states how far the records have come. Signed, printed and kept "
                    "elsewhere, it shows later whether anything was rewritten or withheld. {key} "
                    "signs one.",
                    key=self.key_of("checkpoint"),
                ),
                width,
                "dim",
            )
        checkpoint = chosen.checkpoint
        return checkpoint_lines(checkpoint, self._standings.get(checkpoint.commit), width)

    # --- commands -------------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Also syncing, and what is done with checkpoints."""
        return {
            **super().handlers(),
            "sync-now": self.sync_now,
            "checkpoint": self.preview_checkpoint,
            "check-file": self.ask_file,
            "save-checkpoint": self.ask_where,
        }

    def sync_now(self) -> None:
        """Sync, without keeping anybody from working."""
        background = self.face.background
        if self._shown is not None and not self._shown.state.hub:
            self.say(_("These records have no hub; soptui sync --hub names one."), "warn")
        elif background.is_running:
            self.say(_("A sync is running."))
        else:
            self.say(_("Syncing; go on working ..."))
            background.sync()

    def preview_checkpoint(self) -> None:
        """Show how far the records have come; the key that signs does so from there."""
        self.threads.run("preview", lambda: self._sharing().present_checkpoint(), self._preview)

    def _preview(self, present: Checkpoint) -> None:
        def answered(agreed: bool | None) -> None:
            if agreed:
                self.say(_("Signing ..."))
                self._sign(present)

        text = present.text().decode("ascii").rstrip()
        screen = TextDialog(_("What you sign"), lambda width: wrap(text, width), consent=_("Sign"))
        self.app.push_screen(screen, answered)

    def _sign(self, present: Checkpoint) -> None:
        self.threads.run(
            "sign", lambda: self._sharing().checkpoint(present), lambda made: self._signed(made[0])
        )

    def _signed(self, made: Checkpoint) -> None:
        self.table.action_first()
        self.look()
        text = _(
            "Signed: place {place}. {key} writes it to a file.",
            place=number(made.position), key=self.key_of("save-checkpoint"),
        )  # fmt: skip
        self.say(text, "good")

    @on(Table.Chosen)
    def _examine_chosen(self, event: Table.Chosen) -> None:
        if isinstance(event.value, KeptCheckpoint):
            text = event.value.text
            self._examine(lambda: self._sharing().examine(text))

    def ask_file(self) -> None:
        """Ask for the file of a checkpoint."""
        title = _("The file of a checkpoint to hold against these records")
        self.app.push_screen(AskDialog(title, "~/"), self._check)

    def _check(self, path: str | None) -> None:
        if path:
            self._examine(lambda: self._sharing().examine_file(Path(path)))

    def _examine(self, examine: Callable[[], tuple[Checkpoint, Standing]]) -> None:
        self.threads.run("examine", examine, self._examined)

    def _examined(self, found: tuple[Checkpoint, Standing]) -> None:
        from soptui.desk.sharing.sentences import STANDINGS

        checkpoint, standing = found
        self._standings[checkpoint.commit] = STANDINGS[standing]
        self.look()
        self.query_one(Split).show_detail()
        is_good = standing is Standing.CONFIRMED
        self.say(translate(STANDINGS[standing]), "good" if is_good else "bad")

    def ask_where(self) -> None:
        """Write the checkpoint to a file."""
        chosen = self.table.value
        if isinstance(chosen, KeptCheckpoint):
            text, name = chosen.text, f"~/checkpoint-{chosen.checkpoint.position}.txt"
            dialog = AskDialog(_("Write the checkpoint to"), name, writes=_("Write"))
            self.app.push_screen(dialog, lambda path: self._save(text, path))

    def _save(self, text: bytes, path: str | None) -> None:
        if not path:
            return
        try:
            place = save_as(text, Path(path))
        except Refusal as refusal:
            self.refused(refusal)
        else:
            self.say(_("Written to {path}.", path=str(place)), "good")
