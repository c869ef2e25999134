"""The demonstration: a throw-away office to try everything in, or a whole case told by itself."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from soptui.domain.text import safe

if TYPE_CHECKING:
    from soptui.demo.office import DemoOffice

_HEAD = "camat"


def run(auto: bool, folder: Path | None = None) -> int:
    """Show the demonstration; the exit status is 0 when all went well and everything held.

    With `auto`, or where there is no terminal, a whole case is told in lines; otherwise the
    screen opens with a desk for every officer. The office is made in `folder`, which must not
    exist yet and is kept, or in a temporary one; how to open one that is kept again is told at the
    end. Raises `Refusal`.
    """
    from soptui.locale import _

    _print(_("Making an office to try things in; this takes some seconds ..."))
    from soptui.demo.building import build_office, open_office
    from soptui.demo.story import tell

    with tempfile.TemporaryDirectory(prefix="soptui-demo-") as temporary:
        place = folder or Path(temporary) / "office"
        if auto or not (sys.stdin.isatty() and sys.stdout.isatty()):
            with open_office(place, clock=_now) as office:
                office.keep = folder is not None
                status = 0 if tell(office, _print) else 1
        else:
            with build_office(place, clock=_now) as office:
                office.keep = folder is not None
                status = _open(office)
    if folder is not None:
        _tell_how_to_return(folder.absolute())
    return status


def _open(office: DemoOffice) -> int:
    """Open the face that is wanted, at the Camat's desk; both let one change desks."""
    from soptui.desk.settings.screen import load_screen_settings, wants_plain

    if wants_plain(os.environ, load_screen_settings()[0]):
        from soptui.plain.start import run as talk

        return talk(office.desks[_HEAD], desks=office.desks)
    from soptui.tui.start import run as open_screen

    return open_screen(office.desks[_HEAD], desks=office.desks)


def _tell_how_to_return(folder: Path) -> None:
    """What clones of the office are trusted stands in its own folder, so that is named too."""
    from soptui.locale import _

    _print("")
    _print(_("The office is kept. To open it again as the Camat (its other keys lie beside):"))
    state, records, key = (
        shlex.quote(str(folder / name)) for name in ("state", "records", f"keys/{_HEAD}")
    )
    _print(f"SOPTUI_STATE={state} soptui --records {records} --officer {_HEAD} --key {key}")


def _now() -> datetime:
    return datetime.now(UTC)


def _print(line: str) -> None:
    sys.stdout.write(f"{safe(line)}\n")
    sys.stdout.flush()
