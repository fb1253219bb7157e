"""The query line: where a query is typed. Posts every edit; asks nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events


class QueryLine(Input):
    """One line of query text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", "Back", show=False),
        # Priority: the keys behind it are meant for the list, also when they come in one burst.
        Binding("enter,down", "leave(True)", "Keep", show=False, priority=True),
    ]

    class Edited(Message):
        """The text changed, by typing or by being set."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The line was left, keeping the query or not."""

        def __init__(self, *, keep: bool) -> None:
            super().__init__()
            self.keep = keep

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id,
            placeholder="search: words, tag:nerf, year:2023, is:unread",
            compact=True,
            select_on_focus=False,
        )

    def put(self, text: str) -> None:
        """Show a text without posting an edit: it was asked already."""
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell of every letter."""
        event.stop()
        self.post_message(self.Edited(event.value))

    def action_leave(self, keep: bool) -> None:
        """Leave the line."""
        self.post_message(self.Left(keep=keep))

    def on_key(self, event: events.Key) -> None:
        """Empty the line in its turn; a binding would run behind letters that were typed after it."""
        if event.key == "ctrl+u":
            event.prevent_default()
            event.stop()
            self.value = ""

    def _on_paste(self, event: events.Paste) -> None:
        """Pasted text loses its control characters: a query is one line of letters."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor("".join(letter for letter in event.text[:2_000] if letter.isprintable()))
