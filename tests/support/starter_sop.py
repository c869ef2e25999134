"""The SOP that soptui comes with, as a file and as what is read from it."""

from __future__ import annotations

from hashlib import sha256

from soptui.domain.sop import Sop
from soptui.records.files.codec import parse_document
from soptui.records.files.sop import sop_from_document
from tests.support.programs import ROOT

SEED = ROOT / "records/sops/pengukuran-data-kinerja/1.toml"


def seed_sop() -> Sop:
    """The SOP as it is read from its file."""
    content = SEED.read_bytes()
    return sop_from_document(parse_document(content), sha256(content).hexdigest())
