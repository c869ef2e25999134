"""Attacks by the version of an SOP: which one a case begins under, and what a migration drops."""

from __future__ import annotations

from soptui.domain.events import Approve, Migrate, Receive, Register
from soptui.domain.ids import CaseId
from soptui.domain.office import ADMINISTRATOR, Capacity
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.records.files import case as case_file
from soptui.records.files import codec, layout
from soptui.records.files.snapshot import read_sop
from tests.attacks.attack import attack
from tests.attacks.attacked_office import SOP_PATH
from tests.attacks.builder import NEW_CASE, Records
from tests.attacks.on_registry import SOP_2
from tests.support.office_parts import LETTER, post

THIRD_CASE = CaseId("2026-11111111")


def _add_second_version(r: Records) -> str:
    """Version 2, in which nobody is kept from judging their own work; its digest."""
    data = r.data(SOP_PATH).replace(b"\nversion = 1", b"\nversion = 2")
    data = data.replace(b"distinct_from = [5]\n", b"")
    r.change(SOP_2, data)
    return read_sop(data).digest


def registered_under_the_newest_version(r: Records) -> None:
    """And, by somebody offline, under the newest that they have; both go on."""
    fork = r.tip
    digest = _add_second_version(r)
    side = r.next(NEW_CASE, on=fork)
    r.merge(side)
    r.next(NEW_CASE)
    head = r.header(THIRD_CASE, sop_version=2, sop_sha256=digest)
    _register(r, THIRD_CASE, head)


def register_under(r: Records, case: CaseId, sop: Sop) -> None:
    """A new case under a version of its SOP."""
    _register(r, case, r.header(case, sop_version=sop.version, sop_sha256=sop.digest))


def _register(r: Records, case: CaseId, head: bytes) -> None:
    event = r.event("penerima-1", Register(LETTER), case=case, after=codec.block_id(head))
    grown = head + case_file.encode_event(event)
    r.add(event, case=case, extra={layout.case_path(case): grown})


@attack("later", "case-header", twin=registered_under_the_newest_version)
def case_registered_under_an_older_version_of_its_sop(r: Records) -> None:
    _add_second_version(r)
    r.next(NEW_CASE)


@attack("later", "case-header", twin=registered_under_the_newest_version)
def case_registered_under_an_older_version_again(r: Records) -> None:
    """The SOP that the office had two versions ago."""
    _add_second_version(r)
    r.change(SOP_2.replace("2.toml", "7.toml"),
             r.data(SOP_2).replace(b"\nversion = 2", b"\nversion = 7"))  # fmt: skip
    digest = read_sop(r.data(SOP_2)).digest
    _register(r, THIRD_CASE, r.header(THIRD_CASE, sop_version=2, sop_sha256=digest))


def _migrated(r: Records, *more: tuple[int, int], acting: str = "kasubbag-1") -> None:
    """The draft is finished; the case then goes to version 2, and its author becomes the Plh."""
    while r.case().step.number < 6:
        r.next()
    digest = _add_second_version(r)
    steps = tuple((number, number) for number in range(8))
    details = Migrate(2, digest, more or steps, "Perubahan SOP.")
    r.act("admin-1", details, role=ADMINISTRATOR)
    person = r.officers[acting]
    r.officer(replace(person, posts=(*person.posts, post("camat", Capacity.DAILY_ACTING))))


def _to_the_approval(r: Records) -> None:
    while r.case().step.number < 7:
        r.next()


def document_approved_by_another_after_a_migration(r: Records) -> None:
    _migrated(r)
    _to_the_approval(r)
    r.act("sekretaris-1", Receive(), role="camat", capacity=Capacity.DAILY_ACTING)
    documents = tuple(one.file.sha256 for one in r.case().current_documents)
    r.act("sekretaris-1", Approve(documents), role="camat", capacity=Capacity.DAILY_ACTING)


@attack("later", "not-allowed", twin=document_approved_by_another_after_a_migration)
def document_approved_by_its_author_after_a_migration(r: Records) -> None:
    """Version 2 keeps nobody apart; but the draft was finished under version 1, which does."""
    _migrated(r)
    _to_the_approval(r)
    r.act("kasubbag-1", Receive(), role="camat", capacity=Capacity.DAILY_ACTING)


@attack("later", "not-allowed", twin=document_approved_by_another_after_a_migration)
def approval_hidden_behind_the_mapping(r: Records) -> None:
    """What was the approval is said to be the archiving now."""
    _migrated(r, *((number, number) for number in range(7)), (7, 8))
    _to_the_approval(r)
    r.act("kasubbag-1", Receive(), role="camat", capacity=Capacity.DAILY_ACTING)


@attack("later", "not-allowed")
def migration_that_does_not_say_where_the_approval_goes(r: Records) -> None:
    _migrated(r, *((number, number) for number in range(7)))


@attack("later", "not-allowed")
def document_approved_by_its_author_after_two_migrations(r: Records) -> None:
    """There and back again: what was kept apart stays so."""
    _migrated(r)
    third = r.data(SOP_2).replace(b"\nversion = 2", b"\nversion = 3")
    r.change(SOP_2.replace("2.toml", "3.toml"), third)
    steps = tuple((number, number) for number in range(8))
    r.act("admin-1", Migrate(3, read_sop(third).digest, steps, "Lagi."), role=ADMINISTRATOR)
    _to_the_approval(r)
    r.act("kasubbag-1", Receive(), role="camat", capacity=Capacity.DAILY_ACTING)
