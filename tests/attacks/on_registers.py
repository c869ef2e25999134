"""Attacks on registers of indicators: whose they are, what they say, what comes along with them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from soptui.domain.ids import UnitId
from soptui.domain.measure.register import Register
from soptui.domain.replace import replace
from soptui.records.files import layout
from soptui.records.files.register import write_register
from tests.attacks.attack import attack
from tests.attacks.builder import Records
from tests.attacks.forgery import Content
from tests.attacks.on_office import (
    FREE,
    remove,
    what_nobody_uses_goes_and_what_is_used_is_withdrawn,
)
from tests.support.registers import SCAN, example_register

FIRST, SECOND = layout.register_path(2026, 1), layout.register_path(2026, 2)
SCAN_PATH = layout.attachment_path(sha256(SCAN).hexdigest())


def keeper_named(r: Records, role: str = "kasubbag-pk") -> None:
    """The administrator writes into the office file who signs registers."""
    data = r.data(layout.OFFICE)
    r.change(
        layout.OFFICE,
        data.replace(b"\nweek_days = 5\n", f'\nweek_days = 5\nregister_role = "{role}"\n'.encode()),
    )


def add(
    r: Records,
    register: Register,
    *,
    by: str = "kasubbag-1",
    path: str = "",
    scan: bytes | None = SCAN,
    extra: Mapping[str, Content] | None = None,
    message: str = "",
    on: str | None = None,
) -> str:
    """The commit that adds a register, with a scan where there is to be one."""
    files: dict[str, Content] = {} if scan is None else {SCAN_PATH: scan}
    path = path or layout.register_path(register.year, register.version)
    data = write_register(register)
    return r.change(path, data, by=by, extra={**files, **(extra or {})}, message=message, on=on)


def amended(**changes: Any) -> Register:
    """The year's second agreement."""
    return example_register(version=2, **changes)


def first_register(r: Records) -> None:
    """The Kasubbag PK adds the year's register with the signed agreement."""
    keeper_named(r)
    add(r, example_register())


def two_registers(r: Records) -> None:
    """And the changed agreement, whose scan is there already."""
    first_register(r)
    add(r, amended(), scan=None)


@attack("later", "register-role", twin=first_register)
def register_by_another_section(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), by="kasi-1")


@attack("later", "register-role")
def register_by_the_administrator(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), by="admin-1")


@attack("later", "register-role")
def register_where_the_office_names_nobody(r: Records) -> None:
    add(r, example_register())


@attack("later", "register-role")
def register_that_comes_before_the_office_names_its_signer(r: Records) -> None:
    add(r, example_register())
    keeper_named(r)


@attack("later", "register-immutable", twin=two_registers)
def register_changed_after_it_was_signed(r: Records) -> None:
    first_register(r)
    easier = tuple(replace(one, title=f"{one.title} (baru)") for one in example_register().lines)
    add(r, example_register(lines=easier), scan=None)


@attack("later", "deleted")
def register_taken_away(r: Records) -> None:
    first_register(r)
    r.commit("kasubbag-1", {FIRST: None}, "Hapus register\n")


@attack("later", "register-form")
def second_register_without_a_first(r: Records) -> None:
    keeper_named(r)
    add(r, amended())


@attack("later", "register-form")
def register_that_is_in_effect_before_the_one_it_changes(r: Records) -> None:
    first_register(r)
    earlier = example_register().effective.replace(day=1)
    add(r, amended(effective=earlier), scan=None)


@attack("later", "register-form")
def register_of_a_section_that_the_office_lacks(r: Records) -> None:
    keeper_named(r)
    one, *rest = example_register().indicators
    add(r, example_register(indicators=(replace(one, owner="seksi-lain"), *rest)))


@attack("later", "register-form")
def register_whose_quarters_do_not_make_the_year(r: Records) -> None:
    keeper_named(r)
    one, *rest = example_register().indicators
    add(r, example_register(indicators=(replace(one, target_year="99"), *rest)))


@attack("later", "path")
def register_under_another_version(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), path=SECOND)


@attack("later", "admin-form")
def register_that_spells_a_default(r: Records) -> None:
    keeper_named(r)
    data = write_register(example_register())
    data = data.replace(b'\naggregation = "last"\n', b'\naggregation = "last"\ngap = "strict"\n', 1)
    r.change(FIRST, data, by="kasubbag-1", extra={SCAN_PATH: SCAN})


@attack("later", "attachment-missing")
def register_without_its_agreement(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), scan=None)


@attack("later", "attachment-digest")
def agreement_of_other_content(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), scan=SCAN + b"Target: 1\n")


@attack("later", "attachment-unnamed")
def another_file_along_with_the_agreement(r: Records) -> None:
    keeper_named(r)
    other = b"lain"
    path = layout.attachment_path(sha256(other).hexdigest())
    add(r, example_register(), extra={path: other})


@attack("later", "several-changes")
def register_with_the_office_file(r: Records) -> None:
    keeper_named(r)
    office = r.data(layout.OFFICE).replace(b"Ajibarang", b"Contoh", 1)
    add(r, example_register(), extra={layout.OFFICE: office})


@attack("later", "several-changes")
def two_registers_at_once(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), extra={SECOND: write_register(amended())})


@attack("later", "message")
def register_under_another_message(r: Records) -> None:
    keeper_named(r)
    add(r, example_register(), message="Perbaikan ejaan\n")


@attack("later", "admin-side")
def register_added_in_a_side_branch(r: Records) -> None:
    keeper_named(r)
    side = add(r, example_register(), on=r.tip)
    r.note("staff-1")
    r.merge(side)


@attack("later", "office-in-use", twin=what_nobody_uses_goes_and_what_is_used_is_withdrawn)
def section_of_a_register_taken_from_the_office(r: Records) -> None:
    """One that no post names, nor any case: only the register says whose its indicators are."""
    one = example_register()
    owned = tuple(replace(indicator, owner=UnitId(FREE)) for indicator in one.indicators)
    keeper_named(r)
    add(r, replace(one, indicators=owned))
    remove(r, "id", FREE)
