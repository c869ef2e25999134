"""Changes the desk: lists the officers at whose desks one can sit down."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from soptui.desk.words.names import officer_name, post_title
from soptui.domain.message import N_
from soptui.locale import _
from soptui.tui.design.columns import Column
from soptui.tui.design.foot import Hint
from soptui.tui.frame.dialogs import Dialog
from soptui.tui.text.lines import Span, line
from soptui.tui.widgets.sources import Row, Rows
from soptui.tui.widgets.table import Table

_COLUMNS = (Column(N_("Name"), 24, grow=1), Column(N_("Post"), 24, grow=2))


class DesksDialog(Dialog[str]):
    """The officers whose desks are at hand; the answer is one's id."""

    def __init__(self) -> None:
        super().__init__(_("Change desk"))

    def inside(self) -> ComposeResult:
        """The list of officers."""
        yield Table(_COLUMNS, id="desks")

    def acts(self) -> tuple[Hint, ...]:
        """How to sit down there."""
        return self.hint("open", _("Sit down there")), ("↑↓", _("Choose"))

    def on_mount(self) -> None:
        """Fill the list."""
        facts = self.face.facts
        rows = []
        for officer_id in self.face.desks:
            officer = facts.registry.officers.get(officer_id) if facts else None
            posts = officer.posts_on(facts.now.date()) if officer and facts else ()
            name = officer_name(facts.registry, officer_id) if facts else officer_id
            titles = ", ".join(post_title(post) for post in posts)
            here = officer_id == self.face.desk.officer_id
            cells = (line(Span(name, "accent" if here else "plain")), line(titles))
            rows.append(Row(officer_id, cells, officer_id))
        table = self.query_one(Table)
        table.show(Rows(rows))
        table.go_to(self.face.desk.officer_id)

    @on(Table.Chosen)
    def _chosen(self, event: Table.Chosen) -> None:
        if isinstance(event.value, str):
            self.dismiss(event.value)

    def choose(self) -> None:
        """Sit down there."""
        self.query_one(Table).choose()
