"""A single-line input; Textual's own drops what is pasted after the first line break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tui.app.pasted_text import as_one_line

if TYPE_CHECKING:
    from textual import events

_PASTE_LIMIT = 20_000  # characters


class LineInput(Input):
    """Textual's input, except that line breaks in pasted text become spaces."""

    def on_paste(self, event: events.Paste) -> None:
        """Replace the selection with the pasted text."""
        event.prevent_default()
        event.stop()
        self.replace(as_one_line(event.text, _PASTE_LIMIT), *self.selection)
