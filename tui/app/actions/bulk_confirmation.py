"""Changes of many papers at once are asked about once, so that a slip on a whole list does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.choose import Option, choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.screens.main_screen import MainScreen
    from tui.model.edit import Edit

UNASKED = 100  # papers that are changed without a question


def asks(desk: MainScreen, ids: tuple[str, ...], edit: Edit, go_on: Callable[[], object]) -> bool:
    """Whether an edit is asked about first, because it would change many papers.

    Args:
        desk: the desk it is asked over.
        ids: the papers.
        edit: what would be done.
        go_on: does it, where the user says yes.
    """
    count = desk.session.preview_edit(ids, edit) if len(ids) > UNASKED else 0
    if count <= UNASKED:
        return False
    agree(desk, f"Change {count} papers: {edit.label}?", go_on)
    return True


def agree(desk: MainScreen, question: str, go_on: Callable[[], object]) -> None:
    """Go on where the user says yes."""

    def answered(answer: str) -> None:
        if answer == "yes":
            go_on()

    options = [Option("yes", "yes", "y", "y"), Option("no", "no", "n", "n")]
    choose(desk, question, options, answered, typing=False)
