"""The rules for the first commit, for administrative commits, and for merges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from soptui.domain.administration.office_parts import lost_entries
from soptui.domain.findings import Found, TrustRoot
from soptui.domain.ids import CommitId, ObjectId
from soptui.domain.message import Refusal
from soptui.domain.office import ADMINISTRATOR, Office, Officer, Registry
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.change_message import message_of_change
from soptui.records.files.layout import Kind
from soptui.records.files.snapshot import Snapshot, read_sop
from soptui.records.files.union import union_of_cases
from soptui.records.git.commit import Commit
from soptui.records.git.objects import ObjectFault, object_id
from soptui.records.git.tree_cache import Change, Trees
from soptui.records.verify.admin_rules import (
    check_administrators_remain,
    check_first_keys,
    check_keeper,
    check_office_change,
    check_officer_change,
    check_sop,
    day_of_keeper,
)
from soptui.records.verify.identity import SignedCommit, check_signer
from soptui.records.verify.judged import Judged, day_at

_MOST_USERS = 3

_GENESIS_KINDS = frozenset(
    {Kind.OFFICE, Kind.OFFICER, Kind.SOP, Kind.CALENDAR, Kind.ALLOWED_SIGNERS}
)


def check_genesis(
    after: Snapshot, changes: Sequence[Change], signed: SignedCommit, root: TrustRoot
) -> None:
    """The first commit: an office, its SOPs and calendars, and the administrator who signed it.

    Raises `Found`.
    """
    if signed.id != root.genesis or signed.commit.parents:
        raise Found("root")
    if signed.key.fingerprint != root.signer:
        raise Found("root-signer")
    for change in changes:
        if layout.kind_of(change.path) not in _GENESIS_KINDS:
            raise Found("path", path=change.path)
        _check_form(after, change)
    try:
        registry = after.registry
    except Refusal as refusal:
        raise Found("admin-form", path=layout.OFFICE, detail=refusal.message) from None
    officer = check_signer(signed, registry, registry)
    day = day_at(signed.commit.author.seconds, registry)
    for person in registry.officers.values():
        check_first_keys(person, layout.officer_path(person.id))
        check_officer_change(
            registry, person, layout.officer_path(person.id), day, genesis=root.genesis
        )
    _check_registry(after, registry, day)
    check_keeper(officer, ADMINISTRATOR, day, day, "not-administrator")
    if signed.commit.message != commit_message.genesis_message(registry.office.id, officer.id):
        raise Found("message")


def check_administration(judged: Judged) -> None:
    """A change of one officer, SOP, calendar or the office. Raises `Found`."""
    changes, after, officer = judged.changes, judged.after, judged.officer
    changed = [change for change in changes if change.path != layout.ALLOWED_SIGNERS]
    if not changed:
        raise Found("signers-file", path=layout.ALLOWED_SIGNERS)
    if len(changed) != 1:
        raise Found("several-changes", paths=", ".join(change.path for change in changes[:4]))
    change = changed[0]
    registry = judged.before.registry
    claimed = day_at(judged.commit.author.seconds, registry)
    day = day_of_keeper(judged, ADMINISTRATOR, "not-administrator")
    data = _check_form(after, change)
    kind = layout.kind_of(change.path)
    expected = message_of_change(judged.before, change.path, data, officer.id, judged.genesis)
    if judged.commit.message != expected:
        raise Found("message", path=change.path)
    if kind is Kind.SOP and change.old:
        raise Found("sop-immutable", path=change.path)
    if kind is Kind.OFFICER:
        changed_officer = after.registry.officers[layout.officer_in(change.path)]
        check_officer_change(
            registry, changed_officer, change.path, claimed, genesis=judged.genesis
        )
    elif len(changes) > 1:
        raise Found("several-changes", paths=", ".join(change.path for change in changes[:4]))
    if kind is Kind.OFFICE:
        check_office_change(registry.office, after.registry.office)
        _check_kept_in_use(judged.before, after.registry.office)
    _check_registry(after, after.registry, day)


def merged_tree(
    trees: Trees, first: Snapshot, second: Snapshot, made: dict[str, bytes]
) -> ObjectId:
    """The only tree that a merge of two sides may have; new blobs and trees are added to `made`.

    Everything is the first side's, except that the second side's cases and attachments join it:
    a case that both have becomes the union of its blocks. Raises `Found`.
    """
    changes: dict[str, ObjectId] = {}
    for change in trees.diff(first.root, second.root):
        kind = layout.kind_of(change.path)
        if not change.new or kind not in (Kind.CASE, Kind.ATTACHMENT):
            continue
        if not change.old:
            changes[change.path] = change.new
        elif kind is Kind.CASE:
            union = _union(first, change.path, change.old, change.new)
            oid = object_id("blob", union)
            if oid != change.old:
                changes[change.path] = oid
                made[oid] = union
        else:
            raise Found("attachment-digest", path=change.path)
    return trees.apply(first.root, changes, made) if changes else first.root


def check_merge(
    trees: Trees,
    first: Snapshot,
    second: Snapshot,
    commit: Commit,
    officer: Officer,
    genesis: CommitId,
) -> None:
    """A merge is the union of its two sides and nothing else. Raises `Found`."""
    if merged_tree(trees, first, second, {}) != commit.tree:
        raise Found("merge-content")
    message = commit_message.merge_message(
        commit.parents[0], commit.parents[1], officer.id, genesis
    )
    if commit.message != message:
        raise Found("message")


def _union(first: Snapshot, path: str, old: str, new: str) -> bytes:
    reader = first.shelf.reader
    try:
        union = union_of_cases(
            reader.read(old, "blob", codec.CASE_LIMIT), reader.read(new, "blob", codec.CASE_LIMIT)
        )
    except ObjectFault as fault:
        raise Found("object", path=path, detail=fault.code) from None
    except Refusal as refusal:
        raise Found("case-form", path=path, detail=refusal.message) from None
    if union is None:
        raise Found("merge-case", path=path)
    if len(union) > codec.CASE_LIMIT:
        raise Found("too-large", path=path, detail=path)
    return union


def _check_form(after: Snapshot, change: Change) -> bytes:
    """The bytes of an administrative file that is in canonical form and fits its path."""
    try:
        data = after.shelf.file(change.new)
    except ObjectFault as fault:
        code = "too-large" if fault.code == "size" else "object"
        raise Found(code, path=change.path, detail=f"{change.path} ({fault.code})") from None
    try:
        match layout.kind_of(change.path):
            case Kind.SOP:
                sop = read_sop(data)
                check_sop(sop, change.path)
                fits = layout.sop_path(sop.id, sop.version) == change.path
            case Kind.CALENDAR:
                from soptui.records.files.calendar import calendar_from_document

                calendar = calendar_from_document(codec.parse_document(data))
                fits = layout.calendar_path(calendar.year) == change.path
            case Kind.OFFICER:
                officer = after.registry.officers[layout.officer_in(change.path)]
                fits = layout.officer_path(officer.id) == change.path
            case _:
                _ = after.registry
                fits = True
    except Refusal as refusal:
        raise Found("admin-form", path=change.path, detail=refusal.message) from None
    if not fits:
        raise Found("path", path=change.path)
    return data


def _check_kept_in_use(before: Snapshot, office: Office) -> None:
    """Nothing that posts or cases name goes from the office file. Raises `Found`."""
    from soptui.records.files.uses import uses_of

    lost = lost_entries(before.registry.office, office)
    for (word, entry_id), users in sorted(uses_of(before, lost).items()) if lost else ():
        what = f"{word} {entry_id} ({', '.join(users[:_MOST_USERS])})"
        raise Found("office-in-use", path=layout.OFFICE, what=what)


def _check_registry(after: Snapshot, registry: Registry, day: date) -> None:
    from soptui.records.files.office import allowed_signers

    known = {sop for sop, _ in after.sops}
    for sop in registry.office.withdrawn_sops:
        if sop not in known:
            raise Found("admin-form", path=layout.OFFICE, detail=f"withdrawn_sops: {sop}")
    check_administrators_remain(registry, day)
    expected = object_id("blob", allowed_signers(registry.officers.values()))
    if after.lookup(layout.ALLOWED_SIGNERS) != expected:
        raise Found("signers-file", path=layout.ALLOWED_SIGNERS)
