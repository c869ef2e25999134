"""The order in which registrations were accepted, which gives each letter its agenda number.

Acceptance follows the first-parent chain from its beginning; what a commit of the chain brought in
from the side comes just before it, parents first. The verifier walks in the same order. A commit's
message was made from its event and verified, so its trailers tell the registrations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from soptui.domain.events import Action
from soptui.domain.ids import CaseId, CommitId
from soptui.records.files.commit_message import trailer_format
from soptui.records.files.layout import CASE_ID
from soptui.records.git.process import GitDirectory

_ACTION_WITH_CASE = trailer_format("action", "case")
_REGISTERED = re.compile(rf"{Action.REGISTER.value} ({CASE_ID})")
_PARENTS_AT = len("commit ") + 41


class RolledBack(Exception):
    """The commit that was indexed is not on the first-parent chain of the new one."""


def registrations(directory: GitDirectory, old: CommitId, new: CommitId) -> list[CaseId]:
    """The cases registered in what is reachable from `new` but not `old`, in acceptance order.

    A case may come more than once; the first time counts. An empty `old` excludes nothing. Raises
    `GitFailed` and `RolledBack`.
    """
    output = directory.run(
        "rev-list", "--topo-order", "--reverse", "--parents", f"--format={_ACTION_WITH_CASE}",
        operands=[new, f"^{old}"] if old else [new],
    )  # fmt: skip
    lines = output.decode("utf-8", "replace").split("\n")
    heads, acts = lines[:-1:2], lines[1::2]
    if not heads and old != new:
        raise RolledBack
    if _is_one_line(heads, old):
        order: Iterator[int] = iter(range(len(heads)))
    else:
        order = _acceptance(heads, old, new)
    found = (_REGISTERED.fullmatch(acts[at]) for at in order)
    return list(dict.fromkeys(CaseId(match[1]) for match in found if match))


def _is_one_line(heads: list[str], old: str) -> bool:
    """Whether each commit has the one before it as its only parent, beginning at `old`."""
    previous = old
    for head in heads:
        if head[_PARENTS_AT:] != previous:
            return False
        previous = head[7:47]
    return True


def _acceptance(heads: list[str], old: str, new: str) -> Iterator[int]:
    """The places of the commits in `heads`, in acceptance order."""
    parents = {head[7:47]: head[_PARENTS_AT:].split() for head in heads}
    places = {commit: place for place, commit in enumerate(parents)}
    chain: list[str] = []
    commit = new
    while commit != old:
        if commit not in parents:
            raise RolledBack
        chain.append(commit)
        if not parents[commit]:
            if old:
                raise RolledBack
            break
        commit = parents[commit][0]
    planned: set[str] = set()
    for accepted in reversed(chain):
        stack = [(accepted, False)]
        while stack:
            commit, parents_done = stack.pop()
            if parents_done:
                yield places[commit]
            elif commit not in planned:
                planned.add(commit)
                stack.append((commit, True))
                stack.extend((one, False) for one in parents[commit] if one in parents)
