"""The ids by which records name what they are about; each a type, so that none passes for another.

They are made where text comes in: in the readers of files and of Git's output, from command lines
and from forms.
"""

from __future__ import annotations

from typing import NewType

OfficerId = NewType("OfficerId", str)
"""A person of the office, such as "camat-1"."""

NOBODY = OfficerId("")
"""No officer: where nobody has a case in hand, or nobody sits at the desk."""

RoleId = NewType("RoleId", str)
"""A role of an SOP, or the administrator's: what posts are held for, such as "camat"."""

NO_ROLE = RoleId("")
"""No role: where an officer acts in none, or a case waits for none."""

UnitId = NewType("UnitId", str)
"""A section of the office, such as "seksi-pemerintahan"."""

NO_UNIT = UnitId("")
"""No section: of a role that is not a section's."""

SopId = NewType("SopId", str)
"""An SOP, of whatever version, such as "pengukuran-data-kinerja"."""

ANY_SOP = SopId("")
"""No SOP: where the only one there is is meant, or all."""

CaseId = NewType("CaseId", str)
"""A case, such as "2026-k7m3qd9x": its year, and what was drawn at random."""

NO_CASE = CaseId("")
"""No case: where a letter is only to be registered, or nothing of a case is in sight."""

EventId = NewType("EventId", str)
"""An event of a case: the SHA-256 of its block's bytes, in hex. The header's stands before all."""

NO_EVENT = EventId("")
"""No event: where none was recorded or answered, or the reader has seen none."""

CommitId = NewType("CommitId", str)
"""A commit of the records; 40 digits in hex."""

NO_COMMIT = CommitId("")
"""No commit: where none is known yet, or from the very beginning on."""

ObjectId = NewType("ObjectId", str)
"""A file's content or a folder, by what Git calls it; 40 digits in hex."""

NO_OBJECT = ObjectId("")
"""No object: where a path leads to nothing."""

Fingerprint = NewType("Fingerprint", str)
"""A public key, by what OpenSSH prints of it: "SHA256:" and the digest in base 64."""

NO_FINGERPRINT = Fingerprint("")
"""No key: where none signed, or every one of an officer is meant."""
