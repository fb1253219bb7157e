"""Run a task in a worker thread, reporting progress to the status line."""

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
    """The screen was closed, or a newer task of the same name replaced this one."""


def run_in_background(
    screen: MainScreen,
    name: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    *,
    progress_label: str = "",
    on_error: Callable[[], None] | None = None,
) -> None:
    """Run a task in a thread; a running task of the same name is cancelled.

    Args:
        screen: shows the progress and the error, if any.
        name: the worker group; only the latest task of a group runs.
        work: the task. It reports (done, total) to the function it is given, and must not touch the screen otherwise.
        then: called with the result, in the thread of the screen.
        progress_label: text before the percentage in the status line; empty to show no progress.
        on_error: called in the thread of the screen if the task failed.
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
    shown = 0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if worker.is_cancelled:
            raise _CancelledError
        percent = 100 * done // max(total, 1)
        if progress_label and percent > shown:
            shown = percent
            screen.call_later(lambda: screen.notify_status(f"{progress_label}: {percent} %"))

    try:
        result = work(progress)
    except _CancelledError:
        return
    except ReadlistError as error:
        message = error_text(error)
        screen.call_later(lambda: screen.notify_status(message, error=True))
        if on_error:
            screen.call_later(on_error)
    else:
        screen.call_later(lambda: then(result))
