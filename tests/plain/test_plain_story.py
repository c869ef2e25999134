"""A letter from its registration to the archive, by questions and sentences alone."""

from __future__ import annotations

from soptui.demo.office import DemoOffice
from soptui.desk.actions.fields import Form
from soptui.desk.actions.labels import DATUM_LABELS, LABELS
from soptui.desk.actions.table import ACTIONS, info_of
from soptui.desk.forms.sheet import Sheet
from soptui.domain.case import Status
from soptui.domain.events import Action
from soptui.locale import _
from tests.e2e.acting import assert_sound, the_only_case
from tests.e2e.papers import Papers
from tests.plain.conversation import has_neither_columns_nor_frames, talk
from tools.plain_day import ALL_THE_SAME, FILES, GO_ON, SCAN, SIGN, worded
from tools.plain_day import CASE as ACT
from tools.plain_day import DAY as CASE

SUBJECT = "Pengukuran Kinerja TW IV"
BACK = (ACT, "q")


def named(action: Action) -> str:
    """What an act is called."""
    return _(info_of(action).label)


def asked(name: str) -> str:
    """The label of a field of an event."""
    return LABELS[name]


def test_a_letter_is_registered_disposed_answered_approved_archived(office: DemoOffice) -> None:
    papers = Papers(office)
    heard: list[str] = []

    def does(officer: str, *script: tuple[str, str]) -> str:
        heard.append(talk(office, officer, *script))
        return heard[-1]

    registered = does(
        "penerima-surat",
        (CASE, "n"),
        (asked("number"), "000.8.6/2401/2026"),
        (asked("date"), "kemarin"),
        (asked("sender"), "Bupati Banyumas"),
        (asked("subject"), SUBJECT),
        (asked("urgency"), "Segera"),
        (SCAN, str(papers.letter(SUBJECT))),
        (SIGN, "y"),
    )
    assert _("Nothing waits for you.") in registered
    assert f"{named(Action.REGISTER)}, {SUBJECT}." in registered
    assert f"{_('Goes along')}: surat-bupati.pdf" in registered
    assert "1/2026" in registered

    disposed = does(
        "camat",
        (CASE, "1"),
        (ACT, "v"),
        (ACT, named(Action.DISPOSE)),
        (asked("instructions"), "?"),
        (asked("instructions"), "5, 7"),
        (asked("note"), "Koordinasikan dengan seksi."),
        (SIGN, "y"),
        BACK,
    )
    assert "BUPATI BANYUMAS" in disposed
    assert _("Received first, by an act of its own; both are signed.") in disposed
    does(
        "sekretaris",
        (CASE, "1"),
        (ACT, named(Action.RECEIVE)),
        (SIGN, "y"),
        (ACT, named(Action.DISPOSE)),
        (asked("instructions"), "5"),
        (SIGN, "y"),
        BACK,
    )

    does(
        "kasubbag-pk",
        (CASE, "1"),
        (ACT, named(Action.REQUEST)),
        (asked("units"), "Seksi Pemerintahan"),
        (asked("due"), "+2 hari kerja"),
        (SIGN, "y"),
        BACK,
    )
    answered = does(
        "kasi-pemerintahan",
        (CASE, "1"),
        (ACT, "1"),
        *zip(DATUM_LABELS.values(), ("Desa tertib", "persen", "90", "86", "-"), strict=True),
        (FILES, str(papers.table("bukti.csv", "86"))),
        (SIGN, "y"),
        BACK,
    )
    assert f"{_(LABELS['data'])}: Desa tertib, persen, 90, 86" in answered

    def completes(officer: str, name: str, *more: tuple[str, str]) -> None:
        does(
            officer,
            (CASE, "1"),
            (ACT, named(Action.COMPLETE)),
            (asked("requirements"), "*"),
            ("wajib. Tulis lokasi", str(papers.table(name, "86"))),
            *more,
            (SIGN, "y"),
            BACK,
        )

    completes("kasubbag-pk", "bahan.csv")
    completes("staff-1", "draft.csv")
    completes("kasubbag-pk", "konsep.csv", (asked("reference"), "Unggah 1/2026"))
    returned = does(
        "sekretaris",
        (CASE, "1"),
        (ACT, named(Action.RETURN)),
        (asked("reason"), "1"),
        ("What is to be mended", "Angka tidak sama."),
        (SIGN, "y"),
        BACK,
    )
    assert "Angka tidak sama." in returned
    completes("kasubbag-pk", "konsep-benar.csv", (asked("reference"), "Unggah 2/2026"))
    does("sekretaris", (CASE, "1"), (ACT, "2"), (SIGN, "y"), BACK)
    approved = does("camat", (CASE, "1"), (ACT, "2"), (SIGN, "y"), BACK)
    assert "konsep-benar.csv" in approved
    archived = does(
        "staff-1",
        (CASE, "1"),
        (ACT, named(Action.ARCHIVE)),
        (asked("file_number"), "000.8.6.3/12/2026"),
        (asked("place"), "Lemari 1, map 3"),
        (asked("reference"), "Input 30/2026"),
        (SIGN, "y"),
        (ACT, "y"),
        BACK,
        (CASE, "h"),
    )
    assert _(info_of(Action.ARCHIVE).done) in archived

    case = the_only_case(office)
    assert case.status is Status.DONE
    assert [visit.step for visit in case.visits] == [0, 1, 2, 3, 4, 5, 6, 5, 6, 7, 8]
    assert all(entry.effective for entry in case.entries)
    assert_sound(office)
    assert has_neither_columns_nor_frames("".join(heard))


def test_every_act_of_the_table_is_asked_by_the_same_means(office: DemoOffice) -> None:
    """Each field of each act has a question, whatever act is added to the table."""
    import io

    from soptui.plain.questions import ask_field
    from soptui.plain.voice import Voice

    for info in ACTIONS:
        form = Form(info.action, info.fields)
        sheet = Sheet(office.desks["camat"], form)
        for field in form.fields:
            said = io.StringIO()
            voice = Voice(io.StringIO("?\n\n"), said)
            ask_field(voice, sheet, field.name, lambda _value: None)
            assert said.getvalue().strip(), (info.action, field.name)
            assert has_neither_columns_nor_frames(said.getvalue())


def test_what_ends_a_case_is_named_only_when_all_is_asked_for(busy_office: DemoOffice) -> None:
    heard = talk(busy_office, "camat", (CASE, "1"), BACK)
    assert named(Action.CANCEL) not in heard
    assert named(Action.CANCEL) in talk(busy_office, "camat", (CASE, "1"), (ACT, "?"), BACK)


def test_the_exact_lines_are_told_on_request_and_signed_as_they_were(
    busy_office: DemoOffice,
) -> None:
    heard = talk(
        busy_office,
        "camat",
        (CASE, "1"),
        (ACT, named(Action.NOTE)),
        (asked("note"), "Dibaca."),
        (SIGN, "?"),
        (SIGN, "y"),
        BACK,
    )
    block = heard.partition("[[events]]")[2].partition(worded(SIGN))[0]
    signed = busy_office.desks["camat"].repository.root.joinpath("cases")
    assert any(block in path.read_text("utf-8") for path in signed.rglob("*.toml"))


def test_nothing_but_yes_signs(busy_office: DemoOffice) -> None:
    before = busy_office.repository.head()
    noted = ((CASE, "1"), (ACT, named(Action.NOTE)), (asked("note"), "Dibaca."))
    answers = ((SIGN, answer) for answer in ("", "n", "ok", "yay", "F10", "<<"))
    heard = talk(busy_office, "camat", *noted, *answers, BACK)
    assert _("Nothing was signed.") in heard
    assert busy_office.repository.head() == before


def test_an_answer_is_changed_by_its_number_before_it_is_signed(busy_office: DemoOffice) -> None:
    heard = talk(
        busy_office,
        "camat",
        (CASE, "1"),
        (ACT, named(Action.NOTE)),
        (asked("note"), "Dibca."),
        (SIGN, "1"),
        (asked("note"), "Dibaca."),
        (SIGN, "y"),
        BACK,
    )
    assert f"1. {_(asked('note'))}: Dibca." in heard
    assert f"1. {_(asked('note'))}: Dibaca." in heard


def test_a_closed_act_says_why_and_who_can(busy_office: DemoOffice) -> None:
    heard = talk(busy_office, "staff-2", (CASE, "/10"), (ACT, "r"), BACK)
    assert "Camat Contoh" in heard


def test_registering_again_is_noticed(office: DemoOffice) -> None:
    letter = (
        (CASE, "n"),
        (asked("number"), "1/2"),
        (asked("date"), "kemarin"),
        (asked("sender"), "Bupati"),
        (asked("subject"), "Undangan"),
    )
    talk(office, "penerima-surat", *letter, (SIGN, "y"))
    heard = talk(office, "penerima-surat", *letter, (SIGN, "<<"))
    assert "1/2026" in heard
    assert the_only_case(office)


def test_a_file_that_is_empty_is_asked_about_once(office: DemoOffice) -> None:
    empty = office.papers / "kosong.pdf"
    empty.parent.mkdir(exist_ok=True)
    empty.write_bytes(b"")
    letter = (
        (CASE, "n"),
        (asked("number"), "1/2"),
        (asked("date"), "kemarin"),
        (asked("sender"), "Bupati"),
        (asked("subject"), "Undangan"),
        (SCAN, str(empty)),
    )
    talk(office, "penerima-surat", *letter, (SIGN, "y"), (ALL_THE_SAME, ""), (SIGN, "<<"))
    with_draft = ((CASE, "n"), (GO_ON, ""), (SIGN, "y"), (ALL_THE_SAME, "y"))
    talk(office, "penerima-surat", *with_draft)
    assert Action.REGISTER in [entry.event.action for entry in the_only_case(office).entries]
