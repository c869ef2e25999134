"""The order in which letters were accepted, read off the shape of a history."""

from __future__ import annotations

import os
import subprocess

import pytest

from soptui.domain.events import Action
from soptui.domain.ids import NO_COMMIT, CaseId, CommitId
from soptui.records.git.process import GitDirectory
from soptui.records.index.agenda import RolledBack, registrations


class Graph:
    """A history of empty commits with the messages of events."""

    def __init__(self, directory: GitDirectory) -> None:
        self.directory = directory
        self.commits: dict[str, CommitId] = {}

    def commit(self, name: str, *parents: str, action: Action = Action.REGISTER) -> None:
        """An event of case `name`, on top of those of its parents."""
        tree = self.git("hash-object", "-t", "tree", "-w", "/dev/null")
        options = [word for parent in parents for word in ("-p", self.commits[parent])]
        # Whatever the subject says, the trailers tell what the event is.
        message = f"Catat surat\n\nSop-Case: {case_named(name)}\nSop-Action: {action}\n"
        self.commits[name] = CommitId(self.git("commit-tree", tree, *options, "-m", message))

    def git(self, *words: str) -> str:
        """What git says."""
        names = {
            f"GIT_{who}_{what}": "x@y"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return subprocess.run(
            ["git", f"--git-dir={self.directory.path}", *words],
            env=os.environ | names, capture_output=True, check=True, text=True,
        ).stdout.strip()  # fmt: skip

    def order(self, old: str, new: str) -> str:
        """The names in acceptance order."""
        found = registrations(self.directory, self.commits.get(old, NO_COMMIT), self.commits[new])
        return "".join(case_id[-1] for case_id in found)


def case_named(name: str) -> CaseId:
    return CaseId(f"2026-0000000{name}")


def test_what_a_merge_brings_in_is_accepted_just_before_it(repository: GitDirectory) -> None:
    graph = Graph(repository)
    for line in ("1", "21", "32", "41", "54", "635", "76"):
        graph.commit(*line)
    assert graph.order("", "7") == "1234567"
    assert graph.order("3", "7") == "4567"
    assert graph.order("", "5") == "145"
    graph.commit("8", "5", "3")
    assert graph.order("", "8") == "145238"


def test_only_registrations_are_in_the_mail_register(repository: GitDirectory) -> None:
    graph = Graph(repository)
    graph.commit("1")
    graph.commit("2", "1", action=Action.RECEIVE)
    graph.commit("3", "2")
    graph.commit("4", "3", action=Action.ARCHIVE)
    assert graph.order("", "4") == "13"


def test_a_commit_off_the_first_parent_chain_is_no_beginning(repository: GitDirectory) -> None:
    graph = Graph(repository)
    for line in ("1", "21", "31", "423"):
        graph.commit(*line)
    with pytest.raises(RolledBack):
        graph.order("3", "4")
    with pytest.raises(RolledBack):
        graph.order("2", "1")
