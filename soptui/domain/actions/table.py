"""The one table of what the domain knows of each action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from soptui.domain.actions.approve_return import APPROVE, RETURN
from soptui.domain.actions.archive import ARCHIVE
from soptui.domain.actions.attach_note import ATTACH, NOTE
from soptui.domain.actions.cancel_reopen import CANCEL, REOPEN
from soptui.domain.actions.complete import COMPLETE
from soptui.domain.actions.correct import CORRECT
from soptui.domain.actions.dispose import DISPOSE
from soptui.domain.actions.migrate import MIGRATE
from soptui.domain.actions.reassign import REASSIGN
from soptui.domain.actions.recall import RECALL
from soptui.domain.actions.receive import RECEIVE
from soptui.domain.actions.register import REGISTER
from soptui.domain.actions.request_submit import REQUEST, SUBMIT
from soptui.domain.actions.rule import Rule
from soptui.domain.actions.suspend_resume import RESUME, SUSPEND
from soptui.domain.events import Action

_RULES: tuple[Rule[Any], ...] = (
    REGISTER, RECEIVE, DISPOSE, REQUEST, SUBMIT, COMPLETE, APPROVE, RETURN, RECALL, REASSIGN,
    SUSPEND, RESUME, ATTACH, NOTE, CORRECT, ARCHIVE, CANCEL, REOPEN, MIGRATE,
)  # fmt: skip

RULES: Mapping[Action, Rule[Any]] = {rule.action: rule for rule in _RULES}
"""Total over `Action`."""
