"""Building the office to try: its people, keys and records, by the same code as a real one."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

from soptui.demo.office import STATE, Clock, DemoOffice, MovableClock, restore_state
from soptui.demo.people import ADMIN, Person, people
from soptui.desk import Desk
from soptui.desk.office.administration import Administration
from soptui.domain.ids import OfficerId, RoleId, UnitId
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Capacity, Key, Office, Officer, Post
from soptui.domain.replace import replace
from soptui.records.clone.genesis import initialise, starter_files
from soptui.records.files import codec, layout
from soptui.records.files.office import office_from_document
from soptui.records.keys.signing import Signer, make_key
from soptui.records.keys.sshsig import PublicKey

_OPENED_DAYS_AGO = 60


def build_office(folder: Path, *, clock: Clock) -> DemoOffice:
    """An office in `folder` (to be created) with cases at many steps, on time, late and closed.

    `clock` gives the present, as an aware time; the cases lie in the weeks before.
    """
    from soptui.demo.cases import play_cases

    office = open_office(folder, clock=clock)
    try:
        play_cases(office)
    except BaseException:
        office.close()
        raise
    office.clock.set_to(None)
    return office


def open_office(folder: Path, *, clock: Clock) -> DemoOffice:
    """An office in `folder` with its people and keys, but no case; its clock stands in the past.

    Raises `Refusal` when there is such a folder already.
    """
    if folder.exists():
        raise Refusal(
            Message(
                "{path} exists already. Nothing was changed. Name a new folder for the "
                "demonstration.",
                path=str(folder),
            )
        )
    folder.mkdir(mode=0o700, parents=True)
    state_before = os.environ.get(STATE)
    os.environ[STATE] = str(folder / "state")
    try:
        return _office_in(folder, clock, state_before)
    except BaseException:
        restore_state(state_before)
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _office_in(folder: Path, clock: Clock, state_before: str | None) -> DemoOffice:
    files = starter_files()
    example = _example_of(office_from_document(codec.parse_document(files[layout.OFFICE])))
    zone = timezone(timedelta(minutes=example.utc_offset))
    opened = clock().astimezone(zone).replace(microsecond=0) - timedelta(days=_OPENED_DAYS_AGO)
    staff = people(example)
    keys = {one.id: make_key(_key_path(folder, one.id), one.id) for one in staff}
    officers = [_officer(one, keys[one.id], opened) for one in staff]
    signer = Signer(keys[ADMIN], _key_path(folder, ADMIN))
    repository = initialise(
        folder / "records",
        office=example,
        officer=officers[0],
        files=files,
        at=opened,
        sign=signer.sign,
        fingerprint=keys[ADMIN].fingerprint,
    )
    movable = MovableClock(clock)
    movable.set_to(opened)
    desks = {
        one.id: Desk(repository, OfficerId(one.id), clock=movable, key=_key_path(folder, one.id))
        for one in staff
    }
    office = DemoOffice(folder, repository, desks, movable, state_before)
    office.papers.mkdir()
    administration = Administration(office.desks[ADMIN])
    for officer in officers[1:]:
        administration.add_officer(officer)
    return office


def _example_of(office: Office) -> Office:
    return replace(office, id="kantor-contoh", name=f"{office.name} (contoh)")


def _officer(person: Person, key: PublicKey, opened: datetime) -> Officer:
    starts = opened.date().replace(month=1, day=2)
    post = Post(
        RoleId(person.role),
        Capacity.DEFINITIVE,
        person.title,
        starts,
        unit=UnitId(person.unit),
    )
    return Officer(
        id=OfficerId(person.id),
        name=person.name,
        mail=f"{person.id}@kantor.example",
        posts=(post,),
        keys=(Key(key.text, opened),),
    )


def _key_path(folder: Path, officer_id: str) -> Path:
    return folder / "keys" / officer_id
