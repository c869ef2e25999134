"""Writing an attachment to a file of the reader's own, never over another."""

from __future__ import annotations

import os
from pathlib import Path

from soptui.domain.message import Message, Refusal
from soptui.domain.system_fault import reason_of
from soptui.domain.text import safe


def save(content: bytes, path: str, proposed: str = "") -> Path:
    """Write `content` to a new file at `path` (`~` is the home folder); where it now is.

    Into a folder it goes under the `proposed` name, where there is one. A file that comes from
    others opens in programs of one's own, so only its owner may read it.
    Raises `Refusal` when something is there already or it cannot be written.
    """
    place = Path(path.strip()).expanduser().absolute()
    if proposed and place.is_dir():
        place /= Path(proposed).name
    try:
        number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(
            Message(
                "There is a file {path} already. Nothing was written. Give another name.",
                path=safe(str(place)),
            )
        ) from None
    except OSError as error:
        raise _not_written(place, error) from None
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
    except OSError as error:
        place.unlink(missing_ok=True)
        raise _not_written(place, error) from None
    return place


def _not_written(place: Path, error: OSError) -> Refusal:
    return Refusal(
        Message(
            "{path} cannot be written ({reason}). Nothing was saved. Give another name.",
            path=safe(str(place)),
            reason=reason_of(error),
        )
    )
