"""One run of a command: where the records are, whose desk it is, and what is to be said of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from soptui.cli import output
from soptui.cli.brief_cache import is_in_records
from soptui.cli.exit_codes import VERIFICATION_FAILED
from soptui.domain.ids import NOBODY, CaseId, OfficerId
from soptui.domain.message import Message, Refusal
from soptui.domain.text import unseen_in, without_unseen
from soptui.locale import _, _n, translate

if TYPE_CHECKING:
    from soptui.desk.clone import Clone
    from soptui.desk.desk import Desk


class Options(Struct):
    """What the options of every command said."""

    records: Path | None = None
    officer: str = ""
    key: Path | None = None
    json: bool = False


class Session:
    """What a command works with; opened when first used, closed at the end."""

    def __init__(self) -> None:
        self.options = Options()
        self.code = 0
        """The exit code of a command that did its work, but has to warn."""
        self.has_warned = False
        """Whether something was just said that a screen would cover, and that must be read."""
        self._head = ""

    @property
    def json(self) -> bool:
        """Whether data is to be written as JSON."""
        return self.options.json

    @cached_property
    def config(self) -> dict[str, Any]:
        """The configuration of the account."""
        from soptui.desk.settings.config_file import load_config

        return load_config()

    @cached_property
    def clone(self) -> Clone:
        """The records: those named, those in which we are, or those of the configuration.

        Raises `NotRecords`.
        """
        from soptui.desk.clone import Clone

        named = self.options.records or os.environ.get("SOPTUI_RECORDS")
        if not named and not is_in_records(str(Path.cwd())):
            named = self.config.get("records")
        if named:
            return Clone.open(Path(named).expanduser())
        return Clone.find(Path.cwd())

    @property
    def key(self) -> Path | None:
        """The signing key's file, where one is named."""
        named = self._named("key")
        # Not opened for this: whoever founds or joins an office has no records yet.
        if not named and "clone" in self.__dict__:
            named = self.clone.seat.key
        return Path(named).expanduser() if named else None

    @property
    def usual_key(self) -> Path | None:
        """As `key`, for a command whose `--key` names another one."""
        named = os.environ.get("SOPTUI_KEY") or self.config.get("key") or self.clone.seat.key
        return Path(named).expanduser() if named else None

    @cached_property
    def desk(self) -> Desk:
        """The desk of the officer. Raises `Refusal` when it is not known who that is."""
        desk = self.clone.desk(self._officer(), self.key)
        self._tell_of_verification(desk)
        return desk

    @property
    def acting_desk(self) -> Desk:
        """The desk of an officer whom the records know. Raises `Refusal` when they do not.

        To be used before the gate is asked, which would speak of roles that nobody of that id has.
        """
        self.desk.require_officer()
        return self.desk

    @cached_property
    def reading_desk(self) -> Desk:
        """A desk at which to look only; nobody need sit there."""
        try:
            return self.desk
        except Refusal:
            desk = self.clone.desk(NOBODY, self.key)
            desk.require_records()
            self._tell_of_verification(desk)
            return desk

    @cached_property
    def sharing_desk(self) -> Desk:
        """As `reading_desk`, but also there while the records cannot be read: sync mends them."""
        from soptui.desk.causes import Cause, cause_of

        try:
            return self.reading_desk
        except Exception as error:
            if cause_of(error) not in (Cause.UNVERIFIED, Cause.DAMAGED):
                raise
            return self.clone.desk(self._named_officer(), self.key)

    def seat(self) -> tuple[Desk, Message | None]:
        """The desk for the screen; for somebody who is no officer one to look at, and why so."""
        from soptui.desk.keys import why_only_reading

        try:
            return self.acting_desk, None
        except Refusal as refusal:
            return self.reading_desk, why_only_reading(refusal)

    def case_id(self, text: str) -> CaseId:
        """The case that a whole or shortened id, or an agenda number, means. Raises `Refusal`."""
        return self.reading_desk.find_case(text)

    def warn(self, message: Message, code: int = 0) -> None:
        """Say something on standard error; `code` becomes the exit code if all else is well."""
        output.say(translate(message))
        self.code = self.code or code

    def warn_of_edits(self, paths: Iterable[str]) -> None:
        """Name the files that were edited by hand and therefore left alone."""
        for path in paths:
            self.warn(
                Message(
                    "{path} was edited by hand and left as it is; the records themselves are "
                    "whole. soptui restore {path} puts it back.",
                    path=path,
                )
            )

    def seen(self, text: str, name: str) -> str:
        """A text as it was typed for `name`, without what nobody sees; says so where it had any."""
        count = unseen_in(text)
        if not count:
            return text
        output.say(
            _n(
                "{name}: {count} character that nobody sees was left out.",
                "{name}: {count} characters that nobody sees were left out.",
                count, name=name,
            )
        )  # fmt: skip
        return without_unseen(text)

    def about_to_record(self) -> None:
        """Remember where the records stand, so that an interruption can tell what it left."""
        self._head = self.clone.head()

    @property
    def has_recorded(self) -> bool:
        """Whether the records have moved on since `about_to_record`."""
        return bool(self._head) and self.clone.head() != self._head

    def close(self) -> None:
        """Let go of the records."""
        for name in ("desk", "reading_desk", "sharing_desk"):
            desk = self.__dict__.get(name)
            if desk is not None:
                desk.close()
        if "clone" in self.__dict__:
            self.clone.close()

    def _named(self, name: str) -> str:
        """Whom an option, else the environment, else the configuration names."""
        return str(
            getattr(self.options, name)
            or os.environ.get(f"SOPTUI_{name.upper()}")
            or self.config.get(name)
            or ""
        )

    def _officer(self) -> OfficerId:
        return self._named_officer() or self.clone.officer_at_hand(self.key)

    def _named_officer(self) -> OfficerId:
        return OfficerId(self._named("officer")) or self.clone.seat.officer

    def warn_of_standing(self) -> None:
        """Say where Git by hand stands, if not where the records are."""
        from soptui.desk.edits import standing_faults

        for standing in standing_faults(self.clone):
            self.has_warned = True
            self.warn(standing)

    def _tell_of_verification(self, desk: Desk) -> None:
        """Verify what is new, and say if it is not good, or brought a key for a lost one."""
        from soptui.desk.office.lost_keys import tell_lost_keys
        from soptui.desk.sharing.registrations import renumbered_not_seen

        fault = desk.fault()
        if fault is not None:
            self.has_warned = True
            self.warn(fault, VERIFICATION_FAILED)
        self.warn_of_standing()
        for told in renumbered_not_seen(desk).values():
            self.warn(told)
        for told in tell_lost_keys(desk):
            self.has_warned = True
            self.warn(told)


def open_from_everywhere(session: Session, root: Path) -> None:
    """Let the account's commands find the records at `root`, unless it has others."""
    from soptui.desk.settings.config_file import remember_records

    try:
        remembered = remember_records(root)
    except Refusal as refusal:
        session.warn(refusal.message)
        return
    if remembered and not session.json:
        output.sentence(
            _("From now on soptui opens these records wherever you are; soptui config set records "
              "changes that.")
        )  # fmt: skip
