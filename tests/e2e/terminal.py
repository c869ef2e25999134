"""Real terminals for tests: programs in a private tmux, driven by keys, read as people read them.

Nothing here waits for a time to pass. Every wait is for a condition on the screen, with a deadline
after which the test fails and shows what was on the screen instead.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support.needs import program
from tests.support.waiting import until

_ENDED = "Pane is dead"
_ALIAS = {
    "enter": "Enter", "escape": "Escape", "tab": "Tab", "shift+tab": "BTab", "space": "Space",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End",
    "pageup": "PPage", "pagedown": "NPage", "backspace": "BSpace", "delete": "DC",
    "slash": "/", "colon": ":", "comma": ",", "question_mark": "?", "asterisk": "*",
}  # fmt: skip


def words_of(text: str) -> str:
    """A text without its line breaks and columns, so that a wrapped sentence can be found."""
    return " ".join(text.split())


def key_of(name: str) -> str:
    """What tmux calls a key that Textual calls `name`."""
    if name in _ALIAS:
        return _ALIAS[name]
    if name.startswith("ctrl+"):
        return f"C-{name.removeprefix('ctrl+')}"
    return name.upper() if re.fullmatch(r"f\d+", name) else name


class Tmux:
    """A tmux server of one's own; `close` ends it and all that was started in it."""

    def __init__(self) -> None:
        program("tmux")
        # The path of a socket may have about a hundred bytes; a test's own folder is longer.
        self._folder = tempfile.mkdtemp(prefix="tmux-")
        self._socket = Path(self._folder) / "s"
        self._opened = 0
        options = (
            "-s exit-empty off", "-s escape-time 0", "-g remain-on-exit on", "-g status off",
        )  # fmt: skip
        self.tell(*" ; set-option ".join(("start-server", *options)).split())

    def open(
        self,
        *command: str | Path,
        environment: Mapping[str, str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
    ) -> Terminal:
        """A new terminal in which `command` runs with exactly this environment."""
        self._opened += 1
        name = f"t{self._opened}"
        settings = [f"{key}={value}" for key, value in environment.items()]
        width, height = size
        self.tell(
            "new-session", "-d", "-s", name, "-x", str(width), "-y", str(height),
            "-c", str(folder), "env", "-i", *settings, *(str(word) for word in command),
            ";", "resize-window", "-t", name, "-x", str(width), "-y", str(height),
        )  # fmt: skip
        return Terminal(self, name)

    def tell(self, *words: str) -> str:
        """What a tmux command answers."""
        done = subprocess.run(
            ("tmux", "-u", "-f", "/dev/null", "-S", str(self._socket), *words),
            capture_output=True,
            text=True,
            check=False,
            env={name: value for name, value in os.environ.items() if name != "TMUX"},
        )
        assert done.returncode == 0, f"tmux {words}: {done.stderr}"
        return done.stdout

    def close(self) -> None:
        """End the server, which hangs up on whatever still runs in it."""
        self.tell("kill-server")
        shutil.rmtree(self._folder, ignore_errors=True)


class Terminal:
    """One terminal, with what is on it."""

    def __init__(self, tmux: Tmux, name: str) -> None:
        self._tmux = tmux
        self._name = name

    # --- looking --------------------------------------------------------------------------------

    def screen(self) -> str:
        """The text on the screen, line by line."""
        return self._tmux.tell("capture-pane", "-p", "-t", self._name)

    def everything(self) -> str:
        """The text on the screen, after that which went off its top."""
        return self._tmux.tell("capture-pane", "-p", "-S", "-", "-t", self._name)

    def colours(self) -> str:
        """The text on the screen with its escape sequences of colour and style."""
        return self._tmux.tell("capture-pane", "-p", "-e", "-t", self._name)

    def wait_for(self, *texts: str) -> str:
        """The screen once all `texts` are on it, wherever their lines are broken."""
        return self.wait_until(
            lambda screen: all(words_of(text) in words_of(screen) for text in texts), repr(texts)
        )

    def wait_until(self, holds: Callable[[str], bool], what: str) -> str:
        """The screen once something holds of it."""

        def look() -> str | None:
            screen = self.screen()
            if holds(screen):
                return screen
            assert _ENDED not in screen, f"the program ended before {what}:\n{screen}"
            return None

        return until(look, lambda: f"waited for {what} in vain; on the screen:\n{self.screen()}")

    def cursor(self) -> tuple[int, int, bool]:
        """Column and row of the cursor, counted from 0, and whether it is to be seen."""
        column, row, is_shown = self._about("#{cursor_x} #{cursor_y} #{cursor_flag}").split()
        return int(column), int(row), is_shown == "1"

    # --- typing ---------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, by Textual's names for them."""
        self._tmux.tell("send-keys", "-t", self._name, *(key_of(key) for key in keys))

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux.tell("send-keys", "-t", self._name, "-l", "--", text)

    # --- the terminal itself --------------------------------------------------------------------

    def resize(self, width: int, height: int) -> None:
        """Make the window another size, as a person drags its corner."""
        self._tmux.tell(
            "resize-window", "-t", self._name, "-x", str(width), "-y", str(height)
        )  # fmt: skip

    def scribble(self, text: str) -> None:
        """Let something else write onto the terminal, as a message to all users does."""
        Path(self._about("#{pane_tty}")).write_text(text, encoding="utf-8")

    @property
    def pid(self) -> int:
        """The id of the program's process."""
        return int(self._about("#{pane_pid}"))

    def hang_up(self) -> None:
        """Take the terminal away from its program, and wait until that is gone."""
        pid = self.pid
        self._tmux.tell("kill-session", "-t", self._name)
        until(lambda: not _is_there(pid), lambda: f"process {pid} outlives its terminal")

    def status(self) -> int:
        """The program's exit status once it has ended; negative for the signal that ended it."""
        asked = "#{pane_dead} #{pid} #{pane_dead_status} -#{pane_dead_signal}"

        def ended() -> int | None:
            is_dead, server, *said = self._about(asked).split()
            if is_dead == "1" and said == ["-"]:
                # tmux 3.3 sometimes overlooks that a child is to be waited for; it looks again.
                os.kill(int(server), signal.SIGCHLD)
            return int(said[0]) if is_dead == "1" and said != ["-"] else None

        return until(ended, lambda: f"the program goes on; on the screen:\n{self.screen()}")

    def _about(self, asked: str) -> str:
        return self._tmux.tell("display-message", "-p", "-t", self._name, asked).strip()


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
