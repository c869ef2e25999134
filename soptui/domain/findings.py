"""What a verifier can find, each with a stable code and a sentence for people.

A finding is an error, which makes the history from its commit on unacceptable, or a warning,
which a person should look at. Codes are never reused with another meaning;
`docs/findings.md` is made from this table.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from soptui.domain.ids import CommitId, Fingerprint
from soptui.domain.message import N_, Message


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"


SENTENCES: dict[str, str] = {
    # the repository as a whole
    "root": N_("The history does not begin with the commit that was pinned as the office's own."),
    "root-signer": N_("The first commit was signed by another key than the one that was pinned."),
    "rollback": N_(
        "The history does not continue the verified one: it went back or was rewritten."
    ),
    "grafts": N_(
        "The repository pretends another history or lacks part of it ({detail}). git fetch "
        "--unshallow completes what is only shallow; else clone it anew."
    ),
    "object": N_("An object is missing, damaged or of the wrong kind: {detail}."),
    "too-large": N_("Something is larger than the records allow: {detail}."),
    "unreadable": N_("The records at this commit cannot be read: {detail}"),
    "verifier-fault": N_("The verifier itself failed at this commit ({detail})."),
    # the commit
    "commit-form": N_("The commit does not have the form of a record ({detail})."),
    "unsigned": N_("The commit is not signed."),
    "signature": N_("The signature is not valid ({detail})."),
    "unknown-key": N_(
        "The commit was signed by a key that no officer has registered ({fingerprint})."
    ),
    "revoked-key": N_("The commit was signed by a revoked key of {officer}."),
    "revoked-at-acceptance": N_(
        "{officer}'s key was revoked before the commit that it signed came in."
    ),
    "author": N_("Author or committer is not {officer} as registered, who signed the commit."),
    "message": N_("The commit's message is not the one that its content gives."),
    # what it changes
    "path": N_("The records may not hold the path {path}."),
    "mode": N_("{path} is not an ordinary file."),
    "empty": N_("The commit changes nothing, or joins what it has already."),
    "several-changes": N_("The commit changes more than one thing: {paths}."),
    "deleted": N_("{path} was deleted; records are never deleted."),
    "attachment-digest": N_("The content of the attachment {path} does not fit its name."),
    "attachment-unnamed": N_("The event does not name the attachment {path} that comes with it."),
    "attachment-missing": N_("The event names an attachment that the records lack: {name}."),
    "attachment-size": N_("The attachment {name} does not have the size that the event names."),
    # the case's file
    "case-form": N_("The case's file is not in canonical form: {detail}"),
    "case-rewritten": N_("What stood in the case's file was changed; a case only grows."),
    "case-blocks": N_("The commit adds {count} events; each commit adds exactly one."),
    "case-header": N_(
        "The head of the case's file does not fit its path, or does not name the newest version of "
        "its SOP that its author had."
    ),
    "sop-withdrawn": N_("The case begins under the SOP {sop}, which was withdrawn."),
    "duplicate-event": N_("The case has this event already."),
    "unknown-after": N_("The event builds on one that the case does not have."),
    "signer": N_("The event is by {by}, but {officer} signed it."),
    "time": N_("The commit's time is not the time in the event."),
    "not-allowed": N_("The action was not open to its author: {reason}"),
    "authority": N_("The author did not hold the post: {reason}"),
    "authority-at-acceptance": N_(
        "The author no longer held the post when the event came in: {reason}"
    ),
    "clock": N_("The event's time lies {hours} hours before the commit it builds on."),
    "clock-future": N_("The event's time lies in the future."),
    "late-post": N_(
        "{officer}'s post had ended when the event came in; only the event itself says that it was "
        "made in time."
    ),
    "early-post": N_(
        "{officer}'s post has not begun yet; only the date of the commit itself says that it had."
    ),
    # administration
    "not-administrator": N_("{officer} is not an administrator."),
    "admin-side": N_("People, SOPs, calendars and the office are changed on the main line only."),
    "admin-form": N_("{path} is not as it must be: {detail}"),
    "signers-file": N_("allowed_signers does not follow from the officers' files."),
    "key-removed": N_("A key was removed or changed; keys are only revoked."),
    "key-restored": N_("A revoked key was made valid again."),
    "key-shared": N_("A key belongs, or belonged, to another officer."),
    "key-unsigned": N_(
        "A further key of {officer} came in without the signature of a key that they held, and not "
        "in the place of a lost one."
    ),
    "officer-twice": N_("The person is registered already, as {officer}: by mail or by NIP."),
    "post-rewritten": N_(
        "A post held earlier was changed; posts only end, and no later than was set."
    ),
    "last-administrator": N_("No administrator would remain."),
    "sop-immutable": N_("A version of an SOP was changed; a new version is a new file."),
    "sop-form": N_("The SOP names what it does not have: {detail}"),
    "register-role": N_("{officer} does not hold the post that signs registers of indicators."),
    "register-immutable": N_(
        "A version of a register of indicators was changed; a new agreement is a new version."
    ),
    "register-form": N_("The register of indicators is not right: {detail}"),
    "office-identity": N_("The office's id or format cannot be changed."),
    "office-in-use": N_(
        "The office file lost what is in use: {what}. Such an entry is withdrawn and not removed."
    ),
    # merges
    "merge-content": N_("The merge is not the union of both sides."),
    "merge-case": N_("The two sides do not hold the same case at {path}."),
    "tree": N_("The content of the commit is not what its changes give."),
}
"""Every code with its sentence."""

_ASK_AGAIN = N_(
    "Refuse it. Its author takes the newest records and does the act again with soptui."
)
_TAMPERED = N_(
    "Refuse it and keep a copy as evidence: soptui never writes this, so somebody made it by hand."
)
_FORGED = N_(
    "Refuse it and find out who made it: the signature does not fit what the commit claims."
)
_NEW_KEY = N_("Refuse it. If the officer did act, they act again with the new key.")
_BY_ADMINISTRATOR = N_("Refuse it. An administrator makes the change again with soptui.")
_CLONE_ANEW = N_("Clone the records anew from the hub, or from a copy that still verifies.")
_LOOK = N_("Nothing is refused. Ask the author when the event was made, and note the answer.")

REMEDIES: dict[str, str] = {
    "root": N_("Compare the first commit with the one on paper: these are another office's."),
    "root-signer": N_("Compare the fingerprint with the one on paper before trusting anything."),
    "rollback": N_(
        "Keep the clone as it is and compare the hub with other clones: one of them went back."
    ),
    "grafts": _CLONE_ANEW,
    "object": _CLONE_ANEW,
    "too-large": N_("Refuse it. Large files are attached in parts, or kept outside the records."),
    "unreadable": _TAMPERED,
    "verifier-fault": N_("Refuse it, keep a copy, and report it: this is an error in soptui."),
    "commit-form": _TAMPERED,
    "unsigned": N_("Refuse it. The author makes the commit again with soptui, which signs it."),
    "signature": _FORGED,
    "unknown-key": N_(
        "Refuse it. If the key is an officer's, an administrator registers it and the officer does "
        "the act again."
    ),
    "revoked-key": _NEW_KEY,
    "revoked-at-acceptance": _NEW_KEY,
    "author": _FORGED,
    "message": _TAMPERED,
    "path": _TAMPERED,
    "mode": _TAMPERED,
    "empty": _TAMPERED,
    "several-changes": _TAMPERED,
    "deleted": _TAMPERED,
    "attachment-digest": _TAMPERED,
    "attachment-unnamed": _TAMPERED,
    "attachment-missing": _ASK_AGAIN,
    "attachment-size": _TAMPERED,
    "case-form": _TAMPERED,
    "case-rewritten": _TAMPERED,
    "case-blocks": _TAMPERED,
    "case-header": _ASK_AGAIN,
    "sop-withdrawn": _ASK_AGAIN,
    "duplicate-event": _TAMPERED,
    "unknown-after": _TAMPERED,
    "signer": _FORGED,
    "time": _TAMPERED,
    "not-allowed": _ASK_AGAIN,
    "authority": N_("Refuse it. Whoever holds the post acts; an administrator records the post."),
    "authority-at-acceptance": N_("Refuse it. Whoever holds the post now does the act."),
    "clock": _LOOK,
    "clock-future": N_("Nothing is refused. Set the clock of the author's computer."),
    "late-post": _LOOK,
    "early-post": N_(
        "Refuse it until the post begins. If it has begun already, set the clock of this computer."
    ),
    "not-administrator": N_("Refuse it. Only an administrator changes people, SOPs and calendars."),
    "admin-side": N_("Refuse it. The administrator syncs first and then makes the change."),
    "admin-form": _BY_ADMINISTRATOR,
    "signers-file": _BY_ADMINISTRATOR,
    "key-removed": N_("Refuse it. The key is revoked instead, and a new one added."),
    "key-restored": N_("Refuse it. The officer makes a new key, and an administrator adds it."),
    "key-unsigned": N_(
        "Refuse it. The officer asks with soptui officer key request, which signs with the old key."
    ),
    "key-shared": N_("Refuse it. Every officer makes a key of their own."),
    "officer-twice": N_("Refuse it. The person's further posts go into the file they have."),
    "post-rewritten": N_("Refuse it. The post is ended, and the right one added."),
    "last-administrator": N_("Refuse it. Another administrator is appointed first."),
    "sop-immutable": N_("Refuse it. The change is made as a new version of the SOP."),
    "sop-form": N_("Refuse it. The SOP is corrected until soptui sop check finds no error."),
    "register-role": N_("Refuse it. The holder of the post that the office file names signs it."),
    "register-immutable": N_("Refuse it. The change is made as the next version of the register."),
    "register-form": N_(
        "Refuse it. The register is corrected until soptui measure register check finds no error."
    ),
    "office-identity": N_("Refuse it. Another office has records of its own."),
    "office-in-use": N_(
        "Refuse it. An administrator withdraws the entry with soptui office withdraw."
    ),
    "merge-content": N_("Refuse it. Sync again with soptui, which makes the merge anew."),
    "merge-case": N_("Refuse it. One of the two cases is registered again under a new id."),
    "tree": _TAMPERED,
}
"""What to do about each finding."""

WARNINGS = frozenset({"clock", "clock-future", "late-post"})


class Finding(Struct, frozen=True):
    """One thing found at one commit (empty when it concerns the whole), at a path if it has one."""

    code: str
    commit: CommitId
    message: Message
    path: str = ""

    @property
    def severity(self) -> Severity:
        """Whether the finding makes the history unacceptable."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


class Found(Exception):
    """Raised inside the verifier to end the checks of one commit with a finding."""

    def __init__(self, code: str, *, path: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.path = path
        self.message = Message(SENTENCES[code], path=path, **values)

    def at(self, commit: CommitId) -> Finding:
        """The finding, placed at a commit."""
        return Finding(self.code, commit, self.message, self.path)


class TrustRoot(Struct, frozen=True):
    """What a clone trusts from outside the records: the first commit, its signer's fingerprint."""

    genesis: CommitId
    signer: Fingerprint


class Report(Struct, frozen=True):
    """What the verifier found from `old` (empty for a whole history) to `new`.

    `good` is the last commit of the main line up to which nothing is wrong; `position` its place
    there, the first commit being 1. `commits`, `events` and `attachments` count what was checked
    in this run.
    """

    root: TrustRoot
    old: CommitId
    new: CommitId
    good: CommitId
    position: int
    commits: int = 0
    events: int = 0
    attachments: int = 0
    findings: tuple[Finding, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether the history may be accepted: all of it was checked, and no error was found."""
        return not self.errors and self.good == self.new

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)
