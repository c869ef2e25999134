"""The SOPs: what is wrong with one, what is in it, which there are, adding a version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, TEXT, Argument, Group, Option, command
from soptui.cli.changes import SURE, record_change
from soptui.cli.commands.administration.office import BACK, PREVIEW, sign_edit
from soptui.cli.exit_codes import REFUSED
from soptui.cli.session import Session
from soptui.desk.words.terms import SEVERITY
from soptui.domain.ids import SopId
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, translate

if TYPE_CHECKING:
    from soptui.domain.sop import Sop, Step
    from soptui.domain.sop_check.check import Defect


@command(
    "check",
    N_("Find every defect of an SOP: of a file, or of one in the records."),
    Argument("sop", placeholder=N_("FILE-OR-ID")),
)
def check(session: Session, sop: str) -> int:
    """Show the defects; the exit code is 1 when there are errors."""
    from soptui.domain.sop_check.check import Severity
    from soptui.domain.sop_check.check import check as find_defects

    found, known = _sop_of(session, sop)
    defects = find_defects(found, known)
    if session.json:
        output.as_json(
            [
                {
                    "code": one.code,
                    "severity": one.severity,
                    "row": one.row,
                    "message": one.message,
                }
                for one in defects
            ]
        )
    else:
        _defects(found, defects)
    return REFUSED if any(one.severity is Severity.ERROR for one in defects) else 0


def _sop_of(session: Session, text: str) -> tuple[Sop, tuple[Sop, ...]]:
    """The SOP that a file holds, or one of the records, with the others that are known."""
    from soptui.desk.office.documents import is_file_of_sop, sop_in, sop_named

    if not is_file_of_sop(text):
        desk = session.reading_desk
        return sop_named(desk, SopId(text)), desk.sops()
    try:
        known = session.reading_desk.sops()
    except Refusal:
        known = ()
    return sop_in(Path(text)), known


def _defects(sop: Sop, defects: tuple[Defect, ...]) -> None:
    output.line(f"{sop.identity.title} v{sop.version}")
    for one in defects:
        row = "" if one.row is None else _("step {step}", step=one.row or "1a")
        head = " ".join(filter(None, (_(SEVERITY[one.severity]), row, f"[{one.code}]")))
        output.sentence(f"{head}: {translate(one.message)}", head="  ")
    counts = {key: sum(one.severity == key for one in defects) for key in SEVERITY}
    output.line(
        _(
            "Errors: {errors}; warnings: {warnings}; to confirm: {infos}.",
            errors=counts["error"],
            warnings=counts["warning"],
            infos=counts["info"],
        )
    )


@command(
    "show",
    N_("An SOP: its identity, its table, its standard times."),
    Argument("sop", placeholder=N_("FILE-OR-ID")),
    Option("--version", type=int, placeholder=N_("NUMBER"), help=N_("This version of it.")),
)
def show(session: Session, sop: str, version: int | None) -> None:
    """Show an SOP."""
    from soptui.desk.refusals import no_sop

    if version is None:
        found = _sop_of(session, sop)[0]
    else:
        versions = {one.version: one for one in session.reading_desk.sop_versions(SopId(sop))}
        if not versions:
            raise no_sop(sop)
        if version not in versions:
            raise Refusal(
                Message(
                    "The SOP {id} has no version {version}. Nothing was changed. Known: {known}.",
                    id=sop,
                    version=version,
                    known=sorted(versions),
                )
            )
        found = versions[version]
    if session.json:
        from soptui.desk.office.documents import sop_tables

        output.as_json(sop_tables(found))
        return
    _identity(found)
    for step in found.all_steps:
        _row(found, step)


def _identity(sop: Sop) -> None:
    from soptui.desk.words.sop import identity_fields, identity_lists, reading_text

    output.fields(
        [
            (_("SOP"), sop.id),
            (_("Agency"), sop.identity.agency),
            (_("Address"), sop.identity.address),
            *((label, value or "-") for label, value in identity_fields(sop)),
            *((label, "\n".join(items)) for label, items in identity_lists(sop)),
            *((_("Inferred"), reading_text(one)) for one in sop.inferred),
        ]
    )


def _row(sop: Sop, step: Step) -> None:
    from soptui.desk.words.sop import SYMBOL, reading_text, way_text
    from soptui.desk.words.terms import step_label

    titles = {role.id: role.title for role in sop.roles}
    output.line()
    output.sentence(f"{step_label(step.number)}. {step.activity}")
    output.fields(
        [
            (_("Printed row"), step.row),
            (_("Actor"), titles.get(step.column, step.column)),
            (_("Recorded by"), titles.get(step.actor, step.actor) if step.stands_for else ""),
            (_("Taking part"), ", ".join(titles.get(role, role) for role in step.involved)),
            (_("Symbol"), _(SYMBOL[sop.symbol_of(step)])),
            (_("Requirements"), "; ".join(step.requirements)),
            (_("Norm time"), step.norm_printed),
            (_("Output"), step.output),
            (_("Remark"), step.remark),
            (_("Can return to"), ", ".join(step_label(edge.to) for edge in step.returns)),
            (_("Ways"), ", ".join(way_text(sop, way) for way in step.ways)),
            (_("Other person than in"), ", ".join(map(step_label, step.distinct_from))),
            *((_("Inferred"), reading_text(one)) for one in step.inferred),
            (_("Page"), _("ends after this row") if step.page_break_after else ""),
        ],
        indent="   ",
    )


@command("list", N_("Every SOP with its newest version."))
def list_sops(session: Session) -> None:
    """Show the SOPs."""
    desk = session.reading_desk
    sops, withdrawn = desk.sops(), desk.office.withdrawn_sops
    if session.json:
        output.as_json(
            [
                {
                    "id": sop.id,
                    "version": sop.version,
                    "title": sop.identity.title,
                    "steps": len(sop.steps),
                    "sha256": sop.digest,
                    "withdrawn": sop.id in withdrawn,
                }
                for sop in sops
            ]
        )
        return
    output.table(
        (_("ID"), _("Version"), _("Steps"), _("Title"), ""),
        (
            (
                sop.id,
                str(sop.version),
                str(len(sop.steps)),
                sop.identity.title,
                _("withdrawn") if sop.id in withdrawn else "",
            )
            for sop in sops
        ),
    )


@command(
    "add",
    N_("Put a new version of an SOP in force: of a file, or one that comes along."),
    Argument("file", placeholder=N_("FILE-OR-ID"), type=str),
    SURE,
)
def add(session: Session, file: str, sure: bool) -> None:
    """Add a version of an SOP."""
    from soptui.desk.office.documents import read_document
    from soptui.desk.office.starters import is_starter, starter_sop

    path = Path(file)
    comes_along = is_starter(file) and not path.exists()
    data = starter_sop(file)[1] if comes_along else read_document(path)
    record_change(session, lambda office: office.add_sop(data), sure=sure)


@command(
    "new",
    N_("Write a draft of an SOP, with what each key means, to be filled in."),
    Argument("title", placeholder=TEXT),
    Option("--file", type=click.Path(path_type=Path), placeholder=FILE,
           help=N_("Where to write it; else into a file called by the SOP, here.")),
    Option("--id", "sop_id", default="", placeholder=ID,
           help=N_("Id of the SOP; else from its title.")),
)  # fmt: skip
def new(session: Session, title: str, file: Path | None, sop_id: str) -> None:
    """Write a draft."""
    from soptui.desk.files import save_as
    from soptui.desk.office.sop_life import draft_of, draft_path

    try:
        office = session.reading_desk.office.name
    except Refusal:
        office = _("Name of the office")
    chosen, text = draft_of(title, office, sop_id)
    written = save_as(text.encode(), draft_path(file, chosen), for_others=True)
    if session.json:
        output.as_json({"id": chosen, "file": str(written)})
        return
    output.fields([(_("SOP"), chosen), (_("Draft"), str(written))])
    output.sentence(_("Next: fill it in, then soptui sop check FILE, then soptui sop add FILE."))


@command(
    "usage",
    N_("What uses an SOP: cases that run and that are closed, by version."),
    Argument("id", placeholder=ID),
)
def usage(session: Session, id: str) -> None:  # noqa: A002 (the argument's name in the usage line)
    """Show what uses an SOP."""
    from soptui.desk.office.sop_life import usage_of

    found = usage_of(session.reading_desk, SopId(id))
    if session.json:
        output.as_json(
            [
                {
                    "version": one.version,
                    "running": one.running,
                    "closed": one.closed,
                    "withdrawn": one.withdrawn,
                }
                for one in found
            ]
        )
        return
    output.table(
        (_("Version"), _("Running"), _("Closed"), ""),
        (
            (
                str(one.version),
                str(one.running),
                str(one.closed),
                _("withdrawn") if one.withdrawn else _("newest") if one.newest else "",
            )
            for one in found
        ),
    )


@command(
    "withdraw",
    N_("Let no case begin under an SOP any more; those that run go on."),
    Argument("id", placeholder=ID),
    BACK,
    PREVIEW,
    SURE,
)
def withdraw(
    session: Session,
    id: str,  # noqa: A002
    back: bool,
    preview: bool,
    sure: bool,
) -> None:
    """Withdraw an SOP, or put it in force again."""
    from soptui.desk.office.office_edits import sop_withdrawn
    from soptui.desk.office.sop_life import usage_of

    running = sum(one.running for one in usage_of(session.acting_desk, SopId(id)))
    sign_edit(session, sop_withdrawn(SopId(id), back=back), preview=preview, sure=sure)
    if not session.json and not preview and not back:
        output.sentence(_("Cases that run under it and go on: {count}.", count=running))


COMMANDS = {
    "sop": Group(
        "sop",
        N_("The SOPs: draft, check, show, put in force, withdraw."),
        (new, check, show, list_sops, add, usage, withdraw),
    )
}
