"""Write a day of three officers in the plain face as a page: `python -m tools.plain_day`.

The conversations are held with the demonstration office; the page is what was heard and answered.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from string import Formatter

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.building import build_office
from soptui.demo.office import DemoOffice
from soptui.demo.papers import write_pdf, write_table
from soptui.desk.actions.labels import LABELS
from soptui.desk.actions.table import info_of
from soptui.domain.events import Action, Letter
from soptui.locale import _, use
from soptui.plain.day import Day
from soptui.plain.voice import Voice

PAGE = Path(__file__).parents[1] / "docs" / "plain.md"

Script = Sequence[tuple[str, str]]
"""The msgid of a question or of a label in it, and what is answered to it.

Other questions get an empty line.
"""

_MOST_EMPTY = 60
"""So many questions in a row that take their proposal are a conversation that goes nowhere."""

DAY = "Number of a case, n registers a letter, / searches, q ends, ? all:"
CASE = "Number of the act, v reads attachments, r details, ? all, q back:"
SIGN = (
    "Sign, yes? y signs, a number changes that answer, ? tells the exact lines, {back} goes back, "
    "{leave} leaves:"
)
ANOTHER_LINE = "Next line:"
GO_ON = "Go on with it? Empty: yes. n: an empty form. x: throw it away:"
SEVERAL = "Numbers of the list, with blanks between; {all} for all, empty goes back:"
_FILE = "Number of the file, empty for the newest:"
EMPTY_BACK = "Number of the act, empty goes back:"
ALL_THE_SAME = "{doubt} Attach it all the same? y, or empty:"
SCAN, OUTPUT, FILES = "Scan of the letter", "Output", "Files"
"""Questions and labels by their msgids: how they are worded is the catalogue's matter."""

_HEAD = """# Sehari dengan `soptui --plain`

Percakapan ini dibuat dengan kantor contoh oleh `python -m tools.plain_day`, dan diperiksa oleh
sebuah tes. Semua nama, surat, dan angka di dalamnya contoh. Cara memakainya ada di
[panduan](panduan.md#tanpa-melihat-layar).

Yang tertulis sesudah titik dua di akhir sebuah pertanyaan adalah jawaban; jawaban kosong memakai
usulan.
"""


_FILLER = "~~~"


def worded(msgid: str) -> str:
    """The longest piece of a msgid's translation that no field interrupts."""
    names = [name for _text, name, _spec, _how in Formatter().parse(msgid) if name]
    return max(_(msgid, **dict.fromkeys(names, _FILLER)).split(_FILLER), key=len).strip()


def named(action: Action) -> str:
    """What an act is called."""
    return _(info_of(action).label)


def _key(action: Action) -> str:
    return info_of(action).key


class Answering(io.StringIO):
    """Hears the last question, and answers: in the order of the script, else with an empty line.

    The input ends where the script does.
    """

    def __init__(self, said: io.StringIO, script: Script) -> None:
        super().__init__()
        self._said = said
        self.left = list(script)
        self._empty = 0
        self.keys = 0
        """How many keys were pressed, Enter among them."""

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        """The answer to the question that was asked last."""
        if not self.left:
            return ""
        question = self._said.getvalue().rpartition("\n")[2]
        asked, answer = self.left[0]
        if worded(asked) in question:
            self._empty = 0
            del self.left[0]
            self.keys += len(answer) + 1
            return f"{answer}\n"
        self._empty += 1
        self.keys += 1
        if self._empty == _MOST_EMPTY:
            raise AssertionError(f"nobody asks for {asked!r}:\n{self._said.getvalue()}")
        return "\n"


def conversation(office: DemoOffice, officer: str, script: Script) -> tuple[str, int]:
    """All that an officer hears and answers in a day, and with how many keys.

    Raises `Cut` where the script ends early.
    """
    said = io.StringIO()
    heard = Answering(said, script)
    Day(Voice(heard, said), office.desks[officer], sends=False, only_reads=None).work()
    return said.getvalue(), heard.keys


_HANDS = {
    1: "camat", 2: "sekretaris", 3: "kasubbag-pk", 4: "staff-1", 5: "kasubbag-pk",
    6: "sekretaris",
}  # fmt: skip


def goes_on_to(actor: Actor, letter: Letter, step: int) -> None:
    """Let a letter arrive and its case go on until it is to be received at a step."""
    actor.register("penerima-surat", letter)
    for number in range(1, step):
        at = letter.received + timedelta(hours=1, minutes=10 * number)
        actor.receive(_HANDS[number], at)
        actor.finish(_HANDS[number], at)


def _prepare(office: DemoOffice) -> None:
    """What came for the Camat beside the letters of the demonstration: four, two to approve."""
    begun = office.workday(4, time(8, 0))
    for number, quarter in enumerate(("I", "II")):
        letter = bupati_letter(f"000.8.6/24{number}0/2026", quarter, begun)
        goes_on_to(Actor(office), letter, 7)
    morning = office.workday(0, time(8, 0))
    for number in range(1, 5):
        letter = bupati_letter(f"005/120{number}/2026", "IV", morning + timedelta(minutes=number))
        goes_on_to(Actor(office), letter, 1)
    office.clock.set_to(None)


def _days(office: DemoOffice) -> Iterator[tuple[str, str, Script]]:
    """Title, officer and script of each day."""
    scan = write_pdf(office.papers / "scan-0142.pdf", ["BUPATI BANYUMAS", "Undangan rapat"])
    table = write_table(office.papers / "capaian.csv", [("Indikator", "Realisasi"), ("Satu", "86")])
    back, leave = (CASE, "q"), (DAY, "q")
    yield (
        "Staf penerima surat: mencatat surat",
        "penerima-surat",
        (
            (DAY, "n"),
            (LABELS["number"], "005/1234/XI/2026"),
            (LABELS["date"], "kemarin"),
            (LABELS["sender"], "Bupati Banyumas"),
            (LABELS["subject"], "Undangan rapat evaluasi kinerja"),
            (LABELS["urgency"], "2"),
            (SCAN, scan.name),
            (SIGN, "4"),
            (LABELS["subject"], "Undangan rapat evaluasi kinerja triwulan IV"),
            (SIGN, "y"),
            (DAY, "h"),
            leave,
        ),
    )
    yield (
        "Kasubbag: menerima dan menyelesaikan",
        "kasubbag-pk",
        (
            (DAY, "3"), (CASE, named(Action.RECEIVE)), (SIGN, "y"), (CASE, "y"), back,
            (DAY, "1"), (CASE, named(Action.COMPLETE)), (LABELS["requirements"], "*"),
            (OUTPUT, table.name), (LABELS["reference"], "Unggah 12/2026"), (SIGN, "y"), back,
            leave,
        ),
    )  # fmt: skip
    yield (
        "Camat: enam surat dan tiga persetujuan, masing-masing dibaca dahulu",
        "camat",
        (
            (DAY, "/10"), (CASE, "v"), (CASE, _key(Action.DISPOSE)),
            (LABELS["instructions"], "?"), (LABELS["instructions"], "5, 7"),
            (LABELS["note"], "Siapkan sebelum Jumat."), (SIGN, "y"), back,
            *(answer for number in (14, 15, 16, 17, 18) for answer in (
                (DAY, f"/{number}"), (CASE, "v"), (CASE, _key(Action.DISPOSE)),
                (LABELS["instructions"], "5"), (SIGN, "y"), back,
            )),
            *(answer for number in (6, 12, 13) for answer in (
                (DAY, f"/{number}"), (CASE, "v"), (_FILE, ""), (CASE, _key(Action.APPROVE)),
                (SIGN, "y"), back,
            )),
            (DAY, "h"), leave,
        ),
    )  # fmt: skip


def page(office: DemoOffice) -> str:
    """The page."""
    use("id")
    parts = [_HEAD]
    before = Path.cwd()
    office.papers.mkdir(exist_ok=True)
    _prepare(office)
    os.chdir(office.papers)
    try:
        for title, officer, script in _days(office):
            heard, keys = conversation(office, officer, script)
            heard = heard.replace(str(office.papers), "~/masuk")
            parts.append(f"\n## {title}\n\n{keys} ketukan, `Enter` termasuk.\n\n")
            parts.append(f"```text\n{heard}```\n")
    finally:
        os.chdir(before)
    return "".join(parts)


_CHANGING = (
    re.compile(r"\b[0-9a-f]{10}\b"),
    re.compile(r"(?<=\b\d{4}-)[0-9a-z]{8}\b"),
)


def without_what_changes(text: str) -> str:
    """The page without what differs from one office to the next: ids of cases and of commits."""
    for pattern in _CHANGING:
        text = pattern.sub(lambda found: "x" * len(found[0]), text)
    return text


def main() -> int:
    """Write the page."""
    with tempfile.TemporaryDirectory(prefix="soptui-") as folder:
        clock = lambda: datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # noqa: E731
        with build_office(Path(folder) / "office", clock=clock) as office:
            made = page(office)
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if without_what_changes(before) != without_what_changes(made):
        PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
