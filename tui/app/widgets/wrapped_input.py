"""An input for a text longer than a line: it is wrapped, so that its beginning and its end are seen together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tui.app.pasted_text import as_one_line

if TYPE_CHECKING:
    from textual import events

_PASTE_LIMIT = 20_000  # characters


class WrappedInput(TextArea):
    """One paragraph, wrapped at words; Enter submits it, and line breaks in pasted text become spaces.

    Args:
        text: the text to start from.
        id: the id of the widget.
        max_rows: rows it grows to; a longer text is scrolled.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Save", show=False, priority=True)]

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, text: str, *, id: str, max_rows: int) -> None:  # noqa: A002
        super().__init__(
            as_one_line(text, len(text)),
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            compact=True,
            highlight_cursor_line=False,
            tab_behavior="focus",
        )
        self.theme = "css"
        self._max_rows = max_rows
        self._rows = 0

    @property
    def value(self) -> str:
        """The text."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.text = text
        self.to_end()

    def to_end(self) -> None:
        """Put the cursor after the text."""
        self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        """Take as many rows as the text needs at the new width, once it is wrapped."""
        self.call_next(self._fit)

    def on_text_area_changed(self) -> None:
        """Take as many rows as the new text needs."""
        self._fit()

    def _fit(self) -> None:
        rows = min(max(self.wrapped_document.height, 1), self._max_rows)
        if rows != self._rows:  # setting a style costs a layout, even with the same value
            self._rows = self.styles.height = rows

    def leaves(self, step: int) -> bool:
        """Whether the cursor cannot move further up (-1) or down (1) within the text."""
        _, row = self.wrapped_document.location_to_offset(self.cursor_location)
        return row == (0 if step < 0 else self.wrapped_document.height - 1)

    def action_submit(self) -> None:
        """Submit the text."""
        self.post_message(self.Submitted())

    def on_paste(self, event: events.Paste) -> None:
        """Replace the selection with the pasted text."""
        event.prevent_default()
        event.stop()
        self.replace(as_one_line(event.text, _PASTE_LIMIT), *self.selection)
