"""All attacks on the records that can be pushed to a hub."""

from __future__ import annotations

from tests.attacks import (
    on_attachments,
    on_authority,
    on_cases,
    on_commits,
    on_files,
    on_histories,
    on_keys,
    on_office,
    on_outside,
    on_rebases,
    on_registers,
    on_registry,
    on_sop_versions,
    on_ways,
)
from tests.attacks.attack import ATTACKS, Attack, opening

__all__ = [
    "ATTACKS",
    "Attack",
    "on_attachments",
    "on_authority",
    "on_cases",
    "on_commits",
    "on_files",
    "on_histories",
    "on_keys",
    "on_office",
    "on_outside",
    "on_rebases",
    "on_registers",
    "on_registry",
    "on_sop_versions",
    "on_ways",
    "opening",
]
