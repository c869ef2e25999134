"""A form overtaken by somebody else, and one of whose two signatures only the first was made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from soptui.desk.forms.form_for import form_for
from soptui.desk.forms.reload import carried_over
from soptui.domain.events import Action, Complete, Recall, Request, Submit
from soptui.domain.ids import UnitId
from soptui.tui.forms import FormScreen, SeveralCases
from tests.support.demo_office import now
from tests.support.programs import path_with
from tests.tui.forming import Office, Person, at_screen, form_of, names_of


async def test_a_form_that_was_overtaken_is_looked_at_again_and_signed_as_typed(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "rekap.csv").write_text("rekap")
    office.letter_arrives()
    office.asks_a_section()
    form = form_of(office.desk("kasubbag-pk"), Action.COMPLETE, office.case)
    async with at_screen(form) as pilot:
        head = Person(pilot)
        assert "F5" not in head.sees()
        await head.presses("asterisk", "tab")
        await head.types(f"{tmp_path}/rekap.csv\n")
        form.rows["early_reason"].editor.focus()
        await head.types("Lengkap")
        section = office.desk("kasi-pemerintahan")
        section.act(office.case.id, Submit(UnitId("seksi-pemerintahan"), note="Terlampir"))
        await head.presses("f10")
        assert "sudah bertindak" in form.news
        assert "F5 Muat ulang" in head.sees()
        await head.presses("f5")
        assert form.news.startswith("Sementara itu: Kasi Pemerintahan Contoh: ")
        assert form.focused is form.rows["early_reason"].editor
        assert "Lengkap" in head.sees()
        assert "rekap.csv" in head.sees()
        assert "F5" not in head.sees()
        await head.presses("f10")
        assert head.receipt is not None, form.news
    assert isinstance(office.case.entries[-1].event.details, Complete)


async def test_an_act_that_is_open_no_longer_says_why_and_keeps_what_was_typed(
    office: Office,
) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("3")
        office.desk("penerima-surat").act(office.case.id, Recall("Salah kirim."))
        await camat.presses("f5")
        closed = "Langkah ini diselesaikan dengan tindakan Catat surat (n)."
        assert form.news == f"{closed} Yang Anda ketik disimpan sebagai draf."
        assert form.sheet.values["instructions"] == ("koordinasikan",)
        await camat.presses("f10")
        assert form.news == closed
    assert names_of(office.case.entries) == ["register", "recall"]


async def test_looking_again_where_nothing_happened_says_so(office: Office) -> None:
    office.letter_arrives()
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        await camat.presses("3", "f5")
        assert form.news.startswith("Tidak ada yang bertindak")
        assert form.query_one("#body").scroll_offset.y == 0
        assert form.sheet.values["instructions"] == ("koordinasikan",)


async def test_a_new_letter_has_nothing_to_look_at_and_loses_nothing(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        await clerk.types("050/7")
        await clerk.presses("f5")
        assert form.sheet.values["number"] == "050/7"
        assert form.focused is form.rows["number"].editor


def test_a_choice_that_is_gone_is_left_out_and_an_untouched_field_follows(office: Office) -> None:
    office.letter_arrives()
    office.goes_on_to(3)
    at = office.demo.workday(1, now().time())
    office.actor.receive("kasubbag-pk", at)
    desk = office.desk("kasubbag-pk")
    old = form_for(desk, Action.REQUEST, office.case)
    units = tuple(UnitId(choice.value) for choice in old.field("units").choices)
    desk.act(office.case.id, Request(units[:1], "Capaian"))
    new = form_for(desk, Action.REQUEST, office.case)
    untouched = {field.name: field.default for field in old.fields}
    assert carried_over(untouched, old, new) == {}
    assert carried_over({"units": units[:2], "note": "Segera"}, old, new) == {
        "units": units[1:2],
        "note": "Segera",
    }


async def test_of_several_cases_those_that_are_open_no_longer_are_left_out(office: Office) -> None:
    cases = []
    for _ in range(2):
        office.letter_arrives()
        cases.append(office.case)
    desk = office.desk("camat")
    form = form_for(desk, Action.DISPOSE, cases[0])
    several = SeveralCases(desk, form, cases, receive_first=True)
    screen = FormScreen(several)
    async with at_screen(screen) as pilot:
        camat = Person(pilot)
        await camat.presses("3")
        office.desk("penerima-surat").act(cases[0].id, Recall("Salah kirim."))
        await camat.presses("f5")
        assert "1 berkas tidak diikutkan" in screen.news
        assert "1 berkas" in camat.sees()
        await camat.presses("f10")
        assert [one.case for one in several.outcomes] == [cases[1].id]
    assert names_of(desk.case(cases[1].id).entries) == ["register", "receive", "dispose"]


def path_with_key_lost_after_the_first(folder: Path) -> str:
    """A PATH where ssh-keygen signs once, and then finds no key any more."""
    script = f"""
case "$*" in *"-Y sign"*) mkdir "{folder}/signed" 2>/dev/null || exit 1 ;; esac
exec {shutil.which("ssh-keygen")} "$@"
"""
    return path_with(folder, "ssh-keygen", script)


async def test_when_only_the_receipt_was_signed_it_is_said_and_the_act_can_be_signed_later(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.letter_arrives()
    desk = office.desk("camat")
    form = form_of(desk, Action.DISPOSE, office.case, receive_first=True)
    async with at_screen(form) as pilot:
        camat = Person(pilot)
        with monkeypatch.context() as patch:
            patch.setenv("PATH", path_with_key_lost_after_the_first(tmp_path))
            await camat.presses("3", "f10")
        assert names_of(office.case.entries) == ["register", "receive"]
        commit = desk.commits_of(office.case.id)[office.case.last_id]
        assert f"tetap berlaku (kode bukti {commit[:12]})" in form.news
        assert form.target.receipt_stands
        await camat.presses("f10")
        assert camat.receipt is not None
    assert names_of(office.case.entries) == ["register", "receive", "dispose"]
