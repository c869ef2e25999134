"""The shell's completion script, which Click makes from the commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from soptui.cli import output
from soptui.cli.base import Argument, command
from soptui.cli.session import Session
from soptui.domain.message import N_


@command(
    "completion",
    N_("The shell's completion script."),
    Argument("shell", type=click.Choice(["bash", "zsh", "fish"])),
    more=N_("For bash put this line into ~/.bashrc: source <(soptui completion bash)"),
)
def completion(session: Session, shell: str) -> None:
    """Write the script for a shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise RuntimeError(shell)
    root = click.get_current_context().find_root().command
    output.block(kind(root, {}, "soptui", "_SOPTUI_COMPLETE").source())


COMMANDS = {"completion": completion}
