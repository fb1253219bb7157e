"""Work beside the screen: in a thread, its progress in the status line, its end back on the screen. Knows no work."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.worker import get_current_worker

from tui.app.status_text import error_text
from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen

    Progress = Callable[[int, int], None]

Done = TypeVar("Done")


class _CancelledError(Exception):
    """The screen is gone, or something newer was asked; nobody waits for the work."""


def run_in_background(
    desk: MainScreen,
    name: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    *,
    says: str = "",
    failed: Callable[[], None] | None = None,
) -> None:
    """Do something beside the screen; work of the same name that is still going on is given up.

    Args:
        desk: shows how far it is, and what went wrong.
        name: of a row of works, of which only the latest counts.
        work: what to do; it is given a function to tell (done, total) to, and speaks to the screen by that alone.
        then: given what came of it, on the screen.
        says: what the status line says beside the progress; empty for nothing.
        failed: called on the screen where something went wrong.
    """
    desk.run_worker(lambda: _carry_out(desk, work, then, says, failed), thread=True, group=name, exclusive=True)


def _carry_out(
    desk: MainScreen,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    says: str,
    failed: Callable[[], None] | None,
) -> None:
    worker = get_current_worker()
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if worker.is_cancelled:
            raise _CancelledError
        share = 100 * done // max(total, 1)
        if says and share > told:
            told = share
            desk.call_later(lambda: desk.notify_status(f"{says}: {share} %"))

    try:
        found = work(progress)
    except _CancelledError:
        return
    except ReadlistError as fault:
        message = error_text(fault)
        desk.call_later(lambda: desk.notify_status(message, fault=True))
        if failed:
            desk.call_later(failed)
    else:
        desk.call_later(lambda: then(found))
