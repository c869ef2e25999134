"""What an officer sees and does at their desk."""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from soptui.desk import Desk, FileToAttach
from soptui.desk.clock import clock_fault
from soptui.desk.edits import edited_file, restore_file
from soptui.desk.history.log import log_of
from soptui.desk.keys import officer_of_key
from soptui.desk.refusals import NotOpen
from soptui.desk.views import SHOWN_FOR
from soptui.desk.words.who_can import who_can, who_can_sentence
from soptui.domain.case import Closed, StepState
from soptui.domain.events import Action, Attach, AttachmentKind, Dispose, Letter, Note, Receive
from soptui.domain.ids import CaseId, OfficerId, RoleId, UnitId
from soptui.domain.message import Message, Refusal
from soptui.domain.replace import replace
from soptui.records.clone.signatory import Sign
from soptui.records.files import codec, layout
from tests.support.desks import Desks
from tests.support.office_repository import LETTER, signer_of
from tests.support.waiting import until

SEKRETARIS = RoleId("sekretaris")
SEKSI_PEMERINTAHAN = UnitId("seksi-pemerintahan")


def test_a_letter_registered_at_one_desk_is_open_at_the_next(desks: Desks, tmp_path: Path) -> None:
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(b"%PDF-1.7 isi surat")
    receipt = desks["penerima-1"].register(
        LETTER, files=[FileToAttach(scan, AttachmentKind.LETTER)]
    )

    view = desks["camat-1"].view(receipt.case)
    assert view.agenda_number == 1
    assert view.opening(Action.RECEIVE).is_open
    assert view.opening(Action.DISPOSE).closed is not None
    assert [row.step.number for row in view.steps] == list(range(9))
    assert [row.step.number for row in view.steps if row.is_current] == [1]
    assert view.steps[1].state is StepState.TO_RECEIVE
    ((file, _entry),) = view.attachments
    assert desks["camat-1"].attachment(file.sha256) == b"%PDF-1.7 isi surat"


def test_receiving_first_is_an_event_of_its_own(desks: Desks) -> None:
    case = desks.office.register()
    disposition = Dispose((SEKRETARIS,), ("tindak-lanjuti",))
    with pytest.raises(NotOpen) as refused:
        desks["camat-1"].act(case, disposition)
    assert refused.value.closed.code == "not-received"
    desks["camat-1"].act(case, disposition, receive_first=True)
    actions = [entry.event.action for entry in desks["camat-1"].case(case).entries]
    assert actions == [Action.REGISTER, Action.RECEIVE, Action.DISPOSE]


def test_lists_are_read_while_an_act_waits_for_its_signature(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, desk = desks.office.register(), desks["camat-1"]
    is_asked, may_sign = threading.Event(), threading.Event()
    signing = desk.signing

    def sign_once_allowed(cancelled: threading.Event | None = None) -> Sign:
        sign = signing(cancelled)

        def wait_and_sign(payload: bytes) -> bytes:
            is_asked.set()
            may_sign.wait()
            return sign(payload)

        return wait_and_sign

    monkeypatch.setattr(desk, "signing", sign_once_allowed)
    counted: list[int] = []
    acting = threading.Thread(target=desk.act, args=(case, Receive()))
    reading = threading.Thread(target=lambda: counted.append(desk.cases().count))
    acting.start()
    try:
        until(is_asked.is_set, lambda: "nothing is signed")
        reading.start()
        until(lambda: bool(counted), lambda: "the list waits for the signature")
    finally:
        may_sign.set()
        acting.join()
    reading.join()
    assert desk.case(case).entries[-1].event.action is Action.RECEIVE


def test_a_receipt_before_an_act_that_is_not_signed_is_said_to_stand(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, desk = desks.office.register(), desks["camat-1"]
    signing = desk.signing
    taken: list[object] = []

    def key_taken_away_after_the_first(cancelled: threading.Event | None = None) -> Sign:
        if taken:
            raise Refusal(Message("The key is gone."))
        taken.append(cancelled)
        return signing(cancelled)

    monkeypatch.setattr(desk, "signing", key_taken_away_after_the_first)
    with pytest.raises(Refusal) as refused:
        desk.act(case, Dispose((SEKRETARIS,), (), "Siapkan"), receive_first=True)
    last = desk.case(case).entries[-1]
    assert last.event.action is Action.RECEIVE
    commit = desk.commits_of(case)[last.id]
    assert str(refused.value.message) == (
        "The key is gone. Except for your receipt of the case, which was recorded before that and "
        f"stands ({commit[:12]})."
    )


def test_nothing_is_received_for_an_act_that_the_gate_refuses(desks: Desks) -> None:
    case, desk = desks.office.register(), desks["camat-1"]
    with pytest.raises(NotOpen):
        desk.act(case, Dispose((RoleId("tidak-ada"),), (), "Siapkan"), receive_first=True)
    assert [entry.event.action for entry in desk.case(case).entries] == [Action.REGISTER]


def test_what_happened_since_one_looked_must_be_seen_unless_it_commutes(desks: Desks) -> None:
    case = desks.office.register()
    seen = desks["camat-1"].case(case).last_id
    desks["sekretaris-1"].act(case, Note("sebuah catatan"))
    desks["camat-1"].act(case, Receive(), seen=seen)

    seen = desks["camat-1"].case(case).last_id
    desks["camat-1"].act(case, Dispose((SEKRETARIS,), (), "Siapkan"))
    with pytest.raises(NotOpen) as refused:
        desks["sekretaris-1"].act(case, Receive(), seen=seen)
    assert refused.value.closed.code == "overtaken"


class Watched:
    """A desk whose clock moves a second with every look at it."""

    def __init__(self, desks: Desks, officer: str) -> None:
        self.time = desks.office.clock
        key = signer_of(officer).key_path
        self.desk = Desk(desks.office.repository, OfficerId(officer), clock=self._look, key=key)

    def _look(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def file(self, case: CaseId) -> bytes:
        """What the records hold of a case."""
        found = self.desk.repository.current()[1].case_file(case)
        assert found is not None
        return found.data


DISPOSE = Dispose((SEKRETARIS,), (), "Siapkan")


def test_what_is_shown_before_is_what_is_signed(desks: Desks, tmp_path: Path) -> None:
    paper = tmp_path / "nota.pdf"
    paper.write_bytes(b"%PDF-1.7 nota")
    files = [FileToAttach(paper)]
    case, camat = desks.office.register(), Watched(desks, "camat-1")
    before = camat.file(case)

    shown = camat.desk.preview(case, DISPOSE, files=files, receive_first=True)
    first, second = shown.blocks
    assert codec.parse_block(first)["action"] == "receive"
    assert codec.parse_block(second)["after"] == codec.block_id(first)
    camat.desk.act(case, DISPOSE, files=files, receive_first=True, shown=shown)
    assert camat.file(case) == before + shown.lines

    before = camat.file(case)
    shown = camat.desk.preview(case, Note("Segera"))
    camat.desk.act(case, Note("Segera"), shown=shown)
    assert camat.file(case) == before + shown.lines
    assert desks.office.repository.verify(full=True).ok


@pytest.mark.parametrize("change", ["words", "file", "case", "age", "clock"])
def test_what_is_no_longer_as_it_was_shown_is_signed_with_the_time_of_signing(
    desks: Desks, tmp_path: Path, change: str
) -> None:
    paper = tmp_path / "nota.pdf"
    paper.write_bytes(b"%PDF-1.7 nota")
    files = [FileToAttach(paper)]
    case, camat = desks.office.register(), Watched(desks, "camat-1")
    shown = camat.desk.preview(case, Attach("Segera"), files=files)

    words = "Segera"
    if change == "words":
        words = "Jangan"
    elif change == "file":
        paper.write_bytes(b"%PDF-1.7 nota lain")
    elif change == "case":
        desks["sekretaris-1"].act(case, Note("Sebuah catatan"))
    elif change == "age":
        camat.time += SHOWN_FOR
    else:
        camat.time -= timedelta(minutes=1)
    camat.desk.act(case, Attach(words), files=files, shown=shown)

    event = camat.desk.case(case).entries[-1].event
    assert event.at != shown.at
    assert abs(event.at - camat.time) < timedelta(minutes=1)
    assert event.details == Attach(words)


def test_a_letter_is_registered_as_it_was_shown_before(desks: Desks) -> None:
    clerk = Watched(desks, "penerima-1")
    now = clerk.desk.now()
    letter = Letter("000.8/1/2026", now.date(), now, "Bupati Banyumas", "Pengukuran kinerja")

    shown = clerk.desk.preview_registration(letter)
    first = clerk.desk.register(letter, shown=shown)
    second = clerk.desk.register(letter, shown=shown)

    assert first.case == shown.case
    assert clerk.file(first.case) == shown.lines
    assert second.case != first.case


def test_two_threads_at_one_clone_lose_nothing(desks: Desks) -> None:
    case = desks.office.register()
    names = ("camat-1", "sekretaris-1", "staff-1")
    threads = [
        threading.Thread(target=desks[name].act, args=(case, Note(f"catatan {name} {turn}")))
        for name in names
        for turn in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    notes = [entry.event for entry in desks["camat-1"].case(case).entries[1:]]
    assert len(notes) == 6
    assert desks.office.repository.verify(full=True).ok


def test_every_event_of_the_log_has_its_commit_and_signer(desks: Desks) -> None:
    case = desks.office.register()
    desks["camat-1"].act(case, Receive())
    lines = log_of(desks["staff-1"], desks["staff-1"].case(case))
    assert [line.signer for line in lines] == ["penerima-1", "camat-1"]
    assert all(len(line.commit) == 40 for line in lines)
    assert lines[1].fingerprint == signer_of("camat-1").public_key.fingerprint


def test_who_could_act_instead_is_told_by_name(desks: Desks) -> None:
    case = desks.office.register()
    with pytest.raises(NotOpen) as refused:
        desks["staff-1"].act(case, Receive())
    desk = desks["staff-1"]
    today, sops = desk.now().date(), desk.sops()

    def able(closed: Closed) -> tuple[str, ...]:
        return who_can(closed, desk.registry, today, sops)

    closed = refused.value.closed
    assert able(closed) == ("Camat (Camat-1)",)
    nobody = replace(closed, roles=())
    assert able(nobody) == ()
    assert able(replace(nobody, officers=(OfficerId("camat-1"), OfficerId("gone-1")))) == (
        "Camat-1",
        "gone-1",
    )
    (section,) = able(replace(nobody, units=(SEKSI_PEMERINTAHAN,)))
    assert section.endswith(" (Kasi-1)")
    assert able(replace(nobody, roles=(RoleId("lurah"),))) == (
        "lurah (hari ini tidak ada pemegangnya)",
    )


def test_who_is_awaited_is_not_told_as_who_could_act(desks: Desks) -> None:
    desk = desks["staff-1"]
    today = desk.now().date()
    awaited = Closed("answers-missing", Message("Wait."), units=(SEKSI_PEMERINTAHAN,))
    told = who_can_sentence(awaited, desk.registry, today, desk.sops())
    assert told.startswith("Belum menjawab: ")
    assert told.endswith(" (Kasi-1).")
    able = who_can_sentence(replace(awaited, code="role"), desk.registry, today, desk.sops())
    assert able.startswith("Yang berwenang: ")
    assert who_can_sentence(replace(awaited, units=()), desk.registry, today, desk.sops()) == ""


def test_somebody_whom_the_records_do_not_know_can_only_look(desks: Desks) -> None:
    case = desks.office.register()
    desk = Desk(desks.office.repository, OfficerId("tamu"))
    view = desk.view(case)
    assert not any(opening.is_open for opening in view.openings)
    with pytest.raises(Refusal):
        desk.act(case, Note("x"))
    desk.close()


def test_whose_desk_it_is_follows_from_the_key(desks: Desks) -> None:
    registry = desks["camat-1"].registry
    assert officer_of_key(registry, signer_of("staff-2").key_path) == "staff-2"
    with pytest.raises(Refusal):
        officer_of_key(registry, None)


def test_a_clock_behind_the_newest_record_is_noticed(desks: Desks) -> None:
    desks.office.register()
    assert clock_fault(desks["camat-1"]) is None
    desks.office.tick(-48)
    assert "clock" in str(clock_fault(desks["camat-1"]))


def test_what_a_wrong_clock_signed_does_not_hide_that_it_is_wrong(desks: Desks) -> None:
    case = desks.office.register()
    desks.office.tick(-48)
    camat = desks["camat-1"]
    camat.act(case, Receive())
    camat.act(case, Note("mohon diperiksa"))
    assert clock_fault(camat) is not None
    desks.office.tick(49)
    assert clock_fault(camat) is None


def test_a_file_edited_by_hand_is_found_and_put_back(desks: Desks) -> None:
    case = desks.office.register()
    desk = desks["camat-1"]
    assert edited_file(desk, case) == ""
    path = desks.office.repository.root / layout.case_path(case)
    signed = path.read_bytes()
    path.write_bytes(signed + b"x")
    assert edited_file(desk, case) == layout.case_path(case)
    assert restore_file(desk, path) == (layout.case_path(case), True)
    assert path.read_bytes() == signed
    assert restore_file(desk, path) == (layout.case_path(case), False)


def test_a_file_with_the_same_content_is_kept_once(desks: Desks, tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7 sama")
    for _turn in range(2):
        case = (
            desks["penerima-1"]
            .register(LETTER, files=[FileToAttach(paper, AttachmentKind.LETTER)])
            .case
        )
        assert desks["camat-1"].case(case).entries[0].event.attachments[0].name == "a.pdf"
    digest = hashlib.sha256(b"%PDF-1.7 sama").hexdigest()
    assert desks["camat-1"].attachment(digest) == b"%PDF-1.7 sama"
    with pytest.raises(Refusal):
        desks["camat-1"].attachment("0" * 64)


def test_a_full_disk_is_said_plainly(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desks.office.register()
    before = desks.office.repository.head()

    def full(*unused: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("soptui.records.git.objects.ObjectWriter.flush", full)
    with pytest.raises(Refusal) as refused:
        desks["camat-1"].act(case, Receive())
    assert "the disk is full" in str(refused.value.message)
    assert desks.office.repository.head() == before
