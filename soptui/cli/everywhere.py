"""Letting the commands of an account find its records wherever they are typed."""

from __future__ import annotations

from pathlib import Path

from soptui.cli import output
from soptui.cli.session import Session
from soptui.domain.message import Refusal
from soptui.locale import _


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
