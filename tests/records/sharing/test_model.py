"""A model of the office: clones act, go offline, sync, pull by hand, exchange files and race.

Whatever they did, in the end all have the same records, the verifier accepts them, and every event
that anyone signed is there.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from soptui.desk.refusals import NotOpen
from soptui.domain.events import Dispose, Receive
from soptui.domain.ids import RoleId
from soptui.records.clone.refusals import Unverified
from soptui.records.sharing.bundle import export_bundle, import_bundle
from tests.support.town import HEAD, REGISTRAR, SECOND_HEAD, Town, move_office

PEOPLE = (REGISTRAR, HEAD, SECOND_HEAD)
person = st.sampled_from(PEOPLE)


def machine_of(founded_town: Town) -> type[RuleBasedStateMachine]:
    """The machine, whose runs begin from copies of an office."""

    class Office(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.folder = Path(tempfile.mkdtemp(prefix="soptui-model-"))
            self.town = move_office(founded_town, self.folder / "office")
            self.clones = {name: self.town.clone(name) for name in PEOPLE}
            self.signed: set[str] = set()
            self.files: list[Path] = []
            self.online = True
            self.case = self.clones[REGISTRAR].register()
            for clone in self.clones.values():
                assert clone.sync().ok

        @rule(who=person)
        def note(self, who: str) -> None:
            self.signed.add(self.clones[who].note(self.case, f"{who} {len(self.signed)}"))

        @rule(who=st.sampled_from((HEAD, SECOND_HEAD)))
        def decide(self, who: str) -> None:
            clone = self.clones[who]
            for details in (Receive(), Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",))):
                try:
                    self.signed.add(clone.act(self.case, details))
                except NotOpen:
                    continue

        @rule()
        def register(self) -> None:
            self.clones[REGISTRAR].register()

        @rule(who=person)
        def sync(self, who: str) -> None:
            result = self.clones[who].sync()
            assert result.ok or (result.offline and not self.online)

        @rule(who=person)
        @precondition(lambda self: self.online)
        def pull_and_push_by_hand(self, who: str) -> None:
            clone = self.clones[who]
            if clone.git("pull", "-q", check=False).returncode == 0:
                clone.git("push", "-q", check=False)
            else:
                clone.git("rebase", "--abort", check=False)

        @rule()
        def lose_or_find_the_line(self) -> None:
            away = self.folder / "away.git"
            (self.town.hub if self.online else away).rename(away if self.online else self.town.hub)
            self.online = not self.online

        @rule(who=person)
        def write_a_file(self, who: str) -> None:
            path = self.folder / f"{len(self.files)}.sop"
            # A line that a pull by hand has spoiled is not written; a sync mends it.
            with suppress(Unverified):
                export_bundle(self.clones[who].repository, path)
                self.files.append(path)

        @rule(who=person, number=st.integers(0, 99))
        @precondition(lambda self: self.files)
        def take_in_a_file(self, who: str, number: int) -> None:
            clone = self.clones[who]
            result = import_bundle(
                clone.repository, clone.desk, self.files[number % len(self.files)]
            )
            assert result.ok, result

        @rule(who=person)
        def crash_before_the_trust_is_written(self, who: str) -> None:
            """What was verified is forgotten, as by a crash between the ref and the memory."""
            clone = self.clones[who]
            trust = clone.repository.recall()
            clone.repository.pin(trust.genesis, trust.signer)
            report = clone.repository.verify()
            clone.repository.adopt(
                report.good, report.position, old=clone.head,
                shared=trust.shared, shared_position=trust.shared_position,
            ) if report.ok else None  # fmt: skip

        def teardown(self) -> None:
            if not hasattr(self, "town"):
                return
            try:
                self.converge()
            finally:
                self.town.close()
                shutil.rmtree(self.folder)

        def converge(self) -> None:
            """In the end everybody is online and syncs twice."""
            if not self.online:
                self.lose_or_find_the_line()
            for name in (*PEOPLE, *PEOPLE):
                result = self.clones[name].sync()
                assert result.ok, result
            heads = {clone.head for clone in self.clones.values()}
            assert heads == {self.town.hub_tip()}
            first = self.clones[REGISTRAR]
            assert self.signed <= set(first.events(self.case))
            assert first.verified().ok
            for clone in self.clones.values():
                assert clone.git("status", "--short").stdout == ""

    return Office


def run(founded_town: Town, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine_of(founded_town),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck), derandomize=True,
        ),
    )  # fmt: skip


def test_clones_that_do_anything_come_to_one_history(founded_town: Town) -> None:
    run(founded_town, examples=3, steps=8)


@pytest.mark.slow
def test_clones_that_do_anything_for_long_come_to_one_history(founded_town: Town) -> None:
    run(founded_town, examples=60, steps=25)
