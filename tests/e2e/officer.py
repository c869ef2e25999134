"""An officer at a terminal: the screen of soptui as people use it, by keys and by what it says.

Keys and words come from the product's own tables, so that a test breaks when behaviour changes and
not when a key or a sentence does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from soptui.demo.office import DemoOffice
from soptui.desk.actions.fields import Field, FieldKind
from soptui.desk.actions.table import ActionInfo, info_of
from soptui.domain.events import Action
from soptui.locale import _
from soptui.tui.keys.commands import command_of
from tests.e2e.terminal import Terminal, Tmux, words_of
from tests.support.programs import ROOT, SOPTUI
from tests.support.waiting import until

Filling = str | Sequence[str] | Path
"""What a person puts into a field: a text, the beginnings of what they choose, or a file."""

_CURSOR = re.compile(r"^ ?>(.*)$", re.MULTILINE)
_NUMBERED = re.compile(r"[(\[].[)\]] +(\d+)\. (\S.*?)(?= {2,}|$)", re.MULTILINE)


def surroundings(office: DemoOffice, **changes: str) -> dict[str, str]:
    """The environment of a terminal at the office; a change to an empty text takes a name away."""
    usual = {
        "HOME": os.environ["HOME"],
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TERM": "tmux-256color",
        "COLORTERM": "truecolor",
        "SOPTUI_STATE": str(office.folder / "state"),
        "SOPTUI_NO_TOUR": "1",
        "TZ": "Asia/Jakarta",
    }
    return {name: value for name, value in (usual | changes).items() if value}


def desk_options(office: DemoOffice, who: str, records: Path | None = None) -> list[str]:
    """The options that seat an officer of the office at its records."""
    root = records or office.repository.root
    key = office.folder / "keys" / who
    return ["--records", str(root), "--officer", who, "--key", str(key)]


def wait_for_draft(state: Path, typed: str) -> None:
    """Wait until what was typed is on the disk, in the state folder of who typed it."""
    drafts = state / "drafts"

    def is_kept() -> bool:
        return any(typed in file.read_text("utf-8") for file in drafts.glob("*.json"))

    until(is_kept, lambda: f"no draft in {drafts}")


def heading(command_id: str) -> str:
    """What a place is called."""
    return _(command_of(command_id).label)


class OfficerAtScreen:
    """One officer with a process of their own, in a terminal of their own."""

    def __init__(self, terminal: Terminal, who: str) -> None:
        self.terminal = terminal
        self.who = who
        self._last_commit = ""

    @classmethod
    def sits_down(
        cls,
        tmux: Tmux,
        office: DemoOffice,
        who: str,
        *,
        below: Sequence[str] = (),
        **changes: str,
    ) -> OfficerAtScreen:
        """Start the screen at an officer's desk, by itself or `below` another program."""
        terminal = tmux.open(
            *below, *SOPTUI, *desk_options(office, who),
            environment=surroundings(office, **changes), folder=office.folder,
        )  # fmt: skip
        return cls(terminal, who)

    # --- places and lists -----------------------------------------------------------------------

    def runs(self, command_id: str) -> None:
        """Press the key of a command."""
        self.terminal.press(command_of(command_id).keys[0])

    def goes_to(self, place: str) -> None:
        """Go to a place and wait until it is there."""
        self.runs(place)
        self.terminal.wait_until(lambda screen: heading(place) in screen.split("\n")[0], place)

    def finds(self, subject: str, step: int) -> None:
        """Look into the tray until a case waits there at a step, and put the cursor on it."""
        self.goes_to("tray")
        self.runs("reload")
        waiting = re.compile(rf"{re.escape(subject)} (?:.* )?{step} ")
        self.terminal.wait_until(lambda screen: bool(waiting.search(screen)), waiting.pattern)
        self.points_at(subject)

    def points_at(self, text: str) -> None:
        """Move the cursor down the list until it is on a line with `text`."""
        line = self._marked()
        while text not in line:
            self.runs("down")
            line = self._marked(self._wait_for_other_line(line))

    def _wait_for_other_line(self, line: str) -> str:
        return self.terminal.wait_until(
            lambda screen: self._marked(screen) not in ("", line), f"a line other than {line!r}"
        )

    def opens(self, subject: str) -> None:
        """Open a case that is in the list."""
        self.points_at(subject)
        self.runs("open")
        self.terminal.wait_until(
            lambda screen: _("Case") in screen.split("\n")[0] and subject in screen, "the case"
        )

    def reads(self, *texts: str) -> str:
        """Wait until these are on the screen."""
        return self.terminal.wait_for(*texts)

    # --- acts -----------------------------------------------------------------------------------

    def receives(self) -> str:
        """Take the case in hand; the commit."""
        self.runs(Action.RECEIVE)
        self.waits_for_form(Action.RECEIVE)
        return self.signs(Action.RECEIVE)

    def does(self, action: Action, **fillings: Filling) -> str:
        """Fill in a form and sign it; the commit."""
        self.begins(action, **fillings)
        return self.signs(action)

    def finishes_step(self, output: Path, **fillings: Filling) -> str:
        """Tick every requirement, attach the step's output, and sign; the commit."""
        self.begins(Action.COMPLETE)
        self.ticks_all(Action.COMPLETE, "requirements")
        self.fills(Action.COMPLETE, output=output, **fillings)
        return self.signs(Action.COMPLETE)

    def syncs(self) -> None:
        """Share with the hub, and wait until it is told how that went."""
        good = (
            _("Synced: these records and the hub hold the same."),
            _("Waiting for you: {count}.", count="@").split("@")[0],
        )

        def is_told(screen: str) -> bool:
            return any(words_of(text) in words_of(screen) for text in good)

        self.goes_to("sync")
        # Looking again takes away what was told of the sync before.
        self.runs("reload")
        self.terminal.wait_until(lambda screen: not is_told(screen), "no old news")
        self.runs("sync-now")
        self.terminal.wait_until(is_told, f"{good}")

    def begins(self, action: Action, **fillings: Filling) -> None:
        """Open a form and fill it in."""
        self.runs(action)
        self.waits_for_form(action)
        self.fills(action, **fillings)

    def fills(self, action: Action, **fillings: Filling) -> None:
        """Fill in fields of the form that is open, in their order."""
        for name, filling in fillings.items():
            self._go_to(action, name)
            self._fill(_field(action, name), filling)

    def ticks_all(self, action: Action, name: str) -> None:
        """Tick everything that a field offers."""
        self._go_to(action, name)
        before = self.terminal.screen()
        self.terminal.press("asterisk")
        self.terminal.wait_until(lambda screen: screen != before, "all ticked")

    def waits_for_form(self, action: Action) -> None:
        """Wait until the form of an action is on the screen, with a field in hand."""
        labels = "|".join(re.escape(_(info.label)) for info in _infos(action))
        heading = re.compile(rf"\s*(?:{labels}) (?:·|  )")
        self.terminal.wait_until(
            lambda screen: heading.match(screen) is not None, f"the form {labels}"
        )
        if info_of(action).fields:
            self._wait_for_field([_(field.label) for field in info_of(action).fields])

    def signs(self, action: Action) -> str:
        """Sign the form that is open; the commit."""
        self.runs("form-sign")
        return self._recorded(action)

    def _fill(self, field: Field, filling: Filling) -> None:
        if isinstance(filling, Path):
            self.terminal.type(str(filling))
            self.terminal.press("enter")
            self.terminal.wait_until(
                lambda screen: f"+ {filling}" in screen or f"+ {filling.name}" in screen,
                f"the file {filling} in the form",
            )
        elif field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            for choice in [filling] if isinstance(filling, str) else filling:
                self._choose(choice)
        else:
            text = filling if isinstance(filling, str) else "\n".join(filling)
            self.terminal.type(text)
            self.terminal.wait_for(text.split("\n")[-1][:20])

    def _go_to(self, action: Action, name: str) -> None:
        """Go field by field; where the cursor is must be seen before the next key is pressed."""
        labels = [_(field.label) for field in info_of(action).fields]
        wanted = labels.index(_(_field(action, name).label))
        here = self._wait_for_field(labels)
        while here != wanted:
            self.runs("form-next" if here < wanted else "form-previous")
            here = self._wait_for_field(labels, but_not=here)

    def _wait_for_field(self, labels: Sequence[str], but_not: int = -1) -> int:
        """The position of the field in hand, once that is one of the form's, but another one."""

        def place(screen: str) -> int:
            line = self._marked(screen)
            # A label that is too long goes on in the next line.
            shown = re.split(r" {2,}| \*", line)[0] or "?"
            found = (
                place
                for place, label in enumerate(labels)
                if line.startswith(label) or label.startswith(shown)
            )
            return next(found, -1)

        screen = self.terminal.wait_until(
            lambda screen: place(screen) not in (-1, but_not), f"a field of {labels}"
        )
        return place(screen)

    def _choose(self, beginning: str) -> None:
        """Type the number that stands before a choice, and wait until it is chosen or not."""
        before = self.terminal.screen()
        numbered = {text: number for number, text in _NUMBERED.findall(before)}
        number = next(
            (number for text, number in numbered.items() if text.startswith(beginning)), ""
        )
        assert number, f"nothing to choose begins with {beginning}:\n{before}"
        self.terminal.type(number)
        if any(other.startswith(number) and other != number for other in numbered.values()):
            self.terminal.press("comma")
        self.terminal.wait_until(lambda screen: screen != before, f"{beginning} chosen")

    def _recorded(self, action: Action) -> str:
        done = ""
        if action is Action.REGISTER:
            sentence = _(
                "Registered as agenda number {number}: case {case}, signed in commit {commit}.",
                number="@", case="@", commit="@",
            )  # fmt: skip
        else:
            done = "|".join(re.escape(_(info.done)) for info in _infos(action))
            sentence = _("{act}: recorded and signed in commit {commit}.", act="DONE", commit="@")
        # The commit is the last to be named.
        *others, end = re.escape(sentence).split("@")
        named = r".+?".join(others) + "([0-9a-f]{10})" + end
        pattern = re.compile(named.replace("DONE", f"(?:{done})"))

        def is_new(screen: str) -> bool:
            found = pattern.search(words_of(screen))
            return found is not None and found[1] != self._last_commit

        found = pattern.search(words_of(self.terminal.wait_until(is_new, sentence)))
        assert found is not None
        self._last_commit = found[1]
        return found[1]

    def _marked(self, screen: str = "") -> str:
        """The line of the list that the cursor is on, or of the form that has the field in hand."""
        found = _CURSOR.search(screen or self.terminal.screen())
        return found[1].strip() if found else ""


def _infos(action: Action) -> tuple[ActionInfo, ...]:
    """What the screen may call an action: an approval is a review where the step only reviews."""
    reviews = (info_of(action, is_review=True),) if action is Action.APPROVE else ()
    return (info_of(action), *reviews)


def _field(action: Action, name: str) -> Field:
    return next(field for field in info_of(action).fields if field.name == name)
