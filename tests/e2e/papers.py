"""The files that officers attach in tests."""

from __future__ import annotations

from pathlib import Path

from soptui.demo.office import DemoOffice
from soptui.demo.papers import write_pdf, write_table


class Papers:
    """Real files in the office's own folder."""

    def __init__(self, office: DemoOffice) -> None:
        self._folder = office.papers

    def table(self, name: str, *cells: str) -> Path:
        """A small table; tables of other names differ in content too."""
        return write_table(self._folder / name, [("Indikator", "Realisasi"), (name, *cells)])

    def letter(self, subject: str) -> Path:
        """The scan of a letter."""
        return write_pdf(self._folder / "surat-bupati.pdf", ["BUPATI BANYUMAS", subject])
