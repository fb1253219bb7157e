"""Poll for changes made outside: by other processes in the store, in the folder of sources and in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.message_text import error_text
from tui.app.ui import is_short_update
from tui.errors import ReadlistError
from tui.settings import settings_file

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
        self._settings: tuple[int, ...] | None = None  # the settings file that was compared last

    def poll_store(self) -> None:
        """Show changes made by other processes."""
        if self._poll(self._workspace.poll):
            self._reported = ""

    def poll_sources(self) -> None:
        """Import sources that were added to the folder, changed or removed; report changed settings."""
        self._poll(self._read_sources)
        self._poll(self._compare_settings)

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

    def _compare_settings(self) -> None:
        """Report once that the settings file differs from the settings in use, and its first new error."""
        path, in_use = self._workspace.session.paths.config, self._workspace.settings
        found = settings_file.fingerprint(path)
        if found == self._settings:
            return
        self._settings = found
        settings = settings_file.load(path)
        errors = [error for error in settings.errors if error not in in_use.errors]
        if errors:
            self._workspace.show_message(f"settings changed: {errors[0]}", error=True)
        elif settings._replace(errors=()) != in_use._replace(errors=()):
            self._workspace.show_message("settings changed; restart to apply")

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
