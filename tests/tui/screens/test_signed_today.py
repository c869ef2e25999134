"""What one signed today: below the tray, behind a key, and where what was passed on lies now."""

from __future__ import annotations

import pytest

from soptui.demo.acting import Actor, bupati_letter
from soptui.demo.office import DemoOffice
from soptui.domain.events import Note
from tests.tui.sitting import sitting


def a_letter_is_registered(office: DemoOffice) -> Actor:
    actor = Actor(office)
    office.clock.set_to(None)
    actor.register("penerima-surat", bupati_letter("045/901", "IV", office.clock.real()))
    office.clock.set_to(None)
    return actor


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_clerk_sees_where_todays_letters_lie(
    office: DemoOffice, size: tuple[int, int]
) -> None:
    a_letter_is_registered(office)
    async with sitting(office, "penerima-surat", size) as clerk:
        seen = clerk.sees()
        assert "Dari Anda, hari ini 1" in seen
        row = next(one for one in seen.splitlines() if one.startswith(">"))
        assert "1 Camat" in row


async def test_the_log_of_the_day_stands_below_a_wide_tray(office: DemoOffice) -> None:
    actor = a_letter_is_registered(office)
    async with sitting(office, "penerima-surat", (120, 40)) as clerk:
        assert "Hari ini, oleh Anda" in clerk.sees()
        assert "12/2026" in clerk.line_of("signed")
        office.desks["penerima-surat"].act(actor.case_id, Note("Sudah dicek."))
        await clerk.presses("r")
        newest, registered = clerk.line_of("signed").splitlines()[1:]
        assert newest != registered
        assert "12/2026" in newest
        assert "terkirim" not in newest.lower(), "these records have no hub"


async def test_one_key_shows_the_day_where_there_is_no_room(office: DemoOffice) -> None:
    actor = a_letter_is_registered(office)
    async with sitting(office, "penerima-surat") as clerk:
        assert "Hari ini, oleh Anda" not in clerk.sees()
        await clerk.presses("Y")
        assert "Hari ini, oleh Anda" in clerk.sees()
        assert "12/2026" in clerk.sees()
        await clerk.presses("enter")
        assert clerk.screen.PLACE == "case"
        assert clerk.case_in_hand() == actor.case_id


async def test_who_has_signed_nothing_is_told_so(looking: DemoOffice) -> None:
    async with sitting(looking, "admin") as admin:
        assert "Hari ini, oleh Anda" not in admin.sees()
        await admin.presses("Y")
        assert "belum menandatangani" in admin.sees()
