"""The office's and the officers' files, and the signers that stock Git and OpenSSH believe."""

from __future__ import annotations

import os
import subprocess
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from soptui.domain.administration.nip import nip_fault
from soptui.domain.ids import CommitId, OfficerId, RoleId, UnitId
from soptui.domain.office import Capacity, Key, Office, Officer, Post, Retention
from soptui.domain.replace import replace
from soptui.domain.sop import Inference
from soptui.records.files.codec import emit_document, parse_document
from soptui.records.files.office import (
    allowed_signers,
    office_from_document,
    office_to_document,
    officer_from_document,
    officer_to_document,
)
from soptui.records.files.tables import RecordFault
from tests.support.programs import ROOT
from tests.support.ssh_keys import KeyFile, NewKey

KASI_1 = OfficerId("kasi-1")

STARTER = ROOT / "records/office.toml"
JAKARTA = timezone(timedelta(hours=7))
ADDED = datetime(2026, 1, 5, 8, tzinfo=JAKARTA)
REVOKED = datetime(2026, 6, 1, 9, 30, tzinfo=JAKARTA)


@pytest.fixture
def office() -> dict[str, Any]:
    return deepcopy(parse_document(STARTER.read_bytes()))


@pytest.fixture
def officer(key: KeyFile, new_key: NewKey) -> Officer:
    return Officer(
        id=OfficerId("sekretaris-1"),
        name="Sekretaris Contoh, S.Sos.",
        mail="siti.aminah@ajibarang.example",
        nip="198503172010012004",
        rank="Penata",
        posts=(
            Post(
                RoleId("sekretaris"),
                Capacity.DEFINITIVE,
                "Sekretaris",
                date(2024, 1, 2),
                basis="SK 1",
            ),
            Post(
                RoleId("camat"), Capacity.DAILY_ACTING, "Camat", date(2026, 3, 2), date(2026, 3, 6)
            ),
            Post(
                RoleId("kasubbag-seksi-lain"),
                Capacity.ACTING,
                "Kepala Seksi Pemerintahan",
                date(2026, 4, 1),
                unit=UnitId("seksi-pemerintahan"),
            ),
        ),
        keys=(
            Key(new_key().public_key.text, ADDED, REVOKED, "Hilang", CommitId("a" * 40)),
            Key(key.public_key.text, ADDED),
        ),
    )


def refused(document: dict[str, Any]) -> str:
    read = officer_from_document if "mail" in document else office_from_document
    with pytest.raises(RecordFault) as caught:
        read(document)
    return caught.value.code


# --- the office ---------------------------------------------------------------------------------


def test_the_starter_office_is_canonical(office: dict[str, Any]) -> None:
    read = office_from_document(office)
    assert emit_document(office_to_document(read)) == STARTER.read_bytes()


def test_the_starter_office_is_ajibarang_on_western_indonesian_time(office: dict[str, Any]) -> None:
    read = office_from_document(office)
    assert (read.name, read.regency) == ("Kecamatan Ajibarang", "Kabupaten Banyumas")
    assert (read.utc_offset, read.attachment_limit) == (420, 25 * 1024 * 1024)
    assert len(read.units) == 5
    assert [line.number for line in read.instructions] == list(range(1, 17))


def test_the_starter_office_proposes_the_code_of_performance_accountability(
    office: dict[str, Any],
) -> None:
    proposed = office_from_document(office).classifications[0]
    assert (proposed.code, proposed.retention) == ("000.8.6.3", Retention(2, 4, "permanen"))


def test_a_code_may_stand_without_its_retention_but_not_with_a_part_of_it(
    office: dict[str, Any],
) -> None:
    code = office["classifications"][0]
    for key in ("active_years", "inactive_years", "fate"):
        del code[key]
    assert office_from_document(office).classifications[0].retention is None
    code["fate"] = "musnah"
    assert refused(office) == "missing-key"


def test_what_is_withdrawn_stays_in_its_list_and_is_not_offered(office: dict[str, Any]) -> None:
    for part in ("units", "instructions", "classifications"):
        office[part][0]["withdrawn"] = True
    read = office_from_document(office)
    assert (len(read.units), len(read.offered_units())) == (5, 4)
    assert (len(read.instructions), len(read.offered_instructions())) == (16, 15)
    assert len(read.classifications) - len(read.offered_classifications()) == 1


def test_what_is_an_example_says_so(office: dict[str, Any]) -> None:
    read = office_from_document(office)
    assert {"units", "applications", "classifications"} <= {one.field for one in read.inferred}
    assert all("contoh" in entry.source for entry in read.classifications)


def test_an_office_without_lists_survives_its_file() -> None:
    bare = Office(1, "kecamatan-lumbir", "Kecamatan Lumbir", "Banyumas", "Lumbir", 420, 1)
    told = replace(bare, week_days=6, inferred=(Inference("week_days", "Dugaan.", 0),))
    for one in (bare, told):
        assert office_from_document(parse_document(emit_document(office_to_document(one)))) == one


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("format",), 2, "newer-format"),
        (("format",), 0, "value"),
        (("id",), "Ajibarang", "value"),
        (("utc_offset",), 15 * 60, "value"),
        (("attachment_limit",), 0, "value"),
        (("week_days",), 7, "value"),
        (("applications",), ["SIPD", "SIPD"], "duplicate"),
        (("units", 0, "id"), "seksi-pemerintahan", "duplicate"),
        (("units", 0, "head"), "x", "unknown-key"),
        (("instructions", 0, "number"), 2, "duplicate"),
        (("instructions", 0, "number"), 99, "value"),
        (("instructions", 0, "code"), "arsipkan", "duplicate"),
        (("classifications", 0, "code"), "61", "value"),
        (("classifications", 0, "code"), "000.7.2.6", "duplicate"),
        (("classifications", 0, "fate"), "hilang", "value"),
        (("classifications", 0, "active_years"), -1, "value"),
        (("inferred", 0, "reason"), "", "text"),
    ],
)
def test_a_fault_of_the_office_file_is_refused(
    office: dict[str, Any], path: tuple[Any, ...], value: object, code: str
) -> None:
    place: Any = office
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert refused(office) == code


# --- officers -----------------------------------------------------------------------------------


def test_an_officer_survives_their_file(officer: Officer) -> None:
    content = emit_document(officer_to_document(officer))
    assert officer_from_document(parse_document(content)) == officer


def test_an_officer_needs_neither_nip_nor_post_nor_key(officer: Officer) -> None:
    bare = Officer(KASI_1, "Kasi Contoh", "kasi@ajibarang.example")
    content = emit_document(officer_to_document(bare))
    assert content == b'id = "kasi-1"\nname = "Kasi Contoh"\nmail = "kasi@ajibarang.example"\n'
    assert officer_from_document(parse_document(content)) == bare


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("id",), "siti aminah", "value"),
        (("name",), "Siti <sekretaris@example>", "value"),
        (("name",), "Siti,", "value"),
        (("mail",), "Siti@ajibarang.example", "value"),
        (("mail",), "siti", "value"),
        (("mail",), "*@ajibarang.example", "value"),
        (("mail",), "siti,kasi@ajibarang.example", "value"),
        (("mail",), "sekretaris@@example", "value"),
        (("mail",), "sekretaris@example.", "value"),
        (("mail",), "sití@ajibarang.example", "value"),
        (("mail",), "a" * 250 + "@example", "value"),
        (("nip",), "19850317 201001 2 004", "value"),
        (("posts", 0, "capacity"), "pjs", "value"),
        (("posts", 0, "starts"), "2024-01-02", "kind-of-value"),
        (("posts", 0, "starts"), datetime(2024, 1, 2, tzinfo=UTC), "kind-of-value"),
        (("posts", 1, "ends"), date(2026, 2, 28), "value"),
        (("posts", 2, "unit"), "Seksi", "value"),
        (("keys", 0, "revoked"), datetime(2025, 1, 1, tzinfo=UTC), "value"),
        (("keys", 0, "added"), datetime(2026, 1, 5, 8), "value"),
        (("keys", 0, "suspect_from"), "HEAD", "value"),
        (("keys", 1, "reason"), "Hilang", "value"),
        (("keys", 1, "public"), "ssh-rsa AAAAB3NzaC1yc2E=", "value"),
        (("keys", 1, "public"), "ssh-ed25519 AAAA", "value"),
    ],
)
def test_a_fault_of_an_officer_file_is_refused(
    officer: Officer, path: tuple[Any, ...], value: object, code: str
) -> None:
    document = officer_to_document(officer)
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert refused(document) == code


def test_a_key_with_its_comment_is_refused(officer: Officer) -> None:
    document = officer_to_document(officer)
    document["keys"][1]["public"] += " sekretaris@laptop"
    assert refused(document) == "value"


@pytest.mark.parametrize("section", ["posts", "keys"])
def test_a_post_or_key_listed_twice_is_refused(officer: Officer, section: str) -> None:
    document = officer_to_document(officer)
    document[section].append(document[section][-1])
    assert refused(document) == "duplicate"


@pytest.mark.parametrize("nip", ["196707011992091001", "198503172010012004", "199001012022211001"])
def test_a_possible_nip_is_accepted(nip: str) -> None:
    assert nip_fault(nip) is None


@pytest.mark.parametrize(
    ("nip", "reason"),
    [
        ("19670701199209100", "the form of 18 digits"),
        ("196707011992093001", "the form of 18 digits"),
        ("19670701199209100\u0661", "the form of 18 digits"),
        ("196713011992091001", "a date of birth"),
        ("000007011992091001", "a date of birth"),
        ("196707011992131001", "month of appointment"),
        ("196707011967091001", "month of appointment"),
        ("180007011992091001", "month of appointment"),
    ],
)
def test_an_impossible_nip_is_refused(nip: str, reason: str) -> None:
    assert reason in str(nip_fault(nip))


# --- the list of signers ------------------------------------------------------------------------


def ssh_keygen(*arguments: str | Path, message: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", "-Y", *arguments], input=message, capture_output=True)


def test_the_list_of_signers_has_one_sorted_line_a_key(officer: Officer, new_key: NewKey) -> None:
    other = Officer(KASI_1, "Kasi Contoh", "kasi@ajibarang.example", keys=(
        Key(new_key().public_key.text, ADDED),
    ))  # fmt: skip
    revoked, valid = officer.keys
    assert allowed_signers([officer, other]).decode().splitlines() == sorted(
        [
            f'{other.mail} namespaces="git" {other.keys[0].public}',
            f'{officer.mail} namespaces="git" {valid.public}',
            f'{officer.mail} namespaces="git",valid-before="20260601023000Z" {revoked.public}',
        ]
    )
    assert allowed_signers([officer, other]) == allowed_signers([other, officer])
    assert allowed_signers([]) == b""


def test_openssh_finds_and_verifies_an_officer_by_the_list(
    officer: Officer, key: KeyFile, tmp_path: Path
) -> None:
    signers = tmp_path / "allowed_signers"
    signers.write_bytes(allowed_signers([officer]))
    signature = tmp_path / "signature"
    signature.write_bytes(key.sign(b"a message"))
    found = ssh_keygen("find-principals", "-s", signature, "-f", signers)
    assert found.stdout.decode().strip() == officer.mail
    verify: tuple[str | Path, ...] = ("verify", "-f", signers, "-I", officer.mail, "-s", signature)
    assert ssh_keygen(*verify, "-n", "git", message=b"a message").returncode == 0
    signature.write_bytes(key.sign(b"a message", "file"))
    assert ssh_keygen(*verify, "-n", "file", message=b"a message").returncode != 0


@pytest.mark.parametrize(
    ("committed", "is_good"),
    [(REVOKED - timedelta(seconds=1), True), (REVOKED + timedelta(seconds=1), False)],
)
# Zones without summer time: under it, OpenSSH reads the time that Git gives it an hour late.
@pytest.mark.parametrize("zone", ["UTC", "Asia/Jakarta", "America/Phoenix"])
def test_stock_git_believes_a_revoked_key_only_up_to_its_revocation(
    officer: Officer, key: KeyFile, tmp_path: Path, committed: datetime, is_good: bool, zone: str
) -> None:
    revoked = replace(officer.keys[1], revoked=REVOKED)
    signers = tmp_path / "allowed_signers"
    signers.write_bytes(allowed_signers([replace(officer, keys=(revoked,))]))
    environment = os.environ | {
        "GIT_AUTHOR_DATE": committed.isoformat(),
        "GIT_COMMITTER_DATE": committed.isoformat(),
        "TZ": zone,
    }
    settings = {
        "user.name": officer.name,
        "user.email": officer.mail,
        "gpg.format": "ssh",
        "user.signingKey": str(key.path),
        "gpg.ssh.allowedSignersFile": str(signers),
    }
    git = ["git", "-C", str(tmp_path)]
    for name, value in settings.items():
        git += ["-c", f"{name}={value}"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run(
        [*git, "commit", "-q", "-S", "--allow-empty", "-m", "x"], check=True, env=environment
    )
    checked = subprocess.run(
        [*git, "verify-commit", "HEAD"], capture_output=True, env=environment, check=False
    )
    assert (checked.returncode == 0) is is_good
