"""Copying the text that was selected with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def copy_selected_text(workspace: Workspace, ui: Ui) -> bool:
    """Copy the selected text; returns whether there is any."""
    text = ui.panes.selected_text()
    if not text:
        return False
    method = ui.host.copy(text)
    ui.panes.clear_selected_text()
    workspace.show_message(f"copied {pluralise(len(text), 'character')} {method}")
    return True


def show_selection_hint(workspace: Workspace, ui: Ui) -> None:
    """Show in the status line how to copy the selected text."""
    text = ui.panes.selected_text()
    if text:
        count = pluralise(len(text), "character")
        workspace.show_message(f"{count} selected: copy with y or Ctrl-C, clear with Esc")
