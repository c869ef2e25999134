"""What was recorded, in which commit, in a sentence."""

from __future__ import annotations

from soptui.desk.actions.table import ActionInfo
from soptui.domain.message import Message
from soptui.domain.receipt import Receipt
from soptui.locale import _


def receipt_sentence(info: ActionInfo, receipt: Receipt, agenda: str = "") -> str:
    """That an act is recorded, which the table of actions calls as `info` says.

    `agenda` is the number of a letter that was just registered.
    """
    commit = receipt.commit[:10]
    said = (
        _(
            "Registered as agenda number {number}: case {case}, signed in commit {commit}.",
            number=agenda, case=receipt.case, commit=commit,
        )
        if agenda
        else _(
            "{act}: recorded and signed in commit {commit}.",
            act=Message(info.done), commit=commit,
        )
    )  # fmt: skip
    if receipt.edited:
        said += " " + _("Edited by hand and left alone: {paths}.", paths=", ".join(receipt.edited))
    return said
