"""The root of the commands: which there are, loaded only when they are run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from soptui import __version__
from soptui.cli.base import Group, Option
from soptui.cli.failures import USAGE, tell
from soptui.cli.output import say
from soptui.cli.session import Session
from soptui.domain.message import N_, Refusal
from soptui.locale import _, choose, speak_in_gettext, translate, use


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its name, the module under `soptui.cli.commands`, and the msgid of its help."""

    name: str
    module: str
    told: str


@dataclass(frozen=True, slots=True)
class Section:
    """Commands that belong together in the help."""

    title: str
    entries: tuple[Entry, ...]


def sections() -> tuple[Section, ...]:
    """Every command, in the order of the help."""
    from soptui.desk.actions import ACTIONS

    acts = tuple(
        Entry(info.action.value, "act", info.help)
        for info in ACTIONS
        if info.action.value != "register"
    )
    return (
        Section(
            N_("Looking"),
            (
                Entry("inbox", "inbox", N_("What waits for you.")),
                Entry("list", "cases", N_("All cases, or those that fit.")),
                Entry("show", "show", N_("One case: its letter, its steps, what is open to you.")),
                Entry("log", "log", N_("What was done in a case, by whom, with which signature.")),
                Entry("agenda", "cases", N_("The mail register of a year.")),
                Entry(
                    "board",
                    "board",
                    N_("Where the cases are, and how the SOP was kept in a quarter or a year."),
                ),
                Entry("attachment", "files", N_("Write a file of a case to the disk.")),
            ),
        ),
        Section(
            N_("Acting"),
            (Entry("register", "act", N_("Record an incoming letter and open its case.")), *acts),
        ),
        Section(
            N_("Office"),
            (
                Entry("init", "init", N_("Set up an office's records.")),
                Entry("officer", "officer", N_("People, their posts and their keys.")),
                Entry("sop", "sop", N_("The SOPs: check, show, list, add.")),
                Entry("calendar", "calendar", N_("Working calendars: list, show, add.")),
            ),
        ),
        Section(
            N_("Trust"),
            (
                Entry("verify", "verify", N_("Verify the history of the records.")),
                Entry(
                    "audit",
                    "audit",
                    N_("The history as commits, newest first: who, what, with which signature."),
                ),
                Entry(
                    "commit",
                    "audit",
                    N_("One commit: its message, the lines it added, and the verifier's word."),
                ),
                Entry("trust", "trust", N_("See or accept the beginning of these records.")),
                Entry("restore", "files", N_("Put a file that was edited by hand back.")),
            ),
        ),
        Section(
            N_("Sharing"),
            (
                Entry("sync", "sync", N_("Share with the hub: take what is new, send yours.")),
                Entry("disk", "disk", N_("Share on a flash disk, as one file.")),
                Entry("join", "join", N_("Clone an office's records and ask to be registered.")),
                Entry("accept", "join", N_("Register somebody who asks to join.")),
                Entry("checkpoint", "checkpoint", N_("Signed statements of how far things were.")),
                Entry("hub", "hub", N_("The office's shared repository.")),
            ),
        ),
        Section(
            N_("This machine"),
            (
                Entry("whoami", "whoami", N_("Whose desk this is, with posts and key.")),
                Entry("doctor", "doctor", N_("See whether everything needed is in place.")),
                Entry("config", "config", N_("Read or change the configuration.")),
                Entry("completion", "completion", N_("The shell's completion script.")),
                Entry("demo", "demo", N_("Try soptui in an office that is thrown away.")),
            ),
        ),
    )


class Root(Group):
    """`soptui` itself: without a command it opens the screen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return [entry.name for entry in _entries()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now; None when there is none of that name."""
        for entry in _entries():
            if entry.name == cmd_name:
                module = import_module(f"soptui.cli.commands.{entry.module}")
                found = module.COMMANDS[cmd_name]
                return found if isinstance(found, click.Command) else None
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section."""
        for section in sections():
            with formatter.section(_(section.title)):
                formatter.write_dl([(entry.name, _(entry.told)) for entry in section.entries])

    def main(self, args: Sequence[str] | None = None, *more: Any, **settings: Any) -> Any:
        """Run a command line and exit with its code."""
        arguments = list(sys.argv[1:] if args is None else args)
        session = Session()
        code = _speak(arguments, session)
        if code:
            sys.exit(code)
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")
        settings["obj"] = session
        return super().main(arguments, *more, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever stops it becomes a sentence and an exit code."""
        session = ctx.ensure_object(Session)
        ctx.call_on_close(session.close)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except click.Abort:
            return ctx.exit(tell(KeyboardInterrupt(), session))
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 (no traceback, ever)
            return ctx.exit(tell(error, session))


def _entries() -> Iterator[Entry]:
    for section in sections():
        yield from section.entries


def _speak(arguments: Sequence[str], session: Session) -> int:
    """Choose the language before anything is said; an exit code when there is no such language."""
    refusals = []
    configured = None
    try:
        configured = session.config.get("lang")
    except Refusal as refusal:
        refusals.append(refusal)
    try:
        use(choose(_asked(arguments), os.environ, configured))
    except Refusal as refusal:
        refusals.append(refusal)
    speak_in_gettext()
    for one in refusals:
        say(translate(one.message))
    # `soptui config` is what mends a configuration.
    return USAGE if refusals and "config" not in arguments[:3] else 0


def _asked(arguments: Sequence[str]) -> str | None:
    for position, argument in enumerate(arguments):
        if argument == "--":
            return None
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    return None


def _open_screen(ctx: click.Context, session: Session) -> int:
    """Open the screen, or say what there is where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(ctx.get_help(), file=sys.stderr)  # noqa: T201
        return USAGE
    desk, nobodys = session.seat()
    run = import_module("soptui.tui.app").run
    return run(desk, read_only=bool(ctx.params.get("read_only")), nobodys=nobodys) or 0


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        print(__version__)  # noqa: T201
        ctx.exit()


@click.pass_context
def _root(ctx: click.Context, read_only: bool) -> None:
    if ctx.invoked_subcommand is None:
        ctx.exit(_open_screen(ctx, ctx.ensure_object(Session)))


soptui = Root(
    "soptui",
    N_("Walk cases through a Standard Operating Procedure, as signed records in Git."),
    callback=_root,
    invoke_without_command=True,
)
soptui.params.append(
    Option(
        "--read-only", is_flag=True,
        told=N_("Open the screen for looking only: nothing can be recorded."),
    )
)  # fmt: skip
soptui.params.append(
    Option(
        "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
        told=N_("Show the version."),
    )
)  # fmt: skip
