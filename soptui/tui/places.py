"""The screens that one can go to: the places, and what is laid over them.

Here alone they are known by name, and each is imported when it is first shown; what wants to show
one asks the `Face` for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from soptui.domain.ids import CaseId

if TYPE_CHECKING:
    from soptui.tui.frame.dialogs import Dialog
    from soptui.tui.frame.face import CaseNeighbours
    from soptui.tui.frame.office_screen import OfficeScreen
    from soptui.tui.screens.case import CaseScreen
    from soptui.tui.screens.palette import Found


def _tray() -> OfficeScreen:
    from soptui.tui.screens.tray import TrayScreen

    return TrayScreen()


def _cases() -> OfficeScreen:
    from soptui.tui.screens.cases import CasesScreen

    return CasesScreen()


def _sop() -> OfficeScreen:
    from soptui.tui.screens.sop import SopScreen

    return SopScreen()


def _people() -> OfficeScreen:
    from soptui.tui.screens.people import PeopleScreen

    return PeopleScreen()


def _audit() -> OfficeScreen:
    from soptui.tui.screens.audit import AuditScreen

    return AuditScreen()


def _board() -> OfficeScreen:
    from soptui.tui.screens.dashboard import DashboardScreen

    return DashboardScreen()


def _sync() -> OfficeScreen:
    from soptui.tui.screens.sync import SyncScreen

    return SyncScreen()


def _settings() -> OfficeScreen:
    from soptui.tui.screens.settings import SettingsScreen

    return SettingsScreen()


SCREENS: Mapping[str, Callable[[], OfficeScreen]] = {
    "tray": _tray,
    "cases": _cases,
    "sop": _sop,
    "people": _people,
    "audit": _audit,
    "board": _board,
    "sync": _sync,
    "settings": _settings,
}
"""What makes the screen of a place, by its name."""


def case(case_id: CaseId, opened_from: CaseNeighbours | None) -> CaseScreen:
    """A case; `opened_from` is the list whose neighbours can be gone to."""
    from soptui.tui.screens.case import CaseScreen

    return CaseScreen(case_id, opened_from)


def reader(case_id: CaseId, position: int) -> OfficeScreen:
    """The attachments of a case; the newest first, unless the `position` of one is named."""
    from soptui.tui.screens.reader import ReaderScreen

    return ReaderScreen(case_id, position)


def help_(screen: str, title: str) -> Dialog[None]:
    """The keys of a screen."""
    from soptui.tui.screens.help import HelpDialog

    return HelpDialog(screen, title)


def palette(screen: str) -> Dialog[Found]:
    """A command of the screen, a case or a person, found by a few letters."""
    from soptui.tui.screens.palette import PaletteDialog

    return PaletteDialog(screen)


def desks() -> Dialog[str]:
    """The officers whose desks are at hand."""
    from soptui.tui.screens.desks import DesksDialog

    return DesksDialog()


def leave() -> Dialog[bool]:
    """Whether to leave soptui."""
    from soptui.tui.screens.leave import LeaveDialog

    return LeaveDialog()


def tour() -> Dialog[None]:
    """The tour of the first start."""
    from soptui.tui.screens.tour import TourDialog

    return TourDialog()
