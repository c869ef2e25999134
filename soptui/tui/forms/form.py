"""A form on the screen: filled in by keyboard, kept as a draft while typing, then signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from soptui.desk.actions.fields import Form
from soptui.desk.actions.table import info_of
from soptui.desk.causes import Cause, cause_of
from soptui.desk.clock import clock_fault
from soptui.desk.forms.filling import field_at_fault
from soptui.desk.forms.reload import Reloaded, carried_over, reload_sentence
from soptui.desk.forms.sheet import Sheet
from soptui.desk.refusals import NotOpen
from soptui.desk.words.who_can import sentence_of
from soptui.domain.message import Refusal
from soptui.domain.receipt import Receipt
from soptui.locale import _, translate
from soptui.tui.design.foot import Foot, Hint
from soptui.tui.design.header import Header
from soptui.tui.forms.drafts import Drafts
from soptui.tui.forms.editors.external import edit_outside
from soptui.tui.forms.editors.folder import FolderDialog
from soptui.tui.forms.editors.text import Editor, LongEditor
from soptui.tui.forms.field_row import FieldRow
from soptui.tui.forms.paper_pane import PaperPane
from soptui.tui.forms.preview import preview_lines
from soptui.tui.forms.reading import OF_READING, Reading
from soptui.tui.forms.sheet_view import SheetView
from soptui.tui.forms.signing import Preview, Signing
from soptui.tui.forms.target import Target
from soptui.tui.frame.dialogs import TextDialog
from soptui.tui.frame.face import Face, face_of
from soptui.tui.frame.office_screen import OfficeScreen
from soptui.tui.frame.room import take_room
from soptui.tui.frame.signature import Signature
from soptui.tui.frame.threads import Threads
from soptui.tui.keys.commands import binding_of, command_of, commands_on
from soptui.tui.keys.keymap import printed_key
from soptui.tui.presentation.office_header import office_header
from soptui.tui.terminal.driver import redraw
from soptui.tui.text.lines import Line, Span, line, wrap
from soptui.tui.widgets.alarm import show_alarm
from soptui.tui.widgets.key_bar import KeyBar
from soptui.tui.widgets.news_line import NewsLine
from soptui.tui.widgets.painted import LineView

_BOUND_ELSEWHERE = ("redraw", "form-editor", *OF_READING)
_FULL_HEAD_FROM = 32
"""Lines from which there is room for all that a sheet of paper says of the letter."""


class FormScreen(Screen[Receipt | None]):
    """Draws the form of a target. Dismissed with the receipt, or None when it was left.

    What is typed outlives whatever goes wrong.
    """

    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-normal"), (120, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding_of(one.id) for one in commands_on("form") if one.id not in _BOUND_ELSEWHERE),
        binding_of("redraw", "redraw"),
    ]
    AUTO_FOCUS = ""  # the form itself says where to begin, and nothing may be typed before

    _news = query_one("#news", NewsLine)
    _help = query_one("#help", LineView)

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
        self.threads = Threads(self, refused=self.refused, failed=self._failed)
        self.signature = Signature(self)
        self._signing = Signing(target, self.threads, self.signature)
        self._drafts = Drafts(self, target)
        typed = self._drafts.found.values if self._drafts.found else None
        self._sheet_view = SheetView(target, typed, self._head_lines, self.threads, id="body")
        self._reading = Reading(self, self._sheet_view, id="sides")
        self._was_refused = False
        self._said_until_typed = False
        self._focused_before: Widget | None = None

    @property
    def face(self) -> Face:
        """The app, as its screens see it."""
        return face_of(self)

    @property
    def form(self) -> Form:
        """The form as it is now."""
        return self.target.form

    @property
    def sheet(self) -> Sheet:
        """What is filled in."""
        return self._sheet_view.sheet

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The fields."""
        return self._sheet_view.rows

    @property
    def is_signing(self) -> bool:
        """Whether a signature is being made."""
        return self.signature.is_awaited

    # --- drawing ---------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, the sheet, help of the field in hand, news, keys."""
        take_room(self)
        yield LineView(self._header_lines, id="title")
        yield self._reading
        yield LineView(self._help_lines, id="help")
        yield NewsLine(id="news")
        yield KeyBar(self.foot, id="keys")

    def on_mount(self) -> None:
        """Fill in what is known, begin where something is to be filled in, and say what is odd."""
        self.show_values()
        self._reading.renew()
        self._check_clock()
        self._drafts.say_found()
        if self._drafts.found is None and self.target.receive_first and self.target.case:
            self.say(_("Received first, by an act of its own; both are signed."))

    def _check_clock(self) -> None:
        """Hold the clock, whose time will be signed, against the records; say what is wrong."""
        self.threads.run("clock", partial(clock_fault, self.target.desk), partial(show_alarm, self))

    def on_resize(self) -> None:
        """Say more of the letter where there is room."""
        self._sheet_view.renew_head()

    def _head_lines(self, width: int) -> Sequence[Line]:
        is_full = self.app.size.height >= _FULL_HEAD_FROM
        head = self.target.head_lines(width, is_full=is_full)
        return [*head, *self._reading.glance(width)]

    def _help_lines(self, width: int) -> Sequence[Line]:
        row = self._sheet_view.row_in_hand
        if row is not None:
            return [(Span(" "), *one) for one in wrap(row.help_text, width - 2, "dim")]
        sign, preview = self.key_of("form-sign"), self.key_of("form-preview")
        text = _("{sign} signs; {preview} shows what is signed.", sign=sign, preview=preview)
        return [line(" ", Span(text, "dim"))]

    def header(self) -> Header:
        """The first line: the act, the case, what needs the person, and who signs."""
        face, desk = self.face, self.target.desk
        return office_header(
            self.target.title_parts(), face.facts, face.attention.known, read_only=desk.read_only
        )

    def _header_lines(self, width: int) -> Sequence[Line]:
        return (self.header().line(width), *self.target.letter_lines(width))

    def renew_header(self) -> None:
        """Draw the header again: what it says of the act, or of the office, is another."""
        self.query_one("#title", LineView).show(self._header_lines)

    def foot(self) -> Foot:
        """The last line: the keys that do something now, then the way back and help."""
        kept = (self._hint("form-leave"), self._hint("form-help"))
        return Foot(self._acts(), kept=kept)

    def _hint(self, command_id: str) -> Hint:
        return self.key_of(command_id), _(command_of(command_id).label)

    def _acts(self) -> tuple[Hint, ...]:
        """Nothing else while a signature is being made."""
        if self.is_signing:
            return ()
        silent = {
            "form-look": not self._was_refused,
            "form-files": self._sheet_view.files_editor is None,
            "form-draft": self._drafts.found is None,
            "form-read": self.target.case is None and not self._reading.has_papers,
            **self._reading.silent,
        }
        ranked = [one for one in commands_on("form") if one.rank and not silent.get(one.id)]
        ranked.sort(key=lambda one: one.rank or 0)
        return tuple(self._hint(one.id) for one in ranked)

    def _renew_keys(self) -> None:
        self.query_one(KeyBar).renew()

    def _renew_help(self) -> None:
        self._help.show(self._help_lines)

    def say(self, text: str, tone: str = "plain") -> None:
        """A sentence at the foot, until the next."""
        # When the screen ends, its widgets are gone before it is.
        if self.query("#news"):
            self._news.say(text, tone)

    def say_until_typed(self, text: str, tone: str) -> None:
        """A sentence at the foot that goes as soon as something is typed."""
        self.say(text, tone)
        self._said_until_typed = True

    def key_of(self, command_id: str) -> str:
        """The key of a command, as it is printed."""
        return printed_key(self, command_id)

    @property
    def news(self) -> str:
        """What was said last."""
        return self._news.text

    # --- filling in ------------------------------------------------------------------------------

    def show_values(self) -> None:
        """Put into the fields what the sheet holds, and begin there."""
        self._sheet_view.show_values()
        self._sheet_view.begin()

    def on_editor_edited(self) -> None:
        """The sheet has another value; what was to be mended is being mended."""
        self._renew_help()
        self._reading.renew()
        if self._said_until_typed:
            self._said_until_typed = False
            self.say("")
        self._drafts.save_soon()

    def on_editor_hinted(self) -> None:
        """Say where the cursor is."""
        self._renew_help()

    def on_editor_finished(self, event: Editor.Finished) -> None:
        """Go on from a field."""
        self.action_go(event.steps)

    def on_descendant_focus(self) -> None:
        """Show the help of the field."""
        self._renew_help()

    def action_go(self, steps: int) -> None:
        """To the next field or the one before; nowhere while a signature is being made."""
        if self.is_signing:
            return
        if steps > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_edit_outside(self) -> None:
        """Write the long text in hand in the writer's own editor."""
        if isinstance(self.focused, LongEditor):
            try:
                edit_outside(self.focused)
            except Refusal as refusal:
                self.say(translate(refusal.message), "bad")

    def action_pick_files(self) -> None:
        """Pick files for the field in hand or, where it takes none, for the first that does."""
        editor = self._sheet_view.files_editor
        if editor is not None and not self.is_signing:
            desk = self.target.desk
            limit, zone = desk.office.attachment_limit, desk.calendar.zone
            self.app.push_screen(FolderDialog(limit, zone, editor.start_folder), editor.take_picked)

    # --- drafts ----------------------------------------------------------------------------------

    def save_draft(self) -> bool:
        """Keep now what was typed; False when that failed. Never raises; a full disk is said."""
        return self._drafts.save()

    def on_unmount(self) -> None:
        """Keep what was typed, however the screen goes."""
        self.save_draft()

    def action_next_draft(self) -> None:
        """Show the next of the drafts that are kept and, after the last, a form with nothing in."""
        if not self.is_signing:
            self._sheet_view.settle()
            self._drafts.show_next()

    def action_forget(self) -> None:
        """Throw away what is typed here, with its draft, when asked twice."""
        if not self.is_signing:
            self._sheet_view.settle()
            self._drafts.throw_away()

    # --- reloading -------------------------------------------------------------------------------

    def action_look_again(self) -> None:
        """Show the case as it is now; what was typed stays."""
        if not self.is_signing:
            self._sheet_view.settle()
            self.save_draft()
            self.say(_("Looking ..."), "dim")
            self._check_clock()
            self.threads.run("look", self.target.reload, self._take_reloaded)

    async def _take_reloaded(self, found: Reloaded) -> None:
        """Fill the form as it is now with what was typed, or say why the act is open no longer."""
        if self.is_signing:
            return
        if found.closed is not None:
            self.target.case = found.cases[0] if found.cases else None
            why = self._sentence_of(NotOpen(found.closed))
            self.say(f"{why} {_('What you typed is kept as a draft.')}", "warn")
        else:
            typed = carried_over(self.sheet.values, self.form, found.form)
            self.target.take(found)
            self._signing.forget_preview()
            await self._sheet_view.lay_out(typed)
            text = reload_sentence(self.target.desk, found)
            self.say(text, "warn" if found.left_out else "plain")
        self._was_refused = False
        self.renew_header()
        self._sheet_view.renew_head()
        self._renew_keys()

    # --- signing ---------------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        """Settle everything; when a field is not right, go to it and say so."""
        names = self._sheet_view.judge()
        if names:
            self._ask_to_mend(names[0], self._why_not_ready(names))
        return not names

    def _why_not_ready(self, names: Sequence[str]) -> str:
        """What is said of one field; of several how many, and which."""
        if len(names) == 1:
            return self.rows[names[0]].note
        fields = ", ".join(_(self.rows[name].field.label) for name in names)
        if any(self.sheet.values[name] for name in names):
            return _("{count} fields are to be mended ({fields}).", count=len(names), fields=fields)
        return _("{count} fields are empty ({fields}).", count=len(names), fields=fields)

    def _ask_to_mend(self, name: str, why: str) -> None:
        """Go to the field that stands in the way; what is said of it goes when one types."""
        self._sheet_view.go_to(name)
        self.say_until_typed(_("Nothing was signed yet: {why}", why=why), "bad")

    def on_sign_mark_asked(self) -> None:
        """Enter signs nothing: say what does."""
        self.say_until_typed(_("{key} signs.", key=self.key_of("form-sign")), "accent")

    def action_sign(self) -> None:
        """Sign what is filled in."""
        if self.is_signing or not self._is_ready():
            return
        self.save_draft()
        self._focused_before = self.focused
        self.set_focus(None)
        key = self.key_of("form-sign")
        self._signing.sign(
            dict(self.sheet.values),
            sign_key=key,
            check=lambda filled: self._sheet_view.duplicate.warn_once(filled, key),
            signed=self._signed,
            when_back=self._give_fields_back,
        )
        self._renew_keys()

    def action_preview(self) -> None:
        """Show the exact lines that will be appended, and the files that go along."""
        if not self.is_signing and self._is_ready():
            self._signing.preview(dict(self.sheet.values), self._show_preview)

    def _show_preview(self, preview: Preview) -> None:
        """Show it; the key that signs does so from there."""
        picture = partial(preview_lines, preview.parts, preview.files)
        dialog = TextDialog(_("What you sign"), picture, consent=_("Sign"))
        self.app.push_screen(dialog, lambda agreed: self.action_sign() if agreed else None)

    def _give_fields_back(self) -> None:
        if self.is_attached:
            (self._focused_before or self.query_one("#sign")).focus()
            self._renew_keys()

    def _signed(self, receipt: Receipt) -> None:
        self._drafts.end()
        self.dismiss(receipt)

    def refused(self, refusal: Refusal) -> None:
        """Say why, and go to the field that can mend it; all that was typed stays."""
        if cause_of(refusal) is Cause.NO_KEY:
            self.face.attention.look_at_key()
        field = field_at_fault(self.form, refusal)
        text = self._sentence_of(refusal)
        self._was_refused = self.target.case is not None and not field
        if field and not self.target.receipt_stands:
            self._ask_to_mend(field, text)
        else:
            self.say(text, "bad")
        if field:
            self.rows[field].show_note((translate(refusal.message), "bad"))
            self._sheet_view.go_to(field)
        self._renew_keys()

    def _sentence_of(self, refusal: Refusal) -> str:
        desk = self.target.desk
        return sentence_of(refusal, desk.registry, desk.now().date(), desk.sops())

    def _failed(self, notice: str) -> None:
        kept = _("What you typed is kept; look at the case before you sign again.")
        self.say(f"{notice} {kept}", "bad")

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A thread has ended: nothing that is typed goes, however it did."""
        await self.threads.ended(event)

    # --- everything else -------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stop a signature that is being made; else leave, keeping the draft."""
        if self.is_signing:
            self.signature.stop()
            return
        self.save_draft()
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        if self._drafts.is_kept and isinstance(below, OfficeScreen):
            act = _(info_of(self.form.action).label)
            below.say(_("{act}: what you typed is kept as a draft.", act=act))

    def action_read(self) -> None:
        """Read on the whole screen what is attached, or the scan of a letter to be registered."""
        if self.is_signing:
            return
        self.save_draft()
        if self.target.case is None:
            self._reading.read_whole()
        else:
            self.face.open_reader(self.target.case.id, self._reading.position)

    def on_paper_pane_changed(self, event: PaperPane.Changed) -> None:
        """A paper was read, which the head tells the beginning of."""
        self._sheet_view.renew_head()

    def action_help(self) -> None:
        """Show the keys."""
        self.face.open_help("form", _(info_of(self.form.action).label))

    def action_redraw(self) -> None:
        """Draw the whole screen anew."""
        redraw(self.app)
