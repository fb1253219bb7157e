"""Long store updates: run in a thread while input is blocked.

Keys wait until the update is shown, and polling is paused meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tui.app.background import run_in_background
from tui.app.screens.busy import BusyDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.app.ui import Progress
    from tui.app.workspace import Workspace

    Done = TypeVar("Done")


def run_blocking(
    screen: Screen[None],
    workspace: Workspace,
    title: str,
    text: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], object],
    *,
    progress_label: str,
) -> None:
    """Run a store update under a busy dialog, and show its result; see ``Ui.run_blocking``."""
    session, dialog = workspace.session, BusyDialog(title, text)

    def write(progress: Progress) -> Done:
        # Cache the entries: the old list may be painted meanwhile, including papers that the update removes.
        for paper_id in session.ids():
            session.entry(paper_id)
        return work(progress)

    def finished(result: Done) -> None:
        session.imports.publish()
        workspace.guarded(lambda: then(result))
        dialog.leave()

    def failed() -> None:
        session.imports.publish()  # what was written before the error
        workspace.query.run()
        dialog.leave()

    screen.app.push_screen(dialog)
    run_in_background(screen, workspace, "blocking", write, finished, progress_label=progress_label, on_error=failed)
