"""Actions: focus, show and resize the panes, go back, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import insights
from tui.app.change_signal import Aspect

if TYPE_CHECKING:
    from tui.app.ui import Pane, Ui
    from tui.app.workspace import Workspace

_ORDER: tuple[Pane, ...] = ("filter", "list", "detail")  # from left to right


def scroll_down(workspace: Workspace, ui: Ui) -> None:
    """Scroll the abstract down by three lines."""
    ui.panes.scroll_detail(3)


def scroll_up(workspace: Workspace, ui: Ui) -> None:
    """Scroll the abstract up by three lines."""
    ui.panes.scroll_detail(-3)


def toggle_full_width(workspace: Workspace, ui: Ui) -> None:
    """Toggle the full width of the paper; if a term left the list empty, drop that term instead."""
    droppable = workspace.query.droppable_term
    if droppable is not None and droppable.rest is not None:
        workspace.query.put(droppable.rest)
        return
    set_full_width(workspace, ui, not ui.panes.is_full_width)


def toggle_provenance(workspace: Workspace, ui: Ui) -> None:
    """Show or hide, above the abstract, which source and line gave each field."""
    workspace.page.toggle_provenance()


def next_pane(workspace: Workspace, ui: Ui) -> None:
    """Focus the pane to the right."""
    _focus_pane(workspace, ui, 1)


def previous_pane(workspace: Workspace, ui: Ui) -> None:
    """Focus the pane to the left."""
    _focus_pane(workspace, ui, -1)


def toggle_filter_pane(workspace: Workspace, ui: Ui) -> None:
    """Focus the filter pane, or the list again."""
    ui.panes.focus("list" if ui.panes.focused == "filter" else "filter")


def back(workspace: Workspace, ui: Ui) -> None:
    """Close or clear one of these, in this order: selected text, full width, filter pane, range, selection, query."""
    if ui.panes.selected_text():
        ui.panes.clear_selected_text()
    elif ui.panes.is_full_width:
        set_full_width(workspace, ui, False)
    elif ui.panes.focused != "list":
        ui.panes.focus("list")
    elif workspace.selection.has_range:
        workspace.selection.end_range()
    elif workspace.selection.ids:
        workspace.selection.put(())
    elif workspace.query.text:
        workspace.query.put("")


def back_or_quit(workspace: Workspace, ui: Ui) -> None:
    """Close the full width or the filter pane; else quit."""
    if ui.panes.is_full_width or ui.panes.is_filtering:
        back(workspace, ui)
    else:
        request_quit(workspace, ui)


def request_quit(workspace: Workspace, ui: Ui) -> None:
    """Quit, unless changes would be lost."""
    ui.host.quit()


def save(workspace: Workspace, ui: Ui) -> None:
    """Retry changes that could not be written."""
    if workspace.edits.queue.retry():
        workspace.show_message("everything is saved")


def suspend(workspace: Workspace, ui: Ui) -> None:
    """Suspend to the shell."""
    ui.host.suspend()


def larger(workspace: Workspace, ui: Ui) -> None:
    """Enlarge the focused pane."""
    _resize(workspace, ui, 1)


def smaller(workspace: Workspace, ui: Ui) -> None:
    """Shrink the focused pane."""
    _resize(workspace, ui, -1)


def reset_sizes(workspace: Workspace, ui: Ui) -> None:
    """Reset the pane sizes."""
    ui.panes.reset_sizes()


def set_full_width(workspace: Workspace, ui: Ui, full_width: bool) -> None:
    """Show the paper at full width, with its related papers once they are prepared, or the panes again."""
    ui.panes.set_full_width(full_width)
    if full_width:
        insights.when_prepared(workspace, ui, lambda: workspace.changed(Aspect.PAGE), show_progress=False)


def _focus_pane(workspace: Workspace, ui: Ui, step: int) -> None:
    focused = ui.panes.focused
    current = _ORDER.index(focused) if focused in _ORDER else _ORDER.index("list")
    target = _ORDER[(current + step) % len(_ORDER)]
    if ui.panes.is_full_width and target != "detail":
        set_full_width(workspace, ui, False)
    ui.panes.focus(target)


def _resize(workspace: Workspace, ui: Ui, step: int) -> None:
    if ui.panes.is_full_width:
        workspace.show_message(
            f"panes cannot be resized at full width; {workspace.keys.key('view.detail')} returns to the panes"
        )
    elif not ui.panes.resize(step):
        workspace.show_message(f"the pane cannot get any {'larger' if step > 0 else 'smaller'}")
