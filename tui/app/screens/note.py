"""The note, written in place under the abstract. Returns the text on leaving; leaving keeps what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui.app.screens.dialog import BottomSheet, DialogFrame
from tui.app.widgets.markdown_area import MarkdownArea
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

_HINT = SafeText("Saved as you type · Esc goes back · Markdown")
_DRAFT_EVERY = 1.5  # seconds between two drafts: a kill costs less typing than that


class NoteEditor(BottomSheet[str]):
    """Write one paper's note.

    Args:
        heading: the paper's title, for the frame.
        note: the note to start from.
        keep_draft: told the text so far every now and then, so that a half-written note survives a crash.
        keep: told the text where the program is left while it is being written.
    """

    AUTO_FOCUS = ""
    takes_text: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "leave", "Save", show=False, priority=True),
    ]

    def __init__(
        self, heading: str, note: str, keep_draft: Callable[[str], None], keep: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._keep = keep
        self._keep_draft = keep_draft
        self._heading = heading
        self._note = note
        self._began_with = note
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A frame with the title, and the text."""
        with DialogFrame(sanitise_line(f"Note · {self._heading}"), _HINT, kind="note"):
            yield MarkdownArea(self._note)

    def on_mount(self) -> None:
        """Start behind the last word."""
        area = self.query_one(MarkdownArea)
        self._began_with = area.text
        area.move_cursor(area.document.end)
        self.call_later(lambda: self.set_focus(area))

    def on_key(self, event: events.Key) -> None:
        """Take the keys that came before the text had the focus."""
        if self.focused is None:
            text = "\n" if event.key == "enter" else event.character
            if text is not None and (text == "\n" or text.isprintable()):
                self.query_one(MarkdownArea).insert(text)

    def on_text_area_changed(self) -> None:
        """Keep a draft a moment after the last letter, and at least that often."""
        if self._timer is None:
            self._timer = self.set_timer(_DRAFT_EVERY, self._draft)

    def action_leave(self) -> None:
        """Return the text, or the very note where nothing was written: the text area keeps line breaks of its own."""
        text = self._written()
        self.dismiss(self._note if text is None else text)

    def save_state(self) -> None:
        """Write the note: the program is left in order."""
        text = self._written()
        if text is not None:
            self._keep(text)

    def _draft(self) -> None:
        self._timer = None
        text = self._written()
        if text is not None:
            self._keep_draft(text)

    def _written(self) -> str | None:
        """The text, or None where it is the one the text area began with."""
        areas = self.query(MarkdownArea)
        text = areas.first().text if areas else self._began_with
        return None if text == self._began_with else text
