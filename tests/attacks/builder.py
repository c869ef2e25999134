"""A small language in which an attack is a few lines.

`Records` is an office with real keys, whose every commit is made in memory. Its honest acts are
what officers do; every one of them takes what would forge it as a keyword, and `commit` makes any
commit at all::

    def a_revoked_key_on_an_old_parent(records):
        fork = records.tip
        records.revoke("kasubbag-1")
        records.merge(records.note("kasubbag-1", on=fork))
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Unpack

from soptui.domain.case import Case, CaseHeader
from soptui.domain.events import (
    Attachment,
    AttachmentKind,
    Details,
    Event,
    Note,
)
from soptui.domain.findings import Report, TrustRoot
from soptui.domain.ids import CaseId, CommitId, EventId, Fingerprint, OfficerId, RoleId
from soptui.domain.message import Refusal
from soptui.domain.office import Capacity, Officer
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.office import allowed_signers, officer_to_document
from soptui.records.files.snapshot import Shelf, Snapshot, read_sop
from soptui.records.git.history import History
from soptui.records.git.objects import ObjectReader, object_id
from soptui.records.git.process import GitDirectory
from soptui.records.verify.walk import Memory, verify
from tests.attacks.attacked_office import GENESIS_FILES, OFFICERS, SOP_PATH, next_act
from tests.attacks.forgery import (
    Content,
    Contents,
    Doing,
    Envelope,
    ForgedAct,
    ForgedChange,
    ForgedCommit,
    ForgedHeader,
    Mend,
    Stamp,
)
from tests.attacks.keys import TestKey, key_of
from tests.attacks.store import Files, Store, StoredHistory
from tests.support.office_parts import START

CASE = CaseId("2026-k7m3qd9x")
OTHER_CASE = CaseId("2026-abcdefgh")
NEW_CASE = CaseId("2026-00000000")


class Records:
    """An office's records, growing in memory. `tip` is where the next honest act is added."""

    def __init__(self, start: datetime = START) -> None:
        self.store = Store()
        self.clock = start
        self.officers: dict[str, Officer] = {one.id: one for one in OFFICERS}
        self._files: dict[str, Files] = {"": {}}
        self._shelf = Shelf(self.store)
        self._memory = Memory(self.store)
        self.tip = ""
        self.genesis = CommitId(self.found(GENESIS_FILES))
        self.root = TrustRoot(self.genesis, Fingerprint(key_of("admin-1").fingerprint))

    def found(self, files: Mapping[str, bytes], **forged: Unpack[ForgedCommit]) -> str:
        """The first commit, which sets up the office."""
        message = commit_message.genesis_message("kecamatan-ajibarang", OfficerId("admin-1"))
        people = {
            layout.officer_path(one.id): codec.emit_document(officer_to_document(one))
            for one in self.officers.values()
        }
        signers = {layout.ALLOWED_SIGNERS: allowed_signers(self.officers.values())}
        return self.commit("admin-1", {**files, **people, **signers}, message, **forged)

    # --- any commit -----------------------------------------------------------------------------

    def commit(
        self,
        by: str,
        files: Mapping[str, Content],
        message: str,
        *,
        on: str | None = None,
        parents: tuple[str, ...] | None = None,
        at: datetime | None = None,
        committed: datetime | None = None,
        author: str = "",
        committer: str = "",
        key: TestKey | None = None,
        tree: str = "",
        sign: Callable[[TestKey, bytes], bytes] | None = None,
        unsigned: Mend | None = None,
        signed: Mend | None = None,
    ) -> str:
        """A commit that changes `files`: bytes, a mode with an id, or None for a file that goes.

        `unsigned` changes the commit's bytes before they are signed, `signed` afterwards. With
        `on` or `parents` it is added there, and `tip` stays.
        """
        stays = on is not None or parents is not None
        if parents is None:
            parents = (self.tip if on is None else on,)
        parents = tuple(parent for parent in parents if parent)
        contents = dict(self._files.get(parents[0] if parents else "", {}))
        for path, data in files.items():
            if data is None:
                contents.pop(path, None)
            elif isinstance(data, tuple):
                contents[path] = data
            else:
                contents[path] = ("100644", self.store.add("blob", data))
        moment = at or self.tick()
        head = [f"tree {tree or self.store.add_tree(contents)}"]
        head += [f"parent {parent}" for parent in parents]
        head += [
            f"author {self._ident(author or by, moment)}",
            f"committer {self._ident(committer or by, committed or moment)}",
        ]
        payload = ("\n".join(head) + f"\n\n{message}").encode()
        if unsigned is not None:
            payload = unsigned(payload)
        armour = (sign or TestKey.sign)(key or key_of(by), payload)
        raw = with_signature(payload, armour)
        commit = self.store.add("commit", raw if signed is None else signed(raw))
        self._files[commit] = contents
        if not stays:
            self.tip = commit
        return commit

    def _ident(self, who: str, moment: datetime) -> str:
        officer = self.officers.get(who)
        person = f"{officer.name} <{officer.mail}>" if officer else who
        return f"{person} {int(moment.timestamp())} {moment:%z}"

    def tick(self) -> datetime:
        """The next moment of the office's clock."""
        self.clock += timedelta(minutes=1)
        return self.clock

    # --- what officers do -----------------------------------------------------------------------

    def event(
        self,
        by: str,
        details: Details,
        *,
        case: CaseId = CASE,
        on: str | None = None,
        role: str = "",
        capacity: Capacity = Capacity.DEFINITIVE,
        files: Contents = (),
        **other: Unpack[Stamp],
    ) -> Event:
        """The event that an officer would sign now; `other` changes its envelope."""
        folded = self._case(case, on)
        visit = folded.visit if folded else None
        event = Event(
            step=visit.step if visit else 0,
            round=visit.round if visit else 1,
            by=OfficerId(by),
            role=RoleId(role or self.officers[by].posts[0].role),
            capacity=capacity,
            at=self.tick(),
            after=folded.last_id if folded else codec.block_id(self.header(case)),
            details=details,
            attachments=tuple(attachment(data, kind) for kind, data in files),
        )
        return replace(event, **other)

    def act(
        self,
        by: str,
        details: Details,
        *,
        case: CaseId = CASE,
        on: str | None = None,
        files: Contents = (),
        forged: ForgedAct | None = None,
        **envelope: Unpack[Envelope],
    ) -> str:
        """One event in its commit. `envelope` changes the event, `forged` the commit."""
        event = self.event(by, details, case=case, on=on, files=files, **envelope)
        return self.add(event, case=case, on=on, contents=files, **(forged or ForgedAct()))

    def add(
        self,
        event: Event,
        *,
        case: CaseId = CASE,
        on: str | None = None,
        contents: Contents = (),
        block: Mend | None = None,
        extra: Mapping[str, Content] | None = None,
        message: Callable[[str], str] | None = None,
        signer: str = "",
        **forged: Unpack[ForgedCommit],
    ) -> str:
        """The commit of an event. `block` changes the block's bytes, `extra` adds files."""
        raw = case_file.encode_event(event)
        if block is not None:
            raw = block(raw)
        path = layout.case_path(case)
        old = self.data(path, on) or self.header(case)
        self._remember(path, on, raw)
        files: dict[str, Content] = {path: old + raw}
        files |= {layout.attachment_path(sha256(data).hexdigest()): data for _, data in contents}
        text = self.message(event, codec.block_id(raw), case=case, on=on)
        forged.setdefault("at", event.at)
        return self.commit(
            signer or event.by,
            {**files, **(extra or {})},
            message(text) if message else text,
            on=on,
            **forged,
        )

    def message(
        self, event: Event, event_id: EventId, *, case: CaseId = CASE, on: str | None = None
    ) -> str:
        """The message that the commit of an event must have."""
        before = self._case(case, on)
        is_review = before is not None and before.is_review(event)
        return commit_message.event_message(
            case, event_id, event, self.genesis, is_review=is_review
        )

    def _remember(self, path: str, on: str | None, block: bytes) -> None:
        """Spare the builder from reading the grown case anew."""
        before = self.snapshot(on)
        with contextlib.suppress(Refusal):
            file = before.case_file(CaseId(layout.id_in(path)))
            if file is not None:
                grown = file.with_block(block, before.sops)
                self._shelf.keep_case(object_id("blob", grown.data), grown)

    def next(self, case: CaseId = CASE, *, on: str | None = None) -> str:
        """The next act that the SOP expects, by whom it expects it."""
        act = next_act(self._case(case, on), self.sop)
        return self.act(act.by, act.details, case=case, on=on, files=act.files)

    def walk(self, acts: int, case: CaseId = CASE) -> str:
        """The next so many acts."""
        for _ in range(acts):
            self.next(case)
        return self.tip

    def note(self, by: str, text: str = "Sudah dibaca.", **how: Unpack[Doing]) -> str:
        """A comment, which is open to every participant at any time."""
        return self.act(by, Note(text), **how)

    # --- administration --------------------------------------------------------------------------

    def change(
        self,
        path: str,
        data: bytes,
        *,
        by: str = "admin-1",
        on: str | None = None,
        signers: bytes | None = None,
        extra: Mapping[str, Content] | None = None,
        message: str = "",
        lost_key: bool = False,
        **forged: Unpack[ForgedCommit],
    ) -> str:
        """One administrative file, added or changed."""
        added = path not in self.files(on)
        honest = commit_message.change_message(
            path, sha256(data).hexdigest(), added, OfficerId(by), self.genesis, lost_key=lost_key
        )
        files: dict[str, Content] = {path: data, **(extra or {})}
        if signers is not None:
            files[layout.ALLOWED_SIGNERS] = signers
        return self.commit(by, files, message or honest, on=on, **forged)

    def officer(
        self,
        officer: Officer,
        *,
        on: str | None = None,
        path: str = "",
        **forged: Unpack[ForgedChange],
    ) -> str:
        """An officer's file, added or changed, with the list of signers that follows from it."""
        people = {**self.officers, officer.id: officer}
        forged.setdefault("lost_key", bool(officer.lost_keys_since(self.officers.get(officer.id))))
        if on is None:
            self.officers = people
        data = codec.emit_document(officer_to_document(officer))
        path = path or layout.officer_path(officer.id)
        return self.change(path, data, on=on, signers=allowed_signers(people.values()), **forged)

    def revoke(self, officer_id: str) -> str:
        """Revoke the officer's keys."""
        officer = self.officers[officer_id]
        keys = tuple(replace(key, revoked=self.clock, reason="hilang") for key in officer.keys)
        return self.officer(replace(officer, keys=keys))

    # --- merges ----------------------------------------------------------------------------------

    def merge(
        self,
        second: str,
        *,
        first: str = "",
        by: str = "staff-1",
        files: Mapping[str, Content] | None = None,
        message: str = "",
        stays: bool = False,
        **forged: Unpack[ForgedCommit],
    ) -> str:
        """The union of two sides, and what `files` changes in it."""
        first = first or self.tip
        union: dict[str, Content] = {}
        for path, entry in self.files(second).items():
            mine = self.files(first).get(path)
            if not path.startswith(("cases/", "attachments/")) or mine == entry:
                continue
            union[path] = entry
            if mine is not None:
                union[path] = self.united(path, first, second)
        text = message or commit_message.merge_message(
            CommitId(first), CommitId(second), OfficerId(by), self.genesis
        )
        forged.setdefault("parents", (first, second))
        commit = self.commit(by, {**union, **(files or {})}, text, **forged)
        if not stays:
            self.tip = commit
        return commit

    def united(self, path: str, first: str, second: str) -> bytes:
        """The first side's file with what only the second has after it."""
        mine, theirs = self.data(path, first), self.data(path, second)
        _, known = codec.split_case(mine)
        _, blocks = codec.split_case(theirs)
        return mine + b"".join(block for block in blocks if block not in known)

    # --- what stands -----------------------------------------------------------------------------

    def files(self, commit: str | None = None) -> Files:
        """Everything in a commit, by default the newest."""
        return self._files[self.tip if commit is None else commit]

    def data(self, path: str, commit: str | None = None) -> bytes:
        """The content of a file; empty when there is none."""
        entry = self.files(commit).get(path)
        return self.store.objects[entry[1]][1] if entry else b""

    def snapshot(self, commit: str | None = None) -> Snapshot:
        """The records at a commit, read by the product."""
        return self._shelf.snapshot(self.store.add_tree(self.files(commit)))

    def case(self, case: CaseId = CASE, on: str | None = None) -> Case:
        """The case, which has been registered, as it stands at a commit."""
        found = self._case(case, on)
        assert found is not None
        return found

    def _case(self, case: CaseId, on: str | None) -> Case | None:
        found = self.snapshot(on).case_file(case)
        return found.case if found else None

    @property
    def sop(self) -> Sop:
        """The office's first SOP."""
        return _read_sop(self.data(SOP_PATH))

    def header(self, case: CaseId = CASE, **changed: Unpack[ForgedHeader]) -> bytes:
        """The head of a new case's file."""
        sop = self.sop
        header = CaseHeader(1, case, sop.id, sop.version, sop.digest)
        return case_file.encode_header(replace(header, **changed))

    # --- what the verifier says ------------------------------------------------------------------

    def write_to(self, path: Path) -> GitDirectory:
        """A bare repository with everything that was ever made here, `main` at the tip."""
        return self.store.write_to(path, CommitId(self.tip))

    def verify(
        self, directory: GitDirectory | None = None, *, old: str = "", new: str = ""
    ) -> Report:
        """What the verifier finds in a repository, or in what is in memory."""
        if directory is None:
            return self._report(StoredHistory(self.store), self.store, old, new, self._memory)
        with ObjectReader(directory) as reader:
            return self._report(History(directory), reader, old, new)

    def _report(
        self,
        history: History,
        reader: ObjectReader,
        old: str,
        new: str,
        memory: Memory | None = None,
    ) -> Report:
        now = int(self.clock.timestamp())
        new = new or self.tip
        return verify(
            history, reader, self.root, old=CommitId(old), new=CommitId(new), now=now, memory=memory
        )


_read_sop = functools.lru_cache(read_sop)


def attachment(data: bytes, kind: AttachmentKind, name: str = "berkas.pdf") -> Attachment:
    """A file as an event names it."""
    return Attachment(name, kind, len(data), sha256(data).hexdigest())


def with_signature(payload: bytes, armour: bytes, header: bytes = b"gpgsig") -> bytes:
    """The commit's bytes with a signature as its last header."""
    end = payload.index(b"\n\n") + 1
    indented = armour.rstrip(b"\n").replace(b"\n", b"\n ")
    return payload[:end] + header + b" " + indented + b"\n" + payload[end:]
