"""Run a task in a worker thread, reporting progress to the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.worker import get_current_worker

from tui.app.message_text import error_text
from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.app.ui import Progress
    from tui.app.workspace import Workspace

Done = TypeVar("Done")


class _CancelledError(Exception):
    """The screen was closed, or a newer task of the same name replaced this one."""


def run_in_background(
    screen: Screen[None],
    workspace: Workspace,
    name: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], object],
    *,
    progress_label: str = "",
    on_error: Callable[[], object] | None = None,
) -> None:
    """Run a task in a worker of the screen; see ``Ui.run_in_background``."""
    screen.run_worker(
        lambda: _run(screen, workspace, work, then, progress_label, on_error),
        thread=True,
        group=name,
        exclusive=True,
    )


def _run(
    screen: Screen[None],
    workspace: Workspace,
    work: Callable[[Progress], Done],
    then: Callable[[Done], object],
    progress_label: str,
    on_error: Callable[[], object] | None,
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
            screen.call_later(lambda: workspace.show_message(f"{progress_label}: {percent}%"))

    def finish(result: Done) -> None:
        with workspace.gesture():
            then(result)

    def fail(message: str) -> None:
        with workspace.gesture():
            workspace.show_message(message, error=True)
            if on_error:
                on_error()

    try:
        result = work(progress)
    except _CancelledError:
        return
    except ReadlistError as error:
        message = error_text(error)
        screen.call_later(lambda: fail(message))
    else:
        screen.call_later(lambda: finish(result))
