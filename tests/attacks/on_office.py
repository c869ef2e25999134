"""Attacks on the office file: what is in use goes, what is withdrawn is used all the same."""

from __future__ import annotations

import re

from soptui.domain.events import Dispose, Receive, Request
from soptui.domain.ids import RoleId, UnitId
from soptui.records.files import layout
from tests.attacks.attack import attack
from tests.attacks.builder import NEW_CASE, Records

OFFICE = layout.OFFICE
ASKED, FREE = "seksi-pemerintahan", "seksi-pemberdayaan-masyarakat"
GIVEN, NOT_GIVEN = "tindak-lanjuti", "edarkan"
SOP = "pengukuran-data-kinerja"


def _without(data: bytes, key: str, entry: str) -> bytes:
    """The office file without one entry of a list, cut out as its lines."""
    head = key.encode()
    pattern = rb'\n\[\[\w+\]\]\n(?:number = \d+\n)?%s = "%s"\n(?:[^\n]+\n)*' % (
        head, re.escape(entry.encode()),
    )  # fmt: skip
    changed = re.sub(pattern, b"", data)
    assert changed != data, entry
    return changed


def remove(r: Records, key: str, entry: str) -> None:
    r.change(OFFICE, _without(r.data(OFFICE), key, entry))


def _withdraw(r: Records, entry: str, last_line: bytes) -> None:
    data = r.data(OFFICE)
    place = data.index(last_line, data.index(b'"%s"' % entry.encode()))
    end = data.index(b"\n", place) + 1
    r.change(OFFICE, data[:end] + b"withdrawn = true\n" + data[end:])


def _withdraw_sop(r: Records, sop: str = SOP) -> None:
    line = b'applications = ["e-SAKIP", "SIPD"]\n'
    data = r.data(OFFICE)
    assert line in data
    r.change(OFFICE, data.replace(line, line + b'withdrawn_sops = ["%s"]\n' % sop.encode()))


def what_nobody_uses_goes_and_what_is_used_is_withdrawn(r: Records) -> None:
    remove(r, "id", FREE)
    remove(r, "code", NOT_GIVEN)
    remove(r, "code", "000.7.2.10")
    _withdraw(r, ASKED, b"title")
    _withdraw(r, GIVEN, b"text")
    _withdraw(r, "000.8.6.3", b"source")


@attack("later", "office-in-use", twin=what_nobody_uses_goes_and_what_is_used_is_withdrawn)
def section_that_a_post_names_goes(r: Records) -> None:
    remove(r, "id", ASKED)


def _give(r: Records, code: str) -> None:
    """An instruction in a case of its own, whose SOP begins with a disposition."""
    r.next(NEW_CASE)
    r.act("camat-1", Receive(), case=NEW_CASE)
    r.act("camat-1", Dispose((RoleId("sekretaris"),), (code,)), case=NEW_CASE)


@attack("later", "office-in-use", twin=what_nobody_uses_goes_and_what_is_used_is_withdrawn)
def instruction_that_was_given_goes(r: Records) -> None:
    _give(r, "pelajari")
    remove(r, "code", "pelajari")


def case_filed_under_a_code_that_is_withdrawn_afterwards(r: Records) -> None:
    while (case := r.case()) is None or not case.status.is_closed:
        r.next()
    _withdraw(r, "000.8.6.3", b"source")


@attack("later", "office-in-use", twin=case_filed_under_a_code_that_is_withdrawn_afterwards)
def code_under_which_a_case_is_filed_goes(r: Records) -> None:
    while (case := r.case()) is None or not case.status.is_closed:
        r.next()
    remove(r, "code", "000.8.6.3")


def instruction_given_offline_before_it_was_withdrawn(r: Records) -> None:
    r.next(NEW_CASE)
    r.act("camat-1", Receive(), case=NEW_CASE)
    fork = r.tip
    _withdraw(r, GIVEN, b"text")
    dispose = Dispose((RoleId("sekretaris"),), (GIVEN,))
    r.merge(r.act("camat-1", dispose, case=NEW_CASE, on=fork))


@attack("later", "authority", twin=instruction_given_offline_before_it_was_withdrawn)
def instruction_given_after_it_was_withdrawn(r: Records) -> None:
    _withdraw(r, GIVEN, b"text")
    _give(r, GIVEN)


@attack("later", "authority")
def section_asked_after_it_was_withdrawn(r: Records) -> None:
    r.walk(1)
    _withdraw(r, ASKED, b"title")
    r.act("kasubbag-1", Request((UnitId(ASKED),)))


def case_begun_offline_before_its_sop_was_withdrawn(r: Records) -> None:
    """It goes on afterwards, as do those that ran."""
    fork = r.tip
    _withdraw_sop(r)
    r.merge(r.next(NEW_CASE, on=fork))
    r.next(NEW_CASE)
    r.next()


@attack("later", "sop-withdrawn", twin=case_begun_offline_before_its_sop_was_withdrawn)
def case_begun_under_an_sop_that_is_withdrawn(r: Records) -> None:
    _withdraw_sop(r)
    r.next(NEW_CASE)


@attack("later", "admin-form", twin=case_begun_offline_before_its_sop_was_withdrawn)
def sop_withdrawn_that_the_office_does_not_have(r: Records) -> None:
    _withdraw_sop(r, "surat-masuk")


def office_renamed(r: Records) -> None:
    r.change(OFFICE, r.data(OFFICE).replace(b'"Kecamatan Ajibarang"', b'"Kecamatan Baru"'))


@attack("later", "not-administrator", twin=office_renamed)
def office_file_changed_by_the_head(r: Records) -> None:
    data = r.data(OFFICE).replace(b'"Kecamatan Ajibarang"', b'"Kecamatan Baru"')
    r.change(OFFICE, data, by="camat-1")


@attack("later", "admin-side", twin=office_renamed)
def office_file_changed_on_a_side_branch(r: Records) -> None:
    fork = r.tip
    data = r.data(OFFICE).replace(b'"Kecamatan Ajibarang"', b'"Kecamatan Baru"')
    side = r.change(OFFICE, data, on=fork)
    r.note("staff-1")
    r.merge(side)


@attack("later", "merge-content", twin=office_renamed)
def office_file_of_the_second_side_taken_by_a_merge(r: Records) -> None:
    """Two administrators at once: the change of one disappears in the merge of the other."""
    fork = r.tip
    side = r.note("staff-1", on=fork)
    old = r.data(OFFICE)
    office_renamed(r)
    r.merge(side, files={OFFICE: old})


@attack("later", "admin-form", twin=office_renamed)
def office_file_with_a_part_of_a_retention(r: Records) -> None:
    r.change(OFFICE, r.data(OFFICE).replace(b'fate = "musnah"\n', b"", 1))
