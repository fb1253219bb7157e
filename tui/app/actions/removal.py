"""Actions: remove papers from the list, and restore them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.actions import selection
from tui.model.edit import Edit

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen


def remove_or_restore(screen: MainScreen) -> None:
    """Remove the papers from the list; in a list of removed papers, restore them."""
    targets = selection.targets(screen)
    are_removed = all(screen.session.entry(paper_id).mark.removed for paper_id in targets)
    screen.carry_out(Edit(removed=not are_removed), targets=targets)
