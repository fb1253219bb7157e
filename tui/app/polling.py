"""What happens outside while the desk is open: other processes' changes, and pages that come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tui.app import status_text
from tui.app.screens.overlay import OverlayScreen
from tui.errors import ReadlistError
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

CATCH_UP_EVERY = 0.5  # seconds
WATCH_EVERY = 2.0  # seconds
_TOLD: WeakKeyDictionary[MainScreen, str] = WeakKeyDictionary()  # what is wrong outside, as long as it is


def start_polling(desk: MainScreen) -> None:
    """Look out from now on."""
    desk.set_interval(CATCH_UP_EVERY, lambda: _look(desk, poll_store))
    desk.set_interval(WATCH_EVERY, lambda: _look(desk, poll_sources))


def _look(desk: MainScreen, what: Callable[[MainScreen], None]) -> None:
    """Look out, unless the store is just being written beside the screen."""
    screen = desk.app.screen
    if isinstance(screen, OverlayScreen) and screen.holds_keys:
        return
    try:
        what(desk)
    except ReadlistError as fault:
        if _TOLD.get(desk) != fault.message:  # it goes on, but need not be said twice a second
            _TOLD[desk] = fault.message
            desk.notify_status(status_text.error_text(fault), fault=True)
    else:
        if what is poll_store:
            _TOLD.pop(desk, None)


def poll_store(desk: MainScreen) -> None:
    """Show what other processes did."""
    before = desk.session.ids()
    changed = desk.session.poll()
    if desk.session.ids() is not before:
        desk.run_query()
    elif changed:
        desk.entries_changed(changed)


def poll_sources(desk: MainScreen) -> None:
    """Take in a page that was dropped into the folder, changed or taken out of it."""
    session = desk.session
    if not session.sources_changed():
        return
    from tui.app import blocking_task  # noqa: PLC0415 - no page changes before the first frame

    if len(session.ids()) <= blocking_task.SHORT:
        _tell(desk, session.synchronise())
        return
    blocking_task.run_blocking(
        desk,
        "The pages changed",
        "Reading the pages …",
        session.imports.read_pages,
        lambda fresh: _tell(desk, fresh),
        says="reading the pages",
    )


def _tell(desk: MainScreen, fresh: int) -> None:
    desk.run_query()
    if not fresh and (waiting := desk.session.waiting()):
        name, key = waiting[-1][0], desk.keys.key("in.waiting")
        desk.notify_status(f"{name} may not be a list of papers; {key} shows it", fault=True)
        return
    papers = pluralise(fresh, "new paper")
    desk.notify_status(papers if fresh else "the pages changed, and were read again")
    if desk.session.warnings:
        desk.notify_status("; ".join(desk.session.warnings), fault=True)
