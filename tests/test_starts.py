"""What each start of soptui loads: whoever waits for it waits for every module.

What loading takes, in milliseconds of processor time beyond a Python that has `re` and `typing`,
measured on the machine that the tests were written on: inspect 3, json 1, shutil 2, tempfile 3,
secrets 4, dataclasses 5, logging 5, ssl 7, email 8, msgspec 9, typing_extensions 6, click 13,
tomlkit 14, rich 20, asyncio 24, git 45, textual 120.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from soptui.records.platform.processes import isolated
from tests.e2e.pseudo_terminal import PseudoTerminal
from tests.support.commands import Terminal
from tests.support.programs import ROOT
from tests.support.town import REGISTRAR, Town

_TELL = "print(*sys.modules, file=sys.stderr)"
_COMMAND = f"""
import sys
sys.argv[0] = "soptui"
from soptui.cli import main
try:
    main()
finally:
    {_TELL}
"""
_SCREEN = """
import sys
from soptui.cli import main
sys.argv[0] = "soptui"
try:
    main()
finally:
    open({path!r}, "w").write(" ".join(sys.modules))
"""

HEAVY = {
    "asyncio", "concurrent.futures", "email", "git", "logging", "openpyxl", "pydoc", "pypdf",
    "rich", "segno", "ssl", "textual", "tomlkit", "tomllib", "unittest", "xml",
}  # fmt: skip
"""What nobody needs who only reads or records."""

NOT_FOR_GIT = HEAVY | {
    "ast", "bz2", "click", "dataclasses", "fractions", "gettext", "inspect", "json", "lzma",
    "random", "secrets", "shlex", "shutil", "sqlite3", "tempfile",
}  # fmt: skip
"""What no program needs that Git starts, and waits for."""

OURS_NOT_FOR_GIT = {
    "soptui.cli", "soptui.desk", "soptui.domain.measure", "soptui.domain.sop_check",
    "soptui.domain.time.calendar", "soptui.domain.time.worktime", "soptui.locale",
    "soptui.records.attachments", "soptui.records.clone", "soptui.records.hub.check",
    "soptui.records.hub.hub", "soptui.records.index", "soptui.records.keys.signing",
    "soptui.records.sharing", "soptui.tui",
}  # fmt: skip

LIBRARIES = {"_cffi_backend", "_openssl", "click", "cryptography", "msgspec", "typing_extensions"}
"""The only ones that a command may load, of those that are no part of Python."""


def spares(loaded: set[str], unwanted: Iterable[str]) -> bool:
    """Whether none of the modules was loaded, nor anything in them; fails where one was."""
    above = {name.rsplit(".", depth)[0] for name in loaded for depth in range(5)}
    found = above.intersection(unwanted)
    assert not found
    return True


def libraries(loaded: set[str]) -> set[str]:
    """The libraries among the modules: what is neither Python's nor ours."""
    roots = {name.partition(".")[0] for name in loaded}
    ours = {"soptui", "__main__", "_distutils_hack", "_virtualenv", "sitecustomize"}
    return {root for root in roots - ours if root not in sys.stdlib_module_names}


# --- what Git starts ------------------------------------------------------------------------------


def loaded_for_git(module: str, *words: str, told: str = "", **variables: str) -> set[str]:
    """What a program has loaded at its end that Git starts, as hubs and clones hold it."""
    *command, code = isolated(module)
    assert "code = main();" in code
    done = subprocess.run(
        [*command, code.replace("code = main();", f"code = main(); {_TELL};"), *words],
        input=told, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], **variables},
    )  # fmt: skip
    loaded = set(done.stderr.splitlines()[-1].split())
    assert module in loaded
    # This one is there as what cannot be loaded.
    return loaded - {"typing_extensions"}


def test_the_hook_loads_the_verifier_and_one_library_for_signatures(town: Town) -> None:
    clone = town.clone(REGISTRAR)
    before = town.hub_tip()
    clone.register()
    assert clone.sync().pushed
    push = f"{before} {town.hub_tip()} refs/heads/main\n"
    loaded = loaded_for_git("soptui.records.hook", told=push, GIT_DIR=str(town.hub))
    assert {"soptui.records.verify.walk", "soptui.domain.gate"} <= loaded
    assert libraries(loaded) <= {"_cffi_backend", "_openssl", "cryptography", "msgspec"}
    assert spares(loaded, NOT_FOR_GIT | OURS_NOT_FOR_GIT)


def test_a_forced_command_loads_no_verifier(town: Town) -> None:
    asked = {"SSH_ORIGINAL_COMMAND": "sh"}
    loaded = loaded_for_git("soptui.records.serve", str(town.hub), REGISTRAR, **asked)
    assert "soptui.records.hub.trust" in loaded
    assert libraries(loaded) <= {"msgspec"}
    assert spares(loaded, NOT_FOR_GIT | OURS_NOT_FOR_GIT | {"soptui.records.verify.walk"})
    assert spares(loaded, {"soptui.domain.case", "soptui.domain.events", "subprocess", "hashlib"})


def test_the_merge_driver_loads_no_library(tmp_path: Path) -> None:
    loaded = loaded_for_git("soptui.records.merge_driver", *(str(tmp_path / "x") for _ in "012"))
    assert libraries(loaded) == set()
    assert spares(loaded, NOT_FOR_GIT | OURS_NOT_FOR_GIT | {"soptui.records.git", "subprocess"})


# --- commands -------------------------------------------------------------------------------------


def loaded_by(*words: str) -> set[str]:
    """What a command has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *words],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return set(done.stderr.splitlines()[-1].split())


def test_no_command_loads_screens_or_what_it_does_not_need(terminal: Terminal) -> None:
    case = terminal.register()
    terminal.does("camat-1", "inbox")  # the index is made by several threads
    for words in (
        ["--help"], ["inbox"], ["inbox", "--brief"], ["list"], ["show", case], ["log", case],
        ["whoami"], ["doctor"], ["verify", "--full"], ["receive", case], ["sop", "list"],
        ["officer", "list"], ["agenda"],
    ):  # fmt: skip
        loaded = loaded_by(*terminal.options("camat-1"), *words)
        assert libraries(loaded) <= LIBRARIES, words
        assert spares(loaded, HEAVY | {"soptui.tui", "soptui.demo", "dataclasses"}), words


def test_whoever_only_reads_loads_neither_signatures_nor_what_makes_secrets(
    terminal: Terminal,
) -> None:
    case = terminal.register()
    terminal.does("camat-1", "inbox")
    for words in (["inbox"], ["list"], ["show", case], ["sop", "list"], ["agenda"]):
        loaded = loaded_by(*terminal.options("camat-1"), *words)
        spared = {"cryptography", "secrets", "tempfile", "soptui.records.keys.signing"}
        assert spares(loaded, spared | {"soptui.domain.measure"}), words


def test_help_loads_no_records(home: Path) -> None:
    for words in (["--help"], ["dispose", "--help"], ["config", "path"]):
        spared = {"soptui.records", "soptui.desk.desk", "sqlite3", "subprocess", "cryptography"}
        assert spares(loaded_by(*words), spared), words


def test_the_line_for_the_prompt_loads_next_to_nothing(terminal: Terminal) -> None:
    line = [*terminal.options("camat-1")[:4], "inbox", "--brief"]
    terminal.register()
    assert "click" in loaded_by(*line)
    # The first one wrote a note, from which the second answers.
    loaded = loaded_by(*line)
    assert libraries(loaded) == set()
    assert spares(loaded, HEAVY | {"sqlite3", "soptui.domain", "soptui.records", "pathlib"})


def test_the_plain_face_loads_no_screen(terminal: Terminal) -> None:
    terminal.register()
    terminal.does("camat-1", "inbox")  # the index is made by several threads
    loaded = loaded_by(*terminal.options("camat-1"), "--plain")
    assert "soptui.plain.day" in loaded
    assert libraries(loaded) <= LIBRARIES
    assert spares(loaded, HEAVY | {"soptui.tui", "soptui.demo"})


# --- the screen -----------------------------------------------------------------------------------


def test_the_screen_loads_what_its_first_place_needs(terminal: Terminal, tmp_path: Path) -> None:
    terminal.register()
    told = tmp_path / "loaded"
    command = [sys.executable, "-c", _SCREEN.format(path=str(told)), *terminal.options("camat-1")]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "SOPTUI_NO_TOUR": "1",
    }  # fmt: skip
    with PseudoTerminal(command, environment) as screen:
        screen.read_until("Pengukuran")
        screen.type("\x11")
        screen.read_to_the_end()
        assert screen.status() == 0
    loaded = set(told.read_text().split())
    assert "soptui.tui.screens.tray" in loaded
    textuals = {"asyncio", "concurrent.futures", "logging", "rich", "ssl", "textual"}
    assert spares(loaded, HEAVY - textuals)


def test_the_application_loads_no_screens() -> None:
    code = "import sys, soptui.tui.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert spares(set(done.stdout.split()), {"soptui.tui.screens"})
