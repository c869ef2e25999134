"""The office file, the officers' files, and the list of signers that stock Git understands.

Sections in the files' order; a key whose value is empty is absent.

`office.toml`:

- header: `format`, `id`, `name`, `regency`, `address`, `utc_offset` (minutes),
  `attachment_limit` (bytes), `week_days`, `register_role`, `applications`, `withdrawn_sops`
- `[[units]]`: `id`, `title`, `withdrawn`
- `[[instructions]]`: `number`, `code`, `text`, `withdrawn`; in the order of their numbers
- `[[classifications]]`: `code`, `title`, `active_years`, `inactive_years`, `fate` (all three or
  none), `source`, `withdrawn`
- `[[inferred]]`: `field`, `reason`, `confidence`: what is an example or a guess

`officers/<id>.toml`:

- header: `id`, `name`, `mail`, `nip`, `rank`
- `[[posts]]`: `role`, `capacity`, `title`, `starts`, `ends`, `unit`, `basis`
- `[[keys]]`: `public`, `added`, `signature`, `lost`, `revoked`, `reason`, `suspect_from`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from soptui.domain.actions.contents import MOST_TOGETHER
from soptui.domain.administration.nip import nip_fault
from soptui.domain.ids import CommitId, OfficerId, RoleId, SopId, UnitId
from soptui.domain.message import Message
from soptui.domain.office import (
    FATES,
    Capacity,
    Classification,
    Instruction,
    Key,
    Office,
    Officer,
    Post,
    Retention,
    Unit,
)
from soptui.records.files.sop import inference_tables, inferences_in
from soptui.records.files.tables import Table, read_canonical, without_empty
from soptui.records.keys.sshsig import PublicKey, SignatureFault

_OFFICE = (
    "format", "id", "name", "regency", "address", "utc_offset", "attachment_limit", "week_days",
    "register_role", "applications", "withdrawn_sops", "units", "instructions",
    "classifications", "inferred",
)  # fmt: skip
_UNIT = ("id", "title", "withdrawn")
_INSTRUCTION = ("number", "code", "text", "withdrawn")
_RETENTION = ("active_years", "inactive_years", "fate")
_CLASSIFICATION = ("code", "title", *_RETENTION, "source", "withdrawn")
_OFFICER = ("id", "name", "mail", "nip", "rank", "posts", "keys")
_POST = ("role", "capacity", "title", "starts", "ends", "unit", "basis")
_KEY = ("public", "added", "signature", "lost", "revoked", "reason", "suspect_from")

# UTC-12 to UTC+14 are all the offsets in use.
_WESTERNMOST, _EASTERNMOST = -12 * 60, 14 * 60

_CLASSIFICATION_CODE = re.compile(r"\d{3}(?:\.\d{1,3}){0,6}", re.ASCII)
# Plain enough to be a principal of allowed_signers, where *, ?, ! and comma have a meaning.
_MAIL = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*"
)
_LONGEST_MAIL = 254
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# They end a name in Git's author line, or are cut off at its ends.
_REFUSED_IN_NAMES = re.compile(r"[<>]|^[.,:;\"'\\]|[,:;\"'\\]$")


def office_from_document(document: Mapping[str, Any]) -> Office:
    """The office that a parsed document holds. Raises `RecordFault` with the first fault."""
    return read_canonical(document, _office, office_to_document)


def office_to_document(office: Office) -> dict[str, Any]:
    """The document of the office, keys in the file's order, absent where a value is empty."""
    return without_empty(
        {
            **{key: getattr(office, key) for key in _OFFICE[:9]},
            "applications": list(office.applications),
            "withdrawn_sops": list(office.withdrawn_sops),
            "units": [
                without_empty({key: getattr(unit, key) for key in _UNIT}) for unit in office.units
            ],
            "instructions": [
                without_empty({key: getattr(line, key) for key in _INSTRUCTION})
                for line in office.instructions
            ],
            "classifications": [_classification_table(one) for one in office.classifications],
            "inferred": inference_tables(office.inferred),
        }
    )


def officer_from_document(document: Mapping[str, Any]) -> Officer:
    """The officer that a parsed document holds. Raises `RecordFault` with the first fault."""
    return read_canonical(document, _officer, officer_to_document)


def officer_to_document(officer: Officer) -> dict[str, Any]:
    """The document of the officer, keys in the file's order, absent where a value is empty."""
    return without_empty(
        {
            **{key: getattr(officer, key) for key in _OFFICER[:5]},
            "posts": [
                without_empty(
                    {key: getattr(post, key) for key in _POST} | {"capacity": post.capacity.value}
                )
                for post in officer.posts
            ],
            "keys": [
                without_empty({name: getattr(key, name) for name in _KEY}) for key in officer.keys
            ],
        }
    )


def allowed_signers(officers: Iterable[Officer]) -> bytes:
    """The file `allowed_signers` for `git verify-commit`: one sorted line for each key.

    A revoked key stays good for what was signed before it was revoked, as far as the signature's
    own date can be believed; the verifier does not use this file.
    """
    return "".join(
        sorted(
            f"{officer.mail} {_options(key)} {key.public}\n"
            for officer in officers
            for key in officer.keys
        )
    ).encode("ascii")


def _classification_table(entry: Classification) -> dict[str, Any]:
    kept = entry.retention
    return without_empty(
        {
            "code": entry.code,
            "title": entry.title,
            **{key: getattr(kept, key) if kept else None for key in _RETENTION},
            "source": entry.source,
            "withdrawn": entry.withdrawn,
        }
    )


def _options(key: Key) -> str:
    if key.revoked is None:
        return 'namespaces="git"'
    return f'namespaces="git",valid-before="{key.revoked.astimezone(UTC):%Y%m%d%H%M%S}Z"'


def _office(document: Mapping[str, Any]) -> Office:
    table = Table(document, _OFFICE)
    units = tuple(
        Unit(UnitId(unit.slug("id")), unit.text("title"), unit.flag("withdrawn"))
        for unit in table.tables("units", _UNIT)
    )
    table.require_unique("units", (unit.id for unit in units))
    instructions = tuple(
        Instruction(
            line.number("number", least=1, most=99),
            line.slug("code"),
            line.text("text"),
            line.flag("withdrawn"),
        )
        for line in table.tables("instructions", _INSTRUCTION)
    )
    table.require_unique("instructions", (line.number for line in instructions))
    table.require_unique("instructions", (line.code for line in instructions))
    if sorted(instructions, key=lambda line: line.number) != list(instructions):
        raise table.fault("instructions", Message("They must stand in the order of their numbers."))
    classifications = tuple(
        _classification(entry) for entry in table.tables("classifications", _CLASSIFICATION)
    )
    table.require_unique("classifications", (entry.code for entry in classifications))
    applications = table.texts("applications")
    table.require_unique("applications", applications)
    return Office(
        format=table.format(),
        id=table.slug("id"),
        name=table.text("name"),
        regency=table.text_if_any("regency"),
        address=table.text_if_any("address"),
        utc_offset=table.number("utc_offset", least=_WESTERNMOST, most=_EASTERNMOST),
        attachment_limit=table.number("attachment_limit", least=1, most=MOST_TOGETHER),
        week_days=table.number("week_days", least=5, most=6),
        register_role=RoleId(table.slug_if_any("register_role")),
        units=units,
        instructions=instructions,
        classifications=classifications,
        applications=applications,
        withdrawn_sops=tuple(map(SopId, table.slugs("withdrawn_sops"))),
        inferred=inferences_in(table),
    )


def _classification(table: Table) -> Classification:
    code = table.text("code")
    if not _CLASSIFICATION_CODE.fullmatch(code):
        raise table.fault(
            "code", Message("{code} is not an archive code like 000.8.6.3.", code=code)
        )
    return Classification(
        code,
        table.text("title"),
        _retention(table),
        table.text_if_any("source"),
        table.flag("withdrawn"),
    )


def _retention(table: Table) -> Retention | None:
    """Years and fate, where the office has them: one of the three alone says nothing."""
    if not any(key in table for key in _RETENTION):
        return None
    fate = table.text("fate")
    if fate not in FATES:
        raise table.fault(
            "fate", Message("It can only be one of: {choices}.", choices=", ".join(FATES))
        )
    return Retention(
        table.number("active_years", least=0, most=100),
        table.number("inactive_years", least=0, most=100),
        fate,
    )


def _officer(document: Mapping[str, Any]) -> Officer:
    table = Table(document, _OFFICER)
    posts = tuple(_post(post) for post in table.tables("posts", _POST))
    table.require_unique(
        "posts",
        (
            f"{post.role} {post.unit} {post.capacity} {post.starts}"
            for post in posts
            if not post.is_withdrawn
        ),
    )
    keys = tuple(_key(key) for key in table.tables("keys", _KEY))
    table.require_unique("keys", (key.public for key in keys))
    name, mail, nip = table.text("name"), table.text("mail"), table.text_if_any("nip")
    if _REFUSED_IN_NAMES.search(name):
        raise table.fault(
            "name", Message("{name} has a character that an author's name may not have.", name=name)
        )
    if not _MAIL.fullmatch(mail) or len(mail) > _LONGEST_MAIL:
        raise table.fault(
            "mail", Message("{mail} is not an address in lower-case letters.", mail=mail)
        )
    fault = nip_fault(nip) if nip else None
    if fault is not None:
        raise table.fault("nip", fault)
    return Officer(
        id=OfficerId(table.slug("id")),
        name=name,
        mail=mail,
        nip=nip,
        rank=table.text_if_any("rank"),
        posts=posts,
        keys=keys,
    )


def _post(table: Table) -> Post:
    starts, ends = table.day("starts"), table.day_if_any("ends")
    if ends is not None and (starts - ends).days > 1:
        raise table.fault("ends", Message("The post ends before it starts."))
    return Post(
        role=RoleId(table.slug("role")),
        capacity=table.choice("capacity", Capacity),
        title=table.text("title"),
        starts=starts,
        ends=ends,
        unit=UnitId(table.slug_if_any("unit")),
        basis=table.text_if_any("basis"),
    )


def _key(table: Table) -> Key:
    public, added, revoked = (
        table.text("public"),
        table.moment("added"),
        table.moment_if_any("revoked"),
    )
    try:
        canonical = PublicKey.parse(public).text == public
    except SignatureFault:
        canonical = False
    if not canonical:
        raise table.fault(
            "public", Message("It is not an Ed25519 public key in one line without comment.")
        )
    if revoked is not None and revoked < added:
        raise table.fault("revoked", Message("The key was revoked before it was added."))
    signature, lost = table.text_if_any("signature"), table.flag("lost")
    if signature and lost:
        raise table.fault("lost", Message("Who has signed with the key has not lost it."))
    reason, suspect_from = table.text_if_any("reason"), table.text_if_any("suspect_from")
    if revoked is None and (reason or suspect_from):
        raise table.fault("revoked", Message("Only a revoked key has a reason or is suspect."))
    if suspect_from and not _COMMIT.fullmatch(suspect_from):
        raise table.fault("suspect_from", Message("It is not the id of a commit."))
    return Key(
        public=public,
        added=added,
        revoked=revoked,
        reason=reason,
        suspect_from=CommitId(suspect_from),
        signature=signature,
        lost=lost,
    )
