"""What a verifier can find, each with a stable code and a sentence for people.

A finding is an error, which makes the history from its commit on unacceptable, or a warning,
which a person should look at. Codes are never reused with another meaning;
`docs/findings.md` is made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

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
        "The repository has grafts or is shallow, so its history cannot be trusted; clone it anew."
    ),
    "object": N_("An object is missing, damaged or of the wrong kind: {detail}."),
    "too-large": N_("{path} is larger than the records allow."),
    "unreadable": N_("The verifier could not read this commit: {detail}."),
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
    "empty": N_("The commit changes nothing."),
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
    "case-header": N_("The head of the case's file does not fit its path or its SOP."),
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
    # administration
    "not-administrator": N_("{officer} is not an administrator."),
    "admin-side": N_("People, SOPs, calendars and the office are changed on the main line only."),
    "admin-form": N_("{path} is not as it must be: {detail}"),
    "signers-file": N_("allowed_signers does not follow from the officers' files."),
    "key-removed": N_("A key was removed or changed; keys are only revoked."),
    "key-restored": N_("A revoked key was made valid again."),
    "key-shared": N_("A key belongs, or belonged, to another officer."),
    "post-rewritten": N_("A post held earlier was changed; posts only end."),
    "last-administrator": N_("No administrator would remain."),
    "sop-immutable": N_("A version of an SOP was changed; a new version is a new file."),
    "sop-form": N_("The SOP has errors: {detail}"),
    "office-identity": N_("The office's id or format cannot be changed."),
    # merges
    "merge-parents": N_("A merge joins exactly two histories."),
    "merge-content": N_("The merge is not the union of both sides."),
    "merge-case": N_("The two sides do not hold the same case at {path}."),
    "tree": N_("The content of the commit is not what its changes give."),
}
"""Every code with its sentence."""

WARNINGS = frozenset({"clock", "clock-future"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one commit (empty when it concerns the whole), at a path if it has one."""

    code: str
    commit: str
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

    def at(self, commit: str) -> Finding:
        """The finding, placed at a commit."""
        return Finding(self.code, commit, self.message, self.path)


@dataclass(frozen=True, slots=True)
class TrustRoot:
    """What a clone trusts from outside the records: the first commit, its signer's fingerprint."""

    genesis: str
    signer: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the verifier found from `old` (empty for a whole history) to `new`.

    `good` is the last commit of the main line up to which nothing is wrong; `position` its place
    there, the first commit being 1. `commits`, `events` and `attachments` count what was checked
    in this run.
    """

    root: TrustRoot
    old: str
    new: str
    good: str
    position: int
    commits: int = 0
    events: int = 0
    attachments: int = 0
    findings: tuple[Finding, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether the history may be accepted."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)
