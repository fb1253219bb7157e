"""A field of one line. Textual's own drops what is pasted after the first line break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tui.app.pasted_text import as_one_line

if TYPE_CHECKING:
    from textual import events

_PASTED = 20_000  # characters


class LineInput(Input):
    """Textual's input, but for what is pasted: its line breaks become blanks."""

    def _on_paste(self, event: events.Paste) -> None:
        """Take pasted text in the place of what is marked."""
        event.prevent_default()
        event.stop()
        self.replace(as_one_line(event.text, _PASTED), *self.selection)
