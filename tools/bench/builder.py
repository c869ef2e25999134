"""A long history made in seconds: every commit signed and by the rules, all in one packfile.

People, keys and the first commits come from the demonstration's office, by the real code. The
cases after that are signed in process, which no office could do with its keys, and written without
the desk; what comes out passes the verifier.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from soptui.demo.building import open_office
from soptui.demo.office import DemoOffice
from soptui.domain.case import CaseHeader
from soptui.domain.events import (
    Action,
    Approve,
    Archive,
    Attachment,
    AttachmentKind,
    Cancel,
    Complete,
    Details,
    Dispose,
    Event,
    Letter,
    Receive,
    Register,
)
from soptui.domain.ids import CaseId, CommitId, EventId, ObjectId, OfficerId
from soptui.domain.office import Capacity
from soptui.domain.replace import replace
from soptui.domain.sop import Sop, StepKind
from soptui.records.clone.trust import load_trust, save_trust
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.commit_message import ident_of
from soptui.records.git.commit import build_commit
from soptui.records.git.objects import EMPTY_TREE
from soptui.records.git.refs import MAIN, read_ref
from soptui.records.keys.sshsig import PublicKey, SshSignature
from tools.bench.pack import PackWriter, delta

FIRST_DAY = datetime(2022, 3, 7, 1, tzinfo=UTC)
LONG_AGO = datetime(2006, 3, 6, 1, tzinfo=UTC)
"""When a history begins that has more cases than an office takes in within a few years."""
_MANY = 20_000
LAST_DAY = datetime(2026, 11, 20, 1, tzinfo=UTC)
_HANDS = (
    "camat", "sekretaris", "kasubbag-pk", "staff-1", "kasubbag-pk", "sekretaris", "camat",
    "staff-1",
)  # fmt: skip
"""Who works at each step."""
_DOCUMENT = b"Draft pengukuran data kinerja\n"


class LongHistory(Struct, frozen=True):
    """An office with many cases; `commits` on its main line, first commit included."""

    office: DemoOffice
    cases: int
    commits: int


class Folder:
    """A tree whose entries' names are all of one length, so that an entry's place is computed."""

    def __init__(self, mode: bytes) -> None:
        self._mode = mode
        self._names: list[str] = []
        self.raw = b""
        self.oid = EMPTY_TREE

    def put(self, pack: PackWriter, name: str, oid: ObjectId) -> ObjectId:
        """Set an entry; the new tree is added to the pack and its id returned."""
        entry = b"%b %b\0%b" % (self._mode, name.encode(), bytes.fromhex(oid))
        place = bisect_left(self._names, name)
        start = end = place * len(entry)
        if self._names[place : place + 1] == [name]:
            end += len(entry)
        else:
            self._names.insert(place, name)
        before = (self.oid, delta(len(self.raw), start, end - start, entry))
        self.raw = b"".join((self.raw[:start], entry, self.raw[end:]))
        self.oid = pack.add("tree", self.raw, before)
        return self.oid


Sign = Callable[[bytes], bytes]


def signer_in_process(key: Path) -> Sign:
    """What signs like `ssh-keygen -Y sign` with the key in a file, but in this process."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    private = load_ssh_private_key(key.read_bytes(), None)
    public = PublicKey.parse(key.with_name(f"{key.name}.pub").read_text("ascii"))
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError(key)
    head = b"SSHSIG" + b"".join(
        len(one).to_bytes(4, "big") + one for one in (b"git", b"", b"sha512")
    )

    def sign(payload: bytes) -> bytes:
        message = head + (64).to_bytes(4, "big") + hashlib.sha512(payload).digest()
        return SshSignature(public, "git", private.sign(message)).armour()

    return sign


class Builder:
    """Adds cases to an office that has none yet."""

    def __init__(self, office: DemoOffice) -> None:
        repository = office.repository
        self._office = office
        head, snapshot = repository.current()
        self._head = head
        self._genesis = repository.trust.genesis
        self._registry = snapshot.registry
        self._sop: Sop = office.desks["camat"].sops()[0]
        self._signers = {
            who: signer_in_process(desk.key) for who, desk in office.desks.items() if desk.key
        }
        self._pack = PackWriter(repository.root.parent / "history.pack")
        entries = repository.shelf.trees.entries(snapshot.root)
        self._top = {entry.name: (entry.oid, entry.is_folder) for entry in entries}
        self._folders: dict[str, Folder] = {}
        self._files: dict[str, str] = {}
        self._commits = repository.trust.position
        self._chance = random.Random(7)
        self._document = self._attachment("draft.csv", AttachmentKind.OUTPUT, _DOCUMENT)

    def build(self, cases: int) -> int:
        """Add cases spread over the years; returns how many commits the main line has."""
        lives = [self._life(number) for number in range(cases)]
        total = sum(map(len, lives))
        first = first_day(cases)
        step = (LAST_DAY - first) / total
        count = itertools.count()
        for number, life in enumerate(lives):
            self._case(number, life, (first + step * place for place in count))
        self._finish()
        return self._commits

    def _life(self, number: int) -> list[tuple[str, str]]:
        """Who does what in a case: six in ten are cancelled at once, one in ten is archived."""
        whole = [("penerima-surat", "register")]
        whole += [(who, what) for who in _HANDS for what in ("receive", "finish")]
        fate = number % 10
        if fate == 0:
            return whole
        if fate < 7:
            return [whole[0], ("camat", "cancel")]
        return whole[: self._chance.randint(1, 9)]

    def _case(self, number: int, life: list[tuple[str, str]], times: Iterator[datetime]) -> None:
        zone = self._office.desks["camat"].calendar.zone
        moments = [
            moment.astimezone(zone).replace(microsecond=0)
            for moment in itertools.islice(times, len(life))
        ]
        name = hashlib.sha256(str(number).encode()).digest()[:8]
        drawn = "".join(layout.CASE_ALPHABET[byte % 32] for byte in name)
        case_id = CaseId(f"{moments[0].year}-{drawn}")
        sop = self._sop
        header = case_file.encode_header(
            CaseHeader(layout.FORMAT, case_id, sop.id, sop.version, sop.digest)
        )
        after, step, data = case_file.header_id(header), 0, header
        for (officer, what), moment in zip(life, moments, strict=True):
            who = OfficerId(officer)
            role = self._registry.officers[who].posts[0].role
            details, files = self._details(number, what, step, moment)
            event = Event(
                step, 1, who, role, Capacity.DEFINITIVE, moment, after, details, tuple(files)
            )
            block = case_file.encode_event(event)
            after = codec.block_id(block)
            self._commit(case_id, data, block, event, after, files)
            data += block
            step += what in ("register", "finish")

    def _details(
        self, number: int, what: str, step: int, moment: datetime
    ) -> tuple[Details, dict[Attachment, bytes]]:
        if what == "receive":
            return Receive(), {}
        if what == "cancel":
            return Cancel("Ditangani langsung oleh Sekretariat Daerah."), {}
        if what == "register":
            letter = Letter(
                f"000.8.6/{number}/{moment.year}", moment.date(), moment, "Bupati Banyumas",
                f"Pengukuran Data Kinerja nomor {number}", "Mohon data disampaikan.",
            )  # fmt: skip
            scan = b"Surat nomor %d\n" % number
            return Register(letter), {
                self._attachment("surat.txt", AttachmentKind.LETTER, scan): scan
            }
        row = self._sop.step(step)
        if row is None:
            raise LookupError(step)
        if step in (1, 2):
            following = self._sop.step_after(row)
            to = (following.actor,) if following else ()
            return Dispose(to, ("tindak-lanjuti",), "Mohon ditindaklanjuti."), {}
        if step in (3, 4, 5):
            early = "Data cukup dari laporan bulanan." if step == 3 else ""
            return Complete(row.requirements, early_reason=early), {self._document: _DOCUMENT}
        if step in (6, 7):
            return Approve((self._document.sha256,)), {}
        return Archive(
            "000.8.6.3",
            f"{number}",
            "Pengukuran",
            ("Surat", "Dokumen"),
            "Lemari 1",
            2,
            4,
            "permanen",
        ), {}

    def _attachment(self, name: str, kind: AttachmentKind, content: bytes) -> Attachment:
        return Attachment(name, kind, len(content), hashlib.sha256(content).hexdigest())

    def _commit(
        self,
        case_id: CaseId,
        before: bytes,
        block: bytes,
        event: Event,
        event_id: EventId,
        files: dict[Attachment, bytes],
    ) -> None:
        pack = self._pack
        known = self._files.get(case_id)
        change = (known, delta(len(before), len(before), 0, block)) if known else None
        blob = self._files[case_id] = pack.add("blob", before + block, change)
        self._put(layout.case_path(case_id), blob)
        for file, content in files.items():
            self._put(layout.attachment_path(file.sha256), pack.add("blob", content))
        tree = pack.add("tree", self._root())
        ident = ident_of(self._registry.officers[event.by], event.at)
        step = self._sop.step(event.step)
        is_review = (
            event.action is Action.APPROVE and step is not None and step.kind is StepKind.REVIEW
        )
        message = commit_message.event_message(
            case_id, event_id, event, self._genesis, is_review=is_review
        )
        raw = build_commit(
            tree=tree, parents=(self._head,), author=ident, committer=ident, message=message,
            sign=self._signers[event.by],
        )  # fmt: skip
        self._head = CommitId(pack.add("commit", raw))
        self._tree = tree
        self._commits += 1

    def _put(self, path: str, blob: ObjectId) -> None:
        """Set a file, and every folder above it anew."""
        oid, mode = blob, b"100644"
        above, _, name = path.rpartition("/")
        while above:
            folder = self._folders.setdefault(above, Folder(mode))
            oid, mode = folder.put(self._pack, name, oid), b"40000"
            above, _, name = above.rpartition("/")
        self._top[name] = (oid, True)

    def _root(self) -> bytes:
        ordered = sorted(self._top.items(), key=lambda item: item[0] + ("/" if item[1][1] else ""))
        return b"".join(
            b"%b %b\0%b" % (b"40000" if is_folder else b"100644", name.encode(), bytes.fromhex(oid))
            for name, (oid, is_folder) in ordered
        )

    def _finish(self) -> None:
        """Close the pack, move the main line, bring the files, and trust what was made."""
        self._pack.close()
        repository = self._office.repository
        root = repository.root
        folder = root / ".git" / "objects" / "pack"
        folder.mkdir(exist_ok=True)
        for suffix in ("pack", "idx"):
            packed = self._office.folder / f"history.{suffix}"
            packed.rename(folder / f"pack-history.{suffix}")
        git(root, "update-ref", MAIN, self._head)
        git(root, "reset", "-q", "--hard")
        trust = load_trust(root)
        if trust is None:
            raise LookupError(root)
        save_trust(root, replace(trust, tip=self._head, position=self._commits))
        (root / ".git" / "soptui" / "followed").write_text(self._tree, encoding="ascii")


def first_day(cases: int) -> datetime:
    """When a history of so many cases begins."""
    return LONG_AGO if cases > _MANY else FIRST_DAY


def git(root: Path, *words: str) -> str:
    """What a stock git command prints."""
    done = subprocess.run(
        ("git", "-C", str(root), *words), capture_output=True, text=True, check=True
    )
    return done.stdout


def build(folder: Path, cases: int) -> LongHistory:
    """An office in `folder` (to be created) with so many cases."""
    office = open_office(folder, clock=lambda: first_day(cases) - timedelta(days=2))
    builder = Builder(office)
    commits = builder.build(cases)
    office.clock.set_to(LAST_DAY)
    if read_ref(office.repository.directory, MAIN) is None:
        raise LookupError(folder)
    return LongHistory(office, cases, commits)
