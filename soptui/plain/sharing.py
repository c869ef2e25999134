"""Sending to the hub what is signed, and taking in what others did."""

from __future__ import annotations

from soptui.desk.desk import Desk
from soptui.desk.sharing.sentences import sentences
from soptui.desk.sharing.sharing import Sharing, SharingState
from soptui.desk.sharing.without_effect import by_case, sentences_for
from soptui.domain.message import Refusal
from soptui.locale import _, translate
from soptui.plain.voice import Voice


def standing(state: SharingState) -> str:
    """What is not sent yet and since when nobody answers, in a sentence; else nothing."""
    said = []
    if state.hub and state.ahead:
        said.append(_("Not sent yet: {count}.", count=state.ahead))
    if state.hub and state.offline_since:
        said.append(_("Offline since {at}.", at=state.offline_since))
    return " ".join(said)


def send(voice: Voice, desk: Desk) -> None:
    """Send what was just signed, and say in a word whether it is sent; nothing without a hub."""
    sharing = Sharing(desk)
    if not sharing.state().hub:
        return
    sync(voice, desk, in_full=False)


def sync(voice: Voice, desk: Desk, *, in_full: bool = True) -> None:
    """Send and take in, and say what came of it: `in_full`, or only what matters after an act."""
    sharing = Sharing(desk)
    voice.say(_("Sending ... Ctrl+C stops it."))
    try:
        result = voice.wait(lambda cancelled: sharing.sync(cancelled=cancelled))
    except Refusal as refusal:
        voice.say(translate(refusal.message))
        voice.say(standing(sharing.state()))
        return
    if result.ok and not in_full and not result.without_effect:
        voice.say(_("Sent."))
        if result.behind:
            voice.say(_("Came in: {count}.", count=result.behind))
        return
    for message in sentences(result, sentences_for(desk, by_case(result.without_effect))):
        voice.say(translate(message))
