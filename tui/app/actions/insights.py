"""Actions: statistics and related papers, and the background work that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import navigation
from tui.app.ui import Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.ui import Ui
    from tui.app.workspace import Workspace


def show_statistics(workspace: Workspace, ui: Ui) -> None:
    """Show the statistics."""
    from tui.app.screens.insight import StatisticsScreen  # noqa: PLC0415 - not needed at start-up

    ui.open(StatisticsScreen(workspace.session.insights, ui.glyphs))


def show_related(workspace: Workspace, ui: Ui) -> None:
    """List the papers most similar to this one, and go to the one chosen."""
    entry = workspace.current_entry()
    if entry is not None:
        when_prepared(workspace, ui, lambda: _choose_related(workspace, ui, entry.id))


def when_prepared(workspace: Workspace, ui: Ui, callback: Callable[[], None], *, show_progress: bool = True) -> None:
    """Call a function once the similarity model is prepared: at once if it is, or is quick to build.

    Args:
        workspace: the workspace.
        ui: runs the preparation in the background.
        callback: the function.
        show_progress: show the progress in the status line.
    """
    if workspace.session.insights.is_quick:
        workspace.page.show_related()
        callback()
        return
    label = "comparing all papers" if show_progress else ""
    ui.run_in_background(
        "advice",
        workspace.session.insights.prepare,
        lambda _: _finish(workspace, callback, show_progress=show_progress),
        progress_label=label,
    )


def _choose_related(workspace: Workspace, ui: Ui, paper_id: str) -> None:
    if not ui.is_on_top:
        return
    found = workspace.session.insights.related(paper_id)
    title = workspace.session.entry(paper_id).paper.display_title
    if not found:
        workspace.show_message(f"no papers similar to {title}")
        return
    options = [
        Option(
            each.id,
            workspace.session.entry(each.id).paper.display_title,
            f"{', '.join(each.reasons[:2])}  {each.score:.0%}",
        )
        for each in found
    ]
    ui.choose(f"Similar to {title}", options, lambda related_id: navigation.go_to(workspace, ui, related_id))


def _finish(workspace: Workspace, callback: Callable[[], None], *, show_progress: bool) -> None:
    workspace.page.show_related()
    if show_progress:
        workspace.show_message("")
    workspace.guarded(callback)
