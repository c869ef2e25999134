"""The process that reads a long history ahead of the verifier and checks its signatures.

It gets its task on standard input, the repository and the commits in their order, and writes one
answer for each part to standard output. It stops when nobody reads them.
"""

from __future__ import annotations

import contextlib
import marshal
import sys
from pathlib import Path

from soptui.domain.findings import Found
from soptui.domain.ids import NO_COMMIT
from soptui.records.git.commit import Ident
from soptui.records.git.objects import ObjectReader
from soptui.records.git.prefetch import read_commits_ahead
from soptui.records.git.process import GitDirectory
from soptui.records.verify.identity import check_signature
from soptui.records.verify.read_ahead import parts_of


def plain(raw: bytes) -> tuple[object, ...]:
    """The key that signed a commit and the commit's parts, or a finding's code with its detail."""
    try:
        signed = check_signature(NO_COMMIT, raw)
    except Found as found:
        return found.code, str(found.message.values.get("detail", ""))
    commit = signed.commit
    author = _fields(commit.author)
    committer = author if commit.committer == commit.author else _fields(commit.committer)
    return signed.key.blob, commit.tree, commit.parents, author, committer, commit.message


def _fields(person: Ident) -> tuple[object, ...]:
    return person.name, person.mail, person.seconds, person.offset


def main() -> None:
    """Read the task, answer it part by part."""
    path, quarantine, commits = marshal.load(sys.stdin.buffer)  # noqa: S302 (by our own process)
    directory = GitDirectory(Path(path), quarantine)
    with ObjectReader(directory) as reader, contextlib.suppress(BrokenPipeError):
        for part in parts_of(commits):
            answer = {
                commit: plain(raw) for commit, raw in read_commits_ahead(reader, part).items()
            }
            sys.stdout.buffer.write(marshal.dumps(answer))
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
