"""The head finds, in the tray, what lies with somebody whose post ended, and hands it on."""

from __future__ import annotations

from datetime import timedelta

from soptui.demo.office import DemoOffice
from soptui.desk.office.administration import Administration
from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.office import Capacity, Post
from tests.support.demo_office import now
from tests.tui.sitting import sitting

CAMAT = RoleId("camat")

GROUP = "tidak lagi"


async def test_the_acting_camat_reassigns_the_case_of_the_former_one(office: DemoOffice) -> None:
    async with sitting(office, "camat") as camat:
        assert "Dikerjakan 1" in camat.sees()
    administration = Administration(office.desks["admin"], sure=True)
    today = now().date()
    administration.end_post(OfficerId("camat"), CAMAT, today - timedelta(days=1))
    acting = Post(CAMAT, Capacity.ACTING, "Camat", today, today + timedelta(days=90), basis="SP")
    administration.add_post(OfficerId("sekretaris"), acting)
    async with sitting(office, "camat") as former:
        assert "Dikerjakan 1" not in former.sees()
    async with sitting(office, "sekretaris") as acting_head:
        assert GROUP in acting_head.sees()
        await acting_head.puts_cursor_on("Rekonsiliasi")
        assert "h Alihkan" in acting_head.keys
        await acting_head.presses("a")
        assert "Alihkan" in acting_head.news
        assert "Sekretaris Contoh" in acting_head.news
        await acting_head.presses("h", "1", "tab", "x", "f10")
        assert "ditandatangani" in acting_head.news
        assert GROUP not in acting_head.sees()
