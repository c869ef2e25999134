"""The plain face as a program: on a pipe, on a real terminal, and when that goes away."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.settings.screen import ScreenSettings, wants_plain
from soptui.domain.events import Action
from soptui.locale import _
from tests.e2e.officer import desk_options, surroundings, wait_for_draft
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.e2e.terminal import Terminal, Tmux
from tests.plain.conversation import has_neither_columns_nor_frames
from tests.support.programs import SOPTUI
from tools.plain_day import ANOTHER_LINE, CASE, DAY, SIGN, named, worded


@pytest.fixture
def tmux(busy_office: DemoOffice) -> Iterator[Tmux]:
    """Terminals that are gone before the office is."""
    tmux = Tmux()
    yield tmux
    tmux.close()


def last(msgid: str) -> str:
    """The last word of a question: no terminal breaks a line in it."""
    return _(msgid, back="<", leave="<<").split()[-1]


def opened(office: DemoOffice, officer: str, *words: str, **changes: str) -> PseudoTerminal:
    """soptui at an officer's desk, on a terminal."""
    environment = surroundings(office, **{"TERM": "xterm", **changes})
    return PseudoTerminal([*SOPTUI, *desk_options(office, officer), *words], environment)


def test_a_pipe_carries_a_whole_conversation(busy_office: DemoOffice) -> None:
    before = busy_office.repository.head()
    done = subprocess.run(
        [*SOPTUI, *desk_options(busy_office, "camat"), "--plain"],
        input=f"1\n{named(Action.DISPOSE)}\n\n5\n\n\n\ny\nq\nq\n",
        capture_output=True, text=True, check=False, env=surroundings(busy_office),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert worded(SIGN) in done.stdout
    assert has_neither_columns_nor_frames(done.stdout)
    assert busy_office.repository.head() != before


def test_a_pipe_that_ends_is_no_fault(busy_office: DemoOffice) -> None:
    done = subprocess.run(
        [*SOPTUI, *desk_options(busy_office, "camat"), "--plain"],
        input=f"1\n{named(Action.NOTE)}\nDibaca", capture_output=True, text=True, check=False,
        env=surroundings(busy_office),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == _("The input ended. Drafts are kept.")


@pytest.mark.parametrize(
    ("words", "changes"),
    [(["--plain"], {}), ([], {"ACCESSIBLE": "1"}), ([], {"TERM": "dumb"})],
    ids=["option", "accessible", "dumb"],
)
def test_three_ways_lead_to_it(
    busy_office: DemoOffice, words: list[str], changes: dict[str, str]
) -> None:
    with opened(busy_office, "camat", *words, **changes) as terminal:
        seen = terminal.read_until(_("Waiting for you: {count}.", count=2), last(DAY))
        assert b"\x1b[?1049h" not in seen
        terminal.type("q\n")
        terminal.read_to_the_end()
        assert terminal.status() == 0


def test_a_setting_or_the_environment_asks_for_it() -> None:
    usual, set_so = ScreenSettings(), ScreenSettings(plain=True)
    assert not wants_plain({"TERM": "xterm"}, usual)
    assert not wants_plain({"TERM": "xterm", "ACCESSIBLE": "0"}, usual)
    assert wants_plain({"TERM": "xterm", "ACCESSIBLE": "1"}, usual)
    assert wants_plain({"TERM": "dumb"}, usual)
    assert wants_plain({"TERM": "xterm"}, set_so)


def test_what_is_typed_ahead_or_pasted_does_not_sign(busy_office: DemoOffice) -> None:
    """What came before the question was told is no answer to it; a pasted text is one answer."""
    before = busy_office.repository.head()
    with opened(busy_office, "camat", "--plain") as terminal:
        terminal.read_until(last(DAY))
        terminal.type("1\n")
        terminal.read_until(last(CASE))
        terminal.type(f"{named(Action.NOTE)}\nDibaca.\n\ny\n")
        terminal.read_until(last(SIGN))
        terminal.type("\x1b[200~y\nsurat lain\n\x1b[201~\n")
        terminal.read_until(last(SIGN))
        terminal.type("<<\n")
        terminal.read_until(_("Nothing was signed."))
        assert busy_office.repository.head() == before


def to_the_note(office: DemoOffice, tmux: Tmux) -> Terminal:
    """The Camat's terminal, where the first line of a note was written."""
    terminal = tmux.open(
        *SOPTUI, *desk_options(office, "camat"), "--plain", "--lang", "id",
        environment=surroundings(office), folder=office.folder,
    )  # fmt: skip
    for answer, question in (
        ("1", last(DAY)),
        (named(Action.NOTE), last(CASE)),
        ("Dibaca.", worded("Line by line, an empty line ends it").split()[-1]),
    ):
        terminal.wait_for(question)
        terminal.type(answer)
        terminal.press("enter")
    terminal.wait_for(last(ANOTHER_LINE))
    return terminal


def test_ctrl_c_leaves_the_form_and_ctrl_d_the_day(busy_office: DemoOffice, tmux: Tmux) -> None:
    before = busy_office.repository.head()
    terminal = to_the_note(busy_office, tmux)
    terminal.press("ctrl+c")
    terminal.wait_for(_("What you answered is kept as a draft."))
    # The same question stands further up: the end of the input is for the one that is asked now.
    terminal.wait_until(lambda screen: screen.rstrip().endswith(last(CASE)), "the next question")
    terminal.press("ctrl+d")
    assert terminal.status() == 0
    assert _("The input ended. Drafts are kept.") in terminal.everything()
    assert busy_office.repository.head() == before


def test_a_terminal_that_goes_away_leaves_the_draft(busy_office: DemoOffice, tmux: Tmux) -> None:
    before = busy_office.repository.head()
    to_the_note(busy_office, tmux).hang_up()
    wait_for_draft(busy_office.folder / "state", "Dibaca.")
    assert busy_office.repository.head() == before


def test_the_terminal_shows_lines_and_nothing_else(busy_office: DemoOffice, tmux: Tmux) -> None:
    """Long lines are broken between words, not by the terminal."""
    terminal = to_the_note(busy_office, tmux)
    lines = terminal.screen().splitlines()
    assert has_neither_columns_nor_frames(terminal.everything())
    assert max(map(len, lines)) < 80


@pytest.mark.slow
def test_the_demonstration_is_tried_by_ear(busy_office: DemoOffice) -> None:
    environment = surroundings(busy_office, TERM="dumb")
    with PseudoTerminal([*SOPTUI, "demo", "--lang", "id"], environment) as terminal:
        terminal.read_until(last(DAY))
        terminal.type("q\n")
        terminal.read_to_the_end()
        assert terminal.status() == 0
