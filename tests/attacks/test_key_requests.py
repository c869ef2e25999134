"""Requests for a key of somebody who has one: by them, by a stranger, or because theirs is lost."""

from __future__ import annotations

import os
import pty
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from soptui.desk.office.administration import Administration
from soptui.desk.office.joining import own_key, request_of
from soptui.domain.ids import OfficerId
from soptui.records.keys.signing import Signer
from tests.cli.test_sharing import at, soptui
from tests.support.programs import SOPTUI
from tests.support.screen_start import told_before_the_screen
from tests.support.town import ADMIN, HEAD, REGISTRAR, Town

CAMAT = OfficerId(HEAD)


@dataclass(frozen=True)
class Said:
    """What a command said at a terminal, and its exit code."""

    code: int
    text: str


def at_terminal(*words: str, answer: str, cwd: Path, env: dict[str, str]) -> Said:
    """Run the program at a terminal, where somebody types one answer."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*SOPTUI, *words], cwd=cwd, stdin=slave, stdout=slave, stderr=slave,
        env=os.environ | {"SOPTUI_LANG": "en"} | env,
    ) as one:  # fmt: skip
        os.close(slave)
        os.write(master, answer.encode())
        parts = []
        try:
            while part := os.read(master, 4096):
                parts.append(part)
        except OSError:
            pass
    os.close(master)
    return Said(one.returncode, " ".join(b"".join(parts).decode().split()))


def request_for_the_camat(town: Town, folder: Path, old: Signer | None = None) -> tuple[Path, str]:
    """A request for a new key of the Camat, and the key's fingerprint."""
    clone = town.clone(ADMIN)
    new = own_key(folder / "new key", lambda: "")
    root, registry = clone.repository.trust.root, clone.desk.registry
    path = folder / "request"
    path.write_bytes(request_of(root, registry, CAMAT, {}, new, old=old))
    return path, new.public_key.fingerprint


def keys_of_the_camat(town: Town) -> int:
    return len(town.clones[0].desk.registry.officers[CAMAT].keys)


def test_a_stranger_s_request_in_the_camat_s_name_is_refused(town: Town, tmp_path: Path) -> None:
    root, admin = at(town, ADMIN)
    request, _ = request_for_the_camat(town, tmp_path)
    refused = soptui("accept", str(request), cwd=root, env=admin, code=1)
    assert "one more key of a registered officer" in refused.stdout
    assert "no key of theirs has signed this one" in refused.stderr
    told = at_terminal("accept", str(request), answer="y\n", cwd=root, env=admin)
    assert told.code == 1
    for more in (("--lost-key", REGISTRAR), ("--lost-key", HEAD)):
        soptui("accept", str(request), *more, cwd=root, env=admin, code=1 if HEAD in more else 2)
    public = (tmp_path / "new key.pub").read_text().strip()
    soptui("officer", "key", "add", HEAD, public, cwd=root, env=admin, code=1)
    assert keys_of_the_camat(town) == 1


def test_the_camat_s_own_request_is_accepted_at_once(town: Town, tmp_path: Path) -> None:
    """The honest twin: the key that they hold has signed the new one."""
    root, admin = at(town, ADMIN)
    request, _ = request_for_the_camat(town, tmp_path, town.keys.signer(HEAD))
    soptui("accept", str(request), cwd=root, env=admin)
    assert keys_of_the_camat(town) == 2


def test_a_request_signed_by_another_officer_s_key_is_refused(town: Town, tmp_path: Path) -> None:
    root, admin = at(town, ADMIN)
    request, _ = request_for_the_camat(town, tmp_path, town.keys.signer(REGISTRAR))
    refused = soptui("accept", str(request), cwd=root, env=admin, code=1)
    assert "without the signature of a key that they held" in refused.stderr
    assert keys_of_the_camat(town) == 1


def test_a_lost_key_is_asked_about_and_told_to_everybody_once(town: Town, tmp_path: Path) -> None:
    root, admin = at(town, ADMIN)
    request, fingerprint = request_for_the_camat(town, tmp_path)
    lost = ("accept", str(request), "--lost-key", HEAD)
    refused = soptui(*lost, cwd=root, env=admin, code=1)
    assert "only done at a terminal" in refused.stderr
    no = at_terminal(*lost, answer="n\n", cwd=root, env=admin)
    assert no.code == 1
    assert fingerprint in no.text
    assert keys_of_the_camat(town) == 1
    yes = at_terminal(*lost, answer="y\n", cwd=root, env=admin)
    assert yes.code == 0, yes.text
    assert keys_of_the_camat(town) == 2
    assert "kunci yang hilang" in soptui("audit", cwd=root, env=admin).stdout
    soptui("sync", cwd=root, env=admin)
    other, registrar = at(town, REGISTRAR)
    soptui("sync", cwd=other, env=registrar)
    assert fingerprint in soptui("inbox", cwd=other, env=registrar).stderr
    assert fingerprint not in soptui("inbox", cwd=other, env=registrar).stderr


@pytest.mark.parametrize("wrong", ["name", "mail"])
def test_a_request_that_says_otherwise_than_the_records_is_refused(
    town: Town, tmp_path: Path, wrong: str
) -> None:
    """A new person's own request, under the id that somebody else has."""
    root, admin = at(town, ADMIN)
    clone = town.clone(ADMIN)
    registry = clone.desk.registry
    new = own_key(tmp_path / "new key", lambda: "")
    known = registry.officers[CAMAT]
    person = {"name": known.name, "mail": known.mail, "nip": "", "rank": ""}
    others = type(registry)(registry.office, {})
    path = tmp_path / "request"
    asked = person | {wrong: {"name": "Lain", "mail": "lain@uji.test"}[wrong]}
    path.write_bytes(request_of(clone.repository.trust.root, others, CAMAT, asked, new))
    refused = soptui("accept", str(path), cwd=root, env=admin, code=1)
    assert "says otherwise" in refused.stderr


@pytest.mark.parametrize(
    ("id_", "name", "mail"),
    [
        ("camat-3", "{name}", "b@uji.test"),
        ("camat-3", "Drs. {name}, M.Si.", "b@uji.test"),
        ("camat-3", "{NAME}", "b@uji.test"),
        ("camat-3", "{cyrillic}", "b@uji.test"),
        ("camat-l", "Orang Lain", "b@uji.test"),
        ("camat-3", "Orang Lain", "{mail_like}"),
    ],
    ids=["name", "titles", "capitals", "other letters", "id", "mail"],
)
def test_who_reads_like_somebody_registered_is_asked_about(
    town: Town, tmp_path: Path, id_: str, name: str, mail: str
) -> None:
    root, admin = at(town, ADMIN)
    registry = town.clone(ADMIN).desk.registry
    known = registry.officers[CAMAT]
    like = {
        "name": known.name, "NAME": known.name.upper(),
        "cyrillic": known.name.replace("a", "\u0430"),
        "mail_like": known.mail.replace("1", "l"),
    }  # fmt: skip
    person = {"name": name.format(**like), "mail": mail.format(**like), "nip": "", "rank": ""}
    new, path = own_key(tmp_path / "new key", lambda: ""), tmp_path / "request"
    root_of = town.clone(ADMIN).repository.trust.root
    path.write_bytes(request_of(root_of, registry, OfficerId(id_), person, new))
    refused = soptui("accept", str(path), cwd=root, env=admin, code=1)
    assert "only done at a terminal" in refused.stderr
    no = at_terminal("accept", str(path), answer="n\n", cwd=root, env=admin)
    assert (no.code, known.mail in no.text) == (1, True)
    yes = at_terminal("accept", str(path), answer="y\n", cwd=root, env=admin)
    assert yes.code == 0, yes.text


def test_who_reads_like_nobody_is_accepted_at_once(town: Town, tmp_path: Path) -> None:
    """The honest twin."""
    root, admin = at(town, ADMIN)
    registry = town.clone(ADMIN).desk.registry
    person = {"name": "Staf Contoh", "mail": "staf@uji.test", "nip": "", "rank": ""}
    new, path = own_key(tmp_path / "new key", lambda: ""), tmp_path / "request"
    root_of = town.clone(ADMIN).repository.trust.root
    path.write_bytes(request_of(root_of, registry, OfficerId("staf-9"), person, new))
    soptui("accept", str(path), cwd=root, env=admin)


@pytest.mark.parametrize("what", ["mail", "nip"])
def test_nobody_comes_in_under_the_mail_or_number_of_another(
    town: Town, tmp_path: Path, what: str
) -> None:
    root, admin = at(town, ADMIN)
    clone = town.clone(ADMIN)
    own = {"name": "Staf Contoh", "mail": "staf@uji.test", "nip": "196707011992091001", "rank": ""}
    others = own | {"name": "Orang Lain"} | {what: own[what]}
    if what == "mail":
        others["nip"] = ""
    else:
        others["mail"] = "lain@uji.test"
    for id_, person in (("staf-8", own), ("lain-9", others)):
        key, path = own_key(tmp_path / id_, lambda: ""), tmp_path / f"{id_}.request"
        root_of = clone.repository.trust.root
        path.write_bytes(request_of(root_of, clone.desk.registry, OfficerId(id_), person, key))
        told = at_terminal("accept", str(path), answer="y\n", cwd=root, env=admin)
        assert told.code == (0 if id_ == "staf-8" else 1), told.text
    assert "is registered already, as staf-8" in told.text


def test_the_screen_waits_until_a_lost_key_was_read_of(town: Town, tmp_path: Path) -> None:
    """What was told on the terminal would be covered by the screen at once."""
    admin = town.clone(ADMIN)
    new = own_key(tmp_path / "new key", lambda: "").public_key
    Administration(admin.desk).add_key(CAMAT, new.text, lost=True)
    assert admin.sync().ok
    other = town.clone(REGISTRAR)
    assert other.sync().ok
    env = {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    told = told_before_the_screen(other.root, env)
    assert new.fingerprint in "".join(told.split())
