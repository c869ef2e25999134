"""The independent reader comes to soptui's verdicts and states, on honest and on forged histories.

Where the two differ, the page does not say all, or one of them is wrong.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from soptui.domain.case import CaseHeader, Status
from soptui.domain.ids import CommitId
from soptui.records.files.case import CaseFault
from soptui.records.files.snapshot import Shelf
from soptui.records.git.commit import read_commit
from tests.attacks.attack import Attack, Build, opening
from tests.attacks.builder import Records
from tests.attacks.catalogue import ATTACKS
from tests.attacks.on_registers import first_register
from tests.attacks.store import Store
from tests.attacks.test_attacks import TWINS
from tests.attacks.test_mutations import KINDS, changed
from tests.stranger import reader
from tests.stranger.histories import state_of, written_case, written_sop
from tests.support.plausible_events import Change, walks
from tests.support.programs import ROOT
from tests.support.small_office import HEADER, SOP, SOPS

READER = Path(reader.__file__)


def reading(store: Store) -> Callable[[str], tuple[str, bytes]]:
    """What the reader is given: objects by their ids."""
    return lambda oid: store.objects[oid]


def refusal(records: Records, tip: str = "") -> str:
    """Why the independent reader refuses the history; empty when it does not."""
    try:
        reader.judge(
            reading(records.store), tip or records.tip,
            genesis=records.root.genesis, fingerprint=records.root.signer,
            now=int(records.clock.timestamp()),
        )  # fmt: skip
    except reader.Refused as refused:
        return str(refused) or "?"
    return ""


def states(records: Records) -> dict[str, object]:
    """What soptui makes of every case at the tip."""
    shelf = Shelf(records.store)
    snapshot = shelf.snapshot(read_commit(records.store, CommitId(records.tip)).tree)
    return {
        case: state_of(shelf.case(oid, snapshot.sops).case) for case, oid in snapshot.case_ids()
    }


def test_the_reader_knows_nothing_of_soptui() -> None:
    tree = ast.parse(READER.read_text("utf-8"))
    names = [
        name.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    ] + [
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    ]
    assert set(names) - sys.stdlib_module_names <= {"cryptography", "msgspec"}


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_it_refuses_what_soptui_refuses(attack: Attack) -> None:
    records = opening()
    attack.build(records)
    assert bool(refusal(records)) == bool(attack.whole), refusal(records)


@pytest.mark.parametrize("twin", TWINS, ids=lambda build: build.__name__)
def test_it_reads_what_soptui_accepts(twin: Build) -> None:
    records = opening()
    twin(records)
    assert refusal(records) == ""
    assert reader.cases(reading(records.store), records.tip) == states(records)


def test_it_reads_the_whole_life_of_a_case() -> None:
    records = opening()
    while records.case().status is not Status.DONE:
        records.next()
    assert refusal(records) == ""
    assert reader.cases(reading(records.store), records.tip) == states(records)


STAFF, OFFICE, CALENDAR = "officers/staff-1.toml", "office.toml", "calendars/2026.toml"
SOP_1 = "sops/pengukuran-data-kinerja/1.toml"
POST = 'title = "Staff"\nstarts = 2025-01-01\n'
KEY = "added = 2025-01-01T00:00:00+00:00\n"
REVOKED = f"{KEY}revoked = 2026-01-05T08:00:00+07:00\n"
MAIL = 'ajibarang.test"\n'
HOURS = 'source = "Jam'
INFERRED = '[[inferred]]\nfield = "name"\nreason = "x"\nconfidence = 50\n\n'

EDITS = {
    "first end of today": (STAFF, POST, POST + "ends = 2026-01-05\n"),
    "first end that has passed": (STAFF, POST, POST + "ends = 2025-06-01\n"),
    "first end the day before its start": (STAFF, POST, POST + "ends = 2024-12-31\n"),
    "first end two days before its start": (STAFF, POST, POST + "ends = 2024-12-30\n"),
    "post in a section that is not there": (STAFF, POST, POST + 'unit = "nowhere"\n'),
    "another post": (STAFF, 'role = "staff"', 'role = "camat"'),
    "key revoked": (STAFF, KEY, REVOKED),
    "key suspect from a commit": (STAFF, KEY, f'{REVOKED}suspect_from = "{"a" * 40}"\n'),
    "key suspect from a digest": (STAFF, KEY, f'{REVOKED}suspect_from = "{"a" * 64}"\n'),
    "reason of no revocation": (STAFF, KEY, f'{KEY}reason = "hilang"\n'),
    "number of a person": (STAFF, MAIL, f'{MAIL}nip = "197001011990011001"\n'),
    "number of one born and appointed": (STAFF, MAIL, f'{MAIL}nip = "197001011970011001"\n'),
    "another mail": (STAFF, 'mail = "staff-1@', 'mail = "staff-9@'),
    "rank with a blank at its end": (STAFF, MAIL, f'{MAIL}rank = "a\u3000"\n'),
    "application twice": (OFFICE, '["e-SAKIP", "SIPD"]', '["SIPD", "SIPD"]'),
    "inference twice": (OFFICE, "[[instructions]]", f"{INFERRED}[[instructions]]"),
    "another time zone": (OFFICE, "utc_offset = 420", "utc_offset = -720"),
    "too far a time zone": (OFFICE, "utc_offset = 420", "utc_offset = 841"),
    "requirement twice": (SOP_1, '["Surat Bupati"]', '["Surat Bupati", "Surat Bupati"]'),
    "role involved twice": (SOP_1, '["staff", "kasubbag-seksi-lain"]', '["staff", "staff"]'),
    "way back without a reason": (
        SOP_1,
        'to = 1\nreasons = ["mohon-petunjuk", "lainnya"]',
        "to = 1",
    ),
    "return to the step itself": (SOP_1, "to = 0\n", "to = 1\n"),
    "printed row as a text": (SOP_1, "number = 4\n", 'number = 4\nrow = "3"\n'),
    "printed row as a number": (SOP_1, "number = 4\n", "number = 4\nrow = 3\n"),
    "month that does not exist": (SOP_1, 'created = "2021-12"', 'created = "2021-13"'),
    "year too late": (SOP_1, 'created = "2021-12"', 'created = "9999-12"'),
    "field inferred twice": (
        SOP_1,
        'field = "actor"\nreason = "Menerima',
        'field = "activity"\nreason = "Menerima',
    ),
    "stretch of hours": (CALENDAR, HOURS, f"first = 2026-02-01\nlast = 2026-03-01\n{HOURS}"),
    "stretch of another year": (CALENDAR, HOURS, f"first = 2027-02-01\n{HOURS}"),
    "half a break": (CALENDAR, "break_end = 12:30:00\n", ""),
    "two hours on one day": (CALENDAR, "weekdays = [5]", "weekdays = [4, 5]"),
    "source of local holidays": (
        CALENDAR,
        "[[sources]]",
        '[[sources]]\nkind = "local"\ntext = "x"\n\n[[sources]]',
    ),
    "source of another kind": (
        CALENDAR,
        "[[sources]]",
        '[[sources]]\nkind = "hours"\ntext = "x"\n\n[[sources]]',
    ),
    "holiday without a source": (CALENDAR, 'kind = "national"', 'kind = "local"'),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_it_judges_a_change_of_the_registry_alike(edit: tuple[str, str, str]) -> None:
    path, old, new = edit
    records = opening()
    before = records.data(path).decode()
    assert old in before
    data = before.replace(old, new, 1)
    if path == SOP_1:
        path, data = path.replace("/1.", "/2."), data.replace("\nversion = 1\n", "\nversion = 2\n")
    records.change(path, data.encode(), signers=signers(records, path, data.encode()))
    assert bool(refusal(records)) != records.verify().ok, refusal(records)


TARGETS = 'target_year = "84"\ntargets = ["80", "82", "84", "84"]\n'
SUMS = 'target_year = "12"\ntargets = ["3", "3", "3", "3"]\n'
MEANS = 'target_year = "10"\ntargets = ["10", "10", "10", "10"]\n'
RISING = '"4", "8", "12", "15"]'
UNSET = 'targets = ["-", "-", "-", "-"]\n'
WEIGHT = "weight = 2\n"
PROGRAM = 'title = "Program pembinaan desa"\nparent = "s-1"\n'
PAGU, SPENT_BY = 'pagu = "18144528"\n', 'owner = "seksi-pemerintahan"\n'
BAND, SCORE = 'label = "Rendah"\nfrom = "50"', 'label = "D"\nscore = "0"'
SOURCES = 'evidence = ["Rekapitulasi"]\n'

REGISTER_EDITS = {
    "nothing": ("version = 2", "version = 2"),
    "in effect on an earlier day": ("2026-01-15", "2026-01-14"),
    "in effect in another year": ("2026-01-15", "2027-01-15"),
    "another scan": ('basis_sha256 = "b', 'basis_sha256 = "c'),
    "bands that do not fall": (BAND, BAND.replace("50", "65")),
    "band of a label twice": (BAND, BAND.replace("Rendah", "Tinggi")),
    "last band below 0": ('from = "0"', 'from = "-1"'),
    "score below 0": (SCORE, SCORE.replace('"0"', '"-1"')),
    "score between": (SCORE, SCORE.replace('"0"', '"0.5"')),
    "program below nothing": (PROGRAM, PROGRAM.replace('parent = "s-1"\n', "")),
    "program below a program": (PROGRAM, PROGRAM.replace("s-1", "7.01.01")),
    "money of a line that is no leaf": (PROGRAM, PROGRAM + PAGU + SPENT_BY),
    "money that nobody reports": (PAGU + SPENT_BY, PAGU),
    "leaf without money": (PAGU, ""),
    "money of three places": (PAGU, 'pagu = "1.005"\n'),
    "money of no decimal": (PAGU, 'pagu = "1.50"\n'),
    "targets of none": (TARGETS, ""),
    "targets of none, spelt out": (TARGETS, UNSET),
    "target of the year alone": (TARGETS, 'target_year = "84"\n'),
    "target of the year, quarters spelt out": (TARGETS, 'target_year = "84"\n' + UNSET),
    "targets of the quarters alone": (TARGETS, TARGETS.partition("\n")[2]),
    "target of TW IV alone": (TARGETS, TARGETS.replace('"80", "82", "84",', '"-", "-", "-",')),
    "target of TW IV not set": (TARGETS, TARGETS.replace('"84"]', '"-"]')),
    "target of too many places": (TARGETS, TARGETS.replace('"80"', '"80.125"')),
    "target below 0": (TARGETS, TARGETS.replace('"80"', '"-80"')),
    "share above the whole": (TARGETS, f"{TARGETS}share = true\n"),
    "sum of what is set": (SUMS, SUMS.replace('"3", "3", "3", "3"', '"12", "-", "-", "-"')),
    "sum of something else": (SUMS, SUMS.replace('"3", "3", "3", "3"', '"12", "-", "1", "-"')),
    "mean of what is set": (MEANS, MEANS.replace('"10", "10", "10", "10"', '"9", "-", "11", "-"')),
    "mean that is not exact": (MEANS, 'target_year = "3.3"\ntargets = ["3", "3", "4", "-"]\n'),
    "targets so far that fall": (RISING, '"13", "-", "12", "15"]'),
    "targets so far with a gap": (RISING, '"4", "-", "12", "15"]'),
    "grade that is none": ('target_year = "A"', 'target_year = "5"'),
    "target where none may be": ('lower = "20"', 'target_year = "22"\nlower = "20"'),
    "default of a target of 0": (TARGETS, f'{TARGETS}zero_target = "none"\n'),
    "target of 0 is full": (TARGETS, f'{TARGETS}zero_target = "full-when-zero"\n'),
    "ceiling below 100": (TARGETS, f'{TARGETS}ceiling = "99.5"\n'),
    "range of one value": ('lower = "20"', 'lower = "24"'),
    "range upside down": ('lower = "20"', 'lower = "24.5"'),
    "ratio of one title": ('denominator_title = "Desa seluruhnya"\n', ""),
    "part of itself": (WEIGHT, 'parts_of = "iks-1"\n' + WEIGHT),
    "part of another measure": (WEIGHT, 'parts_of = "iks-2"\n' + WEIGHT),
    "weight of 1": (WEIGHT, "weight = 1\n"),
    "plausible with open ends": (SOURCES, f'{SOURCES}plausible = ["-", "-"]\n'),
    "plausible upside down": (SOURCES, f'{SOURCES}plausible = ["6", "5"]\n'),
    "continues an earlier year": (SOURCES, f'{SOURCES}continues = "iks-1@2025"\n'),
    "continues this year": (SOURCES, f'{SOURCES}continues = "iks-1@2026"\n'),
    "key with a sign in its text": (SOURCES, f'{SOURCES}keys = ["a=b=c"]\n'),
    "key that begins with the sign": (SOURCES, f'{SOURCES}keys = ["a==b"]\n'),
    "keys of one application": (SOURCES, f'{SOURCES}keys = ["a=b", "a=c"]\n'),
}


@pytest.mark.parametrize("edit", REGISTER_EDITS.values(), ids=REGISTER_EDITS)
def test_it_judges_a_register_alike(edit: tuple[str, str]) -> None:
    old, new = edit
    records = opening()
    first_register(records)
    before = records.data("registers/2026/1.toml").decode()
    before = before.replace("version = 1", "version = 2", 1)
    assert old in before
    data = before.replace(old, new, 1).encode()
    records.change("registers/2026/2.toml", data, by="kasubbag-1")
    assert bool(refusal(records)) != records.verify().ok, refusal(records)


@pytest.mark.parametrize("limit", [5, 6])
@pytest.mark.parametrize("known", [True, False], ids=["known", "new"])
def test_it_judges_the_size_of_a_scan_alike(known: bool, limit: int) -> None:
    records = opening()
    first_register(records)
    office = records.data(OFFICE).replace(
        b"attachment_limit = 26214400", b"attachment_limit = %d" % limit
    )
    records.change(OFFICE, office)
    data = records.data("registers/2026/1.toml").replace(b"version = 1", b"version = 2", 1)
    scans = {}
    if not known:
        digest = sha256(b"123456").hexdigest()
        scans[f"attachments/{digest[:2]}/{digest}"] = b"123456"
        named = data.index(b'basis_sha256 = "') + len(b'basis_sha256 = "')
        data = data[:named] + digest.encode() + data[named + 64 :]
    records.change("registers/2026/2.toml", data, by="kasubbag-1", extra=scans)
    assert bool(refusal(records)) != records.verify().ok, refusal(records)


@pytest.mark.parametrize("hours", [1, 20, 30, 49])
@pytest.mark.parametrize("days", [0, 1, 2])
def test_it_lets_a_post_begin_on_the_same_day(days: int, hours: int) -> None:
    records = opening()
    path = "officers/camat-1.toml"
    starts = records.clock.date() + timedelta(days=days)
    post = '[[posts]]\nrole = "administrator"\ncapacity = "definitif"\ntitle = "A"\n'
    text = records.data(path).decode()
    text = text.replace("[[keys]]", f"{post}starts = {starts}\n\n[[keys]]", 1)
    records.change(path, text.encode())
    at = records.clock + timedelta(hours=hours)
    office = records.data(OFFICE).replace(b'name = "Kec', b'name = "Xec', 1)
    records.change(OFFICE, office, by="camat-1", at=at)
    assert bool(refusal(records)) != records.verify().ok, refusal(records)


def signers(records: Records, path: str, data: bytes) -> bytes | None:
    """What `allowed_signers` is once this file is there; nothing where no reader can tell."""
    files = {one: records.data(one) for one in records.files() if one.startswith("officers/")}
    if path not in files:
        return None
    try:
        return reader.allowed_signers(
            [reader.read_officer(one, name[9:-5]) for name, one in (files | {path: data}).items()]
        )
    except reader.Refused:
        return None


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_no_changed_byte_that_soptui_refuses(kind: str) -> None:
    told = KINDS[kind]()
    records = told.records
    for name, raw in changed(records.store.objects[told.tip][1], 40):
        assert refusal(records, records.store.add("commit", raw)), name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(walks())
def test_it_folds_every_life_of_a_case_alike(walk: list[Change]) -> None:
    events = [(change.event_id, change.event) for change in walk]
    header: CaseHeader = HEADER
    known = {key: written_sop(sop)[0] for key, sop in SOPS.items()}
    while events:
        data, case, sops = written_case(events, SOP, SOPS.values(), header)
        store = Store()
        try:
            kept = Shelf(store).case(store.add("blob", data), known).case
        except CaseFault:  # in memory there are events that no file can hold
            with pytest.raises(reader.Refused):
                reader.fold(data, sops)
            events.pop()
        else:
            assert reader.fold(data, sops) == state_of(kept) == state_of(case)
            return


def test_it_reads_a_real_repository(tmp_path: Path) -> None:
    records = opening()
    directory = records.write_to(tmp_path / "records.git").path
    command = [sys.executable, "-I", str(READER), str(directory)]
    told = subprocess.run(
        [*command, records.root.genesis, records.root.signer], cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == states(records)
    other = subprocess.run(
        [*command, records.root.genesis, "SHA256:" + "A" * 43], cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert other.returncode == 1
    assert other.stderr.strip()
