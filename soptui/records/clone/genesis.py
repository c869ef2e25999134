"""Setting up an office's records: a new repository with its signed first commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from soptui.domain.ids import CommitId, Fingerprint
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Office, Officer
from soptui.records.clone.repository import Repository
from soptui.records.clone.signatory import Sign
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.commit_message import ident_of
from soptui.records.files.office import allowed_signers, office_to_document, officer_to_document
from soptui.records.git.commit import build_commit
from soptui.records.git.objects import EMPTY_TREE, ObjectReader, ObjectWriter
from soptui.records.git.process import GitDirectory
from soptui.records.git.refs import MAIN, update_ref
from soptui.records.git.tree_cache import Trees

_PACKAGE = Path(__file__).parents[2]


def starter_files() -> dict[str, bytes]:
    """The starter records by path: the office file, SOPs and calendars."""
    root = starter_path()
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*.toml"))
    }


def starter_lists() -> dict[str, Path]:
    """The lists that come along and can be taken over into an office file, by their names."""
    return {path.stem: path for path in sorted((starter_path() / "lists").glob("*.csv"))}


def draft_text(name: str) -> str:
    """The commented draft of this name that comes along, such as `sop-id`."""
    return (starter_path() / "drafts" / f"{name}.txt").read_text(encoding="utf-8")


def initialise(
    root: Path,
    *,
    office: Office,
    officer: Officer,
    files: Mapping[str, bytes],
    at: datetime,
    sign: Sign,
    fingerprint: Fingerprint,
) -> Repository:
    """A new repository of records at `root`, trusted from its first commit on.

    `officer` is the first administrator, who signs at the time `at` with the key of this
    `fingerprint`; `files` are SOPs and calendars. Raises `Refusal` when `root` holds something
    already.
    """
    if root.exists() and any(root.iterdir()):
        raise Refusal(
            Message(
                "{path} is not empty. Nothing was changed. Choose a new folder.", path=str(root)
            )
        )
    directory = _new_repository(root)
    contents = {path: data for path, data in files.items() if path != layout.OFFICE} | {
        layout.OFFICE: codec.emit_document(office_to_document(office)),
        layout.officer_path(officer.id): codec.emit_document(officer_to_document(officer)),
        layout.ALLOWED_SIGNERS: allowed_signers((officer,)),
    }
    writer = ObjectWriter(directory)
    made: dict[str, bytes] = {}
    blobs = {path: writer.write("blob", data) for path, data in contents.items()}
    with ObjectReader(directory) as reader:
        tree = Trees(reader).apply(EMPTY_TREE, blobs, made)
    for content in made.values():
        writer.write("tree", content)
    ident = ident_of(officer, at)
    message = commit_message.genesis_message(office.id, officer.id)
    raw = build_commit(
        tree=tree, parents=(), author=ident, committer=ident, message=message, sign=sign
    )
    commit = CommitId(writer.write("commit", raw))
    writer.flush()
    update_ref(directory, MAIN, commit, None, reason="soptui init")
    repository = Repository.open(root)
    repository.pin(commit, fingerprint)
    repository.follow()
    return repository


def _new_repository(root: Path) -> GitDirectory:
    # GitPython costs 0.2 s to import; only setting up needs it.
    from git import Repo

    from soptui.records.clone.config import configure

    Repo.init(root, initial_branch="main").close()
    directory = GitDirectory.at(root / ".git")
    configure(directory)
    return directory


def starter_path() -> Path:
    """The folder of the starter records.

    An installed package carries them as `soptui/starter`; a source checkout keeps them in
    `records/` beside the package.
    """
    installed = _PACKAGE / "starter"
    return installed if installed.is_dir() else _PACKAGE.parent / "records"
