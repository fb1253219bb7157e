"""The dialog for finding PDFs: which files belong to which papers, with ticks. Returns what to attach, or None.

While folders are searched, it says so; Esc then stops the search, and shows what was found until then.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from tui.app.safe_display import Content, Segment
from tui.app.screens.dialog import cursor_step
from tui.app.screens.search_dialog import SearchDialog, SearchRows
from tui.text.sanitise import SafeText, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from tui.session.pdf_search import PdfMatch, PdfPlan

_KEYS = SafeText("Enter attaches · Space toggles · Esc cancels")
_NO_MATCH_KEYS = SafeText("Esc closes")
_CHECKBOXES = {True: "[x]", False: "[ ]"}
_MOST_SKIPPED = 2


class PdfRows(SearchRows):
    """A row for each match, its tick and the title of the paper, and then for each file without a match its name."""

    def __init__(self) -> None:
        super().__init__()
        self.matches: Sequence[PdfMatch] = ()
        self.unmatched: Sequence[Path] = ()
        self.ticks: list[bool] = []

    @property
    def count(self) -> int:
        """Number of matches and of files without one."""
        return len(self.matches) + len(self.unmatched)

    def draw(self, index: int, width: int) -> list[Segment]:
        """Draw a match, or a file without one."""
        if index >= len(self.matches):
            return self.draw_unmatched(index, width, self.unmatched[index - len(self.matches)].name)
        match = self.matches[index]
        return self.draw_found(index, width, _CHECKBOXES[self.ticks[index]], match.title, is_sure=match.is_sure)


class PdfDialog(SearchDialog[tuple["PdfMatch", ...] | None]):
    """Choose what to attach.

    Args:
        title: the title.
    """

    takes_text: ClassVar[bool] = False
    DEFAULT_CSS = """
    PdfDialog .details { height: auto; max-height: 4; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._rows = PdfRows()
        self._skipped: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        """The counts, the matches, and the file under the cursor."""
        with self.frame(self._title):
            self.head.update(SafeText("searching …"))
            yield self.head
            self._rows.styles.height = 0
            yield self._rows
            yield self.details

    def show_plan(self, plan: PdfPlan) -> None:
        """Show what was found."""
        self._rows.matches, self._rows.unmatched = plan.matches, plan.unmatched
        self._rows.ticks = [match.is_sure for match in plan.matches]
        self._skipped = dict(plan.skipped)
        self.show_found(self._rows, self._rows.count, _head(plan), _KEYS if plan.matches else _NO_MATCH_KEYS)
        self._rows.rows_changed(0)
        self._show_details()

    def handle_typed_key(self, event: events.Key) -> bool:
        """Move, tick or attach."""
        if self.waits(event, self._rows.count):
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

    @property
    def is_changed(self) -> bool:
        """Whether a tick was changed."""
        return self._rows.ticks != [match.is_sure for match in self._rows.matches]

    def on_virtual_list_chosen(self) -> None:
        """Tick the row that was clicked, or remove its tick."""
        self._tick()
        self._show_details()

    def _tick(self) -> None:
        """Tick the match under the cursor, or remove its tick; a file without a match has none."""
        if self._rows.cursor < len(self._rows.matches):
            self._rows.ticks[self._rows.cursor] ^= True
            self._rows.row_changed(self._rows.cursor)
            self._is_warned = False

    def _show_details(self) -> None:
        cursor, matches = self._rows.cursor, self._rows.matches
        if not self._rows.count:
            return
        if cursor < len(matches):
            path, reason = matches[cursor].path, ", ".join(matches[cursor].reasons)
        else:
            path = self._rows.unmatched[cursor - len(matches)]
            reason = self._skipped.get(str(path), "no matching paper")
        details = [Content(sanitise_line(path.name))]
        details += [Content.styled(sanitise_line(line), "$ink-muted") for line in (reason, f"in {path.parent}")]
        self.details.update(Content("\n").join(details))


def _head(plan: PdfPlan) -> list[str]:
    """The counts, and what could not be read."""
    lines = [plan.summary]
    lines += [f"skipped {Path(file).name}: {reason}" for file, reason in plan.skipped[:_MOST_SKIPPED]]
    left = len(plan.skipped) - _MOST_SKIPPED
    lines += [f"and {left} more skipped (`readlist attach --search` lists them all)"] if left > 0 else []
    return lines
