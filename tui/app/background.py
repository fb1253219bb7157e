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
    screen: MainScreen,
    name: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    *,
    progress_label: str = "",
    on_error: Callable[[], None] | None = None,
) -> None:
    """Do something beside the screen; work of the same name that is still going on is given up.

    Args:
        screen: shows how far it is, and what went wrong.
        name: of a row of works, of which only the latest counts.
        work: what to do; it is given a function to tell (done, total) to, and speaks to the screen by that alone.
        then: given what came of it, on the screen.
        says: what the status line says beside the progress; empty for nothing.
        failed: called on the screen where something went wrong.
    """
    screen.run_worker(
        lambda: _run(screen, work, then, progress_label, on_error), thread=True, group=name, exclusive=True
    )


def _run(
    screen: MainScreen,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    progress_label: str,
    on_error: Callable[[], None] | None,
) -> None:
    worker = get_current_worker()
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if worker.is_cancelled:
            raise _CancelledError
        share = 100 * done // max(total, 1)
        if progress_label and share > told:
            told = share
            screen.call_later(lambda: screen.notify_status(f"{progress_label}: {share} %"))

    try:
        found = work(progress)
    except _CancelledError:
        return
    except ReadlistError as error:
        message = error_text(error)
        screen.call_later(lambda: screen.notify_status(message, fault=True))
        if on_error:
            screen.call_later(on_error)
    else:
        screen.call_later(lambda: then(found))
