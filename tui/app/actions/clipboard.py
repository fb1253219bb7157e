"""Actions: copy to the clipboard, and import pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.actions import SkipAction

from tui.environment import terminal_type
from tui.paths import clipboard_programs
from tui.text.plural import pluralise

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen

_FALLBACK = "copied.txt"  # in the data folder, used if there is no clipboard


def copy_selected_text(screen: MainScreen, text: str) -> None:
    """Copy text that was selected with the mouse."""
    method = copy_text(screen, text)
    screen.clear_selection()
    screen.notify_status(f"copied {_count_characters(text)} {method}")


def copy_selection(screen: MainScreen) -> None:
    """Copy the text selected with the mouse.

    Raises:
        SkipAction: nothing is selected, so that the key keeps its other meaning.
    """
    selected = screen.get_selected_text()
    if not selected:
        raise SkipAction
    screen.guarded(lambda: copy_selected_text(screen, selected))


def show_selection_hint(screen: MainScreen) -> None:
    """Show in the status line how to copy the selected text."""
    text = screen.get_selected_text()
    if text:
        screen.notify_status(f"{_count_characters(text)} selected, copy with y or Ctrl-C, clear with Esc")


def copy_text(screen: MainScreen, text: str) -> str:
    """Copy text; returns the method for the status line, and raises like ``clipboard.copy``."""
    from tui.app.clipboard import copy  # noqa: PLC0415 - not needed for the first frame

    return copy(
        screen.app,
        text,
        programs=clipboard_programs(),
        terminal=terminal_type(),
        fallback=screen.session.paths.data / _FALLBACK,
    )


def _count_characters(text: str) -> str:
    return pluralise(len(text), "character")


def import_pasted(screen: MainScreen, text: str) -> None:
    """Import a text that was pasted on the list, with preview."""
    from tui.app.actions.import_ import import_text  # noqa: PLC0415 - not needed at start-up

    import_text(screen, text)
