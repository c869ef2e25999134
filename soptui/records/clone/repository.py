"""A clone of the office's records that is added to.

An addition is one signed commit, moved into place by compare-and-swap: a crash at any instant
leaves the old state or the new one, and of two processes that add at once, the second is told to
look again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from soptui.domain.case import CaseHeader
from soptui.domain.events import Event
from soptui.domain.ids import NO_CASE, NO_EVENT, CommitId
from soptui.domain.office import Officer
from soptui.domain.receipt import Receipt
from soptui.records.clone.committing import commit_files
from soptui.records.clone.signatory import Sign
from soptui.records.clone.verified import VerifiedRepository
from soptui.records.files import case as case_file
from soptui.records.files import codec, commit_message, layout
from soptui.records.files.change_message import message_of_change
from soptui.records.git.objects import object_id


class Repository(VerifiedRepository):
    """One clone, read and added to."""

    def add_event(
        self,
        parent: CommitId,
        header: CaseHeader,
        event: Event,
        contents: Mapping[str, bytes],
        officer: Officer,
        sign: Sign,
    ) -> Receipt:
        """Append one event to its case's file as a signed commit on top of `parent`.

        `contents` holds the bytes of new attachments by SHA-256. Raises `RefMoved` when the main
        line is no longer at `parent`; then nothing was written.
        """
        before = self.at(parent)
        file = before.case_file(header.case)
        data = file.data if file else case_file.encode_header(header)
        block = case_file.encode_event(event)
        event_id = codec.block_id(block)
        files = {layout.case_path(header.case): data + block}
        for sha256, content in contents.items():
            path = layout.attachment_path(sha256)
            if not before.lookup(path):
                files[path] = content
        genesis = self.trust.genesis
        is_review = file is not None and file.case.is_review(event)
        message = commit_message.event_message(
            header.case, event_id, event, genesis, is_review=is_review
        )
        commit = commit_files(
            self.directory,
            before,
            files,
            parent=parent,
            officer=officer,
            at=event.at,
            message=message,
            sign=sign,
        )
        if file is not None:
            grown = file.with_block(block, before.sops)
            self.shelf.keep_case(object_id("blob", grown.data), grown)
        return Receipt(commit, event_id, header.case, self._followed())

    def add_change(
        self,
        parent: CommitId,
        path: str,
        data: bytes,
        officer: Officer,
        at: datetime,
        sign: Sign,
        *,
        signers: bytes | None = None,
        attached: Mapping[str, bytes] | None = None,
    ) -> Receipt:
        """Add or change one administrative file as a signed commit on top of `parent`.

        `signers` is the new `allowed_signers`, for a change of an officer; `attached` are the
        attachments that the file names, by path. Raises `RefMoved`.
        """
        before = self.at(parent)
        files = {path: data, **(attached or {})}
        if signers is not None:
            files[layout.ALLOWED_SIGNERS] = signers
        message = message_of_change(before, path, data, officer.id, self.trust.genesis)
        commit = commit_files(
            self.directory,
            before,
            files,
            parent=parent,
            officer=officer,
            at=at,
            message=message,
            sign=sign,
        )
        return Receipt(commit, NO_EVENT, NO_CASE, self._followed(), path)

    def _followed(self) -> tuple[str, ...]:
        """As `follow`, but what the disk refuses after the commit waits for the next time."""
        try:
            return self.follow()
        except OSError:
            return ()
