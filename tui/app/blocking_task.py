"""Long store updates: run in a thread while input is blocked.

Keys wait until the update is shown, and polling is paused meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tui.app.background import run_in_background
from tui.app.screens.busy import BusyDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.background import Progress
    from tui.app.screens.main_screen import MainScreen

    Done = TypeVar("Done")

SHORT = 500  # records; fewer are written without a thread


def run_blocking(
    screen: MainScreen,
    title: str,
    text: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    *,
    progress_label: str,
) -> None:
    """Run a store update under a busy dialog, and show its result.

    Args:
        screen: the main screen.
        title: the title of the dialog.
        text: the text of the dialog.
        work: the update, run in a thread; its effects become visible with ``Imports.publish``.
        then: called with the result, in the thread of the screen.
        progress_label: text before the percentage in the status line.
    """
    session, dialog = screen.session, BusyDialog(title, text)

    def write(progress: Progress) -> Done:
        # Cache the entries: the old list may be painted meanwhile, also papers that the update removes.
        for paper_id in session.ids():
            session.entry(paper_id)
        return work(progress)

    def finished(result: Done) -> None:
        session.imports.publish()
        screen.guarded(lambda: then(result))
        dialog.leave()

    def failed() -> None:
        session.imports.publish()  # what was written before the error
        screen.run_query()
        dialog.leave()

    screen.app.push_screen(dialog)
    run_in_background(screen, "blocking", write, finished, progress_label=progress_label, on_error=failed)
