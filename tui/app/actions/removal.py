"""Actions: remove papers from the list, and restore them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions.bulk_confirmation import carry_out
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def remove_or_restore(workspace: Workspace, ui: Ui) -> None:
    """Remove the papers from the list; in a list of removed papers, restore them."""
    targets = workspace.targets()
    are_removed = all(workspace.session.entry(paper_id).mark.removed for paper_id in targets)
    carry_out(workspace, ui, Edit(removed=not are_removed), targets=targets)
