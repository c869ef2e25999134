"""What the offices of the tests have in common: their time, their letter, their posts and files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

from soptui.domain.events import Archive, Attachment, AttachmentKind, Letter
from soptui.domain.ids import OfficerId, RoleId, UnitId
from soptui.domain.office import Capacity, Key, Officer, Post

WIB = timezone(timedelta(hours=7))
START = datetime(2026, 1, 5, 8, 0, tzinfo=WIB)

LETTER = Letter(
    number="005/17/2026",
    date=date(2026, 1, 2),
    received=START - timedelta(minutes=10),
    sender="Bupati Banyumas",
    subject="Pengukuran kinerja triwulan IV",
)
ARCHIVE = Archive(
    classification="000.8.6.3",
    file_number="17",
    title="Pengukuran Kinerja TW IV",
    items=("surat", "dokumen"),
    place="Lemari 2",
    active_years=2,
    inactive_years=4,
    fate="permanen",
)


def post(
    role: str,
    capacity: Capacity = Capacity.DEFINITIVE,
    *,
    unit: str = "",
    starts: date = date(2025, 1, 1),
    ends: date | None = None,
) -> Post:
    """A post, by default definitive and without end."""
    return Post(RoleId(role), capacity, role.title(), starts, ends, UnitId(unit))


def officer_with(key: str, name: str, *posts: Post) -> Officer:
    """An officer of an id, with one key that was added a year ago."""
    keys = (Key(key, datetime(2025, 1, 1, tzinfo=UTC)),)
    return Officer(OfficerId(name), name.title(), f"{name}@ajibarang.test", posts=posts, keys=keys)


def attachment(name: str, kind: AttachmentKind = AttachmentKind.OUTPUT) -> Attachment:
    """A file whose content is its name."""
    content = name.encode()
    return Attachment(name, kind, len(content), sha256(content).hexdigest())
