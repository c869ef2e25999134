"""One letter registered in two clones is told to both, and so is an agenda number that moved.

Reported of other programs: a letter stands twice in the register, and nobody is told
(OpenSID/OpenSID#7971).
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_sharing import soptui
from tests.support.town import ADMIN, REGISTRAR, Town, git

LETTER = ("--number", "005/9/2026", "--date", "2/1/2026", "--sender", "Bupati Contoh")


class Desk:
    """One clone of the registrar's, by the command line."""

    def __init__(self, town: Town, name: str) -> None:
        self.root = town.clone(REGISTRAR, name).root
        key = str(town.keys.path(REGISTRAR))
        self._env = {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": key}

    def says(self, *words: str, lang: str = "en") -> str:
        done = soptui(*words, cwd=self.root, env=self._env, lang=lang)
        return " ".join((done.stdout + done.stderr).split())

    def registers(self, *more: str, subject: str = "Rapat") -> str:
        told = self.says("register", *LETTER, "--subject", subject, "--json", *more)
        return str(json.loads(told)["case"])


def test_a_letter_registered_in_two_clones_is_told_to_both_until_one_is_cancelled(
    town: Town,
) -> None:
    one, other = Desk(town, "satu"), Desk(town, "dua")
    one.registers()
    case = other.registers()
    assert "more than once" not in one.says("sync")
    told = other.says("sync")
    assert "registered more than once: 1/2026, 2/2026" in told
    assert "the agenda number 1/2026 that you gave" in told
    assert "is 2/2026 now" in told
    told = one.says("sync")
    assert "registered more than once: 1/2026, 2/2026" in told
    assert "agenda number" not in told
    for words in (("list",), ("agenda", "2026"), ("show", "1/2026"), ("show", "2/2026")):
        assert "more than once" in one.says(*words)
    assert json.loads(one.says("show", case, "--json"))["twins"] != []
    # The Camat cancels one of them, and nobody is told any more.
    head = town.clone("camat-1")
    assert head.sync().ok
    camat = {"SOPTUI_OFFICER": "camat-1", "SOPTUI_KEY": str(town.keys.path("camat-1"))}
    soptui("cancel", case, "--note", "Tercatat dua kali.", cwd=head.root, env=camat)
    assert head.sync().ok
    one.says("sync")
    assert "more than once" not in one.says("list") + one.says("show", "1/2026")


def test_a_number_that_moved_is_told_until_its_case_was_looked_at(town: Town) -> None:
    one, other = Desk(town, "satu"), Desk(town, "dua")
    one.registers(subject="Undangan")
    case = other.registers("--duplicate", "--number", "7/2026")
    one.says("sync")
    assert "is 2/2026 now" in other.says("sync")
    assert "yang Anda berikan" in other.says("inbox", lang="id")
    assert "is 2/2026 now" in other.says("sync", "--status")
    other.says("show", case)
    assert "is 2/2026 now" not in other.says("inbox")


def test_both_are_told_by_a_flash_disk_too(town: Town, tmp_path: Path) -> None:
    one, other = Desk(town, "satu"), Desk(town, "dua")
    for desk in (one, other):
        git(desk.root, "config", "--unset", "remote.origin.url")
    one.registers()
    other.registers()
    disk = str(tmp_path / "disk.bundle")
    one.says("disk", "export", disk)
    assert "more than once" in other.says("disk", "import", disk)
    other.says("disk", "export", str(tmp_path / "back.bundle"))
    assert "more than once" in one.says("disk", "import", str(tmp_path / "back.bundle"))


def test_who_did_not_register_the_letter_is_not_told_of_its_number(town: Town) -> None:
    one, other = Desk(town, "satu"), Desk(town, "dua")
    one.registers(subject="Undangan")
    other.registers("--duplicate", "--number", "7/2026")
    one.says("sync")
    admin = {"SOPTUI_OFFICER": ADMIN, "SOPTUI_KEY": str(town.keys.path(ADMIN))}
    told = soptui("sync", cwd=other.root, env=admin).stdout
    assert "agenda number" not in told
    assert "is 2/2026 now" in other.says("inbox")
