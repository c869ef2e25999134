"""Commands and options whose words are translated when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from gettext import gettext
from pathlib import Path
from typing import Any

import click

from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import LANGUAGES, _

TEXT, DATE, FILE, ID = N_("TEXT"), N_("DATE"), N_("FILE"), N_("ID")
"""What stands for a value in help."""


_OPTION_NAMES = {
    "unit": "section",
    "units": "section",
    "instructions": "instruction",
    "requirements": "requirement",
    "documents": "document",
    "officer": "assignee",
    "sop_version": "version",
}
"""What people type for fields that the records name otherwise: one value an option, in their words.

`--officer` says, in every command, whose desk it is.
"""


def option_name(field: str) -> str:
    """The option for a field of a form, such as --file-number for `file_number`."""
    return f"--{_OPTION_NAMES.get(field, field.replace('_', '-'))}"


ANY_FILE = "--any-file"
"""What attaches a file of which one would be asked whether it is meant."""


class _Typed(click.Parameter):
    """Text that somebody typed or pasted: what nobody sees in it is left out, and that is said."""

    as_given = False
    """Whether each character counts, as in the name of a file."""

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """The value, its texts without what nobody sees."""
        cast = super().type_cast_value(ctx, value)
        session = ctx.find_object(Session)
        if self.as_given or session is None:
            return cast
        name = self.opts[0] if isinstance(self, click.Option) else self.make_metavar(ctx)
        if isinstance(cast, tuple):
            return tuple(session.seen(one, name) if type(one) is str else one for one in cast)
        return session.seen(cast, name) if type(cast) is str else cast


class Option(_Typed, click.Option):
    """An option; `help` is a msgid, and `placeholder` that of what stands for the value.

    The value of a file, or of what must be `as_given`, is taken with all its characters.
    """

    def __init__(
        self,
        *names: str,
        help: str = "",  # noqa: A002 (Click's own word)
        placeholder: str = TEXT,
        as_given: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(names, **settings)
        self.help_msgid = help
        self.placeholder = placeholder
        self.as_given = as_given or placeholder == FILE

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The line of the help, in the reader's language."""
        self.help = _(self.help_msgid) if self.help_msgid else None
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value, in the reader's language."""
        if isinstance(self.type, click.Choice):
            return super().make_metavar(ctx)
        return _(self.placeholder)


class GlobalOption(Option):
    """An option that every command has; without a callback its value goes into the session."""

    def __init__(self, *names: str, **settings: Any) -> None:
        settings.setdefault("callback", _keep)
        super().__init__(*names, expose_value=False, **settings)


_PLACEHOLDERS = {
    "case": N_("CASE"),
    "commit": N_("COMMIT"),
    "file": FILE,
    "fingerprint": N_("FINGERPRINT"),
    "folder": N_("FOLDER"),
    "id": ID,
    "name": N_("NAME"),
    "path": FILE,
    "paths": FILE,
    "public_key": N_("PUBLIC-KEY"),
    "role": N_("ROLE"),
    "source": N_("ADDRESS-OR-FILE"),
    "value": N_("VALUE"),
    "year": N_("YEAR"),
}


_AS_GIVEN = frozenset({FILE, N_("FOLDER"), N_("ADDRESS-OR-FILE"), N_("VALUE"), N_("NAME")})


class Argument(_Typed, click.Argument):
    """An argument; a word of the reader's language stands for it in help.

    `placeholder` is the msgid of that word, needed where the name is not one that many have.
    """

    def __init__(self, name: str, *, placeholder: str = "", **settings: Any) -> None:
        super().__init__((name,), **settings)
        self.placeholder = placeholder or _PLACEHOLDERS.get(name, "")
        self.as_given = self.placeholder in _AS_GIVEN

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value, in the reader's language; a choice is its own."""
        if not self.placeholder:
            return super().make_metavar(ctx)
        word = _(self.placeholder) if self.required else f"[{_(self.placeholder)}]"
        return word if self.nargs == 1 else f"{word}..."


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    session = ctx.find_object(Session)
    if session is not None and value not in (None, False) and parameter.name:
        setattr(session.options, parameter.name, value)


def global_options() -> list[click.Parameter]:
    """The options of every command."""
    return [
        GlobalOption(
            "--records", type=click.Path(path_type=Path), placeholder=N_("FOLDER"),
            help=N_("The folder of the records; else searched from here upward."),
        ),
        GlobalOption("--officer", placeholder=ID, help=N_("Whose desk this is.")),
        GlobalOption(
            "--key", type=click.Path(path_type=Path), placeholder=FILE,
            help=N_("The SSH key that signs; else found in ~/.ssh or the agent."),
        ),
        GlobalOption(
            # Read before the command line is, so that its faults are told in this language.
            "--lang", type=click.Choice(LANGUAGES), callback=None, help=N_("Speak this language."),
        ),
        GlobalOption("--json", is_flag=True, help=N_("Write data as JSON, where there is data.")),
    ]  # fmt: skip


class _Spoken:
    """What commands and groups share: help in the reader's language, and the global options."""

    help_msgid: str
    more: str

    def get_short_help_str(self, limit: int = 45) -> str:
        """The help in a list of commands."""
        return _(self.help_msgid)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, and what more there is to say."""
        for text in (_(self.help_msgid), _(self.more) if self.more else ""):
            if text:
                formatter.write_paragraph()
                with formatter.indentation():
                    formatter.write_text(text)


class Command(_Spoken, click.Command):
    """One command; `help_msgid` is of its help, `more` of what else is to be said."""

    def __init__(
        self,
        name: str,
        help_msgid: str,
        callback: Callable[..., Any],
        params: Iterable[click.Parameter] = (),
        more: str = "",
    ) -> None:
        own = list(params)
        # A command may give an option of every command a meaning of its own.
        taken = {word for parameter in own for word in parameter.opts}
        general = [option for option in global_options() if taken.isdisjoint(option.opts)]
        super().__init__(name, callback=callback, params=[*own, *general])
        self.help_msgid = help_msgid
        self.more = more

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, in the reader's language."""
        self.options_metavar = _("[OPTIONS]")
        return super().collect_usage_pieces(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own option, in the reader's language."""
        return _spoken_help(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options, then those of every command."""
        write_options(self, ctx, formatter)


class Group(_Spoken, click.Group):
    """A command of commands."""

    def __init__(
        self, name: str, help_msgid: str, commands: Iterable[click.Command] = (), **settings: Any
    ) -> None:
        super().__init__(
            name,
            commands={str(command.name): command for command in commands},
            params=global_options(),
            **settings,
        )
        self.help_msgid = help_msgid
        self.more = ""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line, in the reader's language."""
        self.options_metavar = _("[OPTIONS]")
        self.subcommand_metavar = _("COMMAND [ARGUMENTS]...")
        return super().collect_usage_pieces(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own option, in the reader's language."""
        return _spoken_help(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def _spoken_help(option: click.Option | None) -> click.Option | None:
    # Click keeps the option, but the language may change.
    if option is not None:
        option.help = gettext("Show this message and exit.")
    return option


def write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """The options of a command, those of every command apart."""
    own: list[tuple[str, str]] = []
    everywhere: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and isinstance(parameter, click.Option):
            (everywhere if isinstance(parameter, GlobalOption) else own).append(record)
    for title, records in ((_("Options"), own), (_("Options of every command"), everywhere)):
        with formatter.section(title):
            formatter.write_dl(records)


def command(
    name: str, help_msgid: str, *params: click.Parameter, more: str = ""
) -> Callable[[Callable[..., int | None]], Command]:
    """Makes a command of a function that takes the session and the parameters by name.

    It returns its exit code, or None when all is well.
    """

    def decorate(function: Callable[..., int | None]) -> Command:
        def callback(**values: Any) -> None:
            ctx = click.get_current_context()
            session = ctx.find_object(Session)
            if session is None:
                raise RuntimeError("a command without a session")
            ctx.exit(function(session, **values) or session.code)

        return Command(name, help_msgid, callback, params, more)

    return decorate
