"""Reading and changing the configuration."""

from __future__ import annotations

import click

from soptui.cli import output
from soptui.cli.base import Argument, Group, Option, command
from soptui.cli.exit_codes import REFUSED
from soptui.cli.session import Session
from soptui.desk.settings import config_file
from soptui.desk.settings.screen import SCREEN, screen_value, set_screen
from soptui.domain.message import N_
from soptui.locale import _

_OF_SCREEN = "screen."
_SETTING = click.Choice([*config_file.KEYS, *(f"{_OF_SCREEN}{key}" for key in SCREEN)])


@command("path", N_("Where the configuration file is."))
def path(session: Session) -> None:
    """Show the file's path."""
    output.line(str(config_file.config_path()))


@command(
    "get",
    N_("Show the value of a key, or all of them."),
    Argument("setting", type=_SETTING, required=False),
)
def get(session: Session, setting: str | None) -> int:
    """Show what is set; the exit code is 1 when the key is not set."""
    config = config_file.load_config()
    of_screen = {f"{_OF_SCREEN}{key}": value for key, value in config.pop("screen", {}).items()}
    of_keys = {f"keys.{key}": value for key, value in config.pop("keys", {}).items()}
    of_filters = {f"filters.{key}": value for key, value in config.pop("filters", {}).items()}
    config |= of_screen | of_keys | of_filters
    if session.json:
        output.as_json(config if setting is None else config.get(setting))
        return 0
    if setting is not None:
        if setting not in config:
            return REFUSED
        output.line(str(config[setting]))
        return 0
    output.fields([(name, str(value)) for name, value in config.items()])
    return 0


@command(
    "set",
    N_("Set a key, or take it away."),
    Argument("setting", type=_SETTING),
    Argument("value", required=False),
    Option("--unset", is_flag=True, help=N_("Take the key away.")),
)
def change(session: Session, setting: str, value: str | None, unset: bool) -> None:
    """Set a key, keeping comments and layout of the file."""
    if (value is None) != unset:
        raise click.UsageError(_("Give a value, or --unset."), click.get_current_context())
    if setting.startswith(_OF_SCREEN):
        key = setting.removeprefix(_OF_SCREEN)
        set_screen(key, None if value is None else screen_value(key, value))
    else:
        config_file.set_config(setting, value)


COMMANDS = {"config": Group("config", N_("Read or change the configuration."), (path, get, change))}
