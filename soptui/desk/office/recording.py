"""How a change of what the office keeps becomes one signed commit, whatever it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from soptui.desk.desk import ATTEMPTS, Desk
from soptui.desk.refusals import not_written, too_busy
from soptui.domain.message import Message, Refusal
from soptui.domain.office import ADMINISTRATOR, Registry
from soptui.domain.receipt import Receipt
from soptui.records.git.objects import object_id
from soptui.records.git.refs import RefMoved

Files = Callable[[Registry], tuple[str, bytes, bytes | None]]
"""From the office and its people: the path of what changes, its bytes, and `allowed_signers` where
an officer's file changes."""


def record(desk: Desk, files: Files) -> Receipt:
    """Sign what `files` makes of the newest records, as an administrator.

    Raises `Refusal` when the officer is no administrator or has no key at hand, when nothing would
    change, or when the disk refuses; nothing was changed then.
    """
    refuse_other_than_administrators(desk)
    return sign_files(desk, files)


def sign_files(desk: Desk, files: Files, *, attached: Mapping[str, bytes] | None = None) -> Receipt:
    """As `record`, by whoever sits at the desk; `attached` are files that come along, by path."""
    for _ in range(ATTEMPTS):
        parent, snapshot = desk.repository.sound()
        path, data, signers = files(snapshot.registry)
        if snapshot.lookup(path) == object_id("blob", data):
            raise Refusal(
                Message(
                    "The records hold just this already, in {path}. Nothing was changed, and "
                    "nothing needs to be.",
                    path=path,
                )
            )
        try:
            return desk.repository.add_change(
                parent, path, data, desk.officer, desk.now(), desk.signing(),
                signers=signers, attached=attached,
            )  # fmt: skip
        except RefMoved:
            continue
        except OSError as error:
            raise not_written(error) from None
    raise too_busy()


def refuse_other_than_administrators(desk: Desk) -> None:
    """Raises `Refusal` when the officer of the desk does not hold the post of administrator."""
    if ADMINISTRATOR in desk.roles():
        return
    raise Refusal(
        Message(
            "Only an administrator can do this. Nothing was changed. Administrators: {names}.",
            names=", ".join(one.id for one in desk.registry.administrators(desk.now().date())),
        )
    )
