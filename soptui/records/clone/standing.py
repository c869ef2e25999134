"""Where Git by hand stands in a clone: on main, with nothing half done and nothing replaced."""

from __future__ import annotations

from pathlib import Path

from soptui.domain.message import N_, Message
from soptui.domain.text import safe
from soptui.records.git.process import GitDirectory
from soptui.records.git.refs import MAIN
from soptui.records.platform.plain_file import NotPlain, TooLarge, read_plain

_LONGEST = 4096
_LONGEST_LIST = 1024 * 1024
_REPLACED = "refs/replace/"
_ON_MAIN = f"ref: {MAIN}"

HALF_DONE = {
    "rebase-merge": N_(
        "A rebase has stopped half way. git rebase --abort goes back to before it, git rebase "
        "--continue goes on."
    ),
    "rebase-apply": N_(
        "A rebase has stopped half way. git rebase --abort goes back to before it, git rebase "
        "--continue goes on."
    ),
    "MERGE_HEAD": N_(
        "A merge by hand was not finished. git merge --abort goes back to before it; soptui sync "
        "merges."
    ),
    "CHERRY_PICK_HEAD": N_(
        "A cherry-pick was not finished. git cherry-pick --abort goes back to before it."
    ),
    "REVERT_HEAD": N_(
        "A revert was not finished. git revert --abort goes back to before it; soptui corrects by "
        "a further act."
    ),
    "BISECT_LOG": N_("A bisection was not finished. git bisect reset goes back to before it."),
}
"""What Git keeps while it is half way, with the way out."""


def standing_faults(directory: GitDirectory) -> tuple[Message, ...]:
    """A sentence for whatever keeps Git by hand from the main line; none where all is well."""
    # Both kinds of a rebase are told of in the same words.
    half_done = dict.fromkeys(
        sentence for name, sentence in HALF_DONE.items() if (directory.path / name).exists()
    )
    return (
        *map(Message, half_done),
        *_not_on_main(directory, is_half_done=bool(half_done)),
        *_replaced(directory),
    )


def _replaced(directory: GitDirectory) -> tuple[Message, ...]:
    """What to say where Git by hand shows other objects in the place of those that were signed."""
    loose = any((directory.path / _REPLACED).glob("*"))
    if not loose and _REPLACED.encode() not in _read(directory.path / "packed-refs"):
        return ()
    return (
        Message(
            "Git by hand shows other objects here in the place of some that were signed "
            "({name}); soptui does not. Who did not want that: git replace -l lists them, git "
            "replace -d takes one away.",
            name=_REPLACED.rstrip("/"),
        ),
    )


def _read(path: Path) -> bytes:
    try:
        return read_plain(path, _LONGEST_LIST)
    except (OSError, NotPlain, TooLarge):
        return b""


def _not_on_main(directory: GitDirectory, *, is_half_done: bool) -> tuple[Message, ...]:
    found = _read(directory.path / "HEAD").decode("utf-8", "replace").strip()[:_LONGEST]
    if found == _ON_MAIN:
        return ()
    if found.startswith("ref: "):
        return (
            Message(
                "Git is on another branch, {name}: commits made by hand go there and not into the "
                "records. git switch main goes back.",
                name=safe(found.removeprefix("ref: refs/heads/")),
            ),
        )
    # A rebase detaches HEAD itself, and its way out mends that.
    return (
        ()
        if is_half_done
        else (
            Message(
                "Git is on no branch (HEAD is detached): commits made by hand do not go into the "
                "records. git switch main goes back."
            ),
        )
    )
