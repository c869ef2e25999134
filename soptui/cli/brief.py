"""One line on what waits, for the shell's prompt and the login banner."""

from __future__ import annotations

from collections.abc import Sequence


def answered(arguments: Sequence[str]) -> bool:
    """Whether the command line was answered here, without loading what it does not need."""
    return False


def brief_line(to_receive: int, in_work: int, requests: int, due_soon: int, late: int) -> str:
    """The line: how much is to be received, in work, asked for, due soon and late."""
    from soptui.locale import _

    return _(
        "soptui: {to_receive} to receive, {in_work} in work, {requests} data asked, {due_soon} "
        "due soon, {late} late",
        to_receive=to_receive,
        in_work=in_work,
        requests=requests,
        due_soon=due_soon,
        late=late,
    )
