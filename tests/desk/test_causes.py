"""What stopped somebody, by its cause: commands turn it into exit codes."""

from __future__ import annotations

import pytest

from soptui.desk.causes import Cause, cause_of, refusal_of
from soptui.desk.refusals import FieldFault, no_case
from soptui.desk.settings.config_file import SettingsFault
from soptui.domain.message import Message
from soptui.records.clone.refusals import NotRecords, Untrusted
from soptui.records.files.codec import CodecFault
from soptui.records.git.objects import ObjectFault
from soptui.records.git.process import GitFailed
from soptui.records.platform.openssh import SigningRefusal

WHY = Message("Why.")


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (no_case("2026-k7m3qd9x"), Cause.REFUSED),
        (PermissionError(13, "denied", "office.toml"), Cause.REFUSED),
        (GitFailed("fetch", 128, "fatal: no space"), Cause.REFUSED),
        (FieldFault("number", WHY), Cause.MISREAD),
        (SettingsFault(WHY), Cause.MISREAD),
        (NotRecords(WHY), Cause.NO_RECORDS),
        (Untrusted(WHY), Cause.NO_RECORDS),
        (SigningRefusal("key-locked", WHY), Cause.NO_KEY),
        (CodecFault("line", 1, WHY), Cause.DAMAGED),
        (ObjectFault("missing", "0" * 40), Cause.DAMAGED),
    ],
)
def test_what_can_happen_to_anybody_has_a_cause_and_a_sentence(
    error: Exception, cause: Cause
) -> None:
    assert cause_of(error) is cause
    refusal = refusal_of(error)
    assert refusal is not None
    assert str(refusal.message)


def test_a_fault_of_the_program_is_no_refusal() -> None:
    assert refusal_of(ZeroDivisionError()) is None
