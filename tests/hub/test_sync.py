"""Clones and the hub come to one history, in which nothing that anyone signed is lost."""

from __future__ import annotations

from tests.hub.office import ADMIN, HEAD, REGISTRAR, SECOND_HEAD, SECRETARY, Town


def test_what_one_registers_reaches_the_other(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    sent = registrar.sync()
    assert (sent.ok, sent.pushed, sent.merged, sent.ahead) == (True, True, False, 1)
    got = head.sync()
    assert (got.ok, got.pushed, got.behind) == (True, False, 1)
    assert head.cases() == registrar.cases() and case in head.cases()


def test_work_on_two_sides_is_joined_by_a_merge(town: Town) -> None:
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    registrar.note(case, "Satu.")
    head.note(case, "Dua.")
    registrar.sync()
    result = head.sync()
    assert (result.ok, result.merged, result.pushed) == (True, True, True)
    registrar.sync()
    assert registrar.head == head.head == town.hub_tip()
    assert len(registrar.events(case)) == 3
    assert registrar.verified().ok
