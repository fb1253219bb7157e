"""The note editor, below the abstract. Returns the text; closing it always saves."""

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

_HINT = SafeText("saved as you type · Markdown · Esc closes")
_DRAFT_INTERVAL = 1.5  # seconds: a killed process loses at most this much typing


class NoteEditor(BottomSheet[str]):
    """Edit the note of one paper.

    Args:
        paper_title: the paper's title, for the frame.
        note: the note to start from.
        save_draft: called with the text at intervals, so that an unfinished note survives a crash.
        save: called with the text if the program quits while the editor is open.
    """

    AUTO_FOCUS = ""
    takes_text: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "leave", "Save", show=False, priority=True),
    ]

    def __init__(
        self, paper_title: str, note: str, save_draft: Callable[[str], None], save: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._save = save
        self._save_draft = save_draft
        self._paper_title = paper_title
        self._note = note
        self._initial_text = note
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A frame with the title, and the text."""
        with DialogFrame(sanitise_line(f"Note · {self._paper_title}"), _HINT, kind="note"):
            yield MarkdownArea(self._note)

    def on_mount(self) -> None:
        """Start at the end of the text."""
        area = self.query_one(MarkdownArea)
        self._initial_text = area.text
        area.move_cursor(area.document.end)
        self.call_later(lambda: self.set_focus(area))

    def on_key(self, event: events.Key) -> None:
        """Handle the keys typed before the text had the focus."""
        if self.focused is None:
            text = "\n" if event.key == "enter" else event.character
            if text is not None and (text == "\n" or text.isprintable()):
                self.query_one(MarkdownArea).insert(text)

    def on_text_area_changed(self) -> None:
        """Schedule a draft, unless one is scheduled already."""
        if self._timer is None:
            self._timer = self.set_timer(_DRAFT_INTERVAL, self._write_draft)

    def action_leave(self) -> None:
        """Return the text, or the original note if unchanged: the text area normalises line breaks."""
        text = self._changed_text()
        self.dismiss(self._note if text is None else text)

    def save_state(self) -> None:
        """Save the note when the program quits."""
        text = self._changed_text()
        if text is not None:
            self._save(text)

    def _write_draft(self) -> None:
        self._timer = None
        text = self._changed_text()
        if text is not None:
            self._save_draft(text)

    def _changed_text(self) -> str | None:
        """The text, or None if it is unchanged."""
        areas = self.query(MarkdownArea)
        text = areas.first().text if areas else self._initial_text
        return None if text == self._initial_text else text
