"""The parts of a packed document: a Word, Excel or OpenDocument file is an archive of XML files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from soptui.records.attachments.answers import Unreadable

LARGEST_PART = 64 << 20
"""Bytes that one part may unfold to."""

_MOST_PARTS = 10_000
_IS_ENCRYPTED = 1
_RELATIONSHIPS = "_rels/{}.rels"

Element = ElementTree.Element


class Archive:
    """The parts by name. Raises `Unreadable` for what is locked or far too large."""

    def __init__(self, content: bytes) -> None:
        self._archive = ZipFile(BytesIO(content))
        members = self._archive.infolist()
        if len(members) > _MOST_PARTS:
            raise Unreadable("long")
        if any(member.flag_bits & _IS_ENCRYPTED for member in members):
            raise Unreadable("locked")
        # Some programs write the names with the other slash, or in another case.
        self._names = {
            member.filename.replace("\\", "/").lower(): member.filename for member in members
        }

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """A whole part; empty when there is none."""
        if name not in self:
            return b""
        with self._archive.open(self._names[name.lower()]) as part:
            data = part.read(LARGEST_PART + 1)
        if len(data) > LARGEST_PART:
            raise Unreadable("long")
        return data

    def tree(self, name: str) -> Element | None:
        """A part as a tree of elements, or None. Raises `ElementTree.ParseError`."""
        data = self.read(name)
        return ElementTree.fromstring(data) if data else None  # noqa: S314 (a shut-in process)

    def elements(self, name: str, *wanted: str) -> Iterator[Element]:
        """The elements of these names in a part, one by one, each forgotten after the next."""
        events = ElementTree.iterparse(  # noqa: S314 (a shut-in process)
            BytesIO(self.read(name)), events=("start", "end")
        )
        ancestors: list[Element] = []
        for event, element in events:
            if event == "start":
                ancestors.append(element)
                continue
            ancestors.pop()
            if local_name(element) in wanted:
                yield element
                if ancestors:
                    ancestors[-1].remove(element)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by id: the kind of it, and the name of that part."""
        folder, base = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, _RELATIONSHIPS.format(base)))
        found = {}
        for one in tree if tree is not None else ():
            target = one.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = (kind, posixpath.normpath(path))
        return found


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str, default: str = "") -> str:
    """The value of an attribute by its name without namespace, of which programs use several."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return default


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    for child in element if element is not None else ():
        if local_name(child) == name:
            yield child


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name, or None."""
    return next(children(element, name), None)
