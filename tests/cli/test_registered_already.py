"""A letter that is in the records already is not registered again by mistake."""

from __future__ import annotations

from click.testing import Result

from tests.support.commands import Terminal

CLERK = "penerima-1"


def registering(terminal: Terminal, *more: str, number: str = "470/88/2026") -> Result:
    letter = ("--number", number, "--date", "5/1/2026", "--sender", "Bupati Cilacap")
    return terminal.run(CLERK, "register", *letter, "--subject", "Undangan", *more)


def test_the_same_letter_is_refused_by_its_agenda_number_until_it_is_meant(
    terminal: Terminal,
) -> None:
    terminal.register()
    assert registering(terminal).exit_code == 0
    before = terminal.office.tip
    again = registering(terminal, number="470 / 88 / 2026")
    assert again.exit_code == 1
    told = " ".join(again.stderr.split())
    assert "agenda number 2/2026, letter of 5 January 2026" in told
    assert "Nothing was recorded." in told
    assert "--duplicate" in told
    assert terminal.office.tip == before
    assert registering(terminal, "--duplicate").exit_code == 0
    numbers = [row["letter_number"] for row in terminal.data(CLERK, "agenda")]
    assert numbers.count("470/88/2026") == 2


def test_a_dry_run_tells_it_too(terminal: Terminal) -> None:
    registering(terminal)
    shown = registering(terminal, "--dry-run")
    assert shown.exit_code == 1
    assert "agenda number 1/2026" in shown.stderr
    assert shown.stdout == ""
    meant = registering(terminal, "--dry-run", "--duplicate")
    assert meant.exit_code == 0
    assert 'action = "register"' in meant.stdout


def test_another_number_or_another_sender_is_another_letter(terminal: Terminal) -> None:
    registering(terminal)
    assert registering(terminal, number="470/89/2026").exit_code == 0
    assert registering(terminal, "--sender", "Bupati Banyumas").exit_code == 0


def test_a_letter_that_came_back_is_put_right_without_being_its_own_double(
    terminal: Terminal,
) -> None:
    case = terminal.register()
    terminal.does(CLERK, "recall", case)
    assert terminal.does(CLERK, "register", "--case", case, "--subject", "Undangan rapat")
