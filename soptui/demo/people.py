"""Who works in the demonstration office: a person for each role, named by their office."""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.ids import UnitId
from soptui.domain.office import ADMINISTRATOR, Office

ADMIN = "admin"
SECTIONS = (
    UnitId("seksi-pemerintahan"),
    UnitId("seksi-pemberdayaan-masyarakat"),
    UnitId("seksi-kesejahteraan-rakyat"),
)
"""The sections, of those in the starter records, that have a head here."""


class Person(Struct, frozen=True):
    """An officer to be: `title` is both the post's and, with "Contoh" after it, the name."""

    id: str
    role: str
    title: str
    unit: str = ""

    @property
    def name(self) -> str:
        """What everybody sees."""
        return f"{self.title} Contoh"


def people(office: Office) -> tuple[Person, ...]:
    """Everybody, the administrator first."""
    sections = (unit for unit in office.units if unit.id in SECTIONS)
    return (
        Person(ADMIN, ADMINISTRATOR, "Administrator"),
        Person("penerima-surat", "staff-penerima-surat", "Penerima Surat"),
        Person("camat", "camat", "Camat"),
        Person("sekretaris", "sekretaris", "Sekretaris"),
        Person("kasubbag-pk", "kasubbag-pk", "Kasubbag PK"),
        Person("staff-1", "staff", "Staf Perencanaan"),
        Person("staff-2", "staff", "Staf Keuangan"),
        *(
            Person(
                unit.id.replace("seksi", "kasi"),
                "kasubbag-seksi-lain",
                unit.title.replace("Seksi", "Kasi"),
                unit.id,
            )
            for unit in sections
        ),
    )
