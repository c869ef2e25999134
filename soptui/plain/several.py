"""One act in several cases of the list: by one form, or case by case where each has its own."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.desk.actions.table import FOR_SEVERAL
from soptui.desk.desk import Desk
from soptui.desk.several import gather
from soptui.desk.views import CaseView
from soptui.desk.words.acts import info_at
from soptui.domain.events import Action
from soptui.domain.ids import CaseId
from soptui.locale import _, _n
from soptui.plain.acting import perform, perform_at
from soptui.plain.case_words import brief
from soptui.plain.target import SeveralCases, outcome_sentence
from soptui.plain.voice import Voice

_ONE_BY_ONE = (Action.APPROVE,)
"""What names something of one case alone, its documents: asked and signed case by case."""


def act_in_several(voice: Voice, desk: Desk, case_ids: Sequence[CaseId]) -> bool:
    """Ask which act, and do it in each of the cases; whether anything was recorded.

    Raises `Refusal` and `Cut`.
    """
    views = [desk.view(one) for one in case_ids]
    offered = {
        action: able
        for action in (*FOR_SEVERAL, *_ONE_BY_ONE)
        if (able := [one for one in views if _is_open(one, action)])
    }
    if not offered:
        voice.say(_("None of these can be received, disposed or approved by you now."))
        return False
    action = _chosen(voice, offered)
    if action is None:
        return False
    if action in FOR_SEVERAL:
        return _together(voice, desk, action, case_ids)
    return _one_by_one(voice, desk, action, views)


def _chosen(voice: Voice, offered: dict[Action, list[CaseView]]) -> Action | None:
    """The act that is answered, None for none."""
    actions = list(offered)
    for number, action in enumerate(actions, 1):
        able = offered[action]
        label = _(info_at(action, able[0].case.step).label)
        count = _n("{count} case", "{count} cases", len(able))
        voice.say(f"{number}. {label}: {count}.")
    while True:
        answer = voice.ask(_("Number of the act, empty goes back:"))
        if not answer:
            return None
        if answer.isdecimal() and 0 < int(answer) <= len(actions):
            return actions[int(answer) - 1]
        voice.say(_("{text} is none of them. ? names them all.", text=answer))


def _together(voice: Voice, desk: Desk, action: Action, case_ids: Sequence[CaseId]) -> bool:
    """One form for those that it can serve; of the others it is said why it does not."""
    together = gather(desk, action, case_ids)
    for outcome in together.left_out:
        voice.say(outcome_sentence(desk, action, outcome, together.cases[0]))
    return perform_at(voice, SeveralCases(desk, action, together.cases))


def _one_by_one(voice: Voice, desk: Desk, action: Action, views: Sequence[CaseView]) -> bool:
    """Tell of each case, and ask for its own; one that is left leaves the next to come."""
    has_recorded = False
    for place, view in enumerate(views, 1):
        voice.say(_("Case {place} of {count}.", place=place, count=len(views)))
        for line in brief(desk, view):
            voice.say(line)
        if _is_open(view, action):
            has_recorded = perform(voice, desk, action, view) or has_recorded
        else:
            voice.say(_("Nothing is to be done with it in this way."))
    return has_recorded


def _is_open(view: CaseView, action: Action) -> bool:
    return view.opening(action).closed_to(receive_first=True) is None
