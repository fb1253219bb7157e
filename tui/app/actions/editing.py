"""Actions: edit the fields of a paper, and review duplicates."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.app import polling
from tui.app.background import run_in_background
from tui.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.insight.duplicates import DuplicatePair
    from tui.model.entry import Entry

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_NO_DUPLICATES = "no possible duplicates"


def edit_fields(screen: MainScreen) -> None:
    """Edit the fields of the paper under the cursor."""
    entry = screen.current_entry()
    if entry is not None:
        _edit(screen, entry)


def _edit(screen: MainScreen, entry: Entry, typed: Mapping[str, str] = _NO_TEXTS) -> None:
    from tui.app.screens.edit_fields import EditFieldsDialog  # noqa: PLC0415 - not needed at start-up

    def on_close(texts: dict[str, str] | None) -> None:
        if texts:
            screen.retry_queue.submit(("fields", entry.id), lambda: _save(screen, entry, texts))

    screen.app.push_screen(EditFieldsDialog(entry, typed), on_close)


def review_duplicates(screen: MainScreen) -> None:
    """Compare all papers in the background, and show the possible duplicates."""
    if not screen.session.curation.is_compared:
        screen.notify_status("comparing all papers …")
    pairs = screen.session.curation.pairs
    run_in_background(
        screen, "compare", pairs, lambda found: _show(screen, found), progress_label="comparing all papers"
    )


def _save(screen: MainScreen, entry: Entry, texts: dict[str, str]) -> None:
    try:
        change = screen.session.curation.correct(entry.id, texts, entry)
    except ConflictError as conflict:
        # Show the dialog again, with the texts typed here and the values of the other program.
        polling.poll_store(screen)
        _edit(screen, screen.session.entry(conflict.paper), texts)
        return
    except UsageError as error:  # a citation key that is taken
        screen.notify_status(error.message)
        _edit(screen, screen.session.entry(entry.id), texts)
        return
    if change is None:
        screen.notify_status("no change")
    else:
        screen.show_change(change, change.label)


def _show(screen: MainScreen, pairs: Sequence[DuplicatePair]) -> None:
    from tui.app.screens.duplicates import DuplicatesScreen  # noqa: PLC0415 - not needed at start-up

    undecided = [pair for pair in pairs if screen.session.curation.is_open(pair)]
    if not undecided:
        screen.notify_status(_NO_DUPLICATES)
        return
    screen.notify_status(f"{len(undecided)} possible duplicate{'' if len(undecided) == 1 else 's'}")
    if screen.is_active:
        screen.app.push_screen(DuplicatesScreen(screen, undecided))
