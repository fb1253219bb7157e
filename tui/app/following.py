"""What happens outside while the desk is open: other processes' changes, and pages that come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tui.app import status
from tui.app.screens.leaves_once import LeavesOnce
from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.desk import Desk

CATCH_UP_EVERY = 0.5  # seconds
WATCH_EVERY = 2.0  # seconds
_TOLD: WeakKeyDictionary[Desk, str] = WeakKeyDictionary()  # what is wrong outside, as long as it is


def begin(desk: Desk) -> None:
    """Look out from now on."""
    desk.set_interval(CATCH_UP_EVERY, lambda: _look(desk, catch_up))
    desk.set_interval(WATCH_EVERY, lambda: _look(desk, watch_pages))


def _look(desk: Desk, what: Callable[[Desk], None]) -> None:
    """Look out, unless the store is just being written beside the screen."""
    screen = desk.app.screen
    if isinstance(screen, LeavesOnce) and screen.holds_keys:
        return
    try:
        what(desk)
    except ReadlistError as fault:
        if _TOLD.get(desk) != fault.message:  # it goes on, but need not be said twice a second
            _TOLD[desk] = fault.message
            desk.tell(status.sentence(fault), fault=True)
    else:
        if what is catch_up:
            _TOLD.pop(desk, None)


def catch_up(desk: Desk) -> None:
    """Show what other processes did."""
    before = desk.session.ids()
    changed = desk.session.poll()
    if desk.session.ids() is not before:
        desk.ask()
    elif changed:
        desk.entries_changed(changed)


def watch_pages(desk: Desk) -> None:
    """Take in a page that was dropped into the folder, changed or taken out of it."""
    session = desk.session
    if not session.sources_changed():
        return
    from tui.app import standing  # noqa: PLC0415 - no page changes before the first frame

    if len(session.ids()) <= standing.SHORT:
        _tell(desk, session.synchronise())
        return
    standing.stand_still(
        desk,
        "The pages changed",
        "Reading the pages …",
        session.imports.read_pages,
        lambda fresh: _tell(desk, fresh),
        says="reading the pages",
    )


def _tell(desk: Desk, fresh: int) -> None:
    desk.ask()
    if not fresh and (waiting := desk.session.waiting()):
        name, key = waiting[-1][0], desk.keys.key("in.waiting")
        desk.tell(f"{name} may not be a list of papers; {key} shows it", fault=True)
        return
    papers = "1 new paper" if fresh == 1 else f"{fresh} new papers"
    desk.tell(papers if fresh else "the pages changed, and were read again")
    if desk.session.warnings:
        desk.tell("; ".join(desk.session.warnings), fault=True)
