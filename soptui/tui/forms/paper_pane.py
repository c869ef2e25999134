"""What is read beside a form: the sheets of its papers on one line, and below the one in sight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message

from soptui.desk import Desk
from soptui.desk.papers import Paper, PaperKind, PaperLine, read_paper
from soptui.locale import _
from soptui.tui.frame.threads import Threads
from soptui.tui.keys.keymap import printed_key
from soptui.tui.presentation.paper import draw_paper, paper_title
from soptui.tui.text.lines import Line, Span, fit, line, without_tail, wrap
from soptui.tui.widgets.lettered import LetteredText
from soptui.tui.widgets.painted import LineView


class PaperPane(Vertical):
    """Reads each paper in a thread when it first comes in sight, and keeps what was read."""

    class Changed(Message):
        """A paper was read."""

    _sheets = query_one("#sheets", LineView)
    _page = query_one("#paper", LetteredText)

    def __init__(self, desk: Desk, threads: Threads, *, id: str) -> None:  # noqa: A002
        """`threads` are those of the screen."""
        super().__init__(id=id)
        self._desk = desk
        self._threads = threads
        self._papers: tuple[Paper, ...] = ()
        self._at = 0
        self._read: dict[Paper, tuple[PaperLine, ...]] = {}
        self._texts: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """The line of sheets, and the paper."""
        yield LineView(self._sheet_lines, id="sheets")
        yield LetteredText(self._paper_lines, id="paper")

    def on_mount(self) -> None:
        """A line of the paper stands for its text in the file."""
        self._page.text_at = self.text_at

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers there are."""
        return self._papers

    @property
    def paper(self) -> Paper | None:
        """The one in sight."""
        return self._papers[self._at] if self._papers else None

    @property
    def page(self) -> LetteredText:
        """Where it is read."""
        return self._page

    def show(self, papers: tuple[Paper, ...], *, read: bool = True) -> None:
        """Show these papers, read now or when they come in sight; the one in sight stays so."""
        if papers == self._papers:
            return
        before = self.paper
        self._papers = papers
        self._at = papers.index(before) if before is not None and before in papers else 0
        if read:
            self._look()
        else:
            self._draw()

    def on_show(self) -> None:
        """Read what has come in sight."""
        self._look()

    def take_from(self, other: PaperPane) -> None:
        """Show what another pane shows, with all that it has read."""
        self._read |= other._read
        self._papers, self._at = other._papers, other._at
        self._look()

    def turn(self, steps: int) -> None:
        """To the next sheet, round and round."""
        if self._papers:
            self._at = (self._at + steps) % len(self._papers)
            self._look()

    def lines_of(self, paper: Paper) -> tuple[PaperLine, ...] | None:
        """What was read of a paper; None while it is not read yet."""
        return self._read.get(paper)

    def text_at(self, index: int) -> str:
        """The text of the file that begins on a line in sight."""
        return self._texts[index] if index < len(self._texts) else ""

    def _look(self) -> None:
        paper = self.paper
        if paper is not None and paper not in self._read:
            work = partial(read_paper, self._desk, paper)
            self._threads.run("paper", work, partial(self._take, paper))
        self._draw()

    def _take(self, paper: Paper, lines: tuple[PaperLine, ...]) -> None:
        self._read[paper] = lines
        if self.is_attached:
            self._draw()
            self.post_message(self.Changed())

    def _draw(self) -> None:
        self._sheets.show(self._sheet_lines)
        self._page.show(self._paper_lines)

    def _sheet_lines(self, width: int) -> list[Line]:
        spans: list[Span] = []
        for at, paper in enumerate(self._papers):
            title = paper_title(paper)
            is_here = at == self._at
            spans.append(
                Span(f"[{title}]" if is_here else f" {title} ", "head" if is_here else "dim")
            )
        lines = [without_tail(fit(line(*spans), width))]
        if self.paper is not None and self.paper.kind is PaperKind.SCAN:
            path = line(Span(self.paper.path, "dim"))
            lines.append(without_tail(fit(path, width)))
            if self.paper.is_proposed:
                key = printed_key(self, "form-files")
                text = _("Not attached yet: {key} picks files, the newest first.", key=key)
                lines += wrap(text, width, "warn")
        return lines

    def _paper_lines(self, width: int) -> list[Line]:
        paper = self.paper
        if paper is None:
            return []
        read = self._read.get(paper)
        if read is None:
            self._texts = ()
            return [line(Span(_("Looking ..."), "dim"))]
        drawn = draw_paper(read, width)
        self._texts = drawn.texts
        return drawn.lines
