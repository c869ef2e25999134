"""After each act it is said whether it is sent; without the hub nothing is lost."""

from __future__ import annotations

import io

from soptui.desk.actions.labels import LABELS
from soptui.locale import _
from soptui.plain.day import Day
from soptui.plain.voice import Voice
from tests.support.town import REGISTRAR, Clone, Town
from tools.plain_day import DAY, SIGN, Answering


def registers(clone: Clone, number: str, *, sends: bool = True) -> str:
    """All that the registrar hears who registers a letter and leaves."""
    said = io.StringIO()
    script = [
        (DAY, "n"), (LABELS["number"], number), (LABELS["date"], "kemarin"),
        (LABELS["sender"], "Bupati"), (LABELS["subject"], "Undangan"), (SIGN, "y"),
        (DAY, "h"), (DAY, "q"),
    ]  # fmt: skip
    Day(Voice(Answering(said, script), said), clone.desk, sends=sends, only_reads=None).work()
    return said.getvalue()


def test_an_act_is_sent_and_that_is_said(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    heard = registers(clone, "1/2026")
    assert _("Sent.") in heard
    assert town.hub_tip() == clone.head


def test_what_is_not_sent_is_said_and_kept(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    town.hub.rename(town.hub.with_name("gone.git"))
    heard = registers(clone, "1/2026")
    assert _("Sent.") not in heard
    assert _("NOT SENT YET") in heard
    town.hub.with_name("gone.git").rename(town.hub)
    assert _("Sent.") in registers(clone, "2/2026")
    assert town.hub_tip() == clone.head


def test_where_nothing_is_sent_by_itself_it_says_what_waits(town: Town) -> None:
    heard = registers(town.clone(REGISTRAR), "1/2026", sends=False)
    assert _("Not sent yet: {count}.", count=1) in heard
