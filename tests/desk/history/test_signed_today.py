"""What an officer signed today is told, sent or not, with where what they passed on lies now."""

from __future__ import annotations

from datetime import timedelta

from soptui.desk.history.signed_today import SignedToday, signed_today
from soptui.desk.office.administration import Administration
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.events import Action, Dispose, Note, Receive
from soptui.domain.ids import OfficerId, RoleId
from tests.support.desks import Desks
from tests.support.office_repository import officer_of
from tests.support.town import HEAD, REGISTRAR, Town


def told(signed: SignedToday) -> list[tuple[str, str, bool | None]]:
    return [(one.action or one.path, one.agenda, one.is_sent) for one in signed.acts]


def test_own_acts_come_newest_first_and_are_unsent_until_a_sync(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    Sharing(registrar.desk).sync()
    Sharing(head.desk).sync()
    head.dispose(case)

    signed = signed_today(head.desk)
    assert told(signed) == [(Action.DISPOSE, "1/2026", False), (Action.RECEIVE, "1/2026", False)]
    assert signed.acts[0].to == ("Sekretaris",)
    assert signed.acts[0].commit == head.head
    assert signed.unsent == 2
    assert told(signed_today(registrar.desk)) == [(Action.REGISTER, "1/2026", True)]

    Sharing(head.desk).sync()
    assert [one.is_sent for one in signed_today(head.desk).acts] == [True, True]


def test_merges_and_what_others_signed_are_no_acts_of_ones_own(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    Sharing(registrar.desk).sync()
    Sharing(head.desk).sync()
    head.note(case)
    registrar.note(case)
    Sharing(head.desk).sync()
    assert Sharing(registrar.desk).sync().merged

    assert told(signed_today(registrar.desk)) == [
        (Action.NOTE, "1/2026", True), (Action.REGISTER, "1/2026", True),
    ]  # fmt: skip


def test_yesterdays_acts_are_not_told(town: Town) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    town.clock.goes_on(timedelta(days=1))
    case = registrar.register()
    assert [one.case for one in signed_today(registrar.desk).acts] == [case]


def test_what_was_passed_on_is_told_while_somebody_else_has_it(desks: Desks) -> None:
    case = desks.office.register()
    clerk, camat, secretary = desks["penerima-1"], desks["camat-1"], desks["sekretaris-1"]
    assert [row.id for row in signed_today(clerk).passed_on] == [case]
    camat.act(case, Receive())
    assert signed_today(camat).passed_on == ()
    camat.act(case, Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",)))
    assert [row.id for row in signed_today(camat).passed_on] == [case]
    secretary.act(case, Note("Dibaca."))
    assert signed_today(secretary).passed_on == ()


def test_records_without_a_hub_say_nothing_of_sending(desks: Desks) -> None:
    desks["camat-1"].act(desks.office.register(), Note("Dibaca."))
    assert [one.is_sent for one in signed_today(desks["camat-1"]).acts] == [None]


def test_a_change_of_the_offices_own_records_is_told_by_its_file(desks: Desks) -> None:
    Administration(desks["admin-1"]).add_officer(officer_of("staff-9", "staff"))
    act = signed_today(desks["admin-1"]).acts[0]
    assert (act.action, act.path) == (None, "officers/staff-9.toml")


def test_who_is_no_officer_has_signed_nothing(desks: Desks) -> None:
    desks.office.register()
    stranger = type(desks["camat-1"])(desks.office.repository, OfficerId("auditor-1"))
    assert signed_today(stranger) == SignedToday()
