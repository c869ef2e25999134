"""The header: what a screen is about, what needs the person, whose desk; what yields, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.sharing.attention import Attention, KeyState, attention_of, key_state_of
from soptui.domain.replace import replace
from soptui.locale import _
from soptui.tui.design.header import Header, Need, Part
from soptui.tui.frame import attention_watch
from soptui.tui.presentation.facts import facts_of
from soptui.tui.presentation.office_header import office_header
from soptui.tui.text.lines import text_of, width_of
from tests.support.waiting import until_so
from tests.tui.sitting import sitting

WHOLE = Header(
    (Part("Berkas 9/2026", "head"), Part("Monitoring Pelaksanaan SOP Semester", yields=True)),
    (Need("belum terkirim 2", "^2"),),
    person="Camat Contoh",
    role="Camat",
    office="Kecamatan Contoh",
    time="30 Nov 10.55",
)


def drawn(header: Header, width: int) -> str:
    line = header.line(width)
    assert width_of(line) == width
    return text_of((line,))


def test_where_there_is_room_it_says_all() -> None:
    said = drawn(WHOLE, 160)
    assert said.startswith(" Berkas 9/2026 · Monitoring Pelaksanaan SOP Semester  ")
    assert said.endswith("belum terkirim 2 │ Camat Contoh, Camat · Kecamatan Contoh · 30 Nov 10.55")


def test_time_goes_first_then_the_office_then_the_role_and_then_needs_become_brief() -> None:
    seen = [drawn(WHOLE, width) for width in range(160, 50, -1)]
    order = ["30 Nov", "Kecamatan", ", Camat", "belum terkirim"]
    gone = [next(at for at, one in enumerate(seen) if word not in one) for word in order]
    assert gone == sorted(gone)
    for one in seen:
        assert "Camat Contoh" in one
        assert "belum terkirim 2" in one or "^2" in one
        assert one.startswith(" Berkas 9/2026")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_it_is_as_wide_as_the_screen_and_cuts_the_end_of_what_yields(width: int) -> None:
    said = drawn(WHOLE, width)
    if width >= 120:
        assert WHOLE.shows_all(width)
    if "Monitoring" in said and not WHOLE.shows_all(width):
        assert "…" in said


async def test_what_needs_the_person_is_told_most_grave_first(looking: DemoOffice) -> None:
    facts = facts_of(looking.desks["camat"])
    earlier = facts.now - timedelta(hours=1)
    known = Attention(unsent=3, offline_since=earlier, key=KeyState.LOCKED)
    header = office_header((Part("Menunggu saya", "head"),), facts, known)
    assert [need.text for need in header.needs] == [
        "kunci terkunci", "belum terkirim 3", "luring sejak 09.00"
    ]  # fmt: skip
    assert header.needs[0].tone == "bad"
    days_ago = replace(known, offline_since=facts.now - timedelta(days=2))
    *_others, offline = office_header((), facts, days_ago).needs
    assert offline.text == "luring sejak 22 Nov"


async def test_without_a_hub_nothing_is_unsent_and_an_open_key_is_no_news(
    looking: DemoOffice,
) -> None:
    desk = looking.desks["camat"]
    assert attention_of(desk) == Attention()
    assert key_state_of(desk) is KeyState.READY
    assert not office_header((), facts_of(desk), Attention()).needs


async def test_a_key_that_waits_for_its_passphrase_or_is_gone_is_known_without_signing(
    office: DemoOffice,
) -> None:
    import subprocess

    desk = office.desks["camat"]
    assert desk.key is not None
    command = ["ssh-keygen", "-p", "-q", "-P", "", "-N", "rahasia-camat", "-f", str(desk.key)]
    subprocess.run(command, check=True, capture_output=True)
    assert key_state_of(desk) is KeyState.LOCKED
    desk.key.unlink()
    desk.key.with_name(f"{desk.key.name}.pub").unlink(missing_ok=True)
    assert key_state_of(desk) is KeyState.MISSING


async def test_a_key_that_could_not_sign_is_told_of_at_once(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention_watch, "_KEY_AFTER_SECONDS", 3600)
    desk = office.desks["camat"]
    assert desk.key is not None
    async with sitting(office, "camat") as camat:
        desk.key.unlink()
        desk.key.with_name(f"{desk.key.name}.pub").unlink(missing_ok=True)
        assert _("no key") not in camat.sees()
        await camat.presses("t", "f10")
        await until_so(camat.pilot, lambda: _("no key") in camat.sees().splitlines()[0])
