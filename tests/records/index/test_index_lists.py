"""What the index lists: the trays of officers, cases that are looked for, the agenda."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from soptui.domain.case_filter import ALL_CASES, CaseFilter, CaseOrder
from soptui.domain.case_list import Tray
from soptui.domain.events import (
    Cancel,
    Correct,
    Dispose,
    Note,
    Reassign,
    Receive,
    Register,
    Request,
    Suspend,
)
from soptui.domain.ids import CaseId, OfficerId, RoleId, UnitId
from soptui.domain.replace import replace
from soptui.records.index import schema as index_schema
from soptui.records.index.index import Index
from soptui.records.index.queries import Queries
from tests.support.office_index import index_path
from tests.support.office_repository import OfficeFixture

STAFF_2 = OfficerId("staff-2")

DAY = date(2026, 1, 6)


def tray_of(index: Index, office: OfficeFixture, officer: str) -> Tray:
    return index.ask(Queries.tray, office.officers[officer], DAY, office.clock)


# --- trays ------------------------------------------------------------------------------------


def test_a_case_waits_in_the_tray_of_the_role_until_one_officer_receives_it(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 4)
    index.update()
    for name in ("staff-1", "staff-2"):
        tray = tray_of(index, office, name)
        assert [row.id for row in tray.to_receive] == [case_id]
        assert tray.counts.to_receive == 1
    office.act("staff-2", case_id, Receive())
    index.update()
    first, second = (tray_of(index, office, name) for name in ("staff-1", "staff-2"))
    assert first.to_receive == first.in_work == second.to_receive == ()
    assert [row.owner for row in second.in_work] == ["staff-2"]


def test_a_case_handed_to_one_officer_is_in_no_other_tray(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 4)
    office.act("camat-1", case_id, Reassign(STAFF_2, "berhalangan"))
    index.update()
    assert not tray_of(index, office, "staff-1").to_receive
    assert tray_of(index, office, "staff-2").counts.to_receive == 1


def test_whom_separation_of_duties_keeps_out_does_not_see_the_case_waiting(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 6)
    index.update()
    row = index.ask(Queries.row, case_id)
    assert row is not None
    assert row.separated == ("kasubbag-1",)
    post = office.officers["sekretaris-1"].posts
    both = office.officers["kasubbag-1"]
    acting = type(both)(both.id, both.name, both.mail, posts=both.posts + post)
    assert not index.ask(Queries.tray, acting, DAY, office.clock).to_receive
    assert tray_of(index, office, "sekretaris-1").to_receive


def test_an_open_request_lies_in_the_tray_of_its_section_until_answered(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward_to(case_id, 3)
    office.forward(case_id)
    office.act(
        "kasubbag-1", case_id, Request((UnitId("seksi-pemerintahan"),), "segera", date(2026, 1, 9))
    )
    index.update()
    (asked,) = tray_of(index, office, "kasi-1").requests
    assert (asked.unit, asked.due, asked.case.id) == (
        "seksi-pemerintahan", date(2026, 1, 9), case_id,
    )  # fmt: skip
    assert not tray_of(index, office, "kasi-2").requests
    office.forward(case_id)
    index.update()
    assert not tray_of(index, office, "kasi-1").requests


def test_roles_named_in_a_disposition_find_the_case_for_information(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.forward(case_id)
    office.act(
        "camat-1", case_id, Dispose((RoleId("sekretaris"), RoleId("staff")), ("tindak-lanjuti",))
    )
    index.update()
    tray = tray_of(index, office, "staff-1")
    assert [row.id for row in tray.informed] == [case_id]
    assert tray.counts.informed == 1


def test_the_tray_counts_what_is_due_soon_and_what_is_late(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    index.update()
    row = index.ask(Queries.row, case_id)
    assert row is not None
    assert row.deadline is not None
    assert row.soon is not None
    camat = office.officers["camat-1"]
    second = timedelta(seconds=1)
    seen = [
        (counts.due_soon, counts.late)
        for moment in (row.soon - second, row.soon, row.deadline, row.deadline + second)
        for counts in [index.ask(Queries.tray, camat, DAY, moment).counts]
    ]
    assert seen == [(0, 0), (1, 0), (1, 0), (0, 1)]
    assert index.ask(Queries.count, CaseFilter(late_at=row.deadline)) == 0
    assert index.ask(Queries.count, CaseFilter(late_at=row.deadline + second)) == 1


def test_a_suspended_case_has_no_deadline_and_waits_for_nobody(
    office: OfficeFixture, index: Index
) -> None:
    case_id = office.register()
    office.act("camat-1", case_id, Suspend("menunggu"))
    index.update()
    row = index.ask(Queries.row, case_id)
    assert row is not None
    assert row.suspended
    assert row.deadline is None
    assert not tray_of(index, office, "camat-1").to_receive


# --- lists ------------------------------------------------------------------------------------


def test_cases_are_found_by_the_beginnings_of_words(office: OfficeFixture, index: Index) -> None:
    first = office.register("Undangan rapat koordinasi")
    second = office.register('Laporan "triwulan" II')
    office.act("camat-1", second, Note("dibahas dalam rapat"))
    index.update()
    found = {
        text: {row.id for row in index.ask(Queries.cases, CaseFilter(text=text))}
        for text in (
            "rapat", "undang", "un\u200bdang\ufeff", "triw lap", '"triwulan"', "05/1", "tiada",
            "- *", "",
        )
    }  # fmt: skip
    assert found == {
        "rapat": {first, second}, "undang": {first}, "un\u200bdang\ufeff": {first},
        "triw lap": {second},
        '"triwulan"': {second}, "05/1": set(), "tiada": set(), "- *": set(),
        "": {first, second},
    }  # fmt: skip


def test_whatever_a_person_types_can_be_looked_for(office: OfficeFixture, index: Index) -> None:
    case = office.register("Berkas data_kinerja_tw4")
    index.update()
    # Between two letters, because it is there that the index could part what Python does not.
    typed = [f"a{chr(code)}b" for code in range(0x20, 0x2FA20) if not 0xD800 <= code < 0xE000]
    for start in range(0, len(typed), 500):
        index.ask(Queries.cases, CaseFilter(text=" ".join(typed[start : start + 500])))
    for text in ("data_kinerja", "kinerja_tw4", "_", "data_"):
        found = index.ask(Queries.cases, CaseFilter(text=text))
        assert [row.id for row in found] == ([] if text == "_" else [case])


def test_lists_are_filtered_counted_and_cut_into_pages(office: OfficeFixture, index: Index) -> None:
    ids = [office.register(f"Surat {number}") for number in range(3)]
    office.act("camat-1", ids[1], Cancel("salah alamat"))
    index.update()

    def listed(wanted: CaseFilter = ALL_CASES, limit: int = 50, offset: int = 0) -> list[str]:
        order = CaseOrder.AGENDA
        rows = index.ask(Queries.cases, wanted, order, limit=limit, offset=offset)
        return [row.id for row in rows]

    assert listed(limit=2) == ids[:0:-1]
    assert listed(offset=2) == ids[:1]
    assert listed(CaseFilter(status="cancelled")) == [ids[1]]
    running = CaseFilter(status="running", step=1, role=RoleId("camat"), year=2026)
    assert index.ask(Queries.count, running) == 2
    assert index.ask(Queries.count, CaseFilter(participant=OfficerId("camat-1"))) == 1
    assert index.ask(Queries.find_id, "2026-000") == tuple(reversed(ids))
    assert index.ask(Queries.find_id, "00000002") == (ids[1],)
    assert index.ask(Queries.find_id, "%") == index.ask(Queries.find_id, "")


def test_the_agenda_numbers_letters_of_a_year_in_the_order_of_their_registration(
    office: OfficeFixture, index: Index
) -> None:
    ids = [office.register(year=year) for year in (2026, 2025, 2026)]
    index.update()
    ids.append(office.register())
    index.update()
    assert [(row.number, row.case_id) for row in index.ask(Queries.agenda, 2026)] == [
        (1, ids[0]), (2, ids[2]), (3, ids[3]),
    ]  # fmt: skip
    assert [row.case.agenda for row in index.ask(Queries.agenda, 2025) if row.case] == [1]
    shared = office.receipts[-2].commit
    assert index.provisional(shared) == {ids[3]}


def test_a_letter_is_known_again_by_its_number_and_its_sender(
    office: OfficeFixture, index: Index
) -> None:
    first = office.register()
    letter = office.case(first).letter
    assert letter is not None
    second = office.register()
    office.act("penerima-1", CaseId("2026-00000099"), Register(replace(letter, summary="Lagi")))
    index.update()

    def found(number: str, sender: str, besides: str = "") -> str:
        row = index.ask(Queries.registered, number, sender, CaseId(besides))
        return row.id if row else ""

    assert found("005 / 2/2026", "BUPATI  banyumas.") == second
    assert found("005/1/2026", "Bupati Banyumas") == "2026-00000099"
    assert found("005/1/2026", "Bupati Banyumas", besides="2026-00000099") == first
    assert found("005/2/2026", "Bupati Banyumas", besides=second) == ""
    for number, sender in (("005/2/2026", "Bupati"), ("005/2", "Bupati Banyumas")):
        assert found(number, sender) == ""
    assert found("", "Bupati Banyumas") == found("-", "Bupati Banyumas") == found("1", " ") == ""
    plan = index.ask(
        lambda queries: queries.connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM cases WHERE letter_key = ?", ("",)
        ).fetchall()
    )
    assert "by_letter" in plan[0][-1]


def test_the_agenda_tells_which_letters_are_corrected(office: OfficeFixture, index: Index) -> None:
    plain, corrected, elsewhere = (office.register(f"Surat {number}") for number in range(3))
    for case_id in (plain, corrected, elsewhere):
        office.act("camat-1", case_id, Receive())
    first, received = (office.case(elsewhere).entries[place].id for place in (0, 1))
    assert first != received
    office.act("camat-1", elsewhere, Correct(received, "Bukan pukul sembilan."))
    letter = office.case(corrected).entries[0].id
    office.act("penerima-1", corrected, Correct(letter, "Nomor seharusnya 17."))
    index.update()
    told = {row.case_id: row.case.corrected for row in index.ask(Queries.agenda, 2026) if row.case}
    assert told == {plain: False, corrected: True, elsewhere: False}


def test_a_case_is_found_by_its_agenda_number(office: OfficeFixture, index: Index) -> None:
    first = office.register("Undangan")
    second = office.register("Laporan 1")
    old = office.register("Surat lama", year=2025)
    index.update()

    def ids(text: str, *, is_open: bool = False) -> list[str]:
        wanted = CaseFilter(text=text, is_open=is_open)
        return [row.id for row in index.ask(Queries.cases, wanted)]

    # What bears the number comes before what only holds it among its words.
    assert ids("1/2026") == [first, second]
    assert index.ask(Queries.count, CaseFilter(text="1/2026")) == 2
    assert ids("1/25") == ids(" 1/2025 ") == [old]
    assert ids("2") == [second, old, first]
    assert ids("9/2026") == []
    assert set(ids("1")[:2]) == {first, old}
    office.act("camat-1", first, Cancel("salah alamat"))
    index.update()
    assert ids("1/2026", is_open=True) == [second]


def test_an_agenda_number_names_a_case_of_this_year_unless_it_says_another(
    office: OfficeFixture, index: Index
) -> None:
    first, second, old = office.register(), office.register(), office.register(year=2025)
    index.update()
    assert index.ask(Queries.find_id, "2", 2026) == (second,)
    for text, year in (("2", 2025), ("2", 0), ("2026", 0)):
        assert index.ask(Queries.find_id, text, year) == ()
    assert (
        index.ask(Queries.find_id, "1/25", 2026) == index.ask(Queries.find_id, "1/2025") == (old,)
    )
    assert index.ask(Queries.find_id, "1/2026", 2027) == (first,)
    assert index.ask(Queries.find_id, "0000/2026") == index.ask(Queries.find_id, "/") == ()


def test_a_long_number_that_also_begins_an_id_can_mean_several(
    office: OfficeFixture, index: Index
) -> None:
    office.registered = 10_009_999
    begun = office.register()
    index.update()
    with sqlite3.connect(index_path(office)) as connection:
        many = (CaseId(f"2026-zzzz{number:04}") for number in range(2, 1002))
        index_schema.add_agenda(connection, many)
    connection.close()
    assert index.ask(Queries.find_id, "1001", 2026) == ("2026-zzzz1001", begun)
    assert index.ask(Queries.find_id, "1001/2026") == ("2026-zzzz1001",)
    assert index.ask(Queries.find_id, "100", 2026) == ("2026-zzzz0100",)
    assert index.ask(Queries.find_id, "100", 2027) == (begun,)
