"""Setting up an office: what it begins with, the first administrator, and the key that signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from msgspec import Struct

from soptui.desk.office.people import (
    as_typed,
    person_as_typed,
    posts_of,
    refuse_reserved,
    refuse_wrong_section,
)
from soptui.desk.office.starters import starter_sop
from soptui.desk.settings.clone_files import DeskFile, save_desk_file
from soptui.desk.words.names import role_titles
from soptui.domain.findings import TrustRoot
from soptui.domain.ids import OfficerId, UnitId
from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.office import ADMINISTRATOR, Key, Office, Unit
from soptui.domain.replace import replace
from soptui.domain.text import tidy, tidy_line
from soptui.records.clone.genesis import initialise, starter_files
from soptui.records.files import codec, layout
from soptui.records.files.office import (
    office_from_document,
    office_to_document,
    officer_from_document,
    officer_to_document,
)
from soptui.records.files.snapshot import read_sop
from soptui.records.keys.signing import Signer, make_key
from soptui.records.keys.sshsig import PublicKey, SignatureFault

_USUAL_KEY = Path("~/.ssh/id_ed25519")
_LONGEST_ID = 32
_KEPT_EXAMPLES = ("instructions", "attachment_limit")
"""What of the examples that come along every office begins with, marked as an example."""


class Founding(Struct, frozen=True):
    """What was set up: the office, the folder, the trust root, the key."""

    office: Office
    root: Path
    trust: TrustRoot
    key: Path


def found_office(
    root: Path,
    *,
    officer_id: OfficerId,
    person: Mapping[str, str],
    posts: Sequence[str],
    office: Mapping[str, Any],
    sections: Sequence[str] = (),
    starters: Sequence[str] = (),
    key: Path | None = None,
    new_key: Path | None = None,
    passphrase: str = "",
) -> Founding:
    """Set up records at `root` and sit its first administrator down at them.

    `person` has `name`, `mail`, `nip` and `rank`; `posts` are `role` or `role:section`. `office`
    has `name`, and may have `id`, `regency`, `address` and `utc_offset`: an id that is not given
    follows from the name. `sections` are titles, or `ID=TITLE`. The office begins with the usual
    instructions of a disposition sheet, the calendars, and of the SOPs that come along with those
    that `starters` names; with no SOP, no code and no section of another office. `key` is the file
    of the key that signs, else the usual one; `new_key` is where to make one. Raises `Refusal`;
    nothing but a new key is then left behind.
    """
    files = starter_files()
    its_office = _office(files[layout.OFFICE], office, sections)
    now = _now(its_office)
    chosen = dict(starter_sop(name) for name in dict.fromkeys(starters))
    sops = [read_sop(data) for data in chosen.values()]
    calendars = {
        path: data for path, data in files.items() if layout.kind_of(path) is layout.Kind.CALENDAR
    }
    held = posts_of((ADMINISTRATOR, *posts), role_titles(sops), now.date())
    refuse_reserved(officer_id)
    refuse_wrong_section(held, its_office, sops)
    blank = replace(person_as_typed(officer_id, **person), posts=held)
    # Read back before anything is made, so that what the form refuses leaves no trace.
    with as_typed():
        officer_from_document(officer_to_document(blank))
    _refuse_if_taken(root)
    signer = _signer(key, new_key, f"{officer_id}@{its_office.id}", passphrase)
    officer = replace(blank, keys=(Key(signer.public_key.text, now),))
    repository = initialise(
        root,
        office=its_office,
        officer=officer,
        files={**calendars, **chosen},
        at=now,
        sign=signer.sign,
        fingerprint=signer.public_key.fingerprint,
    )
    with repository:
        used = (signer.key_path or key or _USUAL_KEY).expanduser().absolute()
        seat = DeskFile(officer_id, str(used))
        save_desk_file(repository.root, repository.trust.genesis, seat)
        return Founding(its_office, repository.root, repository.trust.root, used)


def id_from(name: str) -> str:
    """The id that follows from an office's name, such as `kecamatan-cilongok`; empty if none."""
    words = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", words).lstrip("-0123456789")[:_LONGEST_ID].strip("-")


def section_from(text: str) -> Unit:
    """The section that somebody names by its title, or as `ID=TITLE`. Raises `Misread`."""
    id_, equals, title = text.partition("=")
    title = tidy_line(title if equals else id_)
    id_ = tidy_line(id_) if equals else id_from(title)
    if not (id_ and title):
        raise Misread(
            Message(
                "{text} names no section. Write its title, or an id and its title, such as "
                "seksi-pelayanan=Seksi Pelayanan Umum.",
                text=text,
            )
        )
    return Unit(UnitId(id_), title)


def _office(data: bytes, given: Mapping[str, Any], sections: Sequence[str]) -> Office:
    starter = office_from_document(codec.parse_document(data))
    name, id_, regency, address = (
        tidy(given.get(field) or "") for field in ("name", "id", "regency", "address")
    )
    if not name:
        raise Refusal(
            Message(
                "Which office is it? Nothing was made. Give its name, as --office-name "
                '"Kecamatan Cilongok", and --regency and --address with it.'
            )
        )
    id_ = id_ or id_from(name)
    if not id_:
        raise Refusal(
            Message(
                "No id follows from the name {name}. Nothing was made. Give one with --office-id.",
                name=name,
            )
        )
    offset = given.get("utc_offset")
    founded = Office(
        format=starter.format,
        attachment_limit=starter.attachment_limit,
        week_days=starter.week_days,
        instructions=starter.instructions,
        units=tuple(section_from(text) for text in sections),
        inferred=tuple(one for one in starter.inferred if one.field in _KEPT_EXAMPLES),
        id=id_,
        name=name,
        regency=regency,
        address=address,
        utc_offset=starter.utc_offset if offset is None else offset,
    )
    with as_typed():
        return office_from_document(office_to_document(founded))


def _now(office: Office) -> datetime:
    zone = timezone(timedelta(minutes=office.utc_offset))
    return datetime.now(UTC).astimezone(zone).replace(microsecond=0)


def _refuse_if_taken(root: Path) -> None:
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Refusal(
            Message(
                "{path} is not empty. Nothing was changed. Choose a new folder.", path=str(root)
            )
        )


def _signer(key: Path | None, new_key: Path | None, comment: str, passphrase: str) -> Signer:
    if new_key is not None:
        path = new_key.expanduser().absolute()
        public = make_key(path, comment, passphrase)
        if passphrase:
            raise Refusal(
                Message(
                    "The key {path} was made and is locked by its passphrase. Nothing else was "
                    "made. Run: ssh-add {path} and then the same command with --key {path} in the "
                    "place of --make-key.",
                    path=str(path),
                )
            )
        return Signer(public, path)
    path = (key or _USUAL_KEY).expanduser()
    private = path.with_suffix("") if path.suffix == ".pub" else path
    public_path = private.with_name(f"{private.name}.pub")
    try:
        public = PublicKey.parse(public_path.read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, SignatureFault):
        raise _no_key(public_path) from None
    return Signer(public, private if private.exists() else None)


def _no_key(path: Path) -> Refusal:
    from soptui.records.platform.openssh import SigningRefusal

    return SigningRefusal(
        "no-key",
        Message(
            "There is no usable public key {path}. Nothing was changed. Name a key with --key, or "
            "have one made with --make-key.",
            path=str(path),
        ),
    )
