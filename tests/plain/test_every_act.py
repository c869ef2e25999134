"""Every act of the table is asked, told and signed; wherever its questions are cut, it is kept."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress

import pytest

from soptui.demo.office import DemoOffice
from soptui.desk.actions.labels import DATUM_LABELS, LABELS, RETURN_LABELS
from soptui.desk.actions.table import ACTIONS
from soptui.desk.forms.drafts import kept_drafts
from soptui.desk.office.administration import Administration
from soptui.domain.case import Case, Status
from soptui.domain.events import Action, Correct, Reassign
from soptui.locale import _
from soptui.plain.day import Day
from soptui.plain.voice import Cut, Voice
from soptui.records.clone.genesis import starter_files
from soptui.records.platform.private_files import state_folder
from tests.attacks.attacked_office import SOP_PATH
from tests.e2e.acting import assert_sound, look
from tests.e2e.papers import Papers
from tests.plain.conversation import has_neither_columns_nor_frames, talk
from tools.plain_day import CASE as AT_CASE
from tools.plain_day import DAY, FILES, OUTPUT, SCAN, SIGN, Answering, named, worded

BACK = (AT_CASE, "q")
TYPED = "Contoh"
"""With which every text begins that is typed here, so that it can be found in a draft."""

Script = tuple[tuple[str, str], ...]

STORIES: dict[str, tuple[Action, str, int, Script]] = {
    "receive": (Action.RECEIVE, "kasubbag-pk", 3, ()),
    "dispose": (
        Action.DISPOSE, "camat", 10,
        ((LABELS["instructions"], "5, 7"), (LABELS["note"], "Contoh catatan."),
         (LABELS["due"], "+3 hari kerja")),
    ),
    "request": (
        Action.REQUEST, "kasubbag-pk", 8,
        ((LABELS["units"], "1"), (LABELS["note"], "Contoh permintaan."),
         (LABELS["due"], "+2 hari kerja"), (FILES, "bukti.csv")),
    ),
    "submit": (
        Action.SUBMIT, "kasi-kesejahteraan-rakyat", 8,
        (*zip(DATUM_LABELS.values(), ("Contoh usulan", "berkas", "240", "238", "-"), strict=True),
         (FILES, "bukti.csv"), (LABELS["note"], "Contoh jawaban.")),
    ),
    "complete": (
        Action.COMPLETE, "kasubbag-pk", 4,
        ((LABELS["requirements"], "*"), (OUTPUT, "keluaran.csv"),
         (LABELS["note"], "Contoh selesai."), (LABELS["reference"], "Contoh unggah 1")),
    ),
    "approve": (Action.APPROVE, "camat", 6, ((LABELS["note"], "Contoh setuju."),)),
    "return": (
        Action.RETURN, "camat", 6,
        ((RETURN_LABELS["to_step"], "1"), (LABELS["reason"], "1"),
         ("What is to be mended", "Contoh perbaikan.")),
    ),
    "archive": (
        Action.ARCHIVE, "staff-1", 6,
        ((LABELS["file_number"], "Contoh 1/2026"), (LABELS["place"], "Contoh lemari"),
         (LABELS["note"], "Contoh berkas."), (LABELS["reference"], "Contoh input")),
    ),
    "note": (Action.NOTE, "camat", 9, ((LABELS["note"], "Contoh catatan bebas."),)),
    "attach": (
        Action.ATTACH, "kasubbag-pk", 4, ((FILES, "bukti.csv"), (LABELS["note"], "Contoh bukti.")),
    ),
    "correct in words": (
        Action.CORRECT, "penerima-surat", 10,
        (("What is wrong, and what is right", "Contoh koreksi asal surat."),),
    ),
    "correct an output": (
        Action.CORRECT, "kasubbag-pk", 6,
        (("Event", "?"), ("Event", "4"), ("What is wrong, and what is right", "Contoh koreksi."),
         ("Replaced output", "keluaran.csv")),
    ),
    "recall": (Action.RECALL, "camat", 11, ((LABELS["note"], "Contoh tarik kembali."),)),
    "reassign": (
        Action.REASSIGN, "staff-1", 5,
        ((LABELS["officer"], "1"), (LABELS["reason"], "Contoh cuti.")),
    ),
    "suspend": (
        Action.SUSPEND, "sekretaris", 9, ((LABELS["reason"], "Contoh aplikasi tutup."),),
    ),
    "resume": (Action.RESUME, "kasubbag-pk", 2, ((LABELS["note"], "Contoh lanjut."),)),
    "cancel": (Action.CANCEL, "camat", 10, ((LABELS["reason"], "Contoh batal."),)),
    "reopen": (
        Action.REOPEN, "camat", 7,
        ((LABELS["to_step"], "2"), (LABELS["reason"], "Contoh buka kembali.")),
    ),
    "migrate": (
        Action.MIGRATE, "admin", 9,
        ((LABELS["sop_version"], "1"), (LABELS["reason"], "Contoh SOP baru.")),
    ),
    "register anew": (
        Action.REGISTER, "penerima-surat", 10,
        ((LABELS["subject"], "Contoh perihal yang benar"), (SCAN, "bukti.csv")),
    ),
}  # fmt: skip
"""What is done, by whom, under which number of the mail register, and with which answers."""


@pytest.fixture
def prepared(
    busy_office: DemoOffice, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> DemoOffice:
    """The office as the story of that name finds it, in the folder of its papers."""
    papers = Papers(busy_office)
    papers.table("bukti.csv", "86")
    papers.table("keluaran.csv", "90")
    monkeypatch.chdir(busy_office.papers)
    match request.node.callspec.params["story"]:
        case "archive":
            does(busy_office, "camat", 6, Action.APPROVE)
        case "migrate":
            data = starter_files()[SOP_PATH].replace(b"\nversion = 1", b"\nversion = 2")
            added = data.replace(b"distinct_from = [5]\n", b"")
            Administration(busy_office.desks["admin"], sure=True).add_sop(added)
        case "register anew":
            does(
                busy_office, "camat", 10, Action.RETURN, (RETURN_LABELS["to_step"], "1"),
                (LABELS["reason"], "1"), ("What is to be mended", "Asal surat"),
            )  # fmt: skip
    return busy_office


def conversation(agenda: int, action: Action, *answers: tuple[str, str]) -> Script:
    return ((DAY, f"/{agenda}"), (AT_CASE, named(action)), *answers, (SIGN, "y"), BACK)


def does(
    office: DemoOffice, officer: str, agenda: int, action: Action, *answers: tuple[str, str]
) -> str:
    return talk(office, officer, *conversation(agenda, action, *answers))


def case_of(office: DemoOffice, agenda: int) -> Case:
    return look(office, office.desks["camat"].find_case(str(agenda)))


@pytest.mark.parametrize("story", STORIES)
def test_it_is_asked_told_and_signed(prepared: DemoOffice, story: str) -> None:
    action, officer, agenda, answers = STORIES[story]
    heard = does(prepared, officer, agenda, action, *answers)
    case = case_of(prepared, agenda)
    last = case.entries[-1]
    assert (last.event.action, last.event.by, last.effective) == (action, officer, True)
    written = prepared.repository.root.joinpath("cases")
    block = "".join(path.read_text("utf-8") for path in written.rglob(f"{case.id}*"))
    for _question, answer in answers:
        if answer.startswith(TYPED):
            assert answer in heard
            assert answer in block
    assert has_neither_columns_nor_frames(heard)
    assert_sound(prepared)


def test_every_act_has_a_story() -> None:
    assert {one[0] for one in STORIES.values()} == {info.action for info in ACTIONS} == set(Action)


class _Cutting(Answering):
    """Answers so many questions of an act, and then the line is gone."""

    def __init__(self, said: io.StringIO, script: Sequence[tuple[str, str]], most: int) -> None:
        super().__init__(said, script)
        self._most = most
        self.answered: list[str] = []

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        question = self._said.getvalue().rpartition("\n")[2]
        is_of_the_act = worded(DAY) not in question and worded(AT_CASE) not in question
        if is_of_the_act and len(self.answered) == self._most:
            return ""
        answer = super().readline()
        if is_of_the_act:
            self.answered.append(answer.strip())
        return answer


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_it_is_kept_at_whichever_question_the_line_is_cut(prepared: DemoOffice, story: str) -> None:
    """Up to the very question whether to sign: nothing is signed, and each text is in the draft."""
    action, officer, agenda, answers = STORIES[story]
    script = conversation(agenda, action, *answers)
    before, desk = prepared.repository.head(), prepared.desks[officer]
    drafts = state_folder() / "drafts"
    for most in range(40):
        for path in drafts.glob("*.json"):
            path.unlink()
        said = io.StringIO()
        line = _Cutting(said, script, most)
        with suppress(Cut):
            Day(Voice(line, said), desk, sends=False, only_reads=None).work()
        heard = said.getvalue()
        assert prepared.repository.head() == before, f"signed after {most} answers"
        assert _("Nothing was signed.") in heard
        kept = "".join(path.read_text("utf-8") for path in drafts.glob("*.json"))
        texts = [one for one in line.answered if one.startswith(TYPED)]
        assert [one for one in texts if one not in kept] == []
        assert (_("What you answered is kept as a draft.") in heard) == bool(kept)
        assert [one.action for one in kept_drafts(desk)] == [action] * bool(kept)
        if worded(SIGN) in heard:
            break
    else:
        raise AssertionError("the question whether to sign never came")
    assert len(line.answered) >= len([one for one in answers if one[1] != "?"])


def test_what_some_of_them_carry(busy_office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is chosen by its number is what the event says."""
    monkeypatch.chdir(busy_office.papers)
    Papers(busy_office).table("keluaran.csv", "90")
    for story in ("reassign", "correct an output", "suspend"):
        action, officer, agenda, answers = STORIES[story]
        does(busy_office, officer, agenda, action, *answers)
    handed = case_of(busy_office, 5).entries[-1].event.details
    assert isinstance(handed, Reassign)
    assert handed.officer == "staff-2"
    corrected = case_of(busy_office, 6)
    details = corrected.entries[-1].event.details
    assert isinstance(details, Correct)
    wrong = corrected.entry(details.event)
    assert wrong is not None
    assert (wrong.event.action, wrong.event.by) == (Action.COMPLETE, "kasubbag-pk")
    assert [one.file.name for one in corrected.current_documents] == ["keluaran.csv"]
    assert case_of(busy_office, 9).status is Status.SUSPENDED
