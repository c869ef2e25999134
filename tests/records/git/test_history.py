"""How commits lie to each other, asked of a history with a side line that was merged.

```
first - second - joined - last      the main line
      \\        /
        side -
```
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from soptui.domain.ids import NO_COMMIT, CommitId
from soptui.records.git.history import History
from soptui.records.git.objects import EMPTY_TREE, ObjectWriter
from soptui.records.git.process import GitDirectory, GitFailed

ELSEWHERE = CommitId("a" * 40)


class Story(NamedTuple):
    history: History
    first: CommitId
    second: CommitId
    side: CommitId
    joined: CommitId
    last: CommitId


@pytest.fixture
def story(repository: GitDirectory) -> Story:
    writer = ObjectWriter(repository)
    writer.write("tree", b"")

    def commit(text: str, *parents: CommitId) -> CommitId:
        lines = "".join(f"parent {parent}\n" for parent in parents)
        who = "Camat <camat@example.org> 1795490000 +0700"
        raw = f"tree {EMPTY_TREE}\n{lines}author {who}\ncommitter {who}\n\n{text}\n"
        return CommitId(writer.write("commit", raw.encode()))

    first = commit("first")
    second, side = commit("second", first), commit("side", first)
    joined = commit("joined", second, side)
    last = commit("last", joined)
    writer.flush()
    return Story(History(repository), first, second, side, joined, last)


def test_the_commits_come_newest_first_each_before_its_parents(story: Story) -> None:
    ids = [*story.history.ids(story.last)]
    assert (ids[:2], ids[-1]) == ([story.last, story.joined], story.first)
    assert {*ids[2:4]} == {story.second, story.side}


def test_what_came_since_a_commit_includes_what_a_merge_brought_in(story: Story) -> None:
    since = story.history.ids(story.last, without=[story.second])
    assert [*since] == [story.last, story.joined, story.side]
    assert [*story.history.ids(story.last, without=[story.second, story.side])] == [
        story.last,
        story.joined,
    ]


def test_the_main_line_leaves_out_the_side(story: Story) -> None:
    line = story.history.main_line(story.last)
    assert [*line] == [story.last, story.joined, story.second, story.first]
    assert story.history.first_commit(story.last) == story.first
    assert [story.history.position_of(commit) for commit in line] == [4, 3, 2, 1]
    assert story.history.is_on_main_line(story.second, story.last)
    assert not story.history.is_on_main_line(story.side, story.last)


def test_an_ancestor_is_reached_by_either_parent(story: Story) -> None:
    history = story.history
    assert history.is_ancestor(story.side, story.last)
    assert history.is_ancestor(story.side, story.side)
    assert not history.is_ancestor(story.last, story.side)
    assert not history.is_ancestor(ELSEWHERE, story.last)


def test_a_line_leaves_a_verified_one_where_their_main_lines_part(story: Story) -> None:
    history = story.history
    assert history.fork_point(story.side, story.second) == story.first
    assert history.fork_point(story.last, story.second) == story.second
    assert history.fork_point(story.first, story.last) == story.first
    assert history.fork_point(story.last, ELSEWHERE) == ""


def test_commits_are_counted_and_the_unknown_is_no_commit_away(story: Story) -> None:
    history = story.history
    assert (history.count(NO_COMMIT, story.last), history.count(story.second, story.last)) == (
        5,
        3,
    )
    assert history.distance(story.last, story.second) == 0
    assert history.distance(ELSEWHERE, story.last) == 0
    with pytest.raises(GitFailed):
        history.count(ELSEWHERE, story.last)


def test_an_id_is_found_by_its_place_and_by_how_it_begins(story: Story) -> None:
    ids = story.history.ids(story.last)
    assert len(ids) == 5
    for place, commit in enumerate(ids):
        assert (ids.at(place), ids.place_of(commit)) == (commit, place)
        assert ids.beginning_with(commit[:12]) == [place]
    assert ids.place_of(ELSEWHERE) is None
    assert ids.place_of(story.first[:12]) is None
    with pytest.raises(IndexError):
        ids.at(5)


@pytest.mark.parametrize("text", ["", ".", "[0-9]", "G", "a\n", "ä"])
def test_what_is_no_beginning_of_an_id_finds_nothing(story: Story, text: str) -> None:
    assert story.history.ids(story.last).beginning_with(text) == []


def test_an_id_of_one_line_is_not_found_across_two(story: Story) -> None:
    first, second = [*story.history.ids(story.last)][:2]
    across = first[20:] + second[:20]
    assert story.history.ids(story.last).place_of(across) is None
