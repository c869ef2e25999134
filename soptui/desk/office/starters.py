"""The SOPs that come along with soptui: drafts until an office has made them its own."""

from __future__ import annotations

from soptui.domain.message import Message, Refusal
from soptui.records.clone.genesis import starter_files
from soptui.records.files import layout


def starter_names() -> tuple[str, ...]:
    """The ids of the SOPs that come along."""
    return tuple(dict.fromkeys(layout.id_in(path) for path in _sop_files()))


def is_starter(name: str) -> bool:
    """Whether an SOP of this id comes along."""
    return layout.is_slug(name) and name in starter_names()


def starter_sop(name: str) -> tuple[str, bytes]:
    """The path in the records and the bytes of the newest version of an SOP that comes along.

    Raises `Refusal`, which names those that do.
    """
    versions = {path: data for path, data in _sop_files().items() if layout.id_in(path) == name}
    if not versions:
        raise Refusal(
            Message(
                "No SOP {name} comes along with soptui. Nothing was made. There are: {known}.",
                name=name,
                known=", ".join(starter_names()),
            )
        )
    return max(versions.items(), key=lambda one: layout.version_in(one[0]))


def _sop_files() -> dict[str, bytes]:
    return {
        path: data
        for path, data in starter_files().items()
        if layout.kind_of(path) is layout.Kind.SOP
    }
