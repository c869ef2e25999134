"""The root of the commands: which there are, loaded only when they are run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import click
from msgspec import Struct

from soptui import __version__
from soptui.cli import output
from soptui.cli.base import Command, Group, Option
from soptui.cli.exit_codes import USAGE
from soptui.cli.failures import report_failure, report_misunderstood
from soptui.cli.session import Session
from soptui.domain.message import N_, Refusal
from soptui.locale import _, choose, speak_in_gettext, translate, use


class Entry(Struct, frozen=True):
    """A command: its name, and the module under `soptui.cli.commands` that is loaded for it."""

    name: str
    module: str

    def load(self) -> Command | Group:
        """The command."""
        module = import_module(f"soptui.cli.commands.{self.module}")
        commands: Mapping[str, Command | Group] = module.COMMANDS
        return commands[self.name]


class Section(Struct, frozen=True):
    """Commands that belong together in the help."""

    title: str
    entries: tuple[Entry, ...]


_LOOKING = Section(
    N_("Looking"),
    (
        Entry("inbox", "inbox"),
        Entry("list", "cases"),
        Entry("show", "show"),
        Entry("log", "log"),
        Entry("agenda", "cases"),
        Entry("board", "board"),
        Entry("attachment", "files"),
    ),
)

_KEEPING = (
    Section(
        N_("Office"),
        (
            Entry("init", "administration.init"),
            Entry("office", "administration.office"),
            Entry("officer", "administration.officer"),
            Entry("sop", "administration.sop"),
            Entry("calendar", "administration.calendar"),
            Entry("measure", "measure"),
        ),
    ),
    Section(
        N_("Trust"),
        (
            Entry("verify", "verify"),
            Entry("audit", "audit"),
            Entry("commit", "audit"),
            Entry("trust", "trust"),
            Entry("restore", "files"),
        ),
    ),
    Section(
        N_("Sharing"),
        (
            Entry("sync", "sync"),
            Entry("disk", "disk"),
            Entry("join", "join"),
            Entry("accept", "join"),
            Entry("checkpoint", "checkpoint"),
            Entry("hub", "hub"),
        ),
    ),
    Section(
        N_("This machine"),
        (
            Entry("whoami", "whoami"),
            Entry("doctor", "doctor"),
            Entry("config", "config"),
            Entry("completion", "completion"),
            Entry("demo", "demo"),
        ),
    ),
)


def _acting() -> Section:
    """The acts, by the table of the desk, which no other command needs to load."""
    from soptui.desk.actions.table import ACTIONS

    names = sorted((info.action.value for info in ACTIONS), key=lambda name: name != "register")
    return Section(N_("Acting"), tuple(Entry(name, "act") for name in names))


def sections() -> tuple[Section, ...]:
    """Every command, in the order of the help."""
    return (_LOOKING, _acting(), *_KEEPING)


class Root(Group):
    """`soptui` itself: without a command it opens the screen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return [entry.name for entry in _entries()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now; None when there is none of that name."""
        for section in (_LOOKING, *_KEEPING):
            for entry in section.entries:
                if entry.name == cmd_name:
                    return entry.load()
        acts = (entry for entry in _acting().entries if entry.name == cmd_name)
        return next((entry.load() for entry in acts), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section."""
        for section in sections():
            with formatter.section(_(section.title)):
                formatter.write_dl(
                    [(entry.name, _(entry.load().help_msgid)) for entry in section.entries]
                )

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

    def make_context(self, *words: Any, **settings: Any) -> click.Context:
        """The context of a command line; one that was not understood becomes an exit code."""
        try:
            return super().make_context(*words, **settings)
        except click.ClickException as error:
            raise click.exceptions.Exit(report_misunderstood(error)) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever stops it becomes a sentence and an exit code."""
        session = ctx.ensure_object(Session)
        ctx.call_on_close(session.close)
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, BrokenPipeError):
            raise
        except click.ClickException as error:
            return ctx.exit(report_misunderstood(error))
        except click.Abort:
            return ctx.exit(report_failure(KeyboardInterrupt(), session))
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 (no traceback, ever)
            return ctx.exit(report_failure(error, session))


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
        output.say(translate(one.message))
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


def _open_face(ctx: click.Context, session: Session) -> int:
    """Open the screen or, where that is wanted, the plain face.

    Where there is no terminal, that one only when it is named; else say what there is.
    """
    from soptui.desk.settings.screen import load_screen_settings, wants_plain

    is_named = bool(ctx.params.get("plain"))
    if not is_named and not (sys.stdin.isatty() and sys.stdout.isatty()):
        output.block(ctx.get_help(), sys.stderr)
        return USAGE
    desk, no_officer = session.seat()
    read_only = bool(ctx.params.get("read_only"))
    if is_named or wants_plain(os.environ, load_screen_settings()[0]):
        from soptui.plain.start import run as talk

        return talk(desk, read_only=read_only, no_officer=no_officer)
    if session.has_warned:
        # The screen would cover it at once.
        click.pause(_("Press a key to go on."), err=True)
    from soptui.tui.start import run

    return run(desk, read_only=read_only, no_officer=no_officer)


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output.line(__version__)
        ctx.exit()


@click.pass_context
def _root(ctx: click.Context, read_only: bool, plain: bool) -> None:
    if ctx.invoked_subcommand is None:
        ctx.exit(_open_face(ctx, ctx.ensure_object(Session)))


soptui = Root(
    "soptui",
    N_("Walk cases through a Standard Operating Procedure, as signed records in Git."),
    callback=_root,
    invoke_without_command=True,
)
soptui.params.append(
    Option(
        "--plain", is_flag=True,
        help=N_("Questions and sentences in place of the screen: for ears, braille, plain "
                "terminals. ACCESSIBLE=1 and the setting screen.plain do the same."),
    )
)  # fmt: skip
soptui.params.append(
    Option(
        "--read-only", is_flag=True,
        help=N_("Open the screen for looking only: nothing can be recorded."),
    )
)  # fmt: skip
soptui.params.append(
    Option(
        "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
        help=N_("Show the version."),
    )
)  # fmt: skip
