"""The SOP file: the seed's text complete, one spelling for one content, every fault named."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.ids import RoleId, SopId
from soptui.domain.message import Refusal
from soptui.domain.sop import (
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
    Symbol,
    Way,
)
from soptui.domain.time.normtime import NormTime, NormUnit
from soptui.records.files.codec import emit_document, parse_document
from soptui.records.files.sop import LAST_STEP, sop_from_document, sop_to_document
from soptui.records.files.tables import RecordFault
from tests.support.starter_sop import SEED, seed_sop

# The table of the printed SOP, cell by cell.
PRINTED_ROWS = """\
Menerima Surat Bupati dan Mendisposisi Penyiapan SKPD ke Sekretaris
    Surat Bupati | 15 Menit | Disposisi Camat
Menelaah disposisi dari camat dan mendisposisi kepada kasubag PK
    Disposisi Camat | 15 Menit | Disposisi Sekretaris
Menganalisa Surat Bupati dan Mengumpulkan/Klarifikasi data Bersama kasi/kasubag yang ada
    Disposisi Sekretaris | 3 Hari | Bahan pelaksanaan pengukuran kinerja
Menyiapkan data-data yang diperlukan untuk penyusunan pengukuran data kinerja
    Bahan pelaksanaan Pengukuran Kinerja | 3 Hari | Draft pengukuran data kinerja
Mengunggah di aplikasi dan mengolah data kemudian meneruskan ke sekretaris
    Draft pengukuran data kinerja | 1 Minggu | Draft pengukuran data kinerja
Menerima konsep konsep dan meneruskan ke kepala pelaksana
    Draft pengukuran data kinerja | 1 Hari | Draft pengukuran data kinerja
Menerima Konsep dan Menyetujuinya
    Konsep pengukuran data kinerja | 1 Hari | Dokumen pengukuran data kinerja
Menginput realisasi kegiatan di aplikasi dan mengarsipkan
    Dokumen pengukuran data kinerja | 1 Hari | Input Aplikasi dan Arsip
"""


@pytest.fixture(scope="module")
def seed() -> Sop:
    return seed_sop()


@pytest.fixture
def document() -> dict[str, Any]:
    return deepcopy(parse_document(SEED.read_bytes()))


def refused(document: dict[str, Any]) -> tuple[str, str]:
    """The fault of a document: its code and its bare sentence."""
    with pytest.raises(RecordFault) as caught:
        sop_from_document(document, "")
    return caught.value.code, str(caught.value.fault)


def test_the_seed_holds_the_printed_table_word_for_word(seed: Sop) -> None:
    printed = "".join(
        f"{step.activity}\n"
        f"    {', '.join(step.requirements)} | {step.norm_printed} | {step.output}\n"
        for step in seed.steps
    )
    assert printed == PRINTED_ROWS


def test_the_seed_holds_the_printed_columns_in_their_order(seed: Sop) -> None:
    assert [role.title for role in seed.roles] == [
        "Staff Penerima Surat",
        "Staff",
        "Kasubbag Perencanaan dan Keuangan",
        "Kasubag dan seksi lainnya",
        "Sekretaris",
        "Camat",
    ]
    assert [role.id for role in seed.roles if role.several] == ["kasubbag-seksi-lain"]


def test_the_seed_holds_the_printed_identity(seed: Sop) -> None:
    identity = seed.identity
    assert identity.title == "STANDAR OPERASIONAL PENGUKURAN DATA KINERJA"
    assert str(identity.created) == str(identity.effective) == "2021-12"
    assert identity.revised is None
    assert identity.endorsed_by == Endorsement(
        "CAMAT AJIBARANG", "PARSONO, S.Sos., M.Si.", "Pembina Tingkat I", "196707011992091001"
    )
    assert [len(getattr(identity, name)) for name in ("legal_bases", "related", "equipment")] == [
        6, 3, 6,
    ]  # fmt: skip
    assert identity.legal_bases[2].startswith("Pemandagri No 86 Tahun 2017")


def test_the_seed_is_read_as_the_office_works(seed: Sop) -> None:
    assert [(step.kind.value, step.actor) for step in (seed.registration, *seed.steps)] == [
        ("register", "staff-penerima-surat"),
        ("dispose", "camat"),
        ("dispose", "sekretaris"),
        ("collect", "kasubbag-pk"),
        ("work", "staff"),
        ("work", "kasubbag-pk"),
        ("review", "sekretaris"),
        ("approve", "camat"),
        ("archive", "staff"),
    ]
    assert [[edge.to for edge in step.returns] for step in seed.steps] == [
        [0], [1], [2], [3], [4, 3], [5], [6, 5], [5, 7],
    ]  # fmt: skip
    assert [step.number for step in seed.steps if step.distinct_from == (5,)] == [6, 7]
    assert [step.number for step in seed.steps if step.page_break_after] == [6]


def test_the_norms_of_the_seed_add_up_to_14_working_days_and_half_an_hour(seed: Sop) -> None:
    sums = dict.fromkeys(NormUnit, 0)
    for step in seed.steps:
        assert step.norm is not None
        sums[step.norm.unit] += step.norm.amount
    assert sums == {NormUnit.MINUTES: 30, NormUnit.WORKING_DAYS: 14}


def test_the_seed_is_canonical(seed: Sop) -> None:
    assert emit_document(sop_to_document(seed)) == SEED.read_bytes()


# --- faults -------------------------------------------------------------------------------------


def test_a_fault_names_table_and_key(document: dict[str, Any]) -> None:
    document["steps"][2]["returns"][0]["to"] = "2"
    assert refused(document) == (
        "kind-of-value",
        "steps[3].returns[1].to does not hold the kind of value it must.",
    )


def test_a_fault_says_what_stands_and_what_to_do(document: dict[str, Any]) -> None:
    del document["id"]
    with pytest.raises(Refusal, match=r"id is missing\. Nothing was changed; correct the file"):
        sop_from_document(document, "")


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("format",), 2, "newer-format"),
        (("format",), True, "kind-of-value"),
        (("id",), "Pengukuran", "value"),
        (("version",), 0, "value"),
        (("colour",), "red", "unknown-key"),
        (("identity", "motto"), "maju", "unknown-key"),
        (("identity",), "text", "kind-of-value"),
        (("identity", "created"), "2021", "value"),
        (("identity", "created"), "2021-13", "value"),
        (("identity", "created"), "2021-02-30", "value"),
        (("identity", "created"), "2021-02-00", "value"),
        (("identity", "title"), "", "text"),
        (("identity", "title"), "a\nb", "text"),
        (("identity", "title"), " a", "text"),
        (("identity", "title"), "a\u202eb", "text"),
        (("identity", "related"), [], "not-canonical"),
        (("identity", "related"), [3], "kind-of-value"),
        (("identity", "related"), "SOP", "kind-of-value"),
        (("identity", "endorsed_by", "office"), "x", "unknown-key"),
        (("roles", 0, "id"), "staff", "duplicate"),
        (("roles", 0, "several"), False, "not-canonical"),
        (("roles", 0, "several"), "yes", "kind-of-value"),
        (("roles",), ["staff"], "kind-of-value"),
        (("registration", "kind"), "work", "unknown-key"),
        (("registration", "number"), 0, "unknown-key"),
        (("registration", "returns"), [{"to": 0}], "unknown-key"),
        (("steps", 0, "kind"), "register", "value"),
        (("steps", 0, "kind"), "dance", "value"),
        (("steps", 0, "number"), 2, "duplicate"),
        (("steps", 0, "number"), 9, "value"),
        (("steps", 0, "number"), 0, "value"),
        (("steps", 0, "actor"), "-camat", "value"),
        (("steps", 0, "involved"), ["staff", "staff"], "duplicate"),
        (("steps", 0, "norm_minutes"), 0, "value"),
        (("steps", 0, "norm_working_days"), 1, "value"),
        (("steps", 5, "distinct_from"), [5, 5], "duplicate"),
        (("steps", 5, "distinct_from"), ["5"], "kind-of-value"),
        (("steps", 4, "returns", 1, "to"), 4, "duplicate"),
        (("steps", 4, "returns", 0, "reasons"), ["Lain"], "value"),
        (("steps", 4, "inferred", 0, "confidence"), 101, "value"),
        (("steps", 4, "inferred", 0, "field"), "Norm", "value"),
        (("return_reasons", 0, "code"), "lainnya", "duplicate"),
        (("return_reasons", 0, "text"), None, "kind-of-value"),
    ],
)
def test_a_fault_of_form_is_refused(
    document: dict[str, Any], path: tuple[Any, ...], value: object, code: str
) -> None:
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert refused(document)[0] == code


@pytest.mark.parametrize(
    "path",
    [
        ("format",),
        ("version",),
        ("roles", 1, "title"),
        ("steps", 0, "number"),
        ("steps", 0, "kind"),
        ("steps", 0, "returns", 0, "to"),
        ("return_reasons", 0, "text"),
        ("inferred", 0, "confidence"),
    ],
)
def test_a_key_that_must_be_there_is_missed(
    document: dict[str, Any], path: tuple[Any, ...]
) -> None:
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    assert refused(document)[0] == "missing-key"


def test_keys_out_of_order_are_refused(document: dict[str, Any]) -> None:
    step = document["steps"][1]
    document["steps"][1] = {"kind": step.pop("kind"), **step}
    assert refused(document) == (
        "not-canonical",
        "steps[2].kind is out of its order, or holds what is written by leaving it out.",
    )


def test_what_the_checker_judges_is_no_fault_of_form(document: dict[str, Any]) -> None:
    del document["head"], document["identity"], document["registration"], document["roles"]
    del document["steps"][0]["actor"]
    document["steps"][4]["returns"][0]["to"] = 99
    sop = sop_from_document(document, "")
    assert (sop.head, sop.registration.actor, sop.steps[0].actor) == ("", "", "")


# --- laws ---------------------------------------------------------------------------------------


# Which characters a text may hold is the codec's subject; here quotes and a few letters serve.
lines = st.text('a"\\é漢 ', min_size=1, max_size=6).filter(lambda text: text == text.strip())
texts = st.just("") | lines
many = st.lists(lines, max_size=3).map(tuple)
slugs = st.sampled_from(["a", "b-1", "camat", "staf", "z" * 32])
slug_sets = st.lists(slugs, max_size=3, unique=True).map(tuple)
role_sets = st.lists(slugs.map(RoleId), max_size=3, unique=True).map(tuple)
partial_dates = st.dates().flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
).filter(lambda day: 1000 <= day.year < 3000)  # fmt: skip
inferences = st.lists(
    st.builds(Inference, st.sampled_from(["actor", "norm", "a_1"]), lines, st.integers(0, 100)),
    max_size=2,
).map(tuple)
edges = st.lists(
    st.builds(ReturnEdge, st.integers(0, LAST_STEP), slug_sets),
    max_size=2,
    unique_by=lambda edge: edge.to,
).map(tuple)

ways = st.one_of(
    st.builds(Way, st.integers(0, LAST_STEP)).map(lambda way: (way,)),
    st.lists(
        st.builds(Way, st.integers(0, LAST_STEP), lines),
        max_size=3,
        unique_by=lambda way: way.label,
    ).map(tuple),
)


@st.composite
def rows(draw: st.DrawFn, number: int) -> Step:
    printed = draw(texts)
    norm = draw(
        st.none()
        | st.builds(NormTime, st.just(printed), st.integers(1, 10_000), st.sampled_from(NormUnit))
    )
    values: dict[str, Any] = {}
    if number:
        values = {
            "returns": draw(edges),
            "distinct_from": tuple(
                draw(st.lists(st.integers(1, LAST_STEP), max_size=2, unique=True))
            ),
            "page_break_after": draw(st.booleans()),
        }
    kinds = [kind for kind in StepKind if (kind is StepKind.REGISTER) == (number == 0)]
    kind = draw(st.sampled_from(kinds))
    if number and kind is not StepKind.ARCHIVE:
        values["ways"] = draw(ways)
    if number:
        values["row"] = draw(texts)
        values["symbol"] = draw(st.none() | st.sampled_from((Symbol.BOX, Symbol.DIAMOND)))
    actor = RoleId(draw(st.just("") | slugs))
    if number and actor and draw(st.booleans()):
        values["stands_for"], norm = RoleId(draw(slugs)), None
    return Step(
        number=number,
        activity=draw(texts),
        kind=kind,
        actor=actor,
        norm_printed=printed,
        norm=norm,
        involved=draw(role_sets),
        requirements=draw(many),
        output=draw(texts),
        remark=draw(texts),
        inferred=draw(inferences),
        **values,
    )


identities = st.builds(
    Identity,
    **dict.fromkeys(("title", "number", "agency", "address"), texts),
    **dict.fromkeys(("created", "revised", "effective", "review_due"), st.none() | partial_dates),
    endorsed_by=st.none() | st.builds(Endorsement, lines, texts, texts, texts),
    **dict.fromkeys(
        ("legal_bases", "related", "qualifications", "equipment", "warnings", "records_kept"), many
    ),
)


@st.composite
def sops(draw: st.DrawFn) -> Sop:
    numbers = sorted(draw(st.sets(st.integers(1, LAST_STEP), max_size=3)))
    roles = st.builds(Role, slugs, lines, lines, st.booleans(), st.booleans())
    reasons = st.builds(ReturnReason, slugs, lines)
    return Sop(
        id=SopId(draw(slugs)),
        version=draw(st.integers(1, 9999)),
        identity=draw(identities),
        head=RoleId(draw(st.just("") | slugs)),
        roles=tuple(draw(st.lists(roles, max_size=3, unique_by=lambda role: role.id))),
        registration=draw(rows(0)),
        steps=tuple(draw(rows(number)) for number in numbers),
        filed_by=RoleId(draw(st.just("") | slugs)),
        return_reasons=tuple(draw(st.lists(reasons, max_size=3, unique_by=lambda one: one.code))),
        inferred=draw(inferences),
        digest="",
    )


@given(sops())
def test_every_sop_survives_its_file(sop: Sop) -> None:
    content = emit_document(sop_to_document(sop))
    assert sop_from_document(parse_document(content), "") == sop


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.data())
def test_no_document_brings_anything_but_a_refusal(data: st.DataObject) -> None:
    document = deepcopy(parse_document(SEED.read_bytes()))
    place: Any = document
    # Walks down to a random place of the seed and puts something there that does not belong.
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(junk)
    try:
        sop_from_document(document, "")
    except Refusal as refusal:
        assert str(refusal)  # noqa: PT017 (either outcome is right)
