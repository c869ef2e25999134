"""The screens of the places, each imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from soptui.tui.frame.office_screen import OfficeScreen


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
    from soptui.tui.screens.board import BoardScreen

    return BoardScreen()


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
