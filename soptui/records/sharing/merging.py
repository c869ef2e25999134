"""Joining two verified lines of one history: the union merge, and redoing commits on top.

A merge's first parent is the line that others share, its second one's own. Administrative commits
may stand on the shared line only, so own ones on a line that moved are done again on top.
"""

from __future__ import annotations

from soptui.domain.ids import CommitId, ObjectId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Officer
from soptui.records.clone.repository import Repository
from soptui.records.clone.signatory import Sign, Signatory
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.change_message import message_of_change
from soptui.records.files.commit_message import ident_of, trailers_of
from soptui.records.files.layout import Kind
from soptui.records.files.snapshot import Snapshot
from soptui.records.files.union import union_of_cases
from soptui.records.git.commit import Commit, build_commit
from soptui.records.git.objects import ObjectWriter, object_id
from soptui.records.verify.administration import merged_tree


def merge(
    repository: Repository, first: CommitId, second: CommitId, signatory: Signatory
) -> CommitId:
    """The commit, stored but on no branch, that joins two verified commits. Raises `Found`."""
    made: dict[str, bytes] = {}
    tree = merged_tree(repository.shelf.trees, repository.at(first), repository.at(second), made)
    genesis = repository.trust.genesis
    ident = ident_of(signatory.officer, signatory.now())
    raw = build_commit(
        tree=tree,
        parents=(first, second),
        author=ident,
        committer=ident,
        message=commit_message.merge_message(first, second, signatory.officer.id, genesis),
        sign=signatory.signing(),
    )
    return _store(repository, made, raw)


def own_merge(repository: Repository, commit: CommitId, officer: Officer) -> tuple[CommitId, ...]:
    """The parents of `commit` when it is a merge that `officer` made; else nothing.

    Raises `ObjectFault` and `CommitFault`.
    """
    parsed = repository.commit(commit)
    is_own = parsed.committer.mail == officer.mail and len(parsed.parents) == 2
    return parsed.parents if is_own else ()


def administrative(repository: Repository, old: CommitId, new: CommitId) -> tuple[str, ...]:
    """The verified commits from `old` to `new`, merges apart, that change something but cases."""
    lines = repository.history.commits(old, new)
    single = (line.commit for line in lines if len(line.parents) == 1)
    # Their messages were verified, so they say what the commits change.
    return tuple(one for one in single if not trailers_of(repository.commit(one).message).case)


def redo(repository: Repository, base: CommitId, mine: CommitId, signatory: Signatory) -> CommitId:
    """Own commits from `base` to `mine` made again, in their order, on top of `base`.

    The events stay the same bytes; each commit is signed anew by its author. Raises `Refusal`
    when one is somebody else's, or when what it changes was changed on the other side as well.
    """
    lines = repository.history.commits(base, mine)
    sign = signatory.signing()
    fork = repository.history.fork_point(mine, base)
    tip = base
    for commit in (line.commit for line in lines if len(line.parents) == 1):
        parsed = repository.commit(commit)
        if parsed.author.mail != signatory.officer.mail:
            raise Refusal(
                Message(
                    "Among the commits to be done again is one by {name}, which only they can "
                    "sign. Nothing was changed. Let its author share it first.",
                    name=parsed.author.name,
                )
            )
        if _registers_under_older_sop(repository, tip, parsed):
            # It stays as it was signed for: beside the line, where that version was the newest.
            side = _redo_commit(repository, fork, parsed, sign)
            tip = merge(repository, tip, side, signatory)
        else:
            tip = _redo_commit(repository, tip, parsed, sign)
    return tip


def _registers_under_older_sop(repository: Repository, parent: CommitId, commit: Commit) -> bool:
    """Whether a commit begins a case under a version of its SOP that is not in force there."""
    before = repository.at(parent)
    for change in repository.changes(commit):
        if layout.kind_of(change.path) is Kind.CASE and not before.lookup(change.path):
            data = repository.reader.read(change.new, "blob", codec.CASE_LIMIT)
            header = case_file.decode_header(codec.split_case(data)[0])
            newest = before.newest_sop(header.sop)
            is_older = newest is not None and newest.version != header.sop_version
            return is_older or header.sop in before.registry.office.withdrawn_sops
    return False


def _redo_commit(repository: Repository, parent: CommitId, commit: Commit, sign: Sign) -> CommitId:
    before = repository.at(parent)
    changes: dict[str, ObjectId] = {}
    made: dict[str, bytes] = {}
    message = commit.message
    writer = ObjectWriter(repository.directory)
    for change in repository.changes(commit):
        now = before.lookup(change.path)
        if now == change.new:
            continue
        match layout.kind_of(change.path):
            case Kind.CASE if now:
                data = _union(repository, now, change.new)
                if len(data) > codec.CASE_LIMIT:
                    raise Refusal(
                        Message(
                            "The file of a case would grow too large. Nothing was changed. Tell "
                            "the administrator."
                        )
                    )
                changes[change.path] = writer.write("blob", data)
            case Kind.CASE | Kind.ATTACHMENT:
                changes[change.path] = change.new
            case Kind.ALLOWED_SIGNERS:
                continue
            case Kind.OFFICE if now != change.old:
                data, message = _joined_office(repository, before, commit)
                changes[change.path] = writer.write("blob", data)
            case _ if now != change.old:
                raise Refusal(
                    Message(
                        "{path} was changed on both sides. Nothing was changed. Set your change "
                        "aside and make it again.",
                        path=change.path,
                    )
                )
            case _:
                changes[change.path] = change.new
    if not changes:
        return parent
    trees = before.shelf.trees
    tree = trees.apply(before.root, changes, made)
    if any(layout.kind_of(path) is Kind.OFFICER for path in changes):
        signers = writer.write("blob", _signers(Snapshot(before.shelf, tree)))
        tree = trees.apply(tree, {layout.ALLOWED_SIGNERS: signers}, made)
    raw_commit = build_commit(
        tree=tree,
        parents=(parent,),
        author=commit.author,
        committer=commit.committer,
        message=message,
        sign=sign,
    )
    writer.flush()
    return _store(repository, made, raw_commit)


def _joined_office(repository: Repository, before: Snapshot, commit: Commit) -> tuple[bytes, str]:
    """The office file of `before` with what a commit changed about the one it built on.

    With the message of the commit that holds it. Raises `Refusal` for what both sides changed.
    """
    from soptui.domain.administration.office_change import joined
    from soptui.records.files.office import office_to_document

    base = repository.at(commit.parents[0]).registry.office
    mine = before.shelf.snapshot(commit.tree).registry
    office, clashes = joined(base, mine.office, before.registry.office)
    if clashes:
        raise Refusal(
            Message(
                "Another administrator changed the same about the office meanwhile. {clash} "
                "Nothing was changed, and your change is still in your records. Look at it with "
                "soptui log, set it aside with soptui sync --set-aside, and make it again if it "
                "is still wanted.",
                clash=clashes[0],
            )
        )
    data = codec.emit_document(office_to_document(office))
    author = next(one.id for one in mine.officers.values() if one.mail == commit.author.mail)
    genesis = repository.trust.genesis
    return data, message_of_change(before, layout.OFFICE, data, author, genesis)


def _signers(after: Snapshot) -> bytes:
    from soptui.records.files.office import allowed_signers

    return allowed_signers(after.registry.officers.values())


def _union(repository: Repository, first: ObjectId, second: ObjectId) -> bytes:
    read = repository.reader.read
    union = union_of_cases(
        read(first, "blob", codec.CASE_LIMIT), read(second, "blob", codec.CASE_LIMIT)
    )
    if union is None:
        raise Refusal(
            Message(
                "The two sides hold different cases under one name. Nothing was changed. Tell the "
                "administrator."
            )
        )
    return union


def _store(repository: Repository, made: dict[str, bytes], raw: bytes) -> CommitId:
    writer = ObjectWriter(repository.directory)
    for oid, content in made.items():
        # Either a tree or the union of a case; the id tells which.
        writer.write("tree" if object_id("tree", content) == oid else "blob", content)
    commit = CommitId(writer.write("commit", raw))
    writer.flush()
    return commit
