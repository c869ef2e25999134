"""Why the system refused, in words that the catalogues hold."""

from __future__ import annotations

import errno

import pytest

from soptui.domain.message import Message
from soptui.domain.system_fault import reason_of


@pytest.mark.parametrize(
    "number",
    [
        errno.ENOENT, errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EISDIR, errno.ENOTDIR,
        errno.EEXIST,
    ],
)  # fmt: skip
def test_what_happens_to_people_is_not_told_in_the_system_s_words(number: int) -> None:
    told = reason_of(OSError(number, "in the system's words", "/srv/catatan"))

    assert "system's words" not in str(told)
    assert not told.values


def test_what_is_rare_is_told_as_the_system_tells_it() -> None:
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")) == Message(
        "{text}", text="Invalid cross-device link"
    )
    assert str(reason_of(OSError("git bundle failed"))) == "git bundle failed"
    assert str(reason_of(OSError())) == "OSError"
