"""Base of the dialogs that show what a search found, with ticks: the state of the search, and the rows.

While the search runs, only Esc acts: it stops the search, and what was found until then is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tui.app.safe_display import SPACE, Content, Segment, Static
from tui.app.screens.dialog import DialogFrame, DialogRows, FilterDialog
from tui.text.cells import fit
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_LOOKING = SafeText("Esc stops and keeps what has been found")
_NOTHING = SafeText("Esc closes")
_UNMATCHED = SafeText("not matched")
_MOST_ROWS = 6

Result = TypeVar("Result")


class SearchRows(DialogRows):
    """Rows of what a search found."""

    def draw_found(self, index: int, width: int, checkbox: str, title: str, *, is_sure: bool) -> list[Segment]:
        """Draw a row: a checkbox, the title of a paper, and whether it is doubtful."""
        doubt = "" if is_sure else "doubtful"
        label = fit(sanitise_line(title), max(width - 8 - len(doubt), 1))
        segments = [
            Segment(sanitise_line(f" {checkbox} ") + label + SPACE),
            Segment(sanitise_line(f"{doubt}  "), self.ink.muted),
        ]
        return list(Segment.apply_style(segments, self.ink.cursor)) if index == self.cursor else segments

    def draw_unmatched(self, index: int, width: int, name: str) -> list[Segment]:
        """Draw a row without a checkbox: the name of what belongs to no paper."""
        label = fit(sanitise_line(name), max(width - 8 - len(_UNMATCHED), 1))
        segments = [Segment(SPACE * 5 + label + SPACE + _UNMATCHED + SPACE * 2, self.ink.muted)]
        return list(Segment.apply_style(segments, self.ink.cursor)) if index == self.cursor else segments


class SearchDialog(FilterDialog[Result]):
    """A dialog that waits for a search, and then shows what it found."""

    DEFAULT_CSS = """
    SearchDialog .details { height: auto; max-height: 9; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_looking = True
        self._is_stopped = False
        self.head = Static(SafeText(""))
        self.details = Static("", classes="details")

    def is_stopped(self) -> bool:
        """Whether the user stopped the search; may be called from any thread."""
        return self._is_stopped

    def frame(self, title: str) -> DialogFrame:
        """The frame of the dialog, with the keys of a search that runs."""
        return DialogFrame(sanitise_line(title), _LOOKING)

    def show_found(self, rows: SearchRows, number: int, head: Sequence[str], keys: SafeText) -> None:
        """End the search: show its head, room for the rows, and the keys."""
        self.is_looking = False
        rows.styles.height = min(number, _MOST_ROWS)
        self.head.update(Content("\n").join([Content(sanitise_line(line)) for line in head]))
        self.query_one(DialogFrame).show_hint(keys if number else _NOTHING)

    def waits(self, event: events.Key, number: int) -> bool:
        """Whether nothing can be chosen, now or at all; Enter then closes a dialog that found nothing."""
        if not self.is_looking and number:
            return False
        if event.key == "enter" and not self.is_looking:
            self.dismiss(None)
        return True

    def on_key(self, event: events.Key) -> None:
        """Stop the search on Esc; every other key is handled as in other dialogs."""
        if self.is_looking and event.key in {"escape", "ctrl+c"}:
            event.stop()
            event.prevent_default()
            self._is_stopped = True
            self.head.update(SafeText("stopping …"))
        else:
            super().on_key(event)
