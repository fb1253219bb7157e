"""Poll for changes made outside: by other processes in the store, and in the folder of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.message_text import error_text
from tui.app.ui import is_short_update
from tui.errors import ReadlistError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace

POLL_STORE_EVERY = 0.5  # seconds
POLL_SOURCES_EVERY = 0.5  # seconds; a changed file is shown within two seconds, even on a slow computer


class Polling:
    """Shows what changed outside.

    Args:
        workspace: the workspace.
        ui: reads long sources in the background.
    """

    def __init__(self, workspace: Workspace, ui: Ui) -> None:
        self._workspace, self._ui = workspace, ui
        self._reported = ""  # the error shown last, while it persists

    def poll_store(self) -> None:
        """Show changes made by other processes."""
        if self._poll(self._workspace.poll):
            self._reported = ""

    def poll_sources(self) -> None:
        """Import sources that were added to the folder, changed or removed."""
        self._poll(self._read_sources)

    def _poll(self, poll: Callable[[], None]) -> bool:
        """Run one poll, and report an error once; returns whether there was none."""
        with self._workspace.gesture():
            try:
                poll()
            except ReadlistError as error:
                if self._reported != error.message:  # reported once, not twice a second
                    self._reported = error.message
                    self._workspace.show_message(error_text(error), error=True)
                return False
        return True

    def _read_sources(self) -> None:
        session = self._workspace.session
        if not session.sources.changed():
            return
        if is_short_update(len(session.ids())):
            self._report_sources(session.sources.synchronise())
            return
        self._ui.run_blocking(
            "Sources changed",
            "Reading the sources …",
            session.imports.read_pages,
            self._report_sources,
            progress_label="reading the sources",
        )

    def _report_sources(self, new: int) -> None:
        workspace, session = self._workspace, self._workspace.session
        workspace.query.run()
        if not new and (waiting := session.sources.waiting()):
            name, key = waiting[-1][0], workspace.keys.key("in.waiting")
            workspace.show_message(f"{name} might not be a list of papers ({key}: review)", error=True)
            return
        if linked := session.sources.take_link_report():
            workspace.show_message(linked)
            return
        papers = "1 new paper" if new == 1 else f"{new} new papers"
        workspace.show_message(papers if new else "sources changed, papers updated")
        if session.sources.warnings:
            workspace.show_message("; ".join(session.sources.warnings), error=True)
