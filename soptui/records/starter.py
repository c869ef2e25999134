"""Where the starter record set lies: the records that a new office begins with."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def starter_path() -> Path:
    """The folder of the starter records.

    An installed package carries them as `soptui/starter`; a source checkout keeps them in
    `records/` beside the package.
    """
    installed = _PACKAGE / "starter"
    return installed if installed.is_dir() else _PACKAGE.parent / "records"
