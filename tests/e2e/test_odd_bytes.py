"""Real bytes over a real terminal: whatever comes, the screen stays and so does what was typed."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from soptui.demo.office import DemoOffice
from tests.e2e.officer import desk_options, surroundings, wait_for_draft
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.support.programs import SOPTUI

_LEAVES = b"\x11"
_COMMANDS = bytes({*range(32), 0x7F} - {0x09, 0x0D, 0x1B})
"""Ctrl with a letter, and Backspace: no noise, but keys that leave, sign, or take text away."""


@contextmanager
def form(office: DemoOffice, *command: str) -> Iterator[PseudoTerminal]:
    """A letter being registered, in a process of its own; it can be left in the end."""
    start = command or (*SOPTUI, *desk_options(office, "penerima-surat"))
    with PseudoTerminal(start, surroundings(office)) as terminal:
        terminal.read_until("Penerima Surat Contoh")
        terminal.type("n")
        terminal.read_until("Nomor surat", "Esc")
        yield terminal


def leaves(terminal: PseudoTerminal) -> bytes:
    """Leave with the key that always does; what was written until then."""
    terminal.send(_LEAVES)
    written = terminal.read_to_the_end()
    assert terminal.status() == 0
    return written


def test_a_letter_of_another_coding_is_left_out_and_all_else_is_kept(office: DemoOffice) -> None:
    """Reported of another program as Textualize/textual#6456."""
    with form(office) as terminal:
        terminal.send(b"SURAT-9 caf\xe9 Z")
        seen = terminal.read_until("UTF-8")
        wait_for_draft(office.folder / "state", "SURAT-9 caf Z")
        seen += leaves(terminal)
    assert b"Traceback" not in seen


@pytest.mark.parametrize(
    "seeds", [range(3), pytest.param(range(3, 20), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_noise_on_the_line_ends_nothing_and_signs_nothing(office: DemoOffice, seeds: range) -> None:
    head = office.repository.head()
    with form(office) as terminal:
        terminal.send(b"SURAT-9")
        wait_for_draft(office.folder / "state", "SURAT-9")
        for seed in seeds:
            noise = random.Random(seed).randbytes(600)
            terminal.send(noise.translate(None, _COMMANDS))
            terminal.read_until_quiet()
        # A paste that the noise began is over, and so is half a sequence.
        terminal.send(b"\x1b[201~  ")
        terminal.read_until_quiet()
        leaves(terminal)
    assert office.repository.head() == head
    drafts = [one.read_text("utf-8") for one in (office.folder / "state" / "drafts").iterdir()]
    assert any("SURAT-9" in one for one in drafts)


_FAULTY = """
import sys
from textual import events
from soptui.tui.terminal.driver import EndingDriver, LightDriver
stock = LightDriver.process_message
def process(self, message):
    if isinstance(message, events.Key) and message.key == "x":
        raise ZeroDivisionError("a key")
    stock(self, message)
EndingDriver.process_message = process
from soptui.cli import main
main()
"""


def test_a_fault_in_the_thread_that_reads_the_keyboard_takes_one_key_and_is_kept(
    office: DemoOffice,
) -> None:
    command = (sys.executable, "-c", _FAULTY, *desk_options(office, "penerima-surat"))
    with form(office, *command) as terminal:
        terminal.send(b"SURAxT-9")
        seen = terminal.read_until("Gangguan")
        wait_for_draft(office.folder / "state", "SURAT-9")
        seen += leaves(terminal)
    assert b"Traceback" not in seen
    assert list((office.folder / "state").rglob("fault-*"))


def test_more_than_can_be_typed_is_left_out_and_the_screen_stays(office: DemoOffice) -> None:
    with form(office) as terminal:
        terminal.send(b"\x1b[200~" + b"x" * 300_000 + b"\x1b[201~")
        terminal.read_until("terlalu panjang")
        leaves(terminal)
