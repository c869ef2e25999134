"""Measuring performance: the registers of indicators, checked, added, shown and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, Argument, Group, Option, command
from soptui.cli.exit_codes import REFUSED
from soptui.cli.session import Session
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, day, translate

if TYPE_CHECKING:
    from soptui.desk.office.registers import InForce
    from soptui.domain.measure.finding import Finding
    from soptui.domain.measure.plan_tables import PlannedLine
    from soptui.domain.measure.register import Register
    from soptui.domain.measure.value import Result

_NUMBER = N_("NUMBER")
_VERSION = Option("--version", type=int, placeholder=_NUMBER, help=N_("This version of it."))


@command("check", N_("Find everything that is wrong with a register in a file."), Argument("file"))
def check(session: Session, file: str) -> int:
    """Show the findings; the exit code is 1 when there are errors."""
    from soptui.desk.office.registers import findings_of, register_in

    found = findings_of(session.reading_desk, register_in(Path(file)))
    # A file that is written before the scan is at hand cannot name it.
    found = tuple(one for one in found if one.code != "no-scan")
    if session.json:
        output.as_json(
            [
                {
                    "code": one.code,
                    "severity": one.severity,
                    "table": one.subject,
                    "id": one.id,
                    "key": one.field,
                    "message": one.message,
                }
                for one in found
            ]
        )
    else:
        _findings(found)
    return REFUSED if any(one.severity == "error" for one in found) else 0


def _findings(found: tuple[Finding, ...]) -> None:
    for one in found:
        head = " ".join(filter(None, (one.severity.sign, f"[{one.code}]")))
        output.sentence(f"{head} {translate(one.message)}", head="  ")
    errors = sum(one.severity == "error" for one in found)
    output.line(
        _("Errors: {errors}; warnings: {warnings}.", errors=errors, warnings=len(found) - errors)
    )


@command(
    "add",
    N_("Sign a register of indicators with its agreement."),
    Argument("file"),
    Option("--agreement", placeholder=FILE, help=N_("The scan of the signed agreement.")),
    more=N_(
        "Holders of the post sign it that soptui office set register-role names. It is in force "
        "once the head has approved its file, as soptui measure register save writes it."
    ),
)
def add(session: Session, file: str, agreement: str | None) -> None:
    """Add a version of a register."""
    from soptui.desk.office.registers import add_register

    if not agreement:
        raise Refusal(
            Message(
                "The signed agreement is missing. Nothing was changed. Name its scan: "
                "--agreement FILE."
            )
        )
    desk = session.acting_desk
    session.about_to_record()
    receipt = add_register(desk, Path(file), Path(agreement))
    if session.json:
        output.as_json({"commit": receipt.commit, "path": receipt.path})
        return
    output.fields([(_("Recorded in"), receipt.path), (_("Commit"), receipt.commit[:12])])


@command("list", N_("The registers of indicators."))
def list_registers(session: Session) -> None:
    """Show the registers."""
    from soptui.desk.office.registers import in_force, registers

    desk = session.reading_desk
    known = [(one, in_force(desk, one)) for one in registers(desk)]
    if session.json:
        output.as_json([_head_data(one, approval) for one, approval in known])
        return
    if not known:
        output.sentence(_("There is no register of indicators yet: measure register add FILE."))
        return
    output.table(
        (_("Year"), _("Version"), _("Kind"), _("In effect from"), _("Indicators"), _("In force")),
        (
            (
                str(one.year),
                str(one.version),
                one.kind.value,
                day(one.effective),
                str(len(one.indicators)),
                approval.case if approval else _("not yet"),
            )
            for one, approval in known
        ),
    )


@command(
    "show",
    N_("A register as tables: the agreement (A) and the plan by quarter (B)."),
    Argument("year", type=int),
    _VERSION,
)
def show(session: Session, year: int, version: int | None) -> None:
    """Show a register."""
    from soptui.desk.office.registers import in_force, register_named, register_tables

    desk = session.reading_desk
    register = register_named(desk, year, version)
    approval = in_force(desk, register)
    if session.json:
        output.as_json({**_head_data(register, approval), "register": register_tables(register)})
        return
    _head(register, approval)
    _table_a(register)
    _table_b(register)


def _head_data(register: Register, approval: InForce | None) -> dict[str, object]:
    return {
        "year": register.year,
        "version": register.version,
        "kind": register.kind,
        "effective": register.effective,
        "sha256": register.digest,
        "indicators": len(register.indicators),
        "in_force": {"case": approval.case, "event": approval.event} if approval else None,
    }


def _head(register: Register, approval: InForce | None) -> None:
    state = _("not yet: the head has not approved it")
    if approval is not None:
        state = _("by the head's approval in case {case}", case=approval.case)
    output.fields(
        [
            (_("Register"), f"{register.year} v{register.version} ({register.kind.value})"),
            (_("Agreement"), register.basis),
            (_("In effect from"), day(register.effective)),
            (_("In force"), state),
            ("SHA-256", register.digest),
        ]
    )


def _table_a(register: Register) -> None:
    from soptui.domain.measure.plan_tables import table_a

    table = table_a(register)
    output.line()
    output.line(_("A. The agreement"))
    output.table(
        (_("Code"), _("Objective, indicator"), _("Unit"), _("Target")),
        (row for line in table.objectives for row in _agreed(line)),
    )
    output.line()
    output.table(
        (_("Code"), _("Programme"), _("Budget (Rp)")),
        [
            *((one.line.code, one.line.title, _amount(one.pagu)) for one in table.programmes),
            ("", _("Together"), _amount(table.total)),
        ],
    )


def _agreed(planned: PlannedLine) -> Iterator[tuple[str, ...]]:
    yield planned.line.code, planned.line.title, "", ""
    for one in planned.indicators:
        yield one.indicator.code, f"  {one.indicator.title}", one.indicator.measure, one.year


def _table_b(register: Register) -> None:
    from soptui.domain.measure.plan_tables import table_b

    output.line()
    output.line(_("B. The plan by quarter"))
    output.table(
        (_("Code"), _("Line, indicator"), "TW I", "TW II", "TW III", "TW IV", _("Budget (Rp)"),
         _("Section")),
        (row for line in table_b(register) for row in _planned(line)),
    )  # fmt: skip


def _planned(planned: PlannedLine) -> Iterator[tuple[str, ...]]:
    line = planned.line
    yield line.code, line.title, "", "", "", "", _amount(planned.pagu), line.owner
    for one in planned.indicators:
        indicator = one.indicator
        yield indicator.code, f"  {indicator.title}", *one.quarters, "", indicator.owner


def _amount(amount: Result) -> str:
    from soptui.domain.measure.number import show_money
    from soptui.domain.measure.value import Given

    return show_money(amount.exact) if isinstance(amount, Given) else "–"


@command(
    "diff",
    N_("What changed from one version of a register to another, in words."),
    Argument("year", type=int),
    Argument("old", type=int, placeholder=_NUMBER),
    Argument("new", type=int, placeholder=_NUMBER),
)
def diff(session: Session, year: int, old: int, new: int) -> None:
    """Compare two versions."""
    from soptui.desk.office.registers import register_named
    from soptui.domain.measure.register_check.difference import differences, sentence_for

    desk = session.reading_desk
    found = differences(register_named(desk, year, old), register_named(desk, year, new))
    if session.json:
        output.as_json(
            [
                {
                    "table": one.subject,
                    "id": one.id,
                    "key": one.field,
                    "quarter": one.quarter or None,
                    "old": one.old,
                    "new": one.new,
                }
                for one in found
            ]
        )
        return
    for one in found:
        output.sentence(translate(sentence_for(one)))
    if not found:
        output.line(_("They do not differ."))


@command(
    "save",
    N_("Write a register's file to the disk, for the head to approve in a case."),
    Argument("year", type=int),
    _VERSION,
    Option(
        "--output", "-o", "target", type=click.Path(path_type=Path), placeholder=FILE,
        help=N_("Where to write it; else under its own name here."),
    ),
)  # fmt: skip
def save(session: Session, year: int, version: int | None, target: Path | None) -> None:
    """Write a register's file."""
    from soptui.desk.files import save_as
    from soptui.desk.office.registers import bytes_of_register, register_named

    register = register_named(session.reading_desk, year, version)
    name = f"register-{register.year}-{register.version}.toml"
    written = save_as(bytes_of_register(register), target or Path(name), name)
    if session.json:
        output.as_json({"path": str(written), "sha256": register.digest})
        return
    output.line(str(written))


_REGISTER = Group(
    "register",
    N_("Registers of indicators: check, add, list, show, diff, save."),
    (check, add, list_registers, show, diff, save),
)

COMMANDS = {"measure": Group("measure", N_("The figures: what is measured."), (_REGISTER,))}
