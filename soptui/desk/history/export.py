"""The audit trail for other programs and for paper: one commit as JSON or as a line of text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from soptui.desk.history.trail import CommitLine, Trail, verdict
from soptui.desk.words.event import effect_label
from soptui.desk.words.terms import SEVERITY
from soptui.domain.findings import Finding
from soptui.locale import _, moment, translate

Progress = Callable[[int, int], None]
"""Called with how many commits are written, of how many."""

_PART = 500


def commit_data(line: CommitLine) -> dict[str, Any]:
    """A commit with stable keys in English."""
    return {
        "commit": line.commit,
        "kind": line.kind.value,
        "subject": line.subject,
        "at": line.at.isoformat() if line.at else None,
        "case": line.case or None,
        "event": line.event or None,
        "action": line.action or None,
        "step": line.step if line.case else None,
        "round": line.round if line.case else None,
        "by": line.by or None,
        "capacity": line.capacity.value if line.capacity else None,
        "path": line.path or None,
        "effective": line.effective,
        "why_not": translate(line.why_not) if line.why_not else None,
        "signer": line.signer or None,
        "fingerprint": line.fingerprint or None,
        "key_revoked": line.is_revoked,
        "needs_review": line.needs_review,
        "accepted": line.accepted,
        "finding": line.finding.code if line.finding else None,
        "verdict": translate(verdict(line)),
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding with stable keys in English."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "commit": finding.commit,
        "path": finding.path,
        "message": translate(finding.message),
    }


def commit_text(line: CommitLine) -> str:
    """A commit on one line, in the reader's language."""
    parts = [
        line.commit,
        moment(line.at) if line.at else "-",
        line.subject or _("unreadable"),
        f"{line.capacity.prefix if line.capacity else ''}{line.by or '-'}",
        effect_word(line),
        signature_word(line),
    ]
    if line.finding:
        parts.append(line.finding.code)
    return " | ".join(part for part in parts if part)


def effect_word(line: CommitLine) -> str:
    """Whether an event takes effect; nothing for what is no event."""
    if not line.accepted:
        return _("refused")
    if line.effective is None:
        return ""
    return effect_label(line.action, effective=line.effective)


def signature_word(line: CommitLine) -> str:
    """The state of a commit's signature."""
    if not line.is_signed:
        return _("NOT VALID")
    if line.needs_review:
        return _("to be reviewed")
    return _("key revoked since") if line.is_revoked else _("valid")


def state_word(line: CommitLine) -> str:
    """What matters most of effect and signature, in a word or two."""
    if not line.accepted or not line.is_signed or line.is_revoked:
        return effect_word(line) if not line.accepted else signature_word(line)
    return effect_word(line) or signature_word(line)


def exported(trail: Trail, *, as_json: bool, progress: Progress | None = None) -> Iterator[str]:
    """The whole trail as pieces of a text, or of one JSON document."""
    total = len(trail)
    if as_json:
        findings = json.dumps([finding_data(one) for one in trail.findings], ensure_ascii=False)
        yield f'{{"tip": "{trail.tip}", "findings": {findings}, "commits": ['
    else:
        for finding in trail.findings:
            where = " ".join(filter(None, (finding.commit[:12], finding.path)))
            yield f"{_(SEVERITY[finding.severity])} {finding.code} {where}: "
            yield f"{translate(finding.message)}\n"
    for place, line in enumerate(trail.all_lines()):
        if as_json:
            yield ("\n" if place == 0 else ",\n") + json.dumps(
                commit_data(line), ensure_ascii=False
            )
        else:
            yield f"{commit_text(line)}\n"
        if progress is not None and place % _PART == 0:
            progress(place, total)
    if as_json:
        yield "\n]}\n"
