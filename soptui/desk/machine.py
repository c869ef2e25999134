"""What this machine has of what soptui needs: programs, and an agent that holds keys."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Program(Struct, frozen=True):
    """A program that is needed: its stable name, the command, and the package that brings it.

    `version` is the first line that it tells of itself; empty where it is missing.
    """

    name: str
    command: str
    package: str
    version: str


_NEEDED = (
    ("git", "git", ("--version",), "git"),
    ("openssh", "ssh", ("-V",), "openssh-client"),
    ("ssh-keygen", "ssh-keygen", ("-?",), "openssh-client"),
)


def needed_programs() -> Iterator[Program]:
    """Every program that is needed, there or not."""
    from soptui.records.platform.programs import version_of

    for name, command, words, package in _NEEDED:
        yield Program(name, command, package, version_of(command, *words))


def has_agent() -> bool:
    """Whether an SSH agent answers."""
    from soptui.records.platform.programs import agent_answers

    return agent_answers()
