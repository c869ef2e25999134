"""What is written for a person never goes through a link that somebody put there.

A link is replaced where that was asked for, else the file refused;
what it leads to stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from soptui.desk.views import FileToAttach
from soptui.domain.events import Attach, AttachmentKind
from tests.cli.test_sharing import at, soptui
from tests.support.town import REGISTRAR, Town

Words = Callable[[Path, Path], tuple[str, ...]]
"""A command that writes to the path given; the second is a folder of its own."""

WRITES: dict[str, tuple[Words, bool]] = {
    "flash disk": (lambda path, _: ("disk", "export", str(path)), True),
    "checkpoint": (lambda path, _: ("checkpoint", "sign", "--to", str(path)), True),
    "attachment": (lambda path, _: ("attachment", "CASE", "surat.txt", "-o", str(path)), False),
    "attachment by force": (
        lambda path, _: ("attachment", "CASE", "surat.txt", "-o", str(path), "--force"), True,
    ),
    "request": (
        lambda path, folder: ("officer", "key", "request", REGISTRAR, "--key", str(folder / "key"),
                              "--passphrase", "", "--request", str(path)), False,
    ),
}  # fmt: skip
"""What writes a file, and whether it takes the place of one that is there."""


@pytest.mark.parametrize("leads_on", [True, False], ids=["to a file", "to nothing"])
@pytest.mark.parametrize("what", WRITES)
def test_nothing_is_written_through_a_link(
    town: Town, tmp_path: Path, what: str, leads_on: bool
) -> None:
    root, own = at(town, REGISTRAR)
    clone = town.clone(REGISTRAR)
    case = clone.register()
    paper = tmp_path / "surat.txt"
    paper.write_text("Surat permintaan data.\n")
    clone.desk.act(case, Attach(), files=(FileToAttach(paper, AttachmentKind.SUPPORT),))
    target, link = tmp_path / "authorized_keys", tmp_path / "out"
    if leads_on:
        target.write_text("mine\n")
    link.symlink_to(target)
    words, replaces = WRITES[what]
    line = [case if word == "CASE" else word for word in words(link, tmp_path)]
    soptui(*line, cwd=root, env=own, code=0 if replaces else 1)
    assert link.is_symlink() is not replaces
    assert target.exists() is leads_on
    assert not leads_on or target.read_text() == "mine\n"
    # The honest twin.
    line = [case if word == "CASE" else word for word in words(tmp_path / "plain", tmp_path)]
    soptui(*line, cwd=root, env=own)
    assert (tmp_path / "plain").is_file()
