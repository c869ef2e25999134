"""An SOP that a person wrote becomes canonical, whatever editor saved it."""

from __future__ import annotations

import pytest

from soptui.domain.message import Refusal
from soptui.records.files.handwritten import canonical_sop
from tests.support.starter_sop import SEED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_an_sop_is_the_same_whatever_editor_saved_it(encoding: str) -> None:
    """Follows hukkin/tomli#304, Nayjest/lm-proxy#79, influxdata/telegraf#1378."""
    canonical = SEED.read_bytes()
    saved = "# disunting\r\n" + canonical.decode().replace("\n", "\r\n")
    assert canonical_sop(saved.encode(encoding))[1] == canonical


def test_an_sop_in_another_encoding_says_which_it_must_have() -> None:
    with pytest.raises(Refusal, match="not in the encoding UTF-8"):
        canonical_sop("# caf\u00e9\n".encode("cp1252") + SEED.read_bytes())
