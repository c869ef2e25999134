"""The checker: one clean SOP, and for each rule a change that breaks just that rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from soptui.domain.ids import RoleId, SopId
from soptui.domain.message import Message
from soptui.domain.replace import replace
from soptui.domain.sop import (
    END,
    FIELD_LABELS,
    Endorsement,
    Identity,
    Inference,
    PartialDate,
    ReturnEdge,
    ReturnReason,
    Role,
    Sop,
    Step,
    StepKind,
    Way,
)
from soptui.domain.sop_check.check import Defect, Severity, check
from soptui.domain.time.normtime import NormTime, NormUnit, parse_norm_time
from tests.support.starter_sop import seed_sop

CAMAT = RoleId("camat")
LURAH = RoleId("lurah")
STAF = RoleId("staf")

DRAFT = ("Konsep pengukuran data kinerja", "Draft pengukuran data kinerja")

ROLES = (
    Role(STAF, "Staf", "STF"),
    Role(RoleId("seksi"), "Seksi", "SKS", several=True),
    Role(CAMAT, "Camat", "CMT"),
)
ENDORSEMENT = Endorsement("Camat", "PARSONO", "Pembina", "196707011992091001")
IDENTITY = Identity(
    title="SOP Peminjaman Ruang",
    number="067/12/2026",
    agency="Kecamatan Ajibarang",
    address="Jalan Raya Ajibarang No 02",
    created=PartialDate(2026, 1, 5),
    revised=None,
    effective=PartialDate(2026, 1, 12),
    review_due=PartialDate(2027, 1, 12),
    endorsed_by=ENDORSEMENT,
    legal_bases=("Permendagri No 90 Tahun 2019 tentang Klasifikasi",),
    related=("SOP Surat Masuk",),
    qualifications=("Menguasai komputer",),
    equipment=("Komputer",),
    warnings=("Bila tidak dijalankan, ruang terpakai ganda",),
    records_kept=("Buku agenda",),
)


def a_row(number: int, kind: str, actor: str, needs: str, output: str, **more: Any) -> Step:
    values: dict[str, Any] = {
        "number": number,
        "activity": f"Mengerjakan {output}",
        "kind": StepKind(kind),
        "actor": actor,
        "requirements": (needs,),
        "norm_printed": "1 Hari",
        "norm": parse_norm_time("1 Hari"),
        "output": output,
    }
    return Step(**(values | more))


BACK = (ReturnEdge(2, ("kurang",)),)
OUTSIDE = Role(RoleId("pemohon"), "Pemohon", "PMH", outside=True)
STEPS = (
    a_row(1, "collect", "staf", "Surat", "Bahan", involved=("seksi",)),
    a_row(2, "work", "staf", "Bahan", "Draft", activity="Menyusun jadwal di aplikasi"),
    a_row(3, "approve", "camat", "Draft", "Izin", returns=BACK, distinct_from=(2,)),
    a_row(4, "archive", "staf", "Izin", "Arsip", activity="Menginput izin di aplikasi"),
)
CLEAN = Sop(
    id=SopId("peminjaman-ruang"),
    version=1,
    identity=IDENTITY,
    head=CAMAT,
    roles=ROLES,
    registration=Step(0, "Menerima surat", StepKind.REGISTER, STAF, requirements=("Surat",)),
    steps=STEPS,
    return_reasons=(ReturnReason("kurang", "Bahan kurang"),),
)
MAIL = replace(CLEAN, id=SopId("surat-masuk"), identity=replace(IDENTITY, title="Surat Masuk"))


def with_identity(**changes: Any) -> Sop:
    return replace(CLEAN, identity=replace(IDENTITY, **changes))


def with_row(row: int, **changes: Any) -> Sop:
    steps = tuple(replace(one, **changes) if one.number == row else one for one in STEPS)
    return replace(CLEAN, steps=steps)


def brief(defects: tuple[Defect, ...]) -> list[tuple[str, int | None]]:
    return [(defect.code, defect.row) for defect in defects]


@pytest.fixture(scope="module")
def seed() -> Sop:
    return seed_sop()


def test_a_clean_sop_has_no_defect() -> None:
    assert check(CLEAN, [MAIL]) == ()


def test_the_seed_sop_can_be_put_in_force(seed: Sop) -> None:
    assert not [defect for defect in check(seed) if defect.severity is Severity.ERROR]


def test_the_seed_sop_has_exactly_the_defects_that_its_text_shows(seed: Sop) -> None:
    warnings = [defect for defect in check(seed) if defect.severity is Severity.WARNING]
    told = [(one.row, one.code, *map(str, one.message.values.values())) for one in warnings]
    assert told == [
        (None, "number-without-serial", "/SOP Subbag PK/KecamatanAjibarang"),
        (None, "date-without-day", "date of making"),
        (None, "date-without-day", "date of effect"),
        (None, "no-revision"),
        (None, "law-name", "Pemandagri", "Permendagri"),
        (None, "legal-basis-lacking", "Perpres 29/2014"),
        (None, "legal-basis-lacking", "PermenPANRB 53/2014"),
        (None, "role-not-named", "Staff Penerima Surat"),
        (None, "role-not-named", "Staff"),
        (1, "unclear-phrase", "Mendisposisi Penyiapan SKPD"),
        (5, "same-output", "4"),
        (5, "upload-before-approval", "7", "8"),
        (6, "repeated-word", "konsep konsep"),
        (6, "unknown-position", "kepala pelaksana"),
        (6, "same-output", "5"),
        (7, "requirement-renamed", *DRAFT, "6"),
    ]


def test_the_seed_sop_lists_what_the_office_must_confirm(seed: Sop) -> None:
    infos = [defect for defect in check(seed) if defect.severity is Severity.INFO]
    assert [code for code, _ in brief(tuple(infos))].count("related-not-registered") == 3
    inferred = [
        (defect.row, defect.message.values["field"])
        for defect in infos
        if defect.code == "inferred"
    ]
    steps = (seed.registration, *seed.steps)
    readings: list[tuple[int | None, Inference]] = [(None, one) for one in seed.inferred]
    readings += [(step.number, one) for step in steps for one in step.inferred]
    assert inferred == [(row, Message(FIELD_LABELS[one.field])) for row, one in readings]
    # Neither shapes nor columns survived in the seed's text, so every row's are inferred.
    for step in seed.steps:
        assert {"kind", "actor"} <= {one.field for one in step.inferred}


def test_the_seed_promises_no_check_before_the_archive_for_no_rule_asks_for_one(seed: Sop) -> None:
    last = seed.steps[-1]
    assert last.kind is StepKind.ARCHIVE
    (why,) = [one.reason for one in last.inferred if one.field == "involved"]
    assert "sebelum berkas selesai" in why
    assert why.endswith("sistem tidak mensyaratkannya.")


@pytest.mark.parametrize(
    ("sop", "expected"),
    [
        pytest.param(
            with_row(1, ways=(Way(4, "Ya"), Way(3, "Tidak"))),
            [("unreachable", 2)],
            id="a row past which all ways lead",
        ),
        pytest.param(
            with_row(2, ways=(Way(3, "Ya"), Way(END, "Tidak"))),
            [("no-filing", 2)],
            id="an end behind which nobody files",
        ),
        pytest.param(
            with_row(3, ways=(Way(2),)),
            [("no-way-out", 1), ("no-way-out", 2), ("no-way-out", 3), ("unreachable", 4)],
            id="a circle without an end",
        ),
        pytest.param(
            with_row(2, ways=(Way(2, "Lagi"), Way(9, "Entah"))),
            [
                *(("no-way-out", row) for row in (1, 2)),
                *(("unreachable", row) for row in (3, 4)),
                *[("way-to-nowhere", 2)] * 2,
            ],
            id="ways to nowhere",
        ),
        pytest.param(
            with_row(1, kind=StepKind.REVIEW, returns=(ReturnEdge(0, ("kurang",)),)),
            [("no-document", 1)],
            id="a review before any document",
        ),
        pytest.param(
            replace(CLEAN, filed_by=LURAH), [("unknown-role", None)], id="filed by nobody known"
        ),
        pytest.param(replace(CLEAN, head=LURAH), [("no-head", None)], id="head"),
        pytest.param(
            replace(CLEAN, roles=(*ROLES, OUTSIDE), head=OUTSIDE.id),
            [("no-head", None), ("unused-role", None)],
            id="a head outside the office",
        ),
        pytest.param(
            replace(with_row(2, actor="pemohon"), roles=(*ROLES, OUTSIDE)),
            [("outside-signs", 2)],
            id="a row of somebody outside that nobody records",
        ),
        pytest.param(
            with_row(2, stands_for="camat"),
            [("recorded-for-inside", 2)],
            id="a row recorded for somebody of the office",
        ),
        pytest.param(
            replace(CLEAN, steps=()),
            [("no-steps", None), ("unused-role", None), ("unused-role", None)],
            id="no rows",
        ),
        pytest.param(
            replace(CLEAN, registration=replace(CLEAN.registration, actor=RoleId(""))),
            [("no-start", 0)],
            id="no start",
        ),
        pytest.param(with_row(4, kind=StepKind.WORK), [("no-end", 4)], id="no end"),
        pytest.param(
            with_row(2, kind=StepKind.ARCHIVE),
            [("unreachable", 3), ("unreachable", 4)],
            id="rows behind the end",
        ),
        pytest.param(
            with_row(4, number=5),
            [("numbering", 5)],
            id="a number left out",
        ),
        pytest.param(with_row(2, actor=""), [("no-actor", 2)], id="no actor"),
        pytest.param(with_row(2, actor="lurah"), [("unknown-role", 2)], id="unknown actor"),
        pytest.param(with_row(2, involved=("lurah",)), [("unknown-role", 2)], id="unknown helper"),
        pytest.param(
            replace(CLEAN, roles=(*ROLES, Role(LURAH, "Lurah", "LRH"))),
            [("unused-role", None)],
            id="an idle column",
        ),
        pytest.param(with_row(2, activity=""), [("no-activity", 2)], id="no activity"),
        pytest.param(
            with_row(2, requirements=()),
            [("no-requirements", 2)],
            id="no requirements",
        ),
        pytest.param(with_row(4, output=""), [("no-output", 4)], id="no output"),
        pytest.param(with_row(2, norm_printed="", norm=None), [("no-norm", 2)], id="no norm"),
        pytest.param(
            with_row(2, norm_printed="secepatnya", norm=None),
            [("norm-unread", 2)],
            id="a norm that cannot be counted",
        ),
        pytest.param(
            with_row(2, norm=NormTime("1 Hari", 2, NormUnit.WORKING_DAYS)),
            [("norm-differs", 2)],
            id="a norm counted otherwise than printed",
        ),
        pytest.param(with_row(3, returns=()), [("decision-without-no", 3)], id="no way for No"),
        pytest.param(
            replace(CLEAN, steps=STEPS[:3]),
            [("decision-without-yes", 3), ("no-end", 3)],
            id="no way for Yes",
        ),
        pytest.param(
            with_row(3, returns=(ReturnEdge(9, ("kurang",)),)),
            [("return-to-nowhere", 3)],
            id="return to a row that is not there",
        ),
        pytest.param(
            with_row(3, returns=(ReturnEdge(4, ("kurang",)),)),
            [("return-forward", 3)],
            id="return to a later row",
        ),
        pytest.param(
            with_row(3, returns=(ReturnEdge(3, ("kurang",)),)),
            [("return-forward", 3)],
            id="return to itself",
        ),
        pytest.param(
            with_row(3, returns=(ReturnEdge(2, ()),)),
            [("return-without-reason", 3)],
            id="return without reasons",
        ),
        pytest.param(
            with_row(3, returns=(ReturnEdge(2, ("entah",)),)),
            [("unknown-reason", 3)],
            id="unknown reason",
        ),
        pytest.param(with_row(3, distinct_from=(7,)), [("separation", 3)], id="separation"),
        pytest.param(
            with_row(3, distinct_from=(3,)), [("separation", 3)], id="separation from itself"
        ),
        pytest.param(
            with_row(1, involved=("camat",)),
            [("nobody-to-ask", 1), ("unused-role", None)],
            id="nobody to ask",
        ),
    ],
)
def test_a_row_that_cannot_be_walked_is_found(
    sop: Sop, expected: list[tuple[str, int | None]]
) -> None:
    assert sorted(brief(check(sop, [MAIL])), key=str) == sorted(expected, key=str)


def test_a_row_of_somebody_outside_needs_who_records_it_and_no_norm() -> None:
    sop = with_row(2, stands_for="pemohon", norm=None, norm_printed="30 hari kerja")
    assert check(replace(sop, roles=(*ROLES, OUTSIDE)), [MAIL]) == ()


def test_ways_past_rows_back_and_to_the_end_are_no_defect() -> None:
    ways = (Way(3, "Perlu izin"), Way(1, "Bahan kurang"), Way(END, "Ditolak"))
    work = STEPS[3]
    last = replace(work, kind=StepKind.WORK, activity="Menyerahkan izin", returns=())
    sop = replace(
        CLEAN, filed_by=STAF, steps=(STEPS[0], replace(STEPS[1], ways=ways), STEPS[2], last)
    )
    assert check(sop, [MAIL]) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, ["no-title"]),
        ({"effective": None}, ["no-effective-date"]),
        ({"number": ""}, ["missing"]),
        ({"equipment": ()}, ["missing"]),
        ({"legal_bases": ()}, ["missing"]),
        ({"number": "/SOP/2026"}, ["number-without-serial"]),
        ({"number": "SOP/Kec/2026"}, ["number-without-serial"]),
        ({"number": "SOP.01"}, []),
        ({"created": PartialDate(2026, 1)}, ["date-without-day"]),
        ({"effective": PartialDate(2025, 12, 31)}, ["date-order"]),
        ({"review_due": PartialDate(2026, 1, 11)}, ["date-order"]),
        ({"review_due": None}, ["no-revision"]),
        ({"review_due": None, "revised": PartialDate(2026, 6, 1)}, []),
        ({"endorsed_by": None}, ["not-endorsed"]),
        ({"endorsed_by": replace(ENDORSEMENT, name="")}, ["not-endorsed"]),
        ({"endorsed_by": replace(ENDORSEMENT, rank="")}, ["missing"]),
        ({"endorsed_by": replace(ENDORSEMENT, nip="19671301")}, ["nip"]),
        ({"legal_bases": ("Perbub No 3 Tahun 2020",)}, ["law-name"]),
        ({"legal_bases": ("Peraturan Pemerintah Nomor 3 Tahun 2020",)}, []),
        ({"title": "Pengukuran Kinerja"}, ["legal-basis-lacking", "legal-basis-lacking"]),
        (
            {
                "title": "Pengukuran Data Kinerja",
                "legal_bases": (
                    "Peraturan Presiden Nomor 29 Tahun 2014",
                    "PermenPANRB No 53 Tahun 2014",
                ),
            },
            [],
        ),
        ({"related": ("SOP Renja",)}, ["related-not-registered"]),
        ({"related": ("Standar Operasional Prosedur SURAT MASUK",)}, []),
        ({"related": ("Peminjaman ruang",)}, ["related-to-itself"]),
    ],
)
def test_a_gap_in_the_identity_is_found(changes: dict[str, Any], expected: list[str]) -> None:
    assert [code for code, _ in brief(check(with_identity(**changes), [MAIL]))] == expected


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        (2, {"activity": "Penyusunan jadwal"}, [("no-active-verb", 2)]),
        (2, {"activity": "Berkoordinasi dengan Camat"}, []),
        (2, {"activity": "Menyusun jadwal jadwal"}, [("repeated-word", 2)]),
        (2, {"activity": "Menyusun data-data"}, []),
        (2, {"activity": "Mendisposisi penyusunan jadwal"}, [("unclear-phrase", 2)]),
        (2, {"activity": "Menyusun jadwal dll."}, [("unclear-phrase", 2)]),
        (2, {"activity": "Meneruskan ke Kepala Bidang"}, [("unknown-position", 2)]),
        (2, {"activity": "Meneruskan ke kepala seksi"}, []),
        (2, {"activity": "Meneruskan kepada kasi dan staff"}, []),
        (2, {"remark": "Tembusan kepada Sekretaris"}, [("unknown-position", 2)]),
        (
            2,
            {"output": "bahan"},
            [("same-output", 2), ("requirement-not-produced", None)],
        ),
        (4, {"requirements": ("Izin", "Kuitansi")}, [("requirement-not-produced", None)]),
        (4, {"requirements": ("Izin", "Komputer", "Surat", "Bahan")}, []),
        (3, {"requirements": ("Konsep",)}, [("requirement-renamed", 3)]),
        (4, {"requirements": ("Surat",)}, []),
        (
            4,
            {"activity": "Camat menyimpan izin"},
            [("other-actor-named", 4), ("no-active-verb", 4)],
        ),
        (3, {"activity": "Camat menyetujui izin"}, [("no-active-verb", 3)]),
        (
            3,
            {"actor": "staf", "distinct_from": ()},
            [("unused-role", None), ("same-role-checks", 3)],
        ),
        (3, {"remark": "Lanjut ke SOP Surat Keluar; segera"}, [("related-not-listed", 3)]),
        (3, {"remark": "Lihat SOP Surat Masuk"}, []),
        (4, {"remark": "Waktu keseluruhan 5 hari"}, [("total-differs", 4)]),
        (4, {"remark": "Waktu keseluruhan: 4 hari"}, []),
        (2, {"activity": "Mengunggah jadwal"}, [("upload-before-approval", 2)]),
        (4, {"activity": "Mengunggah izin"}, []),
    ],
)
def test_words_that_leave_doubt_are_found(
    row: int, changes: dict[str, Any], expected: list[tuple[str, int | None]]
) -> None:
    assert brief(check(with_row(row, **changes), [MAIL])) == expected


def test_what_is_empty_in_many_rows_is_one_line_that_names_them() -> None:
    bare = replace(CLEAN, steps=tuple(replace(one, norm_printed="", norm=None) for one in STEPS))
    (defect,) = check(bare, [MAIL])
    assert (defect.code, defect.row) == ("no-norm", None)
    assert "1, 2, 3, 4" in str(defect.message)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Kepala Dinas Sosial", "Kadis"),
        ("Kadis", "Kepala Dinas"),
        ("Kepala DPMPTSP", "Kepala Dinas"),
        ("Kasubbag Umum", "Kepala Subbagian Umum"),
        ("Kepala Bagian Umum", "Kabag"),
        ("Kepala Seksi Kesra", "Kasi"),
    ],
)
def test_a_title_in_one_word_is_the_title_written_out(title: str, named: str) -> None:
    roles = (*ROLES[:2], Role(CAMAT, title, "KPL"))
    sop = replace(with_row(2, remark=f"Diteruskan kepada {named}"), roles=roles)
    assert check(sop, [MAIL]) == ()


def test_an_upload_before_approval_says_where_the_data_are_entered_again() -> None:
    uploaded = {"activity": "Mengunggah jadwal"}
    twice = with_row(2, **uploaded)
    once = replace(twice, steps=(*twice.steps[:3], replace(STEPS[3], activity="Menyimpan izin")))
    assert "step 3" in str(check(once, [MAIL])[0].message)
    assert "step 4" not in str(check(once, [MAIL])[0].message)
    assert "entered again in step 4" in str(check(twice, [MAIL])[0].message)


def test_a_norm_that_the_office_reads_its_own_way_is_accepted_when_it_says_why() -> None:
    six_days = NormTime("1 Minggu", 6, NormUnit.WORKING_DAYS)
    explained = with_row(
        2,
        norm_printed="1 Minggu",
        norm=six_days,
        inferred=(Inference("norm", "Kantor bekerja enam hari.", 90),),
    )
    assert brief(check(explained, [MAIL])) == [("inferred", 2)]


def test_a_row_without_norm_on_purpose_is_no_defect() -> None:
    assert check(with_row(2, norm_printed="Insidentil", norm=None), [MAIL]) == ()


def test_a_column_whose_part_is_only_inferred_is_found_unless_a_row_names_it() -> None:
    guess = (Inference("actor", "Kolom tanpa simbol.", 50),)
    sop = with_row(3, inferred=guess)
    assert ("role-not-named", None) in brief(check(sop, [MAIL]))
    named = with_row(3, inferred=guess, activity="Menerima dan menyerahkan kepada Camat")
    assert brief(check(named, [MAIL])) == [("inferred", 3)]


@pytest.mark.parametrize(
    "broken",
    [
        lambda sop: replace(sop, roles=()),
        lambda sop: replace(sop, steps=()),
        lambda sop: replace(sop, steps=tuple(reversed(sop.steps))),
        lambda sop: replace(sop, roles=(Role(STAF, "-", "-"),)),
        lambda sop: replace(sop, steps=tuple(replace(one, activity="") for one in sop.steps)),
    ],
)
def test_the_checker_never_stops_at_a_broken_sop(broken: Callable[[Sop], Sop]) -> None:
    defects = check(replace(broken(CLEAN), head=RoleId("")))
    assert "no-head" in [defect.code for defect in defects]
    assert "related-not-registered" in [defect.code for defect in defects]


def test_errors_come_before_warnings_and_these_before_what_awaits_confirmation() -> None:
    sop = replace(
        with_row(2, actor="", activity="Penyusunan jadwal"),
        inferred=(Inference("head", "Pimpinan kantor.", 90),),
    )
    assert brief(check(sop, [MAIL])) == [
        ("no-actor", 2),
        ("no-active-verb", 2),
        ("inferred", None),
    ]
