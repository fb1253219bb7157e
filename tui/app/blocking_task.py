"""Work that changes which papers there are and takes long: beside the screen, where the list stands still meanwhile.

Keys wait for the list as it will be; nobody looks after other processes or the pages. Knows no import.
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

SHORT = 500  # records; fewer are written between two keys


def run_blocking(
    screen: MainScreen,
    title: str,
    text: str,
    work: Callable[[Progress], Done],
    then: Callable[[Done], None],
    *,
    progress_label: str,
) -> None:
    """Do something in the store, and show what came of it.

    Args:
        screen: the screen.
        title: what is being done.
        said: to what.
        work: what to do, in a thread of its own; it leaves to ``Imports.show`` what others would see of it.
        then: given what came of it, on the screen.
        says: what the status line says beside the progress.
    """
    session, sheet = screen.session, BusyDialog(title, text)

    def write(progress: Progress) -> Done:
        # What may be painted meanwhile is the list as it was, also where a paper of it is just gone.
        for paper_id in session.ids():
            session.entry(paper_id)
        return work(progress)

    def written(found: Done) -> None:
        session.imports.publish()
        screen.guarded(lambda: then(found))
        sheet.leave()

    def failed() -> None:
        session.imports.publish()  # what was written before it failed
        screen.run_query()
        sheet.leave()

    screen.app.push_screen(sheet)
    run_in_background(screen, "stand still", write, written, progress_label=progress_label, on_error=failed)
