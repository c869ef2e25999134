"""Several processes in one clone: nothing is lost, nothing happens twice, losers are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from soptui.demo.office import DemoOffice
from soptui.domain.events import Note
from soptui.records.clone.repository import Repository
from tests.e2e.acting import ActingProcess, assert_sound, desk_of, look, new_case

StartProcess = Callable[[], ActingProcess]
WRITERS = ("camat", "sekretaris", "kasubbag-pk", "staff-1")


def at_once(orders: list[tuple[ActingProcess, dict[str, Any]]]) -> list[dict[str, Any]]:
    """All orders started before any is waited for."""
    for process, order in orders:
        process.start(**order)
    return [process.answer() for process, _ in orders]


def test_all_that_several_processes_write_to_one_case_stands_once(
    office: DemoOffice, process: StartProcess
) -> None:
    case_id = new_case(office)
    order = {"case": case_id, "act": "note", "times": 5}
    answers = at_once(
        [(process(), {**desk_of(office, who), **order, "text": who}) for who in WRITERS]
    )
    done = [event for answer in answers for event in answer["done"]]
    entries = look(office, case_id).entries
    assert sorted(done) == sorted(entry.id for entry in entries[1:])
    assert all(entry.effective for entry in entries)
    # Whoever was too often late was told so, and can simply try again.
    for answer in answers:
        assert len(answer["done"]) == 5 or "Try again" in answer["refused"]
    assert_sound(office)


def test_processes_in_different_cases_do_not_disturb_each_other(
    office: DemoOffice, process: StartProcess
) -> None:
    cases = {who: new_case(office) for who in WRITERS[:3]}
    answers = at_once(
        [
            (
                process(),
                {**desk_of(office, who), "case": case, "act": "note", "text": who, "times": 3},
            )
            for who, case in cases.items()
        ]
    )
    for (who, case), answer in zip(cases.items(), answers, strict=True):
        entries = look(office, case).entries[1:]
        assert [entry.id for entry in entries] == answer["done"]
        assert [entry.event.details for entry in entries] == [
            Note(f"{who} {number}") for number in range(len(answer["done"]))
        ]
    assert_sound(office)


def test_of_two_who_take_the_same_decision_one_is_told(
    office: DemoOffice, process: StartProcess
) -> None:
    first, second = process(), process()
    for _ in range(4):
        case_id = new_case(office, received=True)
        order = {**desk_of(office, "camat"), "case": case_id, "act": "dispose"}
        answers = at_once(
            [(first, {**order, "text": "pertama"}), (second, {**order, "text": "kedua"})]
        )
        assert sorted(len(answer["done"]) for answer in answers) == [0, 1]
        assert sum("refused" in answer for answer in answers) == 1
        entries = look(office, case_id).entries
        assert [entry.event.action for entry in entries] == ["register", "receive", "dispose"]
    assert_sound(office)


def test_letters_registered_at_once_all_get_a_case(
    office: DemoOffice, process: StartProcess
) -> None:
    order = desk_of(office, "penerima-surat")
    answers = at_once(
        [(process(), {**order, "text": f"000/{who}", "times": 2}) for who in WRITERS[:3]]
    )
    done = [event for answer in answers for event in answer["done"]]
    with Repository.open(office.repository.root) as repository:
        snapshot = repository.current()[1]
        files = [snapshot.case_file(case_id) for case_id, _ in snapshot.case_ids()]
    assert sorted(done) == sorted(file.case.entries[0].id for file in files if file)
    assert_sound(office)


def test_a_desk_that_was_open_all_the_time_sees_what_another_process_did(
    office: DemoOffice, process: StartProcess
) -> None:
    case_id = new_case(office)
    desk = office.desks["camat"]
    before = desk.case(case_id)
    order = {**desk_of(office, "sekretaris"), "case": case_id, "act": "note", "text": "Catatan"}
    answer = process().does(**order)
    assert [entry.id for entry in desk.case(case_id).entries[len(before.entries) :]] == (
        answer["done"]
    )
    desk.act(case_id, Note("Sudah dibaca."))
    assert_sound(office)


@pytest.mark.slow
def test_many_processes_for_a_while(office: DemoOffice, process: StartProcess) -> None:
    case_id = new_case(office)
    running = [(who, process()) for who in WRITERS for _ in range(2)]
    done: list[str] = []
    for _ in range(3):
        orders = [
            (one, {**desk_of(office, who), "case": case_id, "act": "note", "text": who, "times": 3})
            for who, one in running
        ]
        done += [event for answer in at_once(orders) for event in answer["done"]]
    entries = look(office, case_id).entries[1:]
    assert len(done) == len(set(done)) == len(entries)
    assert {entry.id for entry in entries} == set(done)
    assert_sound(office)
