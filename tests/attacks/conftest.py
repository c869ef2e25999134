"""The verifier reads the same SOP in every attack: it is understood once."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from soptui.records.files.snapshot import read_sop


@pytest.fixture(autouse=True, scope="package")
def _sops_read_once() -> Iterator[None]:
    """What a file means follows from its bytes alone; to read it took a quarter of the time."""
    read_once = functools.lru_cache(read_sop)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("soptui.records.files.snapshot.read_sop", read_once)
        patch.setattr("soptui.records.verify.administration.read_sop", read_once)
        yield
