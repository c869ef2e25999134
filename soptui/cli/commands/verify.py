"""Verifying the history of the records."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from soptui.cli import output
from soptui.cli.base import Option, command
from soptui.cli.exit_codes import DAMAGED, VERIFICATION_FAILED
from soptui.cli.session import Session
from soptui.desk.words.terms import SEVERITY
from soptui.domain.message import N_, Message
from soptui.locale import _, _n, translate

if TYPE_CHECKING:
    from soptui.domain.findings import Report


@command(
    "verify",
    N_("Verify the history of the records."),
    Option("--full", is_flag=True, help=N_("From the first commit on, whatever was remembered.")),
    Option(
        "--since", placeholder=N_("COMMIT"),
        help=N_("From this commit on, which lies on the main line and is taken as good."),
    ),
)  # fmt: skip
def verify(session: Session, full: bool, since: str | None) -> int:
    """Verify the history."""
    progress = _progress if output.is_terminal(sys.stderr) else None
    if since:
        from soptui.desk.office.first_commit import verify_from

        report = verify_from(session.clone, since, progress)
    else:
        report = session.clone.verify(full=full, progress=progress)
    if progress is not None:
        output.progress()
    return tell_report(session, report, was_asked_since=bool(since))


def tell_report(session: Session, report: Report, *, was_asked_since: bool = False) -> int:
    """Write a report; the exit code that goes with it."""
    if session.json:
        output.as_json(_data(report))
    elif report.ok and not report.commits and not was_asked_since:
        _nothing_new(report)
    else:
        _lines(report)
    if not report.ok:
        return VERIFICATION_FAILED
    _warn_of_edits(session)
    return session.code


def _progress(done: int, total: int) -> None:
    output.progress(f"{done}/{total}")


def _data(report: Report) -> dict[str, object]:
    from soptui.desk.history.export import finding_data

    return {
        "ok": report.ok,
        "old": report.old,
        "new": report.new,
        "good": report.good,
        "position": report.position,
        "commits": report.commits,
        "events": report.events,
        "attachments": report.attachments,
        "findings": [finding_data(one) for one in report.findings],
    }


def _nothing_new(report: Report) -> None:
    sentence = _n(
        "Nothing is new since the last verification, which found {count} commit of the main line, "
        "{commit}, good. soptui verify --full verifies it again.",
        "Nothing is new since the last verification, which found {count} commits of the main line, "
        "up to {commit}, good. soptui verify --full verifies all of them again.",
        report.position,
        commit=report.good[:12],
    )
    output.sentence(sentence)


def _lines(report: Report) -> None:
    for one in report.findings:
        place = " ".join(filter(None, (one.commit[:12], one.path)))
        output.line(f"{_(SEVERITY[one.severity])} {one.code} {place}")
        output.sentence(translate(one.message), head="  ")
    output.fields(
        [
            (_("Commits"), str(report.commits)),
            (_("Events"), str(report.events)),
            (_("Files"), str(report.attachments)),
            (_("Verified up to"), f"{report.good[:12]} ({report.position})"),
        ]
    )
    if report.ok:
        output.sentence(_("All signatures are valid; the history is whole."))
    else:
        output.sentence(
            _("The history is NOT good; what comes after the commit above is not used.")
        )


def _warn_of_edits(session: Session) -> None:
    from soptui.desk.edits import edited_files, line_ends_warning

    edited = edited_files(session.reading_desk)
    if edited.line_ends:
        session.warn(line_ends_warning(edited.line_ends), DAMAGED)
    for path in edited.by_hand:
        session.warn(
            Message(
                "{path} was edited by hand; the signed records are whole. soptui restore {path} "
                "puts it back.",
                path=path,
            ),
            DAMAGED,
        )


COMMANDS = {"verify": verify}
