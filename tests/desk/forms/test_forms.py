"""Forms ask what the case needs, propose what is usual, and name the field that is at fault."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import pytest

from soptui.desk.actions.fields import Field, FieldKind, Form, Value
from soptui.desk.actions.table import info_of
from soptui.desk.forms.filling import fill
from soptui.desk.forms.form_for import follow_up, form_for
from soptui.desk.refusals import FieldFault
from soptui.domain import events
from soptui.domain.events import DETAILS, Action, Datum, Details, Letter
from soptui.domain.ids import NO_CASE, CaseId, UnitId
from tests.support.desks import Desks
from tests.support.office_repository import OfficeFixture

Kind = TypeVar("Kind", bound=Details)


def filled(
    desks: Desks, who: str, kind: type[Kind], case_id: CaseId = NO_CASE, **values: Value
) -> Kind:
    """The details of a kind that their form makes of its proposals and these values."""
    desk = desks[who]
    form = form_for(desk, kind.action, desk.case(case_id) if case_id else None)
    proposed = {field.name: field.default for field in form.fields}
    details = fill(desk, form, proposed | values).details
    assert isinstance(details, kind)
    return details


def case_at(office: OfficeFixture, step: int) -> CaseId:
    case = office.register()
    office.forward_to(case, step)
    return case


LETTER = {"number": "1", "date": "5/1/2026", "sender": "Bupati", "subject": "Hal"}


def test_every_action_has_a_form_whose_fields_are_those_of_the_blank_one(desks: Desks) -> None:
    case = desks["camat-1"].case(case_at(desks.office, 4))
    for action in Action:
        form = form_for(desks["camat-1"], action, case)
        names = {field.name for field in info_of(action).fields}
        assert {field.name for field in form.fields} <= names


@pytest.mark.parametrize("action", Action)
def test_what_a_form_asks_bears_the_names_of_what_its_event_carries(action: Action) -> None:
    kind = Letter if action is Action.REGISTER else DETAILS[action]
    carried = set(kind.__struct_fields__)
    asked = {field.name for field in info_of(action).fields if field.kind is not FieldKind.FILES}
    of_no_event = {"sop"} if action is Action.REGISTER else set()
    not_asked = {"sop_sha256"} if action is Action.MIGRATE else set()
    assert asked - of_no_event == carried - not_asked


def test_a_letter_is_read_from_a_form(desks: Desks) -> None:
    letter = filled(
        desks, "penerima-1", events.Register, NO_CASE, **LETTER, received="5/1/2026 09.30"
    ).letter
    assert letter.number == "1"
    assert letter.received.isoformat() == "2026-01-05T09:30:00+07:00"
    assert letter.urgency == "biasa"
    now = filled(desks, "penerima-1", events.Register, NO_CASE, **LETTER).letter.received
    assert abs(now - desks.office.clock) < timedelta(minutes=5)


def test_a_returned_letter_is_proposed_as_it_was(desks: Desks) -> None:
    case = desks.office.register()
    office = desks.office
    office.act("camat-1", case, events.Receive())
    reason = office.case(case).step.returns[0].reasons[0]
    office.act("camat-1", case, events.Return(0, reason, "salah nomor"))
    office.act("penerima-1", case, events.Receive())
    letter = office.case(case).letter
    assert letter is not None
    assert filled(desks, "penerima-1", events.Register, case).letter == letter


def test_a_disposition_goes_to_the_next_role_unless_said_otherwise(desks: Desks) -> None:
    case = desks.office.register()
    usual = filled(desks, "camat-1", events.Dispose, case, instructions=("5", "laporkan"))
    assert usual.to == ("sekretaris",)
    assert usual.instructions == ("tindak-lanjuti", "laporkan")
    wider = filled(
        desks, "camat-1", events.Dispose, case, to=("sekretaris", "staff"), due="+1 minggu"
    )
    assert set(wider.to) == {"sekretaris", "staff"}
    assert wider.due is not None


def test_a_request_goes_to_every_section_that_has_an_officer(desks: Desks) -> None:
    case = case_at(desks.office, 3)
    asked = filled(desks, "kasubbag-1", events.Request, case).units
    assert set(asked) == {"seksi-pemerintahan", "seksi-kesejahteraan-rakyat"}
    office = desks.office
    office.act("kasubbag-1", case, events.Receive())
    office.act("kasubbag-1", case, events.Request((UnitId("seksi-pemerintahan"),)))
    assert filled(desks, "kasubbag-1", events.Request, case).units == (
        "seksi-kesejahteraan-rakyat",
    )
    answer = filled(
        desks, "kasi-1", events.Submit, case,
        data="Desa tertib | persen | 90 | 86\nDesa maju|desa|3|2|selesai\n",
    )  # fmt: skip
    assert answer.unit == "seksi-pemerintahan"
    assert answer.data[0] == Datum("Desa tertib", "persen", "90", "86")


def test_requirements_are_ticked_by_number_name_or_all_together(desks: Desks) -> None:
    case = case_at(desks.office, 4)
    step = desks["staff-1"].case(case).step
    paths = {"output": ("a.pdf",)}
    every = filled(desks, "staff-1", events.Complete, case, requirements=("*",), **paths)
    assert every.requirements == step.requirements
    named = filled(desks, "staff-1", events.Complete, case, requirements=("1",), **paths)
    assert named.requirements == step.requirements[:1]


def test_a_document_is_approved_by_what_it_holds(desks: Desks) -> None:
    case = case_at(desks.office, 6)
    (document,) = desks["sekretaris-1"].case(case).current_documents
    digest = document.file.sha256
    assert filled(desks, "sekretaris-1", events.Approve, case).documents == (digest,)
    short = filled(desks, "sekretaris-1", events.Approve, case, documents=(digest[:8],))
    assert short.documents == (digest,)


def test_the_office_s_list_proposes_the_retention_of_a_code(desks: Desks) -> None:
    case = case_at(desks.office, 8)
    desk = desks["staff-1"]
    form = form_for(desk, Action.ARCHIVE, desk.case(case))
    assert follow_up(form, "classification", "000.7.2.8") == {
        "active_years": "1",
        "inactive_years": "1",
        "fate": "musnah",
    }
    archive = filled(desks, "staff-1", events.Archive, case, file_number="1", place="Lemari 2")
    assert archive.classification == "000.8.6.3"
    assert archive.active_years == 2
    assert len(archive.items) == 3


def test_the_only_event_is_the_one_to_correct_and_of_two_one_is_chosen(desks: Desks) -> None:
    office = desks.office
    case = office.register()
    (registered,) = office.case(case).entries
    assert filled(desks, "penerima-1", events.Correct, case, note="Nomor 2").event == registered.id
    office.act("camat-1", case, events.Receive())
    with pytest.raises(FieldFault) as missing:
        filled(desks, "penerima-1", events.Correct, case, note="Nomor 2")
    assert missing.value.field == "event"


def test_the_case_moves_to_another_version_step_by_step(desks: Desks) -> None:
    desk = desks["admin-1"]
    form = Form(Action.MIGRATE, info_of(Action.MIGRATE).fields)
    with pytest.raises(FieldFault) as refused:
        fill(desk, form, {"sop_version": "", "steps": "1=1", "note": "x"})
    assert refused.value.field == "sop_version"


@pytest.mark.parametrize(
    ("action", "values", "field"),
    [
        (Action.REGISTER, {"subject": ""}, "subject"),
        (Action.REGISTER, {"subject": " \n "}, "subject"),
        (Action.REGISTER, {"date": "besok-besok"}, "date"),
        (Action.REGISTER, {"urgency": "kilat"}, "urgency"),
        (Action.REGISTER, {"sender": "a\x1bb"}, "sender"),
        (Action.REGISTER, {"summary": "x" * 8_001}, "summary"),
    ],
)
def test_a_fault_names_its_field(
    desks: Desks, action: Action, values: dict[str, str], field: str
) -> None:
    with pytest.raises(FieldFault) as refused:
        filled(desks, "penerima-1", DETAILS[action], NO_CASE, **(LETTER | values))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.NUMBER, "dua"),
        (FieldKind.NUMBER, "-1"),
        (FieldKind.NUMBER, "12345"),
        (FieldKind.DATA, "a|b|c|d|e|f"),
        (FieldKind.DATA, "|persen"),
        (FieldKind.CHOICES, ("tidak ada",)),
        (FieldKind.TEXT, ""),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(desks: Desks, kind: FieldKind, value: Value) -> None:
    from soptui.desk.forms.filling import read_field

    with pytest.raises(FieldFault):
        read_field(desks["camat-1"], Field("x", kind, "Label", required=True), value)


def test_a_reason_of_another_step_is_refused_beside_its_field(desks: Desks) -> None:
    case = desks["camat-1"].case(case_at(desks.office, 7))
    near, far = case.step.returns
    (other, *_) = set(far.reasons) - set(near.reasons)
    form = form_for(desks["camat-1"], Action.RETURN, case)
    values: dict[str, Value] = {"to_step": str(near.to), "reason": other, "note": "salah"}
    with pytest.raises(FieldFault) as raised:
        fill(desks["camat-1"], form, values)
    assert raised.value.field == "reason"
    assert near.reasons[0] in str(raised.value.message)
    values["to_step"] = str(far.to)
    assert fill(desks["camat-1"], form, values).details == events.Return(far.to, other, "salah")
