"""The administrator's acts: people, posts, keys, SOPs and calendars, each a signed commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from soptui.desk.desk import Desk
from soptui.desk.keys import fingerprint_of, same_fingerprint
from soptui.desk.office.ending_posts import ends_before_it_begins, with_post_ended
from soptui.desk.office.people import as_typed, refuse_reserved, refuse_wrong_section
from soptui.desk.office.recording import record
from soptui.desk.refusals import Weighty, no_officer
from soptui.domain.administration.slips import slips_of_calendar, slips_of_posts, slips_of_sop
from soptui.domain.findings import Found
from soptui.domain.ids import NO_COMMIT, NO_UNIT, CommitId, Fingerprint, OfficerId, RoleId, UnitId
from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.office import Capacity, Key, Officer, Post, Registry
from soptui.domain.receipt import Receipt
from soptui.domain.replace import replace
from soptui.domain.text import tidy_line
from soptui.domain.time.calendar import Calendar
from soptui.records.files import codec, layout
from soptui.records.verify.admin_rules import check_administrators_remain, check_officer_change


class Administration:
    """What the officer of a desk may change about the office, as its administrator.

    Each change is one signed commit. Each raises `Refusal` when the officer is no administrator or
    has no key at hand, or when the rules or the disk are against it, and `Weighty` for what is
    easily a slip unless they are sure; nothing was changed then.
    """

    def __init__(self, desk: Desk, *, sure: bool = False) -> None:
        """`sure` is whether the officer was told what follows, and wants it all the same."""
        self._desk = desk
        self._sure = sure

    def add_officer(self, officer: Officer) -> Receipt:
        """Register a person. Raises `Refusal` when the id is taken or the rules are against it."""

        def added(registry: Registry) -> Officer:
            if officer.id in registry.officers:
                raise Refusal(
                    Message(
                        "There is an officer {id} already. Nothing was changed. Choose another id.",
                        id=officer.id,
                    )
                )
            refuse_reserved(officer.id)
            self._refuse_unfit(officer.posts)
            return officer

        return self._change_officer(added)

    def add_post(self, officer_id: OfficerId, post: Post) -> Receipt:
        """Appoint an officer to a post, definitive or as Plt, Plh or Pj.

        Raises `Refusal` when a Plt or Plh has no last day or no decision, when the last day comes
        before the first, or when the office does not have the section.
        """
        if post.is_withdrawn:
            raise ends_before_it_begins(post.starts)
        post = replace(post, title=tidy_line(post.title), basis=tidy_line(post.basis))
        self._refuse_unfit((post,))
        return self._change_officer(
            lambda registry: _with_post(self._officer(registry, officer_id), post)
        )

    def end_post(
        self,
        officer_id: OfficerId,
        role: RoleId,
        last_day: date,
        *,
        unit: UnitId = NO_UNIT,
        starts: date | None = None,
    ) -> Receipt:
        """Let a post end with a day, also one that has an end already, or is still to begin.

        One that begins only after `last_day` is withdrawn. The section and the first day may be
        left out where only one post can be meant. Raises `Refusal` when the officer holds no such
        post any more, or several, and when the post would end later than it does.
        """
        return self._change_officer(
            lambda registry: with_post_ended(
                self._officer(registry, officer_id),
                role,
                last_day,
                self._desk.now().date(),
                unit=unit,
                starts=starts,
            )
        )

    def add_key(
        self, officer_id: OfficerId, public: str, *, signature: str = "", lost: bool = False
    ) -> Receipt:
        """Register a public key, given as OpenSSH's one line.

        A further key of a person has the `signature` of one that they hold, or takes the place of
        one that was `lost`; a first key has neither.
        """
        known = self._desk.registry.officers.get(officer_id)
        if known is not None and known.keys and not (signature or lost):
            refuse_known_key(known, parsed_key(public))
            raise not_signed_by_owner(known)
        key = Key(
            parsed_key(public),
            self._desk.now(),
            signature=signature,
            lost=lost and bool(known and known.keys),
        )
        return self._change_officer(
            lambda registry: _with_key(self._officer(registry, officer_id), key)
        )

    def revoke_key(
        self,
        officer_id: OfficerId,
        fingerprint: Fingerprint,
        reason: str,
        *,
        suspect_from: CommitId = NO_COMMIT,
    ) -> Receipt:
        """Revoke a key for good; it never becomes valid again."""
        reason = tidy_line(reason)
        if not reason:
            raise Misread(Message("Say why, in words."))
        return self._change_officer(
            lambda registry: self._without_key(
                self._officer(registry, officer_id), fingerprint, reason, suspect_from
            )
        )

    def add_sop(self, data: bytes) -> Receipt:
        """Add a new version of an SOP, given as the TOML of its file in any spelling.

        Raises `Refusal` also for an SOP with errors, and for a version that is there already.
        """
        from soptui.domain.sop_check.check import Severity, check
        from soptui.records.files.handwritten import canonical_sop

        sop, canonical = canonical_sop(data)
        errors = [one for one in check(sop) if one.severity is Severity.ERROR]
        if errors:
            raise Refusal(
                Message(
                    "The SOP has {count} errors, so it was not added: {first} soptui sop check "
                    "lists all.",
                    count=len(errors),
                    first=errors[0].message,
                )
            )
        refuse_reserved(sop.id)
        path = layout.sop_path(sop.id, sop.version)
        if self._desk.repository.current()[1].lookup(path):
            raise Refusal(
                Message(
                    "Version {version} of this SOP exists and cannot be changed. Nothing was "
                    "changed. Give it a higher version.",
                    version=sop.version,
                )
            )

        def files(_: Registry) -> tuple[str, bytes, None]:
            self._weigh(slips_of_sop(sop, self._desk.sops()))
            return path, canonical, None

        return record(self._desk, files)

    def add_calendar(self, data: bytes) -> Receipt:
        """Add or replace the calendar of a year, given as the TOML of its file in any spelling."""
        from soptui.records.files.calendar import calendar_from_document, calendar_to_document
        from soptui.records.files.handwritten import read_handwritten

        calendar = calendar_from_document(read_handwritten(data))
        canonical = codec.emit_document(calendar_to_document(calendar))

        def files(_: Registry) -> tuple[str, bytes, None]:
            self._weigh(self._slips_of_calendar(calendar))
            return layout.calendar_path(calendar.year), canonical, None

        return record(self._desk, files)

    def _slips_of_calendar(self, new: Calendar) -> tuple[Message, ...]:
        from soptui.desk.office.recounting import recount
        from soptui.domain.time.working_calendar import WorkingCalendar

        now = self._desk.calendar
        others = (one for one in now.calendars if one.year != new.year)
        changed = WorkingCalendar((*others, new), now.zone)
        found = slips_of_calendar(new, changed.working_days_in(new.year))
        if now.calendar_of(new.year) in (None, new):
            return found
        counted = recount(self._desk, now, changed, new.year)
        return (*found, counted.sentence) if counted.is_any else found

    # --- how a change is made ---------------------------------------------------------------------

    def _weigh(self, slips: tuple[Message, ...]) -> None:
        if slips and not self._sure:
            raise Weighty(slips)

    def _change_officer(self, change: Callable[[Registry], Officer]) -> Receipt:
        from soptui.records.files.office import (
            allowed_signers,
            officer_from_document,
            officer_to_document,
        )

        def files(registry: Registry) -> tuple[str, bytes, bytes]:
            document = officer_to_document(change(registry))
            # Read back, so that what the form refuses is refused before it is signed.
            with as_typed():
                officer = officer_from_document(document)
            today = self._desk.now().date()
            path = layout.officer_path(officer.id)
            changed = Registry(registry.office, {**registry.officers, officer.id: officer})
            try:
                genesis = self._desk.genesis
                check_officer_change(registry, officer, path, today, genesis=genesis)
                check_administrators_remain(changed, today)
            except Found as found:
                raise Refusal(found.message) from None
            self._weigh(slips_of_posts(registry, changed, self._desk.sops(), today))
            signers = allowed_signers(changed.officers.values())
            return path, codec.emit_document(document), signers

        return record(self._desk, files)

    def _refuse_unfit(self, posts: Sequence[Post]) -> None:
        for post in posts:
            _refuse_without_period(post)
        refuse_wrong_section(posts, self._desk.office, self._desk.sops())

    def _officer(self, registry: Registry, officer_id: OfficerId) -> Officer:
        officer = registry.officers.get(officer_id)
        if officer is None:
            raise no_officer(officer_id)
        return officer

    def _without_key(
        self, officer: Officer, fingerprint: Fingerprint, reason: str, suspect_from: CommitId
    ) -> Officer:
        keys = tuple(
            replace(key, revoked=self._desk.now(), reason=reason, suspect_from=suspect_from)
            if key.revoked is None and same_fingerprint(fingerprint_of(key.public), fingerprint)
            else key
            for key in officer.keys
        )
        if keys == officer.keys:
            raise Refusal(
                Message(
                    "{officer} has no valid key {fingerprint}. Nothing was changed. soptui officer "
                    "show {officer} lists the keys.",
                    officer=officer.id,
                    fingerprint=fingerprint,
                )
            )
        return replace(officer, keys=keys)


def parsed_key(public: str) -> str:
    """The canonical form of a public key's line. Raises `Refusal`."""
    from soptui.records.keys.sshsig import PublicKey, SignatureFault

    try:
        return PublicKey.parse(public).text
    except SignatureFault:
        raise Refusal(
            Message(
                "This is not a public key that records accept. Nothing was changed. Give the "
                "line of a .pub file that begins with ssh-ed25519."
            )
        ) from None


def _refuse_without_period(post: Post) -> None:
    """Whoever stands in does so for a period and by a letter of command (SE BKN 1/SE/I/2021).

    A rule for what is newly signed: what records hold already stays as it is.
    """
    if post.capacity in (Capacity.ACTING, Capacity.DAILY_ACTING) and not (post.ends and post.basis):
        raise Refusal(
            Message(
                "{post} stands in for a period and by a decision. Nothing was changed. Give the "
                "last day (--until) and the number of the decision (--basis).",
                post=f"{post.capacity.prefix}{post.title}",
            )
        )


def _with_post(officer: Officer, post: Post) -> Officer:
    return replace(officer, posts=(*officer.posts, post))


def not_signed_by_owner(officer: Officer) -> Refusal:
    """Why a further key of a person is not registered: nothing shows that they asked for it."""
    return Refusal(
        Message(
            "{name} ({id}) has a key already, and no key of theirs has signed this one: anybody "
            "could have made it. Nothing was changed. They ask with soptui officer key request. "
            "Only if they have lost their key, let them read the fingerprint to you, and name them "
            "with --lost-key {id}.",
            name=officer.name,
            id=officer.id,
        )
    )


def refuse_known_key(officer: Officer, public: str) -> None:
    """Raises `Refusal` when the key is, or was, one of the officer's own."""
    for key in officer.keys:
        if key.public == public and key.revoked is not None:
            raise Refusal(
                Message(
                    "This key of {officer} was revoked on {day}, for good. Nothing was changed. "
                    "Make a new key and ask with that.",
                    officer=officer.id,
                    day=key.revoked.date(),
                )
            )
        if key.public == public:
            raise Refusal(
                Message(
                    "This key is registered for {officer} already. Nothing was changed, and "
                    "nothing more is needed.",
                    officer=officer.id,
                )
            )


def _with_key(officer: Officer, key: Key) -> Officer:
    refuse_known_key(officer, key.public)
    return replace(officer, keys=(*officer.keys, key))
