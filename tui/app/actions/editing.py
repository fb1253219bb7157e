"""Actions: edit the fields of a paper, and review duplicates."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.errors import ConflictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace
    from tui.insight.duplicates import DuplicatePair
    from tui.model.entry import Entry

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_NO_DUPLICATES = "no possible duplicates"


def edit_fields(workspace: Workspace, ui: Ui) -> None:
    """Edit the fields of the paper under the cursor."""
    entry = workspace.current_entry()
    if entry is not None:
        _edit(workspace, ui, entry)


def _edit(workspace: Workspace, ui: Ui, entry: Entry, typed: Mapping[str, str] = _NO_TEXTS) -> None:
    from tui.app.screens.edit_fields import EditFieldsDialog  # noqa: PLC0415 - not needed at start-up

    def on_close(texts: dict[str, str] | None) -> None:
        if texts:
            workspace.edits.queue.submit(("fields", entry.id), lambda: _save(workspace, ui, entry, texts))

    ui.open(EditFieldsDialog(entry, typed), on_close)


def review_duplicates(workspace: Workspace, ui: Ui) -> None:
    """Compare all papers in the background, and show the possible duplicates."""
    if not workspace.session.curation.is_compared:
        workspace.show_message("comparing all papers …")
    pairs = workspace.session.curation.pairs
    ui.run_in_background(
        "compare", pairs, lambda found: _show(workspace, ui, found), progress_label="comparing all papers"
    )


def _save(workspace: Workspace, ui: Ui, entry: Entry, texts: dict[str, str]) -> None:
    try:
        change = workspace.session.curation.correct(entry.id, texts, entry)
    except ConflictError as conflict:
        # Show the dialog again, with the texts typed here and the values of the other program.
        workspace.poll()
        _edit(workspace, ui, workspace.session.entry(conflict.paper), texts)
        return
    except UsageError as error:  # a citation key that is taken
        workspace.show_message(error.message)
        _edit(workspace, ui, workspace.session.entry(entry.id), texts)
        return
    if change is None:
        workspace.show_message("no change")
    else:
        workspace.edits.show(change, change.label)


def _show(workspace: Workspace, ui: Ui, pairs: Sequence[DuplicatePair]) -> None:
    from tui.app.screens.duplicates import DuplicatesScreen  # noqa: PLC0415 - not needed at start-up

    undecided = [pair for pair in pairs if workspace.session.curation.is_open(pair)]
    if not undecided:
        workspace.show_message(_NO_DUPLICATES)
        return
    workspace.show_message(f"{len(undecided)} possible duplicate{'' if len(undecided) == 1 else 's'}")
    if ui.is_on_top:
        ui.open(DuplicatesScreen(workspace, ui, undecided))
