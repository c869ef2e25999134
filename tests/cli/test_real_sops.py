"""Real SOPs of other offices, walked by commands: each way of each decision, to the archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from soptui.domain.ids import CaseId
from soptui.domain.sop import Sop, StepKind
from soptui.records.files.codec import emit_document
from soptui.records.files.sop import sop_to_document
from tests.support.commands import Terminal
from tests.support.office_repository import officer_of
from tests.support.real_sops import NAMES, REASON, real_sop
from tests.support.sop_walker import Turn, walks_through

pytestmark = pytest.mark.slow

REGISTERED = (
    "--number", "tanpa nomor", "--date", "5/1/2026", "--sender", "Pemohon", "--duplicate",
)  # fmt: skip


def _holder(role: str) -> str:
    return f"{role[:28]}-9"


def _registered(terminal: Terminal, sop: Sop) -> CaseId:
    words = ("register", "--sop", str(sop.id), *REGISTERED, "--subject", sop.identity.title)
    return CaseId(terminal.data(_holder(sop.registration.actor), *words)["case"])


def _act(terminal: Terminal, case: CaseId, turn: Turn, sop: Sop, place: int) -> None:
    step, by = turn.step, _holder(turn.step.actor)
    way = ("--way", turn.label) if len(step.ways) > 1 else ()
    if turn.back_to is not None:
        terminal.does(
            by, "return", case, "--receive", "--to-step", str(turn.back_to), "--reason",
            REASON.code, "--note", "Belum lengkap.",
        )  # fmt: skip
        return
    match step.kind:
        case StepKind.REGISTER:
            terminal.does(by, "register", "--case", case, *REGISTERED, "--subject", "Diperbaiki")
        case StepKind.DISPOSE:
            target = sop.target(turn.way) if turn.way else None
            to = ("--to", target.actor) if target else ()
            terminal.does(by, "dispose", case, "--receive", *to, "--note", "Laksanakan.", *way)
        case StepKind.REVIEW | StepKind.APPROVE:
            terminal.does(by, "approve", case, "--receive", *way)
        case StepKind.ARCHIVE:
            terminal.does(
                by, "archive", case, "--receive", "--file-number", "1", "--place", "Lemari 1",
            )  # fmt: skip
        case _:
            output = Path(f"hasil-{place}.txt")
            output.write_text(f"{sop.id}, {place}\n")
            needs = ("--requirement", "*") if step.requirements else ()
            terminal.does(by, "complete", case, "--receive", *needs, "--output", str(output), *way)


@pytest.mark.parametrize("name", NAMES)
def test_each_way_is_walked_to_the_archive_and_the_records_are_clean(
    terminal: Terminal, name: str
) -> None:
    sop = real_sop(name)
    Path("sop.toml").write_bytes(emit_document(sop_to_document(sop)))
    terminal.does("admin-1", "sop", "add", "sop.toml", "--sure")
    for role in sop.roles:
        if not role.outside:
            terminal.office.hire(officer_of(_holder(role.id), role.id))
    place = 0
    for walk in walks_through(sop):
        case = _registered(terminal, sop)
        for turn in walk:
            place += 1
            _act(terminal, case, turn, sop, place)
        assert terminal.data("admin-1", "show", case)["status"] == "done"
    assert terminal.run("admin-1", "verify", "--full").exit_code == 0
