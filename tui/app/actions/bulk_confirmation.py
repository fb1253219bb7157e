"""Confirmation of changes to many papers, so that one wrong key cannot change the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.open_picker import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.model.edit import Edit

CONFIRM_ABOVE = 100  # papers


def needs_confirmation(screen: MainScreen, ids: tuple[str, ...], edit: Edit, proceed: Callable[[], object]) -> bool:
    """Ask for confirmation if an edit would change many papers; returns whether it asked.

    Args:
        screen: the screen to ask on.
        ids: the papers.
        edit: the edit.
        proceed: called if the user confirms.
    """
    count = screen.session.preview_edit(ids, edit) if len(ids) > CONFIRM_ABOVE else 0
    if count <= CONFIRM_ABOVE:
        return False
    confirm(screen, f"Change {count} papers: {edit.label}?", proceed)
    return True


def confirm(screen: MainScreen, question: str, proceed: Callable[[], object]) -> None:
    """Ask a yes/no question, and proceed on yes."""

    def on_answer(answer: str) -> None:
        if answer == "yes":
            proceed()

    options = [Option("yes", "yes", "y", "y"), Option("no", "no", "n", "n")]
    choose(screen, question, options, on_answer, typing=False)
