"""Actions: select papers, one by one, as a range or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import confirm

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def toggle(workspace: Workspace, ui: Ui) -> None:
    """Select or deselect the paper, and move to the next."""
    if workspace.papers.current is not None:
        workspace.selection.put(workspace.selection.ids ^ {workspace.papers.current})
        workspace.papers.move(1)


def start_or_end_range(workspace: Workspace, ui: Ui) -> None:
    """Start a range at the cursor, or end it."""
    if workspace.selection.has_range:
        workspace.selection.end_range()
    else:
        workspace.selection.start_range()


def select_all(workspace: Workspace, ui: Ui) -> None:
    """Select all listed papers, or clear the selection if all are selected."""
    listed = frozenset(workspace.papers.ids)
    workspace.selection.put(frozenset() if listed <= workspace.selection.ids else listed)


def invert(workspace: Workspace, ui: Ui) -> None:
    """Invert the selection of the listed papers; other selected papers stay selected.

    Asks first if nothing is selected, as selecting all papers is rarely meant by this key.
    """
    listed = frozenset(workspace.papers.ids)
    if workspace.selection.ids:
        workspace.selection.put(workspace.selection.ids ^ listed)
    else:
        papers = "the only paper" if len(listed) == 1 else f"all {len(listed)} papers"
        confirm(ui, f"Nothing is selected. Select {papers}?", lambda: workspace.selection.put(listed))


def above(workspace: Workspace, ui: Ui) -> None:
    """Select this paper and all above it."""
    workspace.selection.put(workspace.selection.ids.union(workspace.papers.ids[: workspace.papers.cursor + 1]))


def below(workspace: Workspace, ui: Ui) -> None:
    """Select this paper and all below it."""
    workspace.selection.put(workspace.selection.ids.union(workspace.papers.ids[workspace.papers.cursor :]))


def down(workspace: Workspace, ui: Ui) -> None:
    """Select this paper and the next one, and move to it."""
    _select_and_move(workspace, 1)


def up(workspace: Workspace, ui: Ui) -> None:
    """Select this paper and the previous one, and move to it."""
    _select_and_move(workspace, -1)


def _select_and_move(workspace: Workspace, step: int) -> None:
    papers = workspace.papers
    target = max(0, min(papers.cursor + step, papers.count - 1))
    workspace.selection.put(workspace.selection.ids | {papers.ids[papers.cursor], papers.ids[target]})
    papers.cursor = target
