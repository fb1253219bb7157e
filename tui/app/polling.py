"""Poll for changes made outside: by other processes in the store, and in the folder of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tui.app import status_text
from tui.app.screens.overlay import OverlayScreen
from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

POLL_STORE_EVERY = 0.5  # seconds
POLL_SOURCES_EVERY = 1.0  # seconds
_REPORTED: WeakKeyDictionary[MainScreen, str] = WeakKeyDictionary()  # the error shown last, while it persists


def start_polling(screen: MainScreen) -> None:
    """Start polling."""
    screen.set_interval(POLL_STORE_EVERY, lambda: _poll(screen, poll_store))
    screen.set_interval(POLL_SOURCES_EVERY, lambda: _poll(screen, poll_sources))


def _poll(screen: MainScreen, poll: Callable[[MainScreen], None]) -> None:
    """Run one poll, unless a blocking task is running; report an error once."""
    top = screen.app.screen
    if isinstance(top, OverlayScreen) and top.holds_keys:
        return
    try:
        poll(screen)
    except ReadlistError as error:
        if _REPORTED.get(screen) != error.message:  # reported once, not twice a second
            _REPORTED[screen] = error.message
            screen.notify_status(status_text.error_text(error), error=True)
    else:
        if poll is poll_store:
            _REPORTED.pop(screen, None)


def poll_store(screen: MainScreen) -> None:
    """Show changes made by other processes."""
    before = screen.session.ids()
    changed = screen.session.poll()
    if screen.session.ids() is not before:
        screen.run_query()
    elif changed:
        screen.entries_changed(changed)


def poll_sources(screen: MainScreen) -> None:
    """Import sources that were added to the folder, changed or removed."""
    session = screen.session
    if not session.sources_changed():
        return
    from tui.app import blocking_task  # noqa: PLC0415 - not needed for the first frame

    if len(session.ids()) <= blocking_task.SHORT:
        _report_sources(screen, session.synchronise())
        return
    blocking_task.run_blocking(
        screen,
        "Sources changed",
        "Reading the sources …",
        session.imports.read_pages,
        lambda new: _report_sources(screen, new),
        progress_label="reading the sources",
    )


def _report_sources(screen: MainScreen, new: int) -> None:
    screen.run_query()
    if not new and (waiting := screen.session.waiting()):
        name, key = waiting[-1][0], screen.keys.key("in.waiting")
        screen.notify_status(f"{name} may not be a list of papers ({key}: review)", error=True)
        return
    if linked := screen.session.take_link_report():
        screen.notify_status(linked)
        return
    papers = "1 new paper" if new == 1 else f"{new} new papers"
    screen.notify_status(papers if new else "sources changed, papers updated")
    if screen.session.warnings:
        screen.notify_status("; ".join(screen.session.warnings), error=True)
