"""Write the manual page from the commands themselves: `python -m tools.manual`.

The page is in English, as the commands' names are; `soptui --help` speaks the reader's language.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

import soptui.cli
from soptui.cli.app import sections
from soptui.cli.app import soptui as root
from soptui.cli.base import Command, GlobalOption, Group, global_options
from soptui.desk.settings.config_file import KEYS
from soptui.locale import use

PAGE = Path(__file__).parents[1] / "docs" / "soptui.1"

_FILES = (
    ("~/.config/soptui/config.toml", "What was set, under XDG's configuration home; see Settings."),
    ("~/.local/state/soptui/", "What is trusted, and reports of faults, under XDG's state home."),
    ("~/.local/state/soptui/clones/", "Of each clone what is trusted, who sits there, the index."),
)
_ENVIRONMENT = (
    ("SOPTUI_RECORDS", "The folder of the records."),
    ("SOPTUI_OFFICER", "The officer at whose desk to sit."),
    ("SOPTUI_KEY", "The file of the SSH key that signs."),
    ("ACCESSIBLE", "1 has questions and sentences in place of the screen, as --plain."),
    ("SOPTUI_LANG", "The language: id or en. LANG has no say."),
    ("SOPTUI_CONFIG", "Another configuration file."),
    ("SOPTUI_STATE", "Another folder for what is trusted."),
)


def page() -> str:
    """The manual page, in the language of man."""
    use("en")
    return "\n".join((*_head(), *_commands(), *_tail())) + "\n"


def _head() -> Iterator[str]:
    yield '.TH SOPTUI 1 "" "soptui" "User Commands"'
    yield ".SH NAME"
    yield r"soptui \- walk cases through a Standard Operating Procedure"
    yield ".SH SYNOPSIS"
    yield r".B soptui"
    yield r"[\fIOPTIONS\fR] [\fICOMMAND\fR [\fIARGUMENTS\fR]...]"
    yield ".SH DESCRIPTION"
    yield _escaped(root.help_msgid)
    yield "Without a command the screen opens. Every command answers to"
    yield r".BR \-\-help ."
    yield "A case can be named by the beginning of its id, or of the part after the year; and by"
    yield "its agenda number, such as 12 for one of this year, or 12/2026."
    ctx = click.Context(root, info_name="soptui")
    yield ".SH OPTIONS WITHOUT A COMMAND"
    for parameter in root.params:
        if isinstance(parameter, click.Option) and not isinstance(parameter, GlobalOption):
            yield from _option(parameter, ctx)
    yield ".SH OPTIONS OF EVERY COMMAND"
    for option in global_options():
        yield from _option(option, ctx)


def _commands() -> Iterator[str]:
    for section in sections():
        yield f".SH {_escaped(section.title).upper()}"
        for entry in section.entries:
            yield from _command(entry.load(), click.Context(root, info_name="soptui"))


def _command(command: click.Command, parent: click.Context) -> Iterator[str]:
    ctx = click.Context(command, info_name=command.name, parent=parent)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            one = command.get_command(ctx, name)
            if one is not None:
                yield from _command(one, ctx)
        return
    pieces = " ".join(command.collect_usage_pieces(ctx))
    # A list of choices may be longer than a line: it breaks behind any of them.
    usage = _escaped(pieces).replace("|", " | ")
    yield f".SS {_escaped(ctx.command_path)} {usage}".rstrip()
    if isinstance(command, Command | Group):
        yield _escaped(command.help_msgid)
        if command.more:
            yield _escaped(command.more)
    for parameter in command.get_params(ctx):
        if isinstance(parameter, click.Option) and not isinstance(parameter, GlobalOption):
            yield from _option(parameter, ctx)


def _option(option: click.Parameter, ctx: click.Context) -> Iterator[str]:
    record = option.get_help_record(ctx)
    if record is not None and "--help" not in record[0]:
        yield ".TP"
        yield f".B {_escaped(record[0])}"
        yield _escaped(record[1]) or r"\&"


def _tail() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for line in (soptui.cli.__doc__ or "").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            yield from _entry(cells[0], cells[1])
    yield ".SH ENVIRONMENT"
    for name, text in _ENVIRONMENT:
        yield from _entry(name, text)
    yield ".SH SETTINGS"
    for name, text in KEYS.items():
        yield from _entry(name, text)
    yield ".SH FILES"
    for name, text in _FILES:
        yield from _entry(name, text)


def _entry(name: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield f".B {_escaped(name)}"
    yield _escaped(text)


def _escaped(text: str) -> str:
    """Text of which man takes nothing for a request."""
    plain = text.replace("\\", r"\e").replace("-", r"\-").replace("\n", " ")
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain


def main() -> int:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
