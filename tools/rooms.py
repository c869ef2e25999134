"""Write the table of folders into the architecture page: `python -m tools.rooms`.

What a folder is for is the first sentence of its package's docstring, so that the page cannot say
something else than the code.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "soptui"
PAGE = ROOT / "docs" / "architecture.md"
MOST_MODULES = 25
"""How many modules a folder may hold, beside its `__init__`; more are two subjects."""

_TABLE = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- /rooms -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Room:
    """A folder of the package: its path, its subject, and the lines of each of its modules."""

    path: str
    subject: str
    lines: tuple[int, ...]


def rooms() -> list[Room]:
    """Every folder of the package that holds code, in the order of their paths."""
    return sorted(_rooms(), key=lambda room: room.path)


def table() -> str:
    """The folders as a Markdown table, with the two counts that tell whether they are rooms."""
    found = rooms()
    sizes = [len(room.lines) for room in found if room.lines]
    lines = [count for room in found for count in room.lines]
    head = (
        f"{len(lines)} modules in {len(sizes)} folders; modules a folder: median "
        f"{median(sizes):.0f}, most {max(sizes)}; lines a module: median {median(lines):.0f}, most "
        f"{max(lines)}.\n\n| folder | modules | what it is for |\n| --- | --- | --- |\n"
    )
    rows = (f"| `{room.path}/` | {len(room.lines)} | {room.subject} |\n" for room in found)
    return f"\n{head}{''.join(rows)}\n"


def with_table(page: str) -> str:
    """The architecture page with the table of the folders as they are now."""
    return _TABLE.sub(lambda _found: table(), page)


def _rooms() -> Iterator[Room]:
    for init in PACKAGE.rglob("__init__.py"):
        modules = [path for path in init.parent.glob("*.py") if path != init]
        text = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
        yield Room(
            init.parent.relative_to(ROOT).as_posix(),
            " ".join(text.split("\n\n")[0].split()),
            tuple(len(path.read_text(encoding="utf-8").splitlines()) for path in modules),
        )


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
