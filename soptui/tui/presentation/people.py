"""People as rows, and one person in full."""

from __future__ import annotations

from collections.abc import Sequence

from soptui.desk.words.names import post_title, role_title, unit_title
from soptui.domain.administration.nip import nip_parts
from soptui.domain.message import N_
from soptui.domain.office import Officer, Post
from soptui.locale import _, day, short_day
from soptui.tui.design.columns import Column
from soptui.tui.presentation.facts import Facts
from soptui.tui.text.lines import BLANK, Line, Span, labelled, line
from soptui.tui.widgets.sources import Row

PEOPLE_COLUMNS = (
    Column(N_("Name"), 18, grow=1),
    Column(N_("Post"), 20, grow=2),
    Column(N_("Until"), 12, rank=1),
    Column(N_("Keys"), 5, rank=1, right=True),
)


def officer_row(officer: Officer, facts: Facts) -> Row[Officer]:
    """Who it is, what they hold today, until when, and how many keys are valid."""
    held = officer.posts_on(facts.now.date())
    ends = [post.ends for post in held if post.ends]
    keys = len(officer.valid_keys())
    return Row(
        officer.id,
        (
            line(officer.name),
            line(", ".join(map(post_title, held)) or Span(_("no post today"), "dim")),
            line(short_day(min(ends)) if ends else Span("-", "dim")),
            line(Span(str(keys), "plain" if keys else "bad")),
        ),
        officer,
    )


def officer_detail(officer: Officer, facts: Facts, width: int) -> Sequence[Line]:
    """Everything that the registry has of a person."""
    lines: list[Line] = [line(Span(officer.name, "bold"), Span(f"  {officer.id}", "dim"))]
    lines += labelled("NIP", nip_parts(officer.nip), width)
    lines += labelled(_("Rank"), officer.rank, width)
    lines += labelled(_("Mail"), officer.mail, width)
    for post in officer.posts:
        lines += labelled(_("Post"), _post_text(post, facts), width)
    lines.append(BLANK)
    for key in officer.keys:
        kind = key.public.split(" ")[0]
        state = (
            _("revoked {day}: {reason}", day=key.revoked.date(), reason=key.reason)
            if key.revoked
            else _("valid since {day}", day=key.added.date())
        )
        if key.suspect_from:
            suspect = _("suspect from commit {commit} on", commit=key.suspect_from[:12])
            state = f"{state}; {suspect}"
        lines += labelled(_("Signing key"), f"{kind} ...{key.public[-16:]} · {state}", width)
    return lines


def _post_text(post: Post, facts: Facts) -> str:
    sop = facts.sop()
    role = role_title(sop, post.role)
    parts = [post_title(post)]
    if role != post.title:
        parts.append(_("as {role}", role=role))
    if post.unit:
        parts.append(unit_title(facts.registry.office, post.unit))
    if post.is_withdrawn:
        parts.append(_("withdrawn before {first}", first=day(post.starts)))
    else:
        parts.append(f"{day(post.starts)} - {day(post.ends) if post.ends else '...'}")
    if post.basis:
        parts.append(post.basis)
    return " · ".join(parts)
