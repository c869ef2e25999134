"""The file of a register of indicators: read, written again to the same bytes, and its faults."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from soptui.domain.measure.register import Gap, TargetBasis, ZeroTarget
from soptui.domain.measure.scale import Compare
from soptui.domain.replace import replace
from soptui.records.files import codec
from soptui.records.files.register import (
    read_register,
    register_from_document,
    register_to_document,
    write_register,
)
from soptui.records.files.tables import RecordFault
from tests.support.registers import example_register

REGISTER = example_register()


def test_a_register_comes_back_as_it_was_written() -> None:
    data = write_register(REGISTER)
    read = read_register(data)
    assert read == replace(REGISTER, digest=sha256(data).hexdigest())
    assert write_register(read) == data


def test_every_key_of_an_indicator_is_kept() -> None:
    first = replace(
        REGISTER.indicators[0],
        definition="Nilai (contoh)",
        formula_text="jumlah nilai dibagi jumlah unsur",
        gap=Gap.FILLED,
        target_basis=TargetBasis.CUMULATIVE,
        zero_target=ZeroTarget.NONE,
        ceiling="120",
        parts_of="iks-9",
        negative=True,
        share=True,
        weight=3,
        source="Kasubbag PK",
        evidence=("Rekapitulasi", "Berita acara"),
        plausible=("60", "-"),
        continues="iks-1@2025",
        keys=("e-SAKIP=123",),
    )
    scale = replace(REGISTER.scale, compare=Compare.ROUNDED)
    register = replace(REGISTER, indicators=(first,), scale=scale)
    assert replace(read_register(write_register(register)), digest="") == register


@pytest.mark.parametrize(
    ("table", "key", "value", "code"),
    [
        ("", "kind", "sementara", "value"),
        ("", "year", 1999, "value"),
        ("", "unknown", "x", "unknown-key"),
        ("indicators", "decimals", 0, "not-canonical"),
        ("indicators", "weight", 1, "not-canonical"),
        ("indicators", "gap", "strict", "not-canonical"),
        ("indicators", "target_basis", "per-quarter", "not-canonical"),
        ("indicators", "rule", "sideways", "value"),
        ("indicators", "owner", "Seksi", "value"),
        ("lines", "level", "bidang", "value"),
        ("scale", "compare", "exact", "not-canonical"),
        ("scale", "policy", "about", "value"),
    ],
)
def test_what_the_form_does_not_have_is_a_fault(
    table: str, key: str, value: object, code: str
) -> None:
    document: dict[str, Any] = register_to_document(REGISTER)
    place = document
    if table:
        place = document[table] if table == "scale" else document[table][0]
    place[key] = value
    with pytest.raises(RecordFault) as caught:
        register_from_document(document)
    assert caught.value.code == code


def test_a_missing_target_is_not_written_four_times() -> None:
    document = register_to_document(REGISTER)
    without = next(one for one in document["indicators"] if "targets" not in one)
    without["targets"] = ["-", "-", "-", "-"]
    with pytest.raises(RecordFault, match="indicators"):
        register_from_document(document)


def test_a_register_of_one_hundred_and_fifty_indicators_fits_a_file() -> None:
    many = tuple(
        replace(REGISTER.indicators[0], code=f"ik-{number}", definition="x" * 300)
        for number in range(150)
    )
    assert len(write_register(replace(REGISTER, indicators=many))) < codec.DOCUMENT_LIMIT
