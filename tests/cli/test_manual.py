"""The manual page says what the commands do, because it is made from them."""

from __future__ import annotations

import shutil
import subprocess

from soptui.desk.actions.table import ACTIONS
from tools.manual import PAGE, page


def test_the_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tools.manual`"


def test_the_manual_has_every_action_and_exit_code() -> None:
    text = page()
    for info in ACTIONS:
        assert f".SS soptui {info.action.value} " in text
    for code in (0, 1, 2, 3, 4, 5, 6, 70, 130):
        assert f".B {code}\n" in text


def test_man_has_nothing_to_complain_of() -> None:
    program = shutil.which("groff") or shutil.which("mandoc")
    if program is None:
        # Without a formatter, at least no line may begin with an unknown request.
        known = {".TH", ".SH", ".SS", ".TP", ".B", ".BR"}
        requests = {line.split()[0] for line in page().splitlines() if line.startswith(".")}
        assert requests <= known
        return
    words = ["-man", "-ww", "-z"] if program.endswith("groff") else ["-Tlint", "-Wwarning"]
    done = subprocess.run(
        [program, *words], input=page(), capture_output=True, text=True, check=False
    )
    assert done.stdout + done.stderr == ""
