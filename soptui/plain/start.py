"""Opens the conversation at a desk, and says how it ended."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from soptui.desk.settings.screen import load_screen_settings
from soptui.locale import _, translate
from soptui.plain.day import Day
from soptui.plain.voice import Cut, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from soptui.desk.desk import Desk
    from soptui.domain.message import Message

_INTERRUPTED = 130


def run(
    desk: Desk,
    *,
    read_only: bool = False,
    no_officer: Message | None = None,
    desks: Mapping[str, Desk] | None = None,
) -> int:
    """Work at `desk` by questions and sentences until its officer leaves; the exit status.

    `desks` are those that one can change to.

    `no_officer` says why it is not known whose desk this is: then everything can be read and no
    more. Where the input ends, drafts stay and nothing is signed.
    """
    settings, wrong = load_screen_settings()
    desk.read_only = read_only or settings.read_only or no_officer is not None
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    voice = Voice(sys.stdin, sys.stdout)
    for message in wrong[:1]:
        voice.say(translate(message))
    sends = settings.sync_minutes > 0
    day = Day(voice, desk, sends=sends, only_reads=no_officer, desks=desks)
    try:
        day.work()
    except Cut:
        voice.say(_("The input ended. Drafts are kept."))
        return 0
    except KeyboardInterrupt:
        voice.say("")
        voice.say(_("Stopped. Drafts are kept."))
        return _INTERRUPTED
    return 0
