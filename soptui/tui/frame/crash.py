"""Handles a crash of the screen: keeps what was typed, and makes the notice for the user."""

from __future__ import annotations

from typing import Protocol

from textual.worker import WorkerFailed

from soptui.desk.settings.crash_files import keep_fault
from soptui.locale import _


class _KeepsWork(Protocol):
    """The app, of which no more is asked here."""

    def save_drafts(self) -> None: ...

    def forget_place(self) -> None: ...


def keep_work(app: _KeepsWork, fault: BaseException) -> None:
    """Keep drafts, and let the next start begin in the tray and not where it went wrong.

    What fails here as well is noted on the fault.
    """
    for keep in (app.save_drafts, app.forget_place):
        try:
            keep()
        except Exception as another:  # noqa: BLE001 (the one fault must not hide behind the other)
            fault.add_note(f"then {keep.__name__} failed: {another!r}")


def crash_notice(fault: BaseException) -> str:
    """What to say of a fault that closed the screen; its traceback is kept in a file."""
    error = fault.error if isinstance(fault, WorkerFailed) else fault
    path = keep_fault(error)
    told = _(
        "A fault in soptui closed the screen ({kind}). What was signed is recorded and safe, and "
        "nothing else was recorded; what you typed into a form is kept and will be offered again. "
        "Start soptui again.",
        kind=type(error).__name__,
    )
    if path is None:
        return told
    return f"{told} " + _(
        "If it happens again, send {path} to whoever maintains it.", path=str(path)
    )


def thread_notice(fault: BaseException) -> str:
    """What to say of a fault in a thread, which ends nothing; its traceback is kept in a file."""
    path = keep_fault(fault)
    told = _(
        "Something went wrong that should not ({fault}). What is recorded is safe; F5 looks again.",
        fault=f"{type(fault).__name__}: {fault}",
    )
    return told if path is None else f"{told} {_('Details: {path}', path=str(path))}"
