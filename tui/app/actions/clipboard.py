"""Text on its way to the clipboard: that of a paper, or what the mouse has selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.actions import SkipAction

from tui.paths import clipboard_programs, terminal_type

if TYPE_CHECKING:
    from tui.app.screens.main_screen import MainScreen

_COPIED = "copied.txt"  # in the data folder, where there is no clipboard


def copy_selected_text(desk: MainScreen, text: str) -> None:
    """Copy what was selected with the mouse."""
    way = to_clipboard(desk, text)
    desk.clear_selection()
    desk.notify_status(f"copied {_letters(text)} {way}")


def copy_selection(desk: MainScreen) -> None:
    """Copy what was selected with the mouse; where nothing was, the key means something else."""
    selected = desk.get_selected_text()
    if not selected:
        raise SkipAction
    desk.guarded(lambda: copy_selected_text(desk, selected))


def say_selected_text(desk: MainScreen) -> None:
    """Say that text is selected, and how it is copied."""
    text = desk.get_selected_text()
    if text:
        desk.notify_status(f"{_letters(text)} selected: y or Ctrl-C copies, Esc lets go")


def to_clipboard(desk: MainScreen, text: str) -> str:
    """Copy text; returns by which way, for the status line; raises as ``clipboard.copy`` does."""
    from tui.app.clipboard import copy  # noqa: PLC0415 - nothing is copied before the first frame

    return copy(
        desk.app,
        text,
        programs=clipboard_programs(),
        terminal=terminal_type(),
        last_resort=desk.session.paths.data / _COPIED,
    )


def _letters(text: str) -> str:
    return "1 letter" if len(text) == 1 else f"{len(text)} letters"


def import_pasted(desk: MainScreen, text: str) -> None:
    """Look at a text that was pasted on the list as something to import."""
    from tui.app.actions.import_ import import_text  # noqa: PLC0415 - a screen that a start-up does not need

    import_text(desk, text)
