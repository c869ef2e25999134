"""Starts the screen on the terminal that is there, and says how it ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from soptui.desk.settings.screen import load_screen_settings
from soptui.domain.message import Message, Refusal
from soptui.locale import LANGUAGES, use
from soptui.tui.app import SoptuiApp
from soptui.tui.terminal.driver import driver_class

if TYPE_CHECKING:
    from soptui.desk import Desk

_CANNOT_PAINT = ("dumb", "unknown")


def run(
    desk: Desk,
    *,
    desks: Mapping[str, Desk] | None = None,
    read_only: bool = False,
    no_officer: Message | None = None,
) -> int:
    """Work at `desk` until its officer leaves; the exit status.

    `desks` are others that can be changed to, by officer id. `no_officer` says why it is not known
    whose desk this is: then everything can be read and no more. Where the language was not chosen
    by SOPTUI_LANG, the one used last is spoken. A fault of the screen is told on standard error.
    Raises `Refusal` where the terminal can only write lines.
    """
    terminal = os.environ.get("TERM", "")
    if terminal in _CANNOT_PAINT:
        raise Refusal(
            Message(
                "A screen cannot be shown on this terminal (TERM={terminal}). Nothing was changed. "
                "Use another terminal, or the commands that soptui --help lists.",
                terminal=terminal,
            )
        )
    settings, wrong = load_screen_settings()
    app = SoptuiApp(
        desk,
        desks,
        driver=driver_class(os.environ, settings.line != "whole", shows_cursor=settings.cursor),
        settings=settings,
        wrong=wrong,
        read_only=read_only or no_officer is not None,
    )
    app.no_officer = no_officer
    if app.state.language in LANGUAGES and not os.environ.get("SOPTUI_LANG"):
        use(app.state.language)
    app.offers_tour = settings.tour and not os.environ.get("SOPTUI_NO_TOUR")
    app.run(mouse=settings.mouse)
    if app.fault is not None:
        from soptui.desk.settings.crash_files import EXIT_CODE
        from soptui.tui.frame.crash import crash_notice

        sys.stderr.write(f"{crash_notice(app.fault)}\n")
        return EXIT_CODE
    return app.return_code or 0
