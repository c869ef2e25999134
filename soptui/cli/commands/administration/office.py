"""The office file: shown, and changed by its administrator."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from soptui.cli import output
from soptui.cli.base import FILE, ID, TEXT, Argument, Group, Option, command
from soptui.cli.changes import SURE, Change, show_change
from soptui.cli.session import Session
from soptui.domain.administration.office_parts import FIELDS, LISTS, PARTS
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, translate

if TYPE_CHECKING:
    from soptui.desk.office.office_file import Edit
    from soptui.domain.office import Office

PREVIEW = Option(
    "--preview", is_flag=True, help=N_("Only show what would change; sign nothing."),
)  # fmt: skip
_ENTRY = (
    Option("--number", default="", placeholder=N_("NUMBER"),
           help=N_("Of an instruction: its number on the disposition sheet.")),
    Option("--active", "active_years", default="", placeholder=N_("YEARS"),
           help=N_("Of a code: the years in use.")),
    Option("--inactive", "inactive_years", default="", placeholder=N_("YEARS"),
           help=N_("Of a code: the years out of use.")),
    Option("--fate", default="",
           help=N_("Of a code: what becomes of the file then, permanen or musnah.")),
    Option("--source", default="", help=N_("Of a code: where code and retention are from.")),
)  # fmt: skip


def sign_edit(session: Session, edit: Edit, *, preview: bool = False, sure: bool = False) -> None:
    """Show what an edit of the office file changes, ask where somebody sits, and sign it."""
    from soptui.desk.office.office_file import OfficeFile

    office = OfficeFile(session.acting_desk, sure=sure)
    found = office.preview(edit)
    if preview:
        _show_preview(session, found.changes, found.slips)
        return
    asked = not sure and output.is_terminal(sys.stdin)
    if not session.json:
        for one in found.changes:
            output.sentence(translate(one))
    if asked:
        for one in found.slips:
            output.say(translate(one))
        question = _("Sign it all the same?") if found.slips else _("Sign it?")
        if not click.confirm(question, default=not found.slips, err=True):
            raise Refusal(
                Message("It was not signed. Nothing was changed. Correct the command first.")
            )
    session.about_to_record()
    receipt = OfficeFile(session.acting_desk, sure=sure or asked).change(edit)
    show_change(session, Change(receipt, []), changes=[translate(one) for one in found.changes])


def _show_preview(
    session: Session, changes: tuple[Message, ...], slips: tuple[Message, ...]
) -> None:
    if session.json:
        output.as_json(
            {
                "changes": [translate(one) for one in changes],
                "warnings": [translate(one) for one in slips],
            }
        )
        return
    for one in (*changes, *slips):
        output.sentence(translate(one))
    if not changes:
        output.sentence(_("Nothing would change."))


@command("show", N_("The office: its facts and its lists."))
def show(session: Session) -> None:
    """Show the office file."""
    from soptui.desk.office.documents import office_tables
    from soptui.domain.administration.office_change import FIELD_LABELS, field_value

    office = session.reading_desk.office
    if session.json:
        output.as_json(office_tables(office))
        return
    output.fields(
        [
            ("ID", office.id),
            *(
                (_(FIELD_LABELS[field]), translate(Message("{text}", text=value)))
                for field in FIELD_LABELS
                for value in [field_value(office, field)]
            ),
            (_("Applications"), "\n".join(office.applications)),
            (_("SOPs withdrawn"), "\n".join(office.withdrawn_sops)),
        ]
    )
    _lists(office)
    if office.inferred:
        output.line()
        output.sentence(_("Still an example, to be confirmed with soptui office confirm:"))
        output.fields([(one.field, one.reason) for one in office.inferred], indent="  ")


def _lists(office: Office) -> None:
    gone = _("withdrawn")
    if office.units:
        output.line()
        output.table(
            (_("Section"), _("Title"), ""),
            ((one.id, one.title, gone if one.withdrawn else "") for one in office.units),
        )
    if office.instructions:
        output.line()
        output.table(
            (_("No."), _("Instruction"), _("Text"), ""),
            (
                (str(one.number), one.code, one.text, gone if one.withdrawn else "")
                for one in office.instructions
            ),
        )
    if office.classifications:
        output.line()
        output.table(
            (_("Code"), _("Retention"), _("Title"), ""),
            (
                (
                    one.code,
                    f"{one.retention.active_years} + {one.retention.inactive_years} "
                    f"{one.retention.fate}"
                    if one.retention
                    else "-",
                    one.title,
                    gone if one.withdrawn else "",
                )
                for one in office.classifications
            ),
        )


@command(
    "set",
    N_("Change a fact of the office, or what an entry of a list says."),
    Argument("what", type=click.Choice([*FIELDS, *PARTS])),
    Argument("value", placeholder=N_("VALUE-OR-ID")),
    Argument("text", placeholder=TEXT, required=False, default=""),
    *_ENTRY,
    Option("--first", is_flag=True, help=N_("Put the entry at the top: the code proposed first.")),
    PREVIEW,
    SURE,
    more=N_("For example: set name \"Kecamatan Cilongok\"; set attachment-limit \"10 MB\"; set "
            "section seksi-pelayanan \"Seksi Pelayanan Umum\"."),
)  # fmt: skip
def set_(
    session: Session,
    what: str,
    value: str,
    text: str,
    first: bool,
    preview: bool,
    sure: bool,
    **more: str,
) -> None:
    """Change one thing."""
    from soptui.desk.office.office_edits import entry_set, field_set

    if what in PARTS:
        edit = entry_set(what, value, text, more, first=first)
    elif text or first or any(more.values()):
        raise Refusal(
            Message(
                "{what} takes one value. Nothing was changed. Put it between quotation marks.",
                what=what,
            )
        )
    else:
        edit = field_set(what, value)
    sign_edit(session, edit, preview=preview, sure=sure)


@command(
    "add",
    N_("Add an entry to a list: a section, an instruction, a code, an application."),
    Argument("what", type=click.Choice(list(LISTS))),
    Argument("id", placeholder=ID),
    Argument("text", placeholder=TEXT, required=False, default=""),
    *_ENTRY,
    PREVIEW,
    SURE,
    more=N_("For example: add section seksi-pelayanan \"Seksi Pelayanan Umum\"; add code 000.8.6.3 "
            "\"Akuntabilitas Kinerja\" --active 2 --inactive 4 --fate permanen."),
)  # fmt: skip
def add(
    session: Session,
    what: str,
    id: str,  # noqa: A002 (the argument's name in the usage line)
    text: str,
    preview: bool,
    sure: bool,
    **more: str,
) -> None:
    """Add an entry."""
    from soptui.desk.office.office_edits import entry_added

    sign_edit(session, entry_added(what, id, text, more), preview=preview, sure=sure)


def _by_id(
    name: str, help_msgid: str, words: tuple[str, ...], edit_of: Callable[..., Edit], *more: Option
) -> click.Command:
    """A command that does something with one entry of a list."""

    def run(
        session: Session,
        what: str,
        id: str,  # noqa: A002
        preview: bool,
        sure: bool,
        **options: bool,
    ) -> None:
        sign_edit(session, edit_of(what, id, **options), preview=preview, sure=sure)

    return command(
        name,
        help_msgid,
        Argument("what", type=click.Choice(list(words))),
        Argument("id", placeholder=ID),
        *more,
        PREVIEW,
        SURE,
    )(run)


def _removed(what: str, entry_id: str) -> Edit:
    from soptui.desk.office.office_edits import entry_removed

    return entry_removed(what, entry_id)


def _withdrawn(what: str, entry_id: str, *, back: bool) -> Edit:
    from soptui.desk.office.office_edits import entry_withdrawn

    return entry_withdrawn(what, entry_id, back=back)


BACK = Option("--back", is_flag=True, help=N_("Offer it again."))

remove = _by_id("remove", N_("Remove an entry that nothing has used yet."), LISTS, _removed)
withdraw = _by_id(
    "withdraw",
    N_("Offer an entry no more; what was signed with it stays readable."),
    tuple(PARTS),
    _withdrawn,
    BACK,
)


@command(
    "import",
    N_("Take over a list from a CSV or TOML file, or one that comes along."),
    Argument("file", placeholder=FILE, type=str),
    Option("--list", "word", type=click.Choice(list(LISTS)), default=None,
           help=N_("Which list it is, where the columns do not show it.")),
    Option("--only", multiple=True, placeholder=N_("CODE"),
           help=N_("Of codes only these, with all below them; can be given several times.")),
    PREVIEW,
    SURE,
    more=N_("The codes of Permendagri 83/2022 come along: import permendagri-83-2022 --only 000.8. "
            "Entries that are there already get what the file says; none is removed."),
)  # fmt: skip
def import_(
    session: Session, file: str, word: str | None, only: tuple[str, ...], preview: bool, sure: bool
) -> None:
    """Take over a list."""
    from soptui.desk.office.office_import import list_in

    sign_edit(session, list_in(file, word=word or "", only=only), preview=preview, sure=sure)


@command(
    "confirm",
    N_("Say that a part of the office file is the office's own, and no example any more."),
    Argument("field", placeholder=ID),
    PREVIEW,
    SURE,
)
def confirm(session: Session, field: str, preview: bool, sure: bool) -> None:
    """Confirm what was an example."""
    from soptui.desk.office.office_edits import confirmed

    sign_edit(session, confirmed(field), preview=preview, sure=sure)


COMMANDS = {
    "office": Group(
        "office",
        N_("The office: its name, sections, instructions, codes and limits."),
        (show, set_, add, remove, withdraw, import_, confirm),
    )
}
