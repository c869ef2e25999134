"""The demonstration."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from soptui.cli.base import Option, command
from soptui.cli.session import Session
from soptui.domain.message import N_


@command(
    "demo",
    N_("Try soptui in an office that is thrown away."),
    Option("--auto", is_flag=True, help=N_("Play a whole case without the screen.")),
    Option(
        "--folder", type=click.Path(path_type=Path), placeholder=N_("FOLDER"),
        help=N_("Build the office here and keep it."),
    ),
)  # fmt: skip
def demo(session: Session, auto: bool, folder: Path | None) -> int:
    """Play the demonstration; without a terminal always the one without the screen."""
    from soptui.demo import run

    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return run(auto=auto or not has_terminal, folder=folder)


COMMANDS = {"demo": demo}
