"""Any terminal, any size, any line: the screen holds, and what was typed is kept."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.events import Action, Note
from soptui.domain.ids import CaseId
from soptui.locale import _
from soptui.tui.frame.office_screen import SMALLEST
from soptui.tui.keys.commands import command_of
from tests.e2e.acting import assert_sound, look, new_case
from tests.e2e.officer import (
    OfficerAtScreen,
    desk_options,
    heading,
    surroundings,
    wait_for_draft,
)
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.e2e.terminal import Tmux
from tests.support.programs import SOPTUI

SUBJECT = "Pengukuran"
"""How the subject begins: a narrow tray has no room for more."""
TYPED = "Catatan yang belum ditandatangani"
RGB = re.compile(r"\x1b\[[0-9;]*[34]8;[25]")
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8)[;m]")


def at_the_tray(tmux: Tmux, office: DemoOffice, **changes: str) -> OfficerAtScreen:
    """The camat, with one case in the tray."""
    new_case(office)
    camat = OfficerAtScreen.sits_down(tmux, office, "camat", **changes)
    camat.reads(heading("tray"), SUBJECT)
    return camat


def writing_a_note(
    tmux: Tmux, office: DemoOffice, *, below: Sequence[str] = (), **changes: str
) -> OfficerAtScreen:
    """The camat, with a note typed in and not signed."""
    camat = OfficerAtScreen.sits_down(tmux, office, "camat", below=below, **changes)
    camat.reads(SUBJECT)
    camat.opens(SUBJECT)
    camat.begins(Action.NOTE, note=TYPED)
    return camat


def signs_the_draft(camat: OfficerAtScreen, office: DemoOffice, case_id: CaseId) -> None:
    """Find the draft in the form of the case that is open, and sign it."""
    camat.reads(SUBJECT)
    camat.begins(Action.NOTE)
    camat.reads(TYPED)
    camat.signs(Action.NOTE)
    assert last_note(office, case_id) == TYPED
    assert_sound(office)


def last_note(office: DemoOffice, case_id: CaseId) -> str:
    """The text of the note that was recorded last in a case."""
    details = look(office, case_id).entries[-1].event.details
    assert isinstance(details, Note)
    return details.note


# --- size -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(60, 20), (120, 40), (80, 24)])
def test_every_size_shows_the_whole_tray(
    tmux: Tmux, office: DemoOffice, size: tuple[int, int]
) -> None:
    camat = at_the_tray(tmux, office)
    camat.terminal.resize(*size)
    screen = camat.terminal.wait_until(
        lambda screen: _("Help") in "".join(screen.split("\n")[size[1] - 1 :]),
        "keys in the last line",
    )
    lines = screen.rstrip("\n").split("\n")
    assert len(lines) == size[1]
    assert max(map(len, lines)) <= size[0]
    assert lines[0].startswith(f" {heading('tray')} ")
    # A narrow window cuts the subject, before the quarter that tells two letters apart.
    assert any(line.startswith(">") and SUBJECT[:5] in line for line in lines)


def test_a_form_goes_on_while_the_window_changes(tmux: Tmux, office: DemoOffice) -> None:
    case_id = new_case(office)
    camat = writing_a_note(tmux, office)
    words = iter(("sempit", "lebar", "biasa"))
    typed = TYPED
    for width, height in ((60, 20), (120, 40), (80, 24)):
        camat.terminal.resize(width, height)
        typed = f"{typed} {next(words)}"
        camat.terminal.type(f" {typed.split()[-1]}")
        camat.reads(typed)
    camat.signs(Action.NOTE)
    assert last_note(office, case_id) == typed


def test_a_window_that_is_too_small_says_so_and_loses_nothing(
    tmux: Tmux, office: DemoOffice
) -> None:
    camat = at_the_tray(tmux, office)
    camat.terminal.resize(SMALLEST[0] - 1, SMALLEST[1] - 1)
    camat.reads(
        _(
            "The window is too small: {width} columns and {height} lines are needed. Make it "
            "larger; nothing is lost.",
            width=SMALLEST[0],
            height=SMALLEST[1],
        )
    )
    camat.terminal.resize(*SMALLEST)
    camat.reads(heading("tray"), SUBJECT[:5])


# --- colours and letters --------------------------------------------------------------------------


def test_a_terminal_of_sixteen_colours_is_sent_no_others(tmux: Tmux, office: DemoOffice) -> None:
    camat = at_the_tray(tmux, office, TERM="linux", COLORTERM="")
    shown = camat.terminal.colours()
    assert COLOUR.search(shown)
    assert not RGB.search(shown)


def test_no_color_is_heard(tmux: Tmux, office: DemoOffice) -> None:
    camat = at_the_tray(tmux, office, NO_COLOR="1")
    assert not COLOUR.search(camat.terminal.colours())
    camat.opens(SUBJECT)
    assert not COLOUR.search(camat.terminal.colours())


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LANG": "C"}, {"LANG": "id_ID.ISO-8859-1"}], ids=str
)
def test_a_terminal_without_utf8_is_sent_ascii(
    tmux: Tmux, office: DemoOffice, locale: dict[str, str]
) -> None:
    camat = at_the_tray(tmux, office, **({"LANG": ""} | locale))
    assert camat.terminal.screen().isascii()
    camat.opens(SUBJECT)
    assert camat.terminal.screen().isascii()
    camat.runs("sop")
    camat.reads(_("Table"), _("Norm"))
    assert camat.terminal.screen().isascii()


# --- lines that break -----------------------------------------------------------------------------


def test_a_lost_line_keeps_the_draft(tmux: Tmux, office: DemoOffice) -> None:
    case_id = new_case(office)
    camat = writing_a_note(tmux, office)
    camat.terminal.hang_up()
    wait_for_draft(office.folder / "state", TYPED)
    signs_the_draft(OfficerAtScreen.sits_down(tmux, office, "camat"), office, case_id)


# A session's leader that the loss of its terminal does not end, as below `su` or a wrapper.
STUBBORN = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
ended = subprocess.call(sys.argv[2:], preexec_fn=lambda: signal.signal(signal.SIGHUP, {}))
open(sys.argv[1], "w").write(str(ended))
"""


@pytest.mark.parametrize("heeds", ["signal.SIG_DFL", "signal.SIG_IGN"])
@pytest.mark.parametrize("light", ["1", "0"])
def test_a_lost_line_ends_the_program_whatever_its_session_makes_of_it(
    tmux: Tmux, office: DemoOffice, tmp_path: Path, light: str, heeds: str
) -> None:
    ended = tmp_path / "ended"
    leader = [sys.executable, "-c", STUBBORN.format(heeds), str(ended)]
    case_id = new_case(office)
    camat = writing_a_note(tmux, office, below=leader, SOPTUI_LIGHT=light)
    camat.terminal.hang_up()
    assert ended.read_text() == str(128 + signal.SIGHUP)
    wait_for_draft(office.folder / "state", TYPED)
    signs_the_draft(OfficerAtScreen.sits_down(tmux, office, "camat"), office, case_id)


def test_a_killed_process_keeps_the_draft(tmux: Tmux, office: DemoOffice) -> None:
    case_id = new_case(office)
    camat = writing_a_note(tmux, office)
    wait_for_draft(office.folder / "state", TYPED)
    os.kill(camat.terminal.pid, signal.SIGKILL)
    assert camat.terminal.status() == -signal.SIGKILL
    again = OfficerAtScreen.sits_down(tmux, office, "camat")
    again.reads(SUBJECT)
    signs_the_draft(again, office, case_id)


def test_leaving_keeps_the_draft_and_the_place(tmux: Tmux, office: DemoOffice) -> None:
    case_id = new_case(office)
    camat = writing_a_note(tmux, office)
    camat.terminal.press(command_of("quit").keys[-1])
    assert camat.terminal.status() == 0
    signs_the_draft(OfficerAtScreen.sits_down(tmux, office, "camat"), office, case_id)


def test_a_screen_that_was_scribbled_on_is_drawn_anew(tmux: Tmux, office: DemoOffice) -> None:
    camat = at_the_tray(tmux, office)
    before = camat.terminal.screen()
    camat.terminal.scribble("\x1b[H\x1b[2JPesan untuk semua pemakai mesin ini")
    camat.reads("Pesan untuk semua")
    camat.runs("redraw")
    camat.terminal.wait_until(lambda screen: screen == before, "the screen as it was")


def test_nothing_is_sent_while_nobody_types(office: DemoOffice) -> None:
    new_case(office)
    command = [*SOPTUI, *desk_options(office, "camat")]
    with PseudoTerminal(command, surroundings(office, TERM="xterm-256color")) as terminal:
        terminal.read_until(SUBJECT)
        terminal.read_until_quiet()
        assert terminal.read_for_a_while() == b""
