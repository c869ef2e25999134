"""The pages on the SOP file name every key that the file may have, in both languages."""

from __future__ import annotations

import re

import pytest

from soptui.domain.sop import StepKind
from soptui.records.files import sop as sop_file
from tests.support.programs import ROOT

KEYS = {
    key
    for name, value in vars(sop_file).items()
    if name.isupper() and isinstance(value, tuple)
    for key in value
}
KINDS = {kind.value for kind in StepKind if kind is not StepKind.REGISTER}


@pytest.mark.parametrize("page", ["sop-file.md", "sop-file.en.md"])
def test_the_page_names_every_key_of_the_sop_file(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert len(KEYS) > 40
    assert {key for key in KEYS | KINDS if not re.search(rf"[`\[.]{key}[`\]]", text)} == set()
