"""The hub as its keeper meets it: made, renewed, checked, and opened to the officers' keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from soptui.domain.findings import TrustRoot
from soptui.domain.ids import OfficerId
from soptui.domain.size import Size

if TYPE_CHECKING:
    from soptui.records.hub.check import Defect


def make_hub(
    path: Path,
    root: TrustRoot,
    *,
    group: str = "",
    first_key: str = "",
    language: str = "",
) -> None:
    """A new hub for the records that `root` begins. Raises `Refusal`."""
    from soptui.records.hub.hub import init_hub

    init_hub(path, root, group=group, first_key=first_key, language=language)


def renew_hub(path: Path) -> None:
    """Write a hub's settings and programs anew. Raises `NotAHub`."""
    from soptui.records.hub import hub

    hub.renew_hub(path)


def limit_of_hub(path: Path) -> Size:
    """How much one push to a hub may bring. Raises `NotAHub`."""
    from soptui.records.hub.trust import open_hub

    return Size(open_hub(path)[1].limit)


def limit_hub(path: Path, limit: Size) -> None:
    """Let one push to a hub bring so much at most. Raises `Refusal`, among them `NotAHub`."""
    from soptui.records.hub import hub

    hub.limit_hub(path, limit.bytes)


def hub_defects(path: Path) -> list[Defect]:
    """What is unsafe about a hub. Raises `NotAHub`."""
    from soptui.records.hub.check import check_hub

    return check_hub(path)


def key_lines(path: Path) -> list[str]:
    """The lines of `authorized_keys` for a hub. Raises `Refusal`."""
    from soptui.records.hub.authorized_keys import authorized_keys

    return authorized_keys(path)


def serve_hub(path: Path, officer: OfficerId) -> NoReturn:
    """Hand over to what serves the hub, isolated from this account's Python. Raises `NotAHub`."""
    from soptui.records.hub.serving import hand_over

    hand_over(path, officer)
