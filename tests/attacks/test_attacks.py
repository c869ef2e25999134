"""Every attack of the catalogue is found, by its code, and its honest twin is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.domain.findings import SENTENCES, Report
from tests.attacks.attack import Attack, Build
from tests.attacks.catalogue import ATTACKS, opening

NAMES = [str(one) for one in ATTACKS]


def errors(report: Report) -> set[str]:
    return {finding.code for finding in report.errors}


def test_every_attack_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {attack.code for attack in ATTACKS} <= SENTENCES.keys()


@pytest.mark.parametrize("attack", ATTACKS, ids=NAMES)
def test_the_attack_is_found(attack: Attack, tmp_path: Path) -> None:
    records = opening()
    honest = records.tip
    attack.build(records)
    directory = records.write_to(tmp_path / "records.git")
    pushed = records.verify(directory, old=honest)
    assert errors(pushed) == {attack.code}
    assert not pushed.ok
    whole = records.verify(directory)
    assert errors(whole) == ({attack.whole} if attack.whole else set())
    assert whole.ok is (attack.whole == "")


TWINS = sorted({one.twin for one in ATTACKS if one.twin}, key=lambda build: build.__name__)


@pytest.mark.parametrize("twin", TWINS, ids=lambda build: build.__name__)
def test_its_honest_twin_is_accepted(twin: Build, tmp_path: Path) -> None:
    records = opening()
    honest = records.tip
    twin(records)
    directory = records.write_to(tmp_path / "records.git")
    for old in (honest, ""):
        report = records.verify(directory, old=old)
        assert report.ok
        assert report.findings == ()
        assert report.good == records.tip
