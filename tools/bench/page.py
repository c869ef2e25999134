"""The page of the measurements, and the machine on which they were taken."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from tools.bench.peers import HEAD as PEERS_HEAD
from tools.bench.peers import Cost
from tools.bench.table import HEAD, Line, Row, cells, markdown

_TEXT = Path(__file__).with_name("measurements.md.in")
_OWN_LOAD = 1.0
_NUMBER = re.compile(r"\d+(?:\.\d+)*(?:p\d+)?")


class Machine(Struct, frozen=True):
    """What a figure depends on, without a word on whose machine it is."""

    cores: int
    processor: str
    memory: int
    versions: Mapping[str, str]

    def lines(self) -> list[Line]:
        """What there is, and which."""
        processor = f" ({self.processor})" if self.processor else ""
        return [
            ("cores", f"{self.cores}{processor}"),
            ("memory", f"{self.memory / 2**30:.0f} GiB"),
            *self.versions.items(),
        ]


class Outcome(Struct, frozen=True):
    """All that a run measured; `sections` are rows by heading, loads are of the last minute."""

    machine: Machine
    taken: date
    loads: tuple[float, float]
    built: Sequence[str]
    sections: Mapping[str, Sequence[Row]]
    costs: Sequence[Cost]
    missing: Sequence[str]


def this_machine() -> Machine:
    """The machine on which this runs."""
    processor = re.search(
        r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE
    )
    versions = {
        "Linux": _number(platform.release()),
        "Python": platform.python_version(),
        "Textual": version("textual"),
        "Git": _number(_said("git", "--version")),
        "OpenSSH": _number(_said("ssh", "-V")),
    }
    if shutil.which("tig"):
        versions["tig"] = _number(_said("tig", "--version"))
    return Machine(
        len(os.sched_getaffinity(0)),
        processor[1] if processor else "",
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        versions,
    )


def load() -> float:
    """The load average of the last minute."""
    return os.getloadavg()[0]


def page(outcome: Outcome) -> str:
    """The page, in Markdown."""
    tables = [
        f"## {heading}\n\n{markdown(HEAD, cells(rows))}"
        for heading, rows in outcome.sections.items()
        if rows
    ]
    notes = [f"- {line}" for line in (*outcome.built, *outcome.missing)]
    before, after = outcome.loads
    busy = (
        " Other work was going on, so times are longer than the machine needs."
        if max(before, after - _OWN_LOAD) > outcome.machine.cores / 2
        else ""
    )
    return _TEXT.read_text(encoding="utf-8").format(
        date=outcome.taken.isoformat(),
        before=f"{before:.2f}",
        after=f"{after:.2f}",
        busy=busy,
        machine=markdown(("what", "which"), outcome.machine.lines()),
        notes="\n".join(notes),
        tables="\n\n".join(tables),
        peers=markdown(PEERS_HEAD, [cost.line() for cost in outcome.costs])
        if outcome.costs
        else "Not measured in this run.",
    )


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (done.stdout or done.stderr).partition(",")[0]


def _number(text: str) -> str:
    found = _NUMBER.search(text)
    return found[0] if found else text
