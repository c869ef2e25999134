"""Every path that may exist in the records, as whole-path patterns in ASCII lower case."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from soptui.domain.ids import CaseId, OfficerId, SopId

OFFICE = "office.toml"
ALLOWED_SIGNERS = "allowed_signers"

FORMAT = 1
"""The format of records that this program writes and reads."""

SLUG = r"[a-z][a-z0-9-]{0,31}"
_LETTER = "[0-9a-hjkmnp-tv-z]"
CASE_ID = rf"\d{{4}}-{_LETTER}{{8}}"

CASE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: nothing in it is mistaken for another sign when read aloud."""


class Kind(StrEnum):
    """What a path holds."""

    OFFICE = "office"
    OFFICER = "officer"
    SOP = "sop"
    CALENDAR = "calendar"
    REGISTER = "register"
    CASE = "case"
    ATTACHMENT = "attachment"
    ALLOWED_SIGNERS = "allowed-signers"


_PATTERNS = {
    Kind.OFFICE: re.compile(r"office\.toml"),
    Kind.OFFICER: re.compile(rf"officers/(?P<id>{SLUG})\.toml"),
    Kind.SOP: re.compile(rf"sops/(?P<id>{SLUG})/(?P<version>[1-9]\d{{0,3}})\.toml"),
    Kind.CALENDAR: re.compile(r"calendars/(?P<id>20\d\d)\.toml"),
    Kind.REGISTER: re.compile(r"registers/(?P<id>20\d\d)/(?P<version>[1-9]\d{0,3})\.toml"),
    Kind.CASE: re.compile(
        rf"cases/(?P<year>\d{{4}})/(?P<c>{_LETTER})/(?P<d>{_LETTER})/"
        rf"(?P<id>(?P=year)-(?P=c)(?P=d){_LETTER}{{6}})\.toml"
    ),
    Kind.ATTACHMENT: re.compile(
        r"attachments/(?P<shard>[0-9a-f]{2})/(?P<id>(?P=shard)[0-9a-f]{62})"
    ),
    Kind.ALLOWED_SIGNERS: re.compile(r"allowed_signers"),
}
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
_CASE_ID = re.compile(CASE_ID)
_SLUG = re.compile(SLUG)


@lru_cache(maxsize=4096)
def kind_of(path: str) -> Kind | None:
    """What `path` holds, or None when the records may have no such path."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(path)), None)


def officer_in(path: str) -> OfficerId:
    """The officer whose file a path is; nobody where it is another."""
    return OfficerId(id_in(path))


def id_in(path: str) -> str:
    """The id that a path carries (officer, case, SOP, year, digest); empty where it has none."""
    for pattern in _PATTERNS.values():
        match = pattern.fullmatch(path)
        if match:
            return match.groupdict().get("id", "")
    return ""


def version_in(path: str) -> int:
    """The version of the SOP or register whose file a path is; 0 where it is another file."""
    for kind in (Kind.SOP, Kind.REGISTER):
        match = _PATTERNS[kind].fullmatch(path)
        if match:
            return int(match["version"])
    return 0


def is_case_id(text: str) -> bool:
    """Whether `text` has the form of a case id, such as "2026-k7m3qd9x"."""
    return _CASE_ID.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Whether `text` can be the id of an officer, role, section or SOP."""
    return _SLUG.fullmatch(text) is not None


def is_reserved(slug: str) -> bool:
    """Whether Windows keeps the name for a device: no clone there could hold a file called so."""
    return slug in _RESERVED


def case_path(case_id: CaseId) -> str:
    """Where the case's file is: below its year, and two letters of its random part."""
    return f"cases/{case_id[:4]}/{case_id[5]}/{case_id[6]}/{case_id}.toml"


def case_of_path(path: str) -> CaseId:
    """The id of the case whose file is at `path`, which may begin at any folder above it."""
    return CaseId(path.rpartition("/")[2].removesuffix(".toml"))


def officer_path(officer_id: OfficerId) -> str:
    """Where the officer's file is."""
    return f"officers/{officer_id}.toml"


def sop_path(sop_id: SopId, version: int) -> str:
    """Where this version of the SOP is."""
    return f"sops/{sop_id}/{version}.toml"


def calendar_path(year: int) -> str:
    """Where the calendar of the year is."""
    return f"calendars/{year}.toml"


def register_path(year: int, version: int) -> str:
    """Where this version of the year's register of indicators is."""
    return f"registers/{year}/{version}.toml"


def attachment_path(sha256: str) -> str:
    """Where the file with this content is."""
    return f"attachments/{sha256[:2]}/{sha256}"
