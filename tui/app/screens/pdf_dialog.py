"""The dialog for finding PDFs: which files belong to which papers, with ticks. Returns what to attach, or None.

While folders are searched, it says so; Esc then stops the search, and shows what was found until then.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.widgets import Static

from tui.app.row_render import fit
from tui.app.screens.dialog import DialogFrame, DialogRows, FilterDialog, cursor_step
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.pdf_search import PdfMatch, PdfPlan

_LOOKING = SafeText("Esc stops, and keeps what was found")
_KEYS = SafeText("Enter attaches · Space ticks · Esc cancels")
_NOTHING = SafeText("Esc closes")
_CHECKBOXES = {True: "[x]", False: "[ ]"}
_MOST_ROWS = 6
_MOST_SKIPPED = 2


class PdfRows(DialogRows):
    """A row for each match: its tick, and the title of the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.matches: Sequence[PdfMatch] = ()
        self.ticks: list[bool] = []

    @property
    def count(self) -> int:
        """Number of matches."""
        return len(self.matches)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw a match."""
        match = self.matches[index]
        doubt = "" if match.is_sure else "doubtful"
        label = fit(sanitise_line(match.title), max(width - 8 - len(doubt), 1), "…")
        segments = [Segment(f" {_CHECKBOXES[self.ticks[index]]} {label} "), Segment(f"{doubt}  ", self.ink.muted)]
        if index == self.cursor:
            return list(Segment.apply_style(segments, self.ink.cursor))
        return segments


class PdfDialog(FilterDialog[tuple["PdfMatch", ...] | None]):
    """Choose what to attach.

    Args:
        title: the title.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    PdfDialog #pdf-details { height: auto; max-height: 4; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._rows = PdfRows()
        self._is_looking = True
        self._is_stopped = False

    def is_stopped(self) -> bool:
        """Whether the user stopped the search; may be called from any thread."""
        return self._is_stopped

    def compose(self) -> ComposeResult:
        """The counts, the matches, and the file under the cursor."""
        with DialogFrame(sanitise_line(self._title), _LOOKING):
            yield Static(SafeText("searching …"), id="pdf-head", markup=False)
            self._rows.styles.height = 0
            yield self._rows
            yield Static("", id="pdf-details", markup=False)

    def show_plan(self, plan: PdfPlan) -> None:
        """Show what was found."""
        self._is_looking = False
        self._rows.matches = plan.matches
        self._rows.ticks = [match.is_sure for match in plan.matches]
        self._rows.styles.height = min(len(plan.matches), _MOST_ROWS)
        self._rows.rows_changed(0)
        self.query_one("#pdf-head", Static).update(Content("\n").join(_head(plan)))
        self.query_one(DialogFrame).show_hint(_KEYS if plan.matches else _NOTHING)
        self._show_details()

    def handle_typed_key(self, event: events.Key) -> bool:
        """Move, tick or attach."""
        if self._is_looking or not self._rows.matches:
            if event.key == "enter" and not self._is_looking:
                self.dismiss(None)
            return True
        step = cursor_step(event.key) or {"j": 1, "k": -1}.get(event.key, 0)
        if step:
            self._rows.move(step)
        elif event.key in {"space", "y", "n"}:
            self._tick()
        elif event.key == "enter":
            pairs = zip(self._rows.matches, self._rows.ticks, strict=True)
            self.dismiss(tuple(match for match, is_ticked in pairs if is_ticked))
            return True
        self._show_details()
        return True

    def on_virtual_list_chosen(self) -> None:
        """Tick the row that was clicked, or remove its tick."""
        self._tick()
        self._show_details()

    def on_key(self, event: events.Key) -> None:
        """Stop the search on Esc; every other key is handled as in other dialogs."""
        if self._is_looking and event.key in {"escape", "ctrl+c"}:
            event.stop()
            event.prevent_default()
            self._is_stopped = True
            self.query_one("#pdf-head", Static).update(SafeText("stopping …"))
        else:
            super().on_key(event)

    def _tick(self) -> None:
        self._rows.ticks[self._rows.cursor] ^= True
        self._rows.row_changed(self._rows.cursor)

    def _show_details(self) -> None:
        if self._rows.matches:
            match = self._rows.matches[self._rows.cursor]
            details = [Content(sanitise_line(match.path.name))]
            around = (", ".join(match.reasons), f"in {match.path.parent}")
            details += [Content.styled(sanitise_line(line), "$ink-muted") for line in around]
            self.query_one("#pdf-details", Static).update(Content("\n").join(details))


def _head(plan: PdfPlan) -> list[Content]:
    """The counts, and what could not be read."""
    lines = [plan.summary]
    lines += [f"skipped {Path(file).name}: {reason}" for file, reason in plan.skipped[:_MOST_SKIPPED]]
    left = len(plan.skipped) - _MOST_SKIPPED
    lines += [f"and {left} more skipped (readlist attach --search names all)"] if left > 0 else []
    return [Content(sanitise_line(line)) for line in lines]
