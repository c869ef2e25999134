"""What people, posts, roles and sections are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from soptui.domain.ids import OfficerId, RoleId, UnitId
from soptui.domain.office import ADMINISTRATOR, Office, Officer, Post, Registry
from soptui.domain.sop import Sop, Step
from soptui.locale import _


def role_titles(sops: Iterable[Sop]) -> dict[RoleId, str]:
    """Every role that can be held, by id, with the title that its SOP prints."""
    titles = {ADMINISTRATOR: "Administrator"}
    for sop in sops:
        titles |= {role.id: role.title for role in sop.roles if not role.outside}
    return titles


def post_title(post: Post) -> str:
    """A post as it signs: "Plh. Camat"."""
    return f"{post.capacity.prefix}{post.title}"


def role_title(sop: Sop | None, role: RoleId) -> str:
    """A role by its printed title, else its id."""
    if role == ADMINISTRATOR:
        return _("Administrator")
    found = sop.role(role) if sop else None
    return found.title if found else role


def actor_title(sop: Sop, step: Step, holder: str = "") -> str:
    """The role that acts at a step, or who has it in hand, and for whom outside the office."""
    actor = holder or role_title(sop, step.actor)
    if not step.stands_for:
        return actor
    return _("{role} for {outside}", role=actor, outside=role_title(sop, step.stands_for))


def officer_name(registry: Registry, officer_id: OfficerId) -> str:
    """An officer by name, else by id; nothing for nobody."""
    officer = registry.officers.get(officer_id)
    return officer.name if officer else officer_id


def officer_line(officer: Officer, posts: Sequence[Post]) -> str:
    """`Name, Plh. Camat`."""
    return ", ".join((officer.name, *(post_title(post) for post in posts)))


def unit_title(office: Office, unit: UnitId) -> str:
    """A section by its title, else its id."""
    return office.unit_title(unit)
