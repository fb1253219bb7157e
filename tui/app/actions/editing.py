"""What the pages have wrong: the fields of the paper under the cursor, and papers that may be one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.app import polling
from tui.app.background import run_in_background
from tui.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.screens.main_screen import MainScreen
    from tui.insight.duplicates import DuplicatePair
    from tui.model.entry import Entry

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NONE = "no two papers look like one"


def edit_fields(desk: MainScreen) -> None:
    """Show the fields of the paper under the cursor as a form, and keep what was set right."""
    entry = desk.current_entry()
    if entry is not None:
        _edit(desk, entry)


def _edit(desk: MainScreen, entry: Entry, typed: Mapping[str, str] = _NOTHING) -> None:
    from tui.app.screens.edit_fields import EditFieldsDialog  # noqa: PLC0415 - a screen that a start-up does not need

    def written(texts: dict[str, str] | None) -> None:
        if texts:
            desk.saving.submit(("fields", entry.id), lambda: _keep(desk, entry, texts))

    desk.app.push_screen(EditFieldsDialog(entry, typed), written)


def review_duplicates(desk: MainScreen) -> None:
    """Compare all papers beside the screen, and show the pairs that may be one."""
    if not desk.session.curation.is_compared:
        desk.notify_status("comparing all papers …")
    pairs = desk.session.curation.pairs
    run_in_background(desk, "compare", pairs, lambda found: _show(desk, found), says="comparing all papers")


def _keep(desk: MainScreen, entry: Entry, texts: dict[str, str]) -> None:
    try:
        change = desk.session.curation.correct(entry.id, texts, entry)
    except ConflictError as conflict:
        # The form again: it has what was typed here, and says what the other program wrote.
        polling.poll_store(desk)
        _edit(desk, desk.session.entry(conflict.paper), texts)
        return
    if change is None:
        desk.notify_status("it is so already")
    else:
        desk.show_change(change, change.label)


def _show(desk: MainScreen, pairs: Sequence[DuplicatePair]) -> None:
    from tui.app.screens.duplicates import DuplicatesScreen  # noqa: PLC0415 - a screen that a start-up does not need

    still = [pair for pair in pairs if desk.session.curation.is_open(pair)]
    if not still:
        desk.notify_status(_NONE)
        return
    desk.notify_status(f"{len(still)} pair{'' if len(still) == 1 else 's'} of papers may be one")
    if desk.is_active:
        desk.app.push_screen(DuplicatesScreen(desk, still))
