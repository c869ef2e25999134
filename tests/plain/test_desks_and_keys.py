"""Whose desk it is, whether their key can sign, and how one changes to another desk."""

from __future__ import annotations

import io

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.office.administration import Administration
from soptui.desk.sharing import attention
from soptui.desk.sharing.attention import KeyState
from soptui.domain.ids import RoleId
from soptui.domain.office import Capacity, Post
from soptui.locale import _, translate
from soptui.plain.day import Day
from soptui.plain.voice import Voice
from tests.plain.conversation import has_neither_columns_nor_frames, talk
from tools.plain_day import DAY, Answering

DESK = "Number of the desk, empty stays here:"


def test_one_changes_desks_where_several_are_at_hand(busy_office: DemoOffice) -> None:
    said = io.StringIO()
    number = str(list(busy_office.desks).index("sekretaris") + 1)
    heard = Answering(said, ((DAY, "?"), (DAY, "f"), (DESK, number), (DAY, "q")))
    desks = busy_office.desks
    Day(Voice(heard, said), desks["camat"], sends=False, only_reads=None, desks=desks).work()
    before, _question, after = said.getvalue().partition(f"{number}. Sekretaris Contoh")
    assert f"f. {_('Change desk')}." in before
    assert "Sekretaris Contoh, Sekretaris. 24 Nov 2026" in after
    assert has_neither_columns_nor_frames(said.getvalue())


def test_at_a_desk_of_ones_own_there_is_nothing_to_change(busy_office: DemoOffice) -> None:
    assert _("Change desk") not in talk(busy_office, "camat", (DAY, "?"))


def test_who_stands_in_is_told_as_that(busy_office: DemoOffice) -> None:
    today = busy_office.desks["admin"].now().date()
    post = Post(
        RoleId("camat"), Capacity.DAILY_ACTING, "Camat", today, today, basis="Surat perintah 1"
    )
    Administration(busy_office.desks["admin"], sure=True).add_post(
        busy_office.desks["sekretaris"].officer_id, post
    )
    assert "Plh. Camat" in talk(busy_office, "sekretaris").splitlines()[0]


def test_a_key_that_is_not_there_is_told_at_the_beginning(busy_office: DemoOffice) -> None:
    key = busy_office.desks["camat"].key
    assert key is not None
    key.rename(key.with_name("elsewhere"))
    heard = talk(busy_office, "camat")
    why = attention.fault_of_key(busy_office.desks["camat"])
    assert why is not None
    assert translate(why) in heard


def test_a_key_that_is_locked_is_told_at_the_beginning(
    busy_office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention, "key_state_of", lambda _desk: KeyState.LOCKED)
    assert "ssh-add" in talk(busy_office, "camat")
