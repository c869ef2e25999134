"""Reading a history in bulk: which commits there are, and what each says it changes.

What Git answers here is a hint only. The verifier computes every tree from the hints and compares
its name with the one that was signed, and takes parents from the commits' own bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from soptui.records.git import GitDirectory
from soptui.records.objects import Kind, ObjectFault, ObjectReader

T = TypeVar("T")

MAXIMUM_CHANGES = 512
"""Most files that one commit may change before it is refused unread."""


class Hint(NamedTuple):
    """A file that a commit changes against its first parent; ids and modes are empty if absent."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str


class Line(NamedTuple):
    """A commit with its parents, as Git lists them."""

    commit: str
    parents: tuple[str, ...]


class History:
    """The commits of one repository."""

    def __init__(self, directory: GitDirectory) -> None:
        self.directory = directory

    def has_grafts(self) -> bool:
        """Whether the repository pretends another ancestry, or lacks part of it."""
        path = self.directory.path
        return any((path / name).exists() for name in ("info/grafts", "shallow"))

    def commits(self, old: str, new: str) -> list[Line]:
        """The commits reachable from `new` but not from `old`, parents before children.

        An empty `old` excludes nothing. Raises `GitFailed`.
        """
        operands = [new, f"^{old}"] if old else [new]
        output = self.directory.run(
            "rev-list", "--topo-order", "--reverse", "--parents", operands=operands
        )
        lines = (line.split() for line in output.decode("ascii").splitlines())
        return [Line(ids[0], tuple(ids[1:])) for ids in lines]

    def is_ancestor(self, commit: str, of: str) -> bool:
        """Whether `commit` is reachable from `of`."""
        from soptui.records.git import GitFailed

        try:
            self.directory.run("merge-base", "--is-ancestor", operands=(commit, of))
        except GitFailed:
            return False
        return True

    def commits_of_case(self, case_id: str, tip: str) -> dict[str, str]:
        """The commit of each event of a case up to `tip`, by event id. Raises `GitFailed`."""
        output = self.directory.run(
            "log", f"--grep=^Sop-Case: {case_id}$", "--format=%H %(trailers:key=Sop-Event,valueonly)",
            operands=(tip,),
        )  # fmt: skip
        pairs = (line.split() for line in output.decode("ascii", "replace").splitlines() if line)
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}

    def hints(self, commits: Sequence[str]) -> dict[str, list[Hint]]:
        """What each commit without a second parent changes. Raises `GitFailed`."""
        stdin = "".join(f"{commit}\n" for commit in commits).encode("ascii")
        output = self.directory.run(
            "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--raw", "--no-abbrev",
            stdin=stdin,
        )  # fmt: skip
        return _parse_hints(output)


def _parse_hints(output: bytes) -> dict[str, list[Hint]]:
    hints: dict[str, list[Hint]] = {}
    current: list[Hint] = []
    fields = iter(output.split(b"\0"))
    for field in fields:
        if field.startswith(b":"):
            path = next(fields, b"").decode("utf-8", "backslashreplace")
            old_mode, new_mode, old, new, _ = field[1:].decode("ascii").split(" ")
            if len(current) <= MAXIMUM_CHANGES:
                current.append(
                    Hint(path, _present(old_mode), _present(new_mode), _present(old), _present(new))
                )
        elif field:
            current = hints.setdefault(field.decode("ascii"), [])
    return hints


def _present(text: str) -> str:
    return text if text.strip("0") else ""


class Prefetched:
    """Reads objects one by one from what was fetched in bulk, and the rest from the store."""

    def __init__(self, reader: ObjectReader) -> None:
        self._reader = reader
        self._contents: dict[str, bytes] = {}

    def fetch(self, oids: Iterable[str], kind: Kind, limit: int) -> None:
        """Read many objects ahead. What cannot be read is left for `read` to complain of."""
        wanted = list(dict.fromkeys(oid for oid in oids if oid not in self._contents))
        try:
            for oid, content in zip(
                wanted, self._reader.read_many(wanted, kind, limit), strict=False
            ):
                self._contents[oid] = content
        except ObjectFault:
            return

    def forget(self) -> None:
        """Drop what was fetched."""
        self._contents.clear()

    def read(self, oid: str, kind: Kind, limit: int) -> bytes:
        """The content of one object of at most `limit` bytes. Raises `ObjectFault`."""
        content = self._contents.get(oid)
        return self._reader.read(oid, kind, limit) if content is None else content


def in_parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """`items` in runs of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
