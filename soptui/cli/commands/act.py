"""One command for each action, its options made of the fields of the action's form."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from soptui.cli import output
from soptui.cli.base import (
    ANY_FILE,
    DATE,
    FILE,
    ID,
    TEXT,
    Argument,
    Command,
    Option,
    command,
    option_name,
)
from soptui.cli.brief_cache import remember_line
from soptui.cli.exit_codes import REFUSED
from soptui.cli.session import Session
from soptui.desk.actions.fields import Field, FieldKind, Form, Value
from soptui.desk.actions.table import ACTIONS, ActionInfo
from soptui.domain.events import Action
from soptui.domain.ids import CaseId
from soptui.domain.message import N_, Message, Refusal
from soptui.domain.replace import replace
from soptui.locale import _, translate

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.desk.forms.filling import Filled
    from soptui.desk.several import Outcome
    from soptui.domain.case import Case
    from soptui.domain.receipt import Receipt

_SEVERAL = (FieldKind.CHOICES, FieldKind.FILES, FieldKind.DATA, FieldKind.LONG_TEXT)
_PLACEHOLDERS = {
    FieldKind.DATE: DATE,
    FieldKind.MOMENT: DATE,
    FieldKind.NUMBER: N_("NUMBER"),
    FieldKind.CHOICE: ID,
    FieldKind.CHOICES: ID,
    FieldKind.FILES: FILE,
}
_MORE = N_(
    "An option that can be given several times collects values or lines; - reads standard input; "
    "* means every choice. What is not given stays as the form proposes it."
)
_MORE_OF_SEVERAL = N_(
    "Several cases at the same step can be named: each is judged and signed on its own, with a "
    "line for each; the exit code is 1 where one was refused. An option that can be given several "
    "times collects values; - reads standard input. What is not given stays as the form proposes "
    "it."
)


class _How(NamedTuple):
    """Whether the case is received first where need be, and nothing recorded but shown.

    And whether a letter is registered though it is in the records already, and whether files are
    attached though they are empty or misnamed.
    """

    receives_first: bool
    only_shows: bool
    duplicates: bool
    any_file: bool


def option_of(field: Field) -> Option:
    """The option for a field of a form."""
    return Option(
        option_name(field.name),
        help=field.help or field.label,
        placeholder=_PLACEHOLDERS.get(field.kind, TEXT),
        multiple=field.kind in _SEVERAL,
    )


def _command_for(info: ActionInfo) -> Command:
    params: list[click.Parameter] = []
    if info.action is Action.REGISTER:
        params.append(
            Option("--case", placeholder=ID, help=N_("Correct the letter of a returned case."))
        )
        params.append(
            Option(
                "--duplicate",
                is_flag=True,
                help=N_("Register the letter though the records have it already."),
            )
        )
    elif info.for_several:
        params.append(Argument("case", nargs=-1, required=True))
    else:
        params.append(Argument("case"))
    options = {field.name: option_of(field) for field in info.fields}
    params.extend(options.values())
    if info.action not in (Action.REGISTER, Action.RECEIVE):
        params.append(
            Option("--receive", is_flag=True, help=N_("Take the case in hand first, if need be."))
        )
    if any(field.kind is FieldKind.FILES for field in info.fields):
        params.append(
            Option(
                ANY_FILE,
                is_flag=True,
                help=N_("Attach files though they are empty, or are not what their names say."),
            )
        )
    if any(field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) for field in info.fields):
        params.append(
            Option(
                "--choices",
                is_flag=True,
                help=N_("Name what can be chosen for each option now; record nothing."),
            )
        )
    params.append(
        Option("--dry-run", is_flag=True, help=N_("Show what would be signed; record nothing."))
    )

    def run(
        session: Session, case: str | tuple[str, ...] | None, dry_run: bool, **given: Any
    ) -> int:
        receive = bool(given.pop("receive", False))
        duplicate = bool(given.pop("duplicate", False))
        any_file = bool(given.pop("any_file", False))
        only_names = bool(given.pop("choices", False))
        named = (case,) if isinstance(case, str) else case or ()
        case_ids = tuple(dict.fromkeys(map(session.case_id, named)))
        act = _act_in_each if len(case_ids) > 1 else _act
        values = {name: given[str(option.name)] for name, option in options.items()}
        how = _How(receive, dry_run, duplicate, any_file)
        if only_names:
            return _name_choices(session, info.action, case_ids)
        return act(session, info.action, values, case_ids, how)

    more = _MORE_OF_SEVERAL if info.for_several else _MORE
    return command(info.action.value, info.help, *params, more=more)(run)


COMMANDS = {info.action.value: _command_for(info) for info in ACTIONS}


def _name_choices(session: Session, action: Action, case_ids: tuple[CaseId, ...]) -> int:
    """Name what can be chosen, whether the act is open to the officer now or not."""
    from soptui.cli.form_words import name_choices
    from soptui.desk.forms.form_for import form_for

    desk = session.acting_desk
    name_choices(session, form_for(desk, action, desk.case(case_ids[0]) if case_ids else None))
    return 0


def _act(
    session: Session,
    action: Action,
    given: Mapping[str, Any],
    case_ids: tuple[CaseId, ...],
    how: _How,
) -> int:
    """Act in the one case named, or open a new one."""
    from soptui.cli.form_words import tell_filled
    from soptui.desk.forms.recording import record

    desk = session.acting_desk
    case = desk.case(case_ids[0]) if case_ids else None
    _refuse_if_closed(desk, action, case, receive=how.receives_first)
    form, values = _values(session, action, case, given)
    filled = _filled(desk, form, values, any_file=how.any_file)
    if not how.duplicates:
        _refuse_if_registered(desk, filled, case)
    if how.only_shows:
        tell_filled(desk, form, values, filled, case, receive=how.receives_first)
        _preview(desk, case, filled, receive=how.receives_first)
        return 0
    _warn_of_clock(session)
    session.about_to_record()
    receipt = record(desk, filled, case, receive_first=how.receives_first)
    _show(session, receipt)
    remember_line(desk, only_again=True)
    return 0


def _act_in_each(
    session: Session,
    action: Action,
    given: Mapping[str, Any],
    case_ids: tuple[CaseId, ...],
    how: _How,
) -> int:
    """Act in each of several cases; 1 when one of them was refused."""
    from soptui.cli.form_words import tell_filled
    from soptui.desk.several import act_on_each, gather

    desk = session.acting_desk
    together = gather(desk, action, case_ids, receive_first=how.receives_first)
    first = together.cases[0]
    form, values = _values(session, action, first, given)
    filled = _filled(desk, form, values, any_file=how.any_file)
    if how.only_shows:
        for case in together.cases:
            tell_filled(desk, form, values, filled, case, receive=how.receives_first)
            _preview(desk, case, filled, receive=how.receives_first)
        _show_each(session, together.left_out)
        return REFUSED if together.left_out else 0
    _warn_of_clock(session)
    session.about_to_record()
    acted = act_on_each(
        desk, together.cases, filled.details, files=filled.files, receive_first=how.receives_first
    )
    outcomes = (*acted, *together.left_out)
    _show_each(session, outcomes)
    remember_line(desk, only_again=True)
    return REFUSED if any(one.reason is not None for one in outcomes) else 0


def _show_each(session: Session, outcomes: Sequence[Outcome]) -> None:
    if session.json:
        output.as_json(
            [
                {
                    "case": one.case,
                    "event": one.receipt.event if one.receipt else None,
                    "commit": one.receipt.commit if one.receipt else None,
                    "reason": one.reason,
                }
                for one in outcomes
            ]
        )
        return
    for one in outcomes:
        if one.receipt is not None:
            output.sentence(
                _("{case}: recorded and signed in commit {commit}.",
                  case=one.case, commit=one.receipt.commit[:12])
            )  # fmt: skip
            session.warn_of_edits(one.receipt.edited)
        else:
            output.sentence(f"{one.case}: {translate(one.reason) if one.reason else ''}")


def _refuse_if_closed(desk: Desk, action: Action, case: Case | None, *, receive: bool) -> None:
    """Say that the action is not open before asking for anything it needs."""
    from soptui.desk.refusals import NotOpen

    if case is None:
        return
    closed = desk.opening(case, action).closed_to(receive_first=receive)
    if closed is not None:
        raise NotOpen(closed)


def _refuse_if_registered(desk: Desk, filled: Filled, case: Case | None) -> None:
    from soptui.desk.forms.duplicate_letter import duplicate_notice, registered_before

    row = registered_before(desk, filled.details, case)
    if row is not None:
        raise Refusal(
            Message(
                "{registered} Nothing was recorded. soptui show {case} shows it; --duplicate "
                "registers the letter all the same.",
                registered=duplicate_notice(row), case=row.id,
            )
        )  # fmt: skip


def _values(
    session: Session, action: Action, case: Case | None, given: Mapping[str, Any]
) -> tuple[Form, dict[str, Value]]:
    """The form, and its values: as they are given, else as it proposes them."""
    from soptui.desk.forms.form_for import follow_up, form_for
    from soptui.desk.refusals import FieldFault

    desk = session.acting_desk
    form = form_for(desk, action, case)
    values: dict[str, Value] = {field.name: field.default for field in form.fields}
    chosen = {name: _value(session, name, value) for name, value in given.items() if value}
    for name, value in chosen.items():
        if name not in values:
            raise FieldFault(
                name, Message("This is not asked at this step of the case. Leave it out.")
            )
        values.update(follow_up(form, name, value))
    values.update(chosen)
    return form, values


def _filled(desk: Desk, form: Form, values: Mapping[str, Value], *, any_file: bool) -> Filled:
    from soptui.desk.forms.filling import fill

    filled = fill(desk, form, values)
    return replace(filled, files=tuple(replace(file, as_is=any_file) for file in filled.files))


def _value(session: Session, name: str, value: str | tuple[str, ...]) -> Value:
    """A value as typed, with what stands on standard input in the place of `-`."""

    def read(one: str) -> str:
        return session.seen(sys.stdin.read(), option_name(name)) if one == "-" else one

    return read(value) if isinstance(value, str) else tuple(map(read, value))


def _preview(desk: Desk, case: Case | None, filled: Filled, *, receive: bool) -> None:
    from soptui.desk.forms.recording import preview_of

    shown = preview_of(desk, filled, case, receive_first=receive)
    output.block(shown.lines.decode("utf-8").strip("\n"))
    output.say(_("This would be signed. Nothing was recorded."))


def _warn_of_clock(session: Session) -> None:
    from soptui.desk.clock import clock_fault

    fault = clock_fault(session.desk)
    if fault is not None:
        session.warn(fault)


def _show(session: Session, receipt: Receipt) -> None:
    from soptui.cli.words import place_of

    case = session.desk.case(receipt.case)
    row = session.desk.row(receipt.case)
    agenda = row.agenda if row else None
    if session.json:
        output.as_json(
            {
                "case": receipt.case,
                "agenda": agenda,
                "event": receipt.event,
                "commit": receipt.commit,
                "status": case.status,
                "step": case.step.number,
                "edited": list(receipt.edited),
            }
        )
    else:
        output.fields(
            [
                (_("Case"), receipt.case),
                (_("Agenda number"), str(agenda or "")),
                (_("Commit"), receipt.commit[:12]),
                (_("Event"), receipt.event[:12]),
                (_("Now at"), place_of(session.desk, case)),
            ]
        )
    session.warn_of_edits(receipt.edited)
