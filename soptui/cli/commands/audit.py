"""The audit trail: the history as commits, and one commit in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Argument, Option, command
from soptui.cli.exit_codes import VERIFICATION_FAILED
from soptui.cli.session import Session
from soptui.domain.message import N_
from soptui.locale import _, _n, moment, translate

if TYPE_CHECKING:
    from soptui.desk.history.commit_view import CommitView
    from soptui.desk.history.trail import CommitLine

_NUMBER = N_("NUMBER")


@command(
    "audit",
    N_("The history as commits, newest first: who, what, with which signature."),
    Option("--limit", type=int, default=50, placeholder=_NUMBER, help=N_("At most so many.")),
    Option("--offset", type=int, default=0, placeholder=_NUMBER, help=N_("Leave out so many.")),
)
def audit(session: Session, limit: int, offset: int) -> None:
    """Show the trail."""
    from soptui.desk.history.export import commit_data, finding_data
    from soptui.desk.history.trail import Trail
    from soptui.desk.words.terms import SEVERITY

    trail = Trail(session.reading_desk)
    lines = trail.lines(max(0, limit), max(0, offset))
    if session.json:
        output.as_json(
            {
                "tip": trail.tip,
                "count": len(trail),
                "findings": [finding_data(one) for one in trail.findings],
                "commits": [commit_data(line) for line in lines],
            }
        )
        return
    for finding in trail.findings:
        output.line(f"{_(SEVERITY[finding.severity])} {finding.code} {finding.commit[:12]}")
    _table(lines)
    if len(lines) < len(trail):
        output.line(_n("… of {count} commit", "… of {count} commits", len(trail)))


def _table(lines: tuple[CommitLine, ...]) -> None:
    from soptui.desk.history.export import state_word

    heads = (_("Commit"), _("Time"), _("What"), _("By"), _("State"))
    output.table(
        heads,
        (
            (
                line.commit[:10],
                moment(line.at) if line.at else "-",
                line.subject or _("unreadable"),
                f"{line.capacity.prefix if line.capacity else ''}{line.by}",
                state_word(line),
            )
            for line in lines
        ),
    )


@command(
    "commit",
    N_("One commit: its message, the lines it added, and the verifier's word."),
    Argument("commit"),
)
def commit(session: Session, commit: str) -> int:
    """Show a commit; the exit code is 4 for one that was refused."""
    from soptui.desk.history.commit_view import view_commit
    from soptui.desk.history.export import commit_data
    from soptui.desk.history.trail import Trail

    desk = session.reading_desk
    trail = Trail(desk)
    view = view_commit(desk, trail, trail.named(commit))
    if session.json:
        output.as_json(
            commit_data(view.line)
            | {
                "parents": list(view.parents),
                "files": [
                    {
                        "path": file.path,
                        "new": file.is_new,
                        "size": file.size,
                        "lines": list(file.lines),
                    }
                    for file in view.files
                ],
                "raw": view.raw,
            }
        )
    else:
        _commit(view)
    return 0 if view.line.accepted else VERIFICATION_FAILED


def _commit(view: CommitView) -> None:
    from soptui.desk.history.export import effect_word, signature_word
    from soptui.desk.history.trail import remedy, verdict

    line = view.line
    advice = remedy(line.finding) if line.finding else None
    output.fields(
        [
            (_("Commit"), line.commit),
            (_("Verdict"), translate(verdict(line))),
            (_("Code"), line.finding.code if line.finding else ""),
            (_("What to do"), translate(advice) if advice else ""),
            (_("Effect"), translate(line.why_not) if line.why_not else effect_word(line)),
            (_("Signature"), " ".join((signature_word(line), line.fingerprint))),
            (_("Parents"), " ".join(one[:12] for one in view.parents)),
        ]
    )
    output.line()
    for text in view.raw.partition("\n\n")[2].splitlines():
        output.line(f"  {text}".rstrip())
    for file in view.files:
        output.line()
        output.line(file.path if file.size is None else f"{file.path} ({file.size} B)")
        for text in file.lines:
            output.line(f"  {text}")
    if view.more:
        output.line(_n("… and {count} file more", "… and {count} files more", view.more))


COMMANDS = {"audit": audit, "commit": commit}
