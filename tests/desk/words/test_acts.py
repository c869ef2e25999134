"""An act is called what it is where it was done: a review is a *paraf*, and no approval."""

from __future__ import annotations

from soptui.desk.words.acts import info_at, info_of_entry
from soptui.domain.events import Action
from soptui.locale import _, use
from tests.support.case_story import Story
from tests.support.small_office import SOP


def test_only_an_approval_is_called_so() -> None:
    use("id")
    entries = Story().waiting_at(8).case.entries
    done = [_(info_of_entry(one).done) for one in entries if one.event.action is Action.APPROVE]
    assert done == ["Diperiksa (paraf)", "Disetujui"]


def test_the_act_that_a_step_offers_is_called_as_it_will_be() -> None:
    use("id")
    offered = [_(info_at(Action.APPROVE, SOP.step(number)).label) for number in (6, 7)]
    assert offered == ["Periksa (paraf)", "Setujui"]
    assert _(info_at(Action.DISPOSE, SOP.step(6)).label) == "Disposisi"
    assert _(info_at(Action.APPROVE, None).label) == "Setujui"
