"""What happens outside while the screen is open: other processes' changes, and pages that come and go."""

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
POLL_SOURCES_EVERY = 2.0  # seconds
_REPORTED: WeakKeyDictionary[MainScreen, str] = WeakKeyDictionary()  # what is wrong outside, as long as it is


def start_polling(screen: MainScreen) -> None:
    """Look out from now on."""
    screen.set_interval(POLL_STORE_EVERY, lambda: _poll(screen, poll_store))
    screen.set_interval(POLL_SOURCES_EVERY, lambda: _poll(screen, poll_sources))


def _poll(screen: MainScreen, what: Callable[[MainScreen], None]) -> None:
    """Look out, unless the store is just being written beside the screen."""
    top = screen.app.screen
    if isinstance(top, OverlayScreen) and top.holds_keys:
        return
    try:
        what(screen)
    except ReadlistError as error:
        if _REPORTED.get(screen) != error.message:  # it goes on, but need not be said twice a second
            _REPORTED[screen] = error.message
            screen.notify_status(status_text.error_text(error), fault=True)
    else:
        if what is poll_store:
            _REPORTED.pop(screen, None)


def poll_store(screen: MainScreen) -> None:
    """Show what other processes did."""
    before = screen.session.ids()
    changed = screen.session.poll()
    if screen.session.ids() is not before:
        screen.run_query()
    elif changed:
        screen.entries_changed(changed)


def poll_sources(screen: MainScreen) -> None:
    """Take in a page that was dropped into the folder, changed or taken out of it."""
    session = screen.session
    if not session.sources_changed():
        return
    from tui.app import blocking_task  # noqa: PLC0415 - no page changes before the first frame

    if len(session.ids()) <= blocking_task.SHORT:
        _report_sources(screen, session.synchronise())
        return
    blocking_task.run_blocking(
        screen,
        "The pages changed",
        "Reading the pages …",
        session.imports.read_pages,
        lambda fresh: _report_sources(screen, fresh),
        progress_label="reading the pages",
    )


def _report_sources(screen: MainScreen, fresh: int) -> None:
    screen.run_query()
    if not fresh and (waiting := screen.session.waiting()):
        name, key = waiting[-1][0], screen.keys.key("in.waiting")
        screen.notify_status(f"{name} may not be a list of papers; {key} shows it", fault=True)
        return
    papers = "1 new paper" if fresh == 1 else f"{fresh} new papers"
    screen.notify_status(papers if fresh else "the pages changed, and were read again")
    if screen.session.warnings:
        screen.notify_status("; ".join(screen.session.warnings), fault=True)
