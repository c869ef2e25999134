"""Why the operating system refused, in words that can be translated."""

from __future__ import annotations

import errno

from soptui.domain.message import N_, Message

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("that is not permitted"),
    errno.EPERM: N_("that is not permitted"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the space allowed on the disk is used up"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("it is no folder"),
    errno.EEXIST: N_("it is there already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("too many links follow each other"),
    errno.EIO: N_("the disk does not answer as it should"),
}


def reason_of(error: OSError) -> Message:
    """Why the system refused; in the system's own words, which are English, for what is rare."""
    if error.errno in _REASONS:
        return Message(_REASONS[error.errno])
    return Message("{text}", text=error.strerror or str(error) or type(error).__name__)
