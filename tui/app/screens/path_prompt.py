"""The prompt for a path, completed with Tab as in a shell. Returns the typed text, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tui.app.screens.prompt import Prompt
from tui.app.typed_path import check_file, complete_path, suggest_files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_MAX_LISTED = 40  # names


class PathPrompt(Prompt):
    """Ask for a path.

    Tab completes it as far as the names agree, and then lists them below the line.

    Args:
        title: the title.
        value: the text to start from.
        suffixes: of the files that are meant, in lower case, with their dots; empty for any.
        check: returns what is wrong with a text, or an empty string; by default whether there is such a file.
        note: shown below the line while no names are listed.
    """

    completes = True

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        suffixes: Collection[str] = (),
        check: Callable[[str], str] = check_file,
        note: str = "",
    ) -> None:
        super().__init__(
            title,
            value=value,
            suggestions=suggest_files(suffixes),
            check=check,
            note=note,
        )
        self._suffixes = suffixes

    def on_input_changed(self) -> None:
        """Hide the listed names: they belong to the text before."""
        self.show_listed("")

    def action_complete(self) -> None:
        """Complete the path, and list the names if there are several."""
        line = self.query_one(Input)
        text, names = complete_path(line.value, self._suffixes)
        if names and text != line.value:
            with self.prevent(Input.Changed):
                line.value = text
            line.cursor_position = len(text)
        if len(names) == 1:
            self.show_listed("")
        else:
            more = f"  and {len(names) - _MAX_LISTED} more" if len(names) > _MAX_LISTED else ""
            self.show_listed(("  ".join(names[:_MAX_LISTED]) + more) or "no file or folder name begins with this")
